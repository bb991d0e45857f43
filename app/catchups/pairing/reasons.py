"""Why you two: what speaks for a group, in words that are shown to its members.

Only what the members have in common, or do not, is told. No reason speaks of anybody's wish not to meet somebody, nor
of what could not be avoided, because that would let people guess such a wish.
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple, TypeAlias

from app.catchups.pairing.inputs import Label

Labels: TypeAlias = tuple[Label, Label, Label]  # organisation, profession, area; None: not known

PAIR = 2
IN_WORDS = {3: "three", 4: "four"}


class Reason(NamedTuple):
    """One reason: a code that is kept, and the sentence that is shown."""

    code: str
    words: str


def why(labels: Sequence[Labels], rounds_ago: Sequence[int], size: int) -> tuple[Reason, ...]:
    """What speaks for a group.

    `labels` are each member's organisation, profession and area, `rounds_ago` tells how long ago any two of them met,
    and `size` is how many the round wanted in a group.
    """
    organisations, professions, areas = (_different(column) for column in zip(*labels, strict=True))
    latest = min(rounds_ago, default=None)
    return _in_words(len(labels), organisations, professions, areas == 1, latest, len(labels) > size)


@cache
def _in_words(
    count: int,
    organisations: int,
    professions: int,
    same_area: bool,  # noqa: FBT001 - called in one place, with what is counted there
    latest: int | None,
    one_more: bool,  # noqa: FBT001
) -> tuple[Reason, ...]:
    pair = count == PAIR
    reasons = [_earlier(latest, pair=pair)]
    if organisations == count:
        who = "You work" if pair else "You all work"
        reasons.append(Reason("other_organisation", f"{who} in different organisations."))
    elif organisations > 1:
        reasons.append(Reason("other_organisation", f"You come from {organisations} organisations."))
    if professions == count:
        reasons.append(Reason("other_profession", f"You {'' if pair else 'all '}have different professions."))
    elif professions > 1:
        reasons.append(Reason("other_profession", f"Between you there are {professions} professions."))
    if same_area:
        reasons.append(Reason("same_area", f"You are {'' if pair else 'all '}in the same area."))
    if one_more:
        reasons.append(Reason("one_more", f"You are {IN_WORDS[count]}, so that nobody is left out."))
    return tuple(reasons)


def _earlier(latest: int | None, *, pair: bool) -> Reason:
    if latest is None:
        nobody = "You have not" if pair else "None of you have"
        return Reason("first_meeting", f"{nobody} been put together in a round before.")
    who = "You have" if pair else "Some of you have"
    return Reason("met_before", f"{who} met before, {_when(latest)}.")


def _when(rounds_ago: int) -> str:
    match rounds_ago:
        case 0:
            return "in this round"
        case 1:
            return "in the last round"
    return f"the last time {rounds_ago} rounds ago"


def _different(labels: Sequence[Label]) -> int:
    """How many different labels there are; 0 when one of them is not known."""
    return 0 if None in labels else len(set(labels))
