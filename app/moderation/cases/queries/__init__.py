"""Selects about cases, scoped to who may see them: conflicts of interest are left out here and not on the page."""
