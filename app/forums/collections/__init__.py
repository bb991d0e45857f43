"""Curated collections ("best of"): posts that moderators gather, de-identified, each with its author's consent."""
