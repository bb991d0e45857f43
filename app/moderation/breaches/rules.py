"""Pure decisions about breaches: what was shown, by when it has to be reported, who may open the evidence."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

# From becoming aware of it. Source: UK GDPR, article 33; ICO, personal data breaches.
REPORT_WITHIN = timedelta(hours=72)
ANSWER_WITHIN = timedelta(days=1)  # a request to open the evidence
OPEN_FOR = timedelta(hours=1)
LONGEST_NOTE, LONGEST_WHY = 2_000, 1_000
TAKEN_AWAY = "This was taken away, because it may tell who somebody is."
TAKEN_AWAY_HTML = f"<p>{TAKEN_AWAY}</p>"


class Shown(StrEnum):
    """What could be seen that should not have been."""

    PATIENT = "patient"
    COLLEAGUE = "colleague"
    CONTACT = "contact"
    NUMBER = "number"
    HEALTH = "health"
    OTHER = "other"

    @property
    def words(self) -> str:
        """As a moderator ticks it, and as the record says it."""
        return {
            "patient": "Who a patient or their family is",
            "colleague": "Who a colleague is",
            "contact": "A phone number, an email or another address",
            "number": "An NHS, National Insurance or staff number",
            "health": "Somebody's health, or another special category",
            "other": "Something else",
        }[self.value]


def sealed(evidence: Mapping[str, Any]) -> tuple[str, str]:
    """The evidence as text that is always the same, and its SHA-256."""
    text = json.dumps(evidence, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text, digest_of(text)


def digest_of(text: str) -> str:
    """What the audit log keeps: whether the evidence is as it was sealed can be told for ever."""
    return hashlib.sha256(text.encode()).hexdigest()


def may_agree(member_id: int, asked_by_id: int, asked_at: datetime, now: datetime) -> bool:
    """The second person is another one, and comes in time."""
    return member_id != asked_by_id and now < asked_at + ANSWER_WITHIN


def is_open_to(
    member_id: int, asked_by_id: int, agreed_by_id: int | None, agreed_at: datetime | None, now: datetime
) -> bool:
    """Whether somebody may read the evidence now: the two who opened it, for a short while."""
    return agreed_at is not None and member_id in {asked_by_id, agreed_by_id} and now < agreed_at + OPEN_FOR
