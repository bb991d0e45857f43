"""Advice in disguise: questions that tell instead of asking. Pointed out while somebody types, never blocked. Pure.

Source: shared facts on action learning (“Don’t you think”, “Have you tried”). The rules look at the form of a question
and are few on purpose: a false alarm costs trust.
"""

import re
from dataclasses import dataclass
from enum import StrEnum


class Disguise(StrEnum):
    """What a question does instead of asking."""

    LEADING = "leading"
    SUGGESTING = "suggesting"
    TELLING = "telling"
    WHY_NOT = "why_not"
    STACKED = "stacked"
    NO_QUESTION = "no_question"

    @property
    def hint(self) -> str:
        """What to try instead."""
        return {
            "leading": "This has its answer in it. What would you ask if you did not know?",
            "suggesting": "This may be advice with a question mark. Try: what have you thought of so far?",
            "telling": "This tells. What could you ask so that they find it themselves?",
            "why_not": "“Why not” can sound like blame. Try: what makes that hard?",
            "stacked": "These are several questions. Which one matters most?",
            "no_question": "This is not a question yet. What would you like to know?",
        }[self]


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing that stands out, and where: `text[start:end]`."""

    disguise: Disguise
    start: int
    end: int


_NOT = r"n['’]?t"  # as in "don't"
_RULES: tuple[tuple[Disguise, str], ...] = (
    (Disguise.WHY_NOT, rf"\bwhy (?:not|did you not|do{_NOT} you|did{_NOT} you)\b"),
    (Disguise.LEADING, rf"\b(?:do|did|is|was|would|should|could|have|has|are|ca){_NOT} (?:you|it|that|this|they)\b"),
    (Disguise.LEADING, r"\bsurely\b|\bobviously\b|\bdo you (?:really|honestly) (?:think|believe)\b"),
    (Disguise.SUGGESTING, r"(?<!what )\bhave you (?:tried|thought (?:of|about)|considered|spoken to|asked)\b"),
    (Disguise.SUGGESTING, r"\b(?:what|how) about (?:\w+ing\b|if you\b)|\bwhat if you\b"),
    (Disguise.SUGGESTING, r"\bcould you (?:not |maybe |perhaps |just )"),
    (Disguise.SUGGESTING, r"\b(?:would|might) it (?:not )?(?:help|be (?:better|easier|an idea))\b"),
    (Disguise.TELLING, r"\byou (?:should|ought to|need to|must|have to|could always)\b"),
    (Disguise.TELLING, r"\bif i were you\b|\bin your (?:place|shoes)\b"),
    (Disguise.TELLING, r"\b(?:i['’]d|i would|my advice|i suggest|i recommend)\b"),
)
_COMPILED = tuple((disguise, re.compile(pattern, re.IGNORECASE)) for disguise, pattern in _RULES)
MOST_QUESTIONS = 1


def hints(question: str) -> list[Hint]:
    """What stands out in a question, in the order of its words; nothing for a plain, open one."""
    found: list[Hint] = []
    for disguise, pattern in _COMPILED:
        for match in pattern.finditer(question):
            if not any(hint.start < match.end() and match.start() < hint.end for hint in found):
                found.append(Hint(disguise, *match.span()))
    marks = [match.start() for match in re.finditer(r"\?+", question)]
    if len(marks) > MOST_QUESTIONS:
        found.append(Hint(Disguise.STACKED, 0, len(question)))
    elif not marks and question.strip() and not found:
        found.append(Hint(Disguise.NO_QUESTION, 0, len(question)))
    return sorted(found, key=lambda hint: (hint.start, hint.end))
