"""The rules of the community, each with a code that decisions cite."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CommunityRule:
    """One rule, in a sentence."""

    code: str
    title: str
    text: str


RULES = (
    CommunityRule(
        "respect",
        "Treat each other with respect",
        "Speak about what somebody did, not about what they are. No bullying, harassment or discrimination.",
    ),
    CommunityRule(
        "privacy",
        "Leave out who it was",
        "No names, numbers, dates or places by which a patient, a colleague or anybody else could be recognised.",
    ),
    CommunityRule(
        "confidence",
        "What is shared here stays here",
        "You may use what you learn. Who said it, and where they work, is not passed on.",
    ),
    CommunityRule(
        "safety",
        "Safety comes first",
        "If somebody may come to harm, tell those who can act now: your safeguarding lead, or 999 in an emergency.",
    ),
    CommunityRule(
        "purpose",
        "Keep to what we are here for",
        "No advertising, no campaigns, nothing that has nothing to do with being an active bystander.",
    ),
)
BY_CODE = {rule.code: rule for rule in RULES}
CODES = tuple(BY_CODE)
