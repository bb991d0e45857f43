"""Demonstration content: made-up people and two programmes, put into an empty product. It uses what features offer."""
