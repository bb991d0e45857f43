"""Who may do what with introductions. Queries say the same in SQL; tests hold both together."""

from dataclasses import dataclass

from app.signposting.introductions.models import CoachProfile, Introduction
from app.signposting.introductions.rules import NOT_FOR_THE_COACH, Part, Reader, Verb, verbs_for


@dataclass(frozen=True, slots=True)
class Seen:
    """An introduction as somebody sees it: who they are in it, and what they can do."""

    introduction: Introduction
    part: Part
    verbs: list[Verb]


def can_see_profile(reader: Reader, profile: CoachProfile) -> bool:
    """Members of the programme see who coaches, but not whom they are not to meet; paused ones only their owner."""
    if reader.shut_out or profile.programme_id != reader.programme_id:
        return False
    if profile.member_id == reader.member_id:
        return True
    return not profile.paused and profile.member_id not in reader.apart_from


def can_ask(reader: Reader, profile: CoachProfile) -> bool:
    """Whoever sees it, but not its owner."""
    return can_see_profile(reader, profile) and profile.member_id != reader.member_id


def part_in(reader: Reader, introduction: Introduction) -> Part | None:
    """Who the reader is in it; None for everybody else, to whom it does not exist."""
    if reader.shut_out or introduction.programme_id != reader.programme_id:
        return None
    if introduction.member_id == reader.member_id:
        return Part.ASKER
    if introduction.profile.member_id == reader.member_id:
        return Part.COACH if introduction.state not in NOT_FOR_THE_COACH else None
    return Part.COORDINATOR if reader.coordinates else None


def seen(reader: Reader, introduction: Introduction | None) -> Seen | None:
    """It as the reader sees it; None when they are not to."""
    part = part_in(reader, introduction) if introduction else None
    return Seen(introduction, part, verbs_for(introduction.state, part)) if introduction and part else None
