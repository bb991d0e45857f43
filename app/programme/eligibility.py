"""Who may apply, as far as three answers can tell. Nothing is kept of them.

Source: programme page, "Who can apply?": free and open to colleagues in health, social care, emergency services and
charities of the system, and of neighbouring systems in the wider region; whoever is not sure is asked to get in touch.
"""

from enum import StrEnum


class Workplace(StrEnum):
    """Where somebody works: one of the four kinds of organisation, another one, or hard to say."""

    HEALTH = "health"
    SOCIAL_CARE = "social_care"
    EMERGENCY = "emergency_services"
    CHARITY = "charity"
    OTHER = "other"
    UNSURE = "unsure"


class Area(StrEnum):
    """Where that is, seen from the programme."""

    HERE = "here"
    NEIGHBOUR = "neighbour"
    ELSEWHERE = "elsewhere"
    UNSURE = "unsure"


class Verdict(StrEnum):
    """What we can say; every answer leads on."""

    YES = "yes"
    ASK = "ask"
    NOT_HERE = "not_here"


def decide(workplace: Workplace, area: Area, *, open_to_neighbours: bool) -> Verdict:
    """Whether somebody may apply. "Not here" is for an area that no places are kept for; all doubt means asking."""
    if area is Area.ELSEWHERE:
        return Verdict.NOT_HERE
    if area is Area.NEIGHBOUR and not open_to_neighbours:
        return Verdict.NOT_HERE
    if area is Area.UNSURE or workplace in {Workplace.OTHER, Workplace.UNSURE}:
        return Verdict.ASK
    return Verdict.YES
