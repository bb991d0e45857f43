"""Verbs that change forums; they flush and never commit."""
