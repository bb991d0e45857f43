"""Action learning sets: a small group, ninety minutes a month, one member's issue at a time, and questions, not advice.

The server holds the process: each stage says who may post what, and nothing of what was said is kept.
"""
