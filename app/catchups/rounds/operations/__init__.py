"""Verbs about rounds; they flush and never commit."""
