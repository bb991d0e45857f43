"""Whom a member would rather not meet. Confidential: hosts, leads and the other person never learn of it."""
