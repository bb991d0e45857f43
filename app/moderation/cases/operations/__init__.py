"""Verbs of cases. They flush, never commit; what two people might do at once is one conditional update."""
