"""Selects of screening."""
