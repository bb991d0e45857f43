"""Finds what could tell who somebody is."""
