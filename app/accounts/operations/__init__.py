"""Verbs that change people and what they may do. They flush, never commit; staff actions leave an audit row."""
