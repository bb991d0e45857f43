"""Screening: what could tell who somebody is, found in a text before the text is stored."""
