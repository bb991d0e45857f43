"""Verbs of slots. They flush, never commit. Whoever changes a slot's line holds the slot first (a member before it)."""
