"""Moderation: screening before a text is stored, reports and holds, cases, decisions, appeals, and what the law asks.

It knows subjects that features register, and no feature above it: forums and rooms use it and are not named here.
"""
