"""Pure decisions about roles and suspension."""

from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What somebody may be in a programme; a person can be several."""

    PARTICIPANT = "participant"
    FACILITATOR = "facilitator"
    MODERATOR = "moderator"
    LEAD = "programme_lead"
    AUTHOR = "author"
    REVIEWER = "reviewer"
    SPONSOR = "sponsor"

    @property
    def words(self) -> str:
        """The role as people say it."""
        return self.value.replace("_", " ")


STAFF = frozenset({Role.FACILITATOR, Role.MODERATOR, Role.LEAD, Role.AUTHOR, Role.REVIEWER})


class OrganisationKind(StrEnum):
    """The four kinds of organisation whose colleagues may apply (source: programme page, "Who can apply?")."""

    HEALTH = "health"
    SOCIAL_CARE = "social_care"
    EMERGENCY = "emergency_services"
    CHARITY = "charity"

    @property
    def words(self) -> str:
        """The kind as people say it."""
        return self.value.replace("_", " ")


def is_suspended(until: datetime | None, now: datetime) -> bool:
    """Whether a suspension that lasts until a moment (none: no suspension) is still in force."""
    return until is not None and now < until


def normalise_email(address: str) -> str:
    """One spelling for each mailbox: trimmed and in lower case."""
    return address.strip().lower()
