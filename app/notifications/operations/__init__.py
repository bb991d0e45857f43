"""Verbs of notices, bookings and what members choose about them. They flush, never commit."""
