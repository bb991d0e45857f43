"""Breaches: something that identifies somebody was shown. One action takes it away and seals the evidence."""
