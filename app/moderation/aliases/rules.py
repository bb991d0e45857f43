"""Pure decisions about revealing an alias: for what reasons, by whom, for how long."""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum

from app.accounts.rules import Role

ANSWER_WITHIN = timedelta(days=3)  # after that the request has lapsed, and has to be made again
NAME_SHOWN_FOR = timedelta(hours=24)  # to the two who revealed it
LONGEST_WHY = 1_000
MODERATES = frozenset({Role.MODERATOR, Role.LEAD})


class RevealReason(StrEnum):
    """Why somebody has to know who wrote it."""

    HARM = "harm"
    SAFEGUARDING = "safeguarding"
    ABUSE = "abuse"
    LAW = "law"

    @property
    def words(self) -> str:
        """The reason, as moderators choose it and as the author reads it."""
        return {
            "harm": "Somebody may come to harm, and has to be reached",
            "safeguarding": "A safeguarding duty needs to know who is involved",
            "abuse": "Threats, or abuse that goes on although it was stopped",
            "law": "A court, or the law, asks for it",
        }[self.value]


class RevealState(StrEnum):
    """What became of a request."""

    ASKED = "asked"
    REVEALED = "revealed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"

    @property
    def words(self) -> str:
        """The state as the list says it."""
        return {
            "asked": "Waits for a second person",
            "revealed": "Revealed",
            "refused": "Refused",
            "withdrawn": "Withdrawn",
            "lapsed": "Nobody answered in time",
        }[self.value]


def may_take_part(member_id: int, roles: Collection[Role], barred: Collection[int]) -> bool:
    """Moderators and leads, but nobody whom the words are by or about: nobody reveals a report about themselves."""
    return not MODERATES.isdisjoint(roles) and member_id not in barred


def may_answer(member_id: int, roles: Collection[Role], barred: Collection[int], asked_by_id: int | None) -> bool:
    """The second of two people is never the first."""
    return may_take_part(member_id, roles, barred) and member_id != asked_by_id


def sees_name(member_id: int, asked_by_id: int | None, answered_by_id: int | None, at: datetime, now: datetime) -> bool:
    """The two who revealed it, for a while; everybody else sees that it was revealed."""
    return member_id in {asked_by_id, answered_by_id} and now < at + NAME_SHOWN_FOR
