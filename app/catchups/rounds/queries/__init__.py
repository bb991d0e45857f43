"""Selects about rounds, already scoped to the reader where a reader sees what they find."""
