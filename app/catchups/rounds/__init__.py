"""Rounds: members sign up, the worker puts them into groups of two to four, and asks afterwards whether it happened."""
