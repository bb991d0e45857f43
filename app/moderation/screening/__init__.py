"""Screening: what could tell who somebody is, found in a text before the text is stored.

`screen(text)` is pure and knows no database; operations.intake makes a verdict of it for forums and rooms.
"""

from app.moderation.screening.detection import screen
from app.moderation.screening.detection.finding import Confidence, Finding, Kind

__all__ = ["Confidence", "Finding", "Kind", "screen"]
