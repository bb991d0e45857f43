"""How a time of day reads here; pure, so that rules may say it too."""

from datetime import time

NOON = 12


def clock_words(shown: time) -> str:
    """What a clock shows, in the same words."""
    if shown.minute == 0 and shown.hour in {0, NOON}:
        return "midday" if shown.hour else "midnight"
    minutes = f":{shown:%M}" if shown.minute else ""
    return f"{(shown.hour - 1) % NOON + 1}{minutes}{'am' if shown.hour < NOON else 'pm'}"
