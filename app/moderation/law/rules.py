"""Pure decisions of the pages that the law asks for: complaints, and the kept assessment of risks.

Source: Online Safety Act 2023, s.21 (complaints by anybody), s.23 (a kept record of the assessment, reviewed yearly and
before a significant change).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

LONGEST_WHAT, LONGEST_WHERE = 1_600, 300  # together no more than a case keeps
LONGEST_HARM, LONGEST_HOW, LONGEST_OWNER, LONGEST_NOTE = 120, 2_000, 120, 1_000
REVIEWED_WITHIN = timedelta(days=365)
REMIND_BEFORE = timedelta(days=30)


class Level(StrEnum):
    """How likely something is, or how bad it would be."""

    UNKNOWN = "unknown"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def words(self) -> str:
        """The level as people say it."""
        return "Not assessed yet" if self is Level.UNKNOWN else self.value.capitalize()


class Occasion(StrEnum):
    """Why the risks were assessed."""

    FIRST = "first"
    YEARLY = "yearly"
    CHANGE = "change"

    @property
    def words(self) -> str:
        """The occasion as people choose it."""
        return {
            "first": "The first assessment",
            "yearly": "The yearly review",
            "change": "Before a significant change",
        }[self.value]


class Standing(StrEnum):
    """Where the assessment stands."""

    MISSING = "missing"
    CURRENT = "current"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Harm:
    """A harm that a service where people write to each other has to think of."""

    name: str
    how: str
    measures: str


# A beginning, to be judged for the programme at hand; the kinds are those of the illegal content codes that can happen
# where invited adults write under their names.
USUAL_HARMS = (
    Harm(
        "Harassment, threats and abuse of a member",
        "In posts, replies and live rooms, also by several people together.",
        "Community rules, reports on every post, a staffed queue, silence and suspension, appeals.",
    ),
    Harm(
        "Hate about race, religion, disability, sex, orientation or identity",
        "In posts, and in stories about colleagues or people drawing on support.",
        "Community rules, watched words, reports, moderators who know the field.",
    ),
    Harm(
        "People who can be recognised",
        "Patients, colleagues or places are named or described in a story.",
        "Screening before anything is stored, breach quarantine, anonymity on some boards.",
    ),
    Harm(
        "Self-harm and suicide",
        "Somebody writes that they do not want to live, or describes how.",
        "The wellbeing lane, support shown at once, somebody on call, quick exit.",
    ),
    Harm(
        "Abuse of a child or an adult at risk is told",
        "Somebody tells what they saw at work or at home.",
        "The safeguarding lane, urgent at any hour, passed on to those who act.",
    ),
    Harm(
        "Controlling behaviour and stalking",
        "A member is followed from thread to thread, or looked up by name.",
        "No public profiles, wishes not to meet, aliases that nobody can link, suspension.",
    ),
    Harm(
        "Intimate images without consent",
        "A link to an image elsewhere; images cannot be posted here.",
        "No pictures in posts, links of new members looked at first, removal at once.",
    ),
    Harm(
        "Fraud and spam",
        "A taken-over account posts links or asks for money.",
        "Accounts by invitation, limits on posting, duplicates refused, bulk removal.",
    ),
    Harm(
        "Terrorism, and encouraging violence",
        "A post or a link that praises or plans it.",
        "Reports, watched words, removal at once, and the police are told.",
    ),
)


def review_on(kept_on: date) -> date:
    """When an assessment that was kept on a day has to be reviewed at the latest."""
    return kept_on + REVIEWED_WITHIN


def standing(review: date | None, today: date) -> Standing:
    """Where an assessment stands that has to be reviewed by a day (None: there is none)."""
    if review is None:
        return Standing.MISSING
    if review < today:
        return Standing.OVERDUE
    return Standing.DUE_SOON if review - REMIND_BEFORE <= today else Standing.CURRENT


def reference(case_id: int) -> str:
    """The number by which somebody can ask about their complaint."""
    return f"C{case_id:05}"
