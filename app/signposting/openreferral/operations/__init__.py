"""Keeping what was read; everything flushes and nothing commits."""
