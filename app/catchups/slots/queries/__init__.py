"""Selects about slots, already scoped to the reader where a reader sees what they find."""
