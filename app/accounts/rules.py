"""Pure decisions about roles, suspension, invitations, email addresses and passwords."""

import re
import unicodedata
from datetime import datetime, timedelta
from enum import StrEnum

from zxcvbn import zxcvbn

INVITATION_LIFE = timedelta(days=14)
SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200
SHORTEST_PART = 3  # characters; shorter parts of a name are in many words
SAFE_ENOUGH = 3  # of zxcvbn's 0 to 4: about 10^8 guesses and more
LONGEST_JUDGED = 72  # characters; a longer password is judged by its beginning, as judging takes quadratic time


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

    @property
    def with_article(self) -> str:
        """The role as it stands after "as": "an author", "a programme lead"."""
        return f"{'an' if self.words[0] in 'aeiou' else 'a'} {self.words}"


STAFF = frozenset({Role.FACILITATOR, Role.MODERATOR, Role.LEAD, Role.AUTHOR, Role.REVIEWER})
MODERATING = frozenset({Role.MODERATOR, Role.LEAD})  # who is told what moderators have to know


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
    """One spelling for each mailbox: Unicode's compatibility form, trimmed, in lower case."""
    return unicodedata.normalize("NFKC", address).strip().lower()


def normalise_password(password: str) -> str:
    """One spelling for what looks the same on different keyboards."""
    return unicodedata.normalize("NFKC", password)


def password_complaint(password: str, *about_them: str) -> str | None:
    """What is wrong with a password, as a sentence; None when it is good enough.

    `about_them` is what others know of the member (name, email): a password made of it is easy to guess.
    Source: NCSC guidance, length and a list of common passwords instead of rules about characters.
    """
    if len(password) < SHORTEST_PASSWORD:
        return f"Use at least {SHORTEST_PASSWORD} characters. Three words that do not belong together work well"
    if len(password) > LONGEST_PASSWORD:
        return f"Use at most {LONGEST_PASSWORD} characters"
    left = _without(password, about_them)[:LONGEST_JUDGED]
    if not left or zxcvbn(left)["score"] < SAFE_ENOUGH:
        return "This password is easy to guess. Add one or two words that have nothing to do with you or your work"
    return None


def _without(password: str, about_them: tuple[str, ...]) -> str:
    """What is left of a password to be guessed by whoever knows name and address."""
    known = {part for words in about_them for part in re.findall(r"\w+", words.lower())}
    left = password.lower()
    for part in sorted(known, key=len, reverse=True):
        if len(part) >= SHORTEST_PART:
            left = left.replace(part, "")
    return left


class InvitationState(StrEnum):
    """What became of an invitation. Whether its mail was opened is not tracked."""

    SENT = "sent"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"  # of a link only: a newer one was sent


def invitation_state(
    accepted_at: datetime | None, withdrawn_at: datetime | None, expires_at: datetime, now: datetime
) -> InvitationState:
    """The state of an invitation at a moment."""
    if accepted_at is not None:
        return InvitationState.ACCEPTED
    if withdrawn_at is not None:
        return InvitationState.WITHDRAWN
    return InvitationState.SENT if now < expires_at else InvitationState.EXPIRED


def link_state(invitation: InvitationState, serial: int, newest: int) -> InvitationState:
    """The state of one of an invitation's links: only the newest is as good as the invitation."""
    superseded = invitation is InvitationState.SENT and serial != newest
    return InvitationState.SUPERSEDED if superseded else invitation
