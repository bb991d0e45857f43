"""What becomes of words before they are kept: published, asked about, held for a moderator, or not taken. Pure.

Source: the programme's rules on identifiable data. What is surely a number or an address of a person is never
published, whoever says so; what may be one, its author can take out, or explain, and then a moderator looks first; a
name is only pointed at.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.moderation.screening.detection.finding import Confidence, Finding, Kind

LONGEST_REASON = 500  # characters of an explanation
BODY = "body"


class Answer(StrEnum):
    """What an author said to what was found."""

    NONE = ""
    REDACT = "redact"
    KEEP = "keep"

    @classmethod
    def read(cls, said: str | None) -> "Answer":
        """The answer that a form sent; none for anything else."""
        return cls(said) if said in {"redact", "keep"} else cls.NONE


class Verdict(StrEnum):
    """What happens now."""

    PUBLISH = "publish"
    HOLD = "hold"
    ASK = "ask"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What becomes of texts by the name of their field; `findings` are what is left in them."""

    verdict: Verdict
    texts: Mapping[str, str]
    findings: Mapping[str, Sequence[Finding]] = field(default_factory=dict)

    @property
    def kinds(self) -> list[Kind]:
        """What was found, each kind once, in the order of its weight."""
        there = {found.kind for each in self.findings.values() for found in each}
        return [kind for kind in Kind if kind in there]

    @property
    def counts(self) -> dict[str, int]:
        """Kinds and counts, never values: all that is kept of what was found."""
        return dict(Counter(found.kind.value for each in self.findings.values() for found in each))

    @property
    def is_certain(self) -> bool:
        """Whether something can only be taken out."""
        return self._has(Confidence.HIGH)

    @property
    def only_names(self) -> bool:
        """Whether there is nothing but names to think of."""
        return bool(self.findings) and not self._has(Confidence.HIGH) and not self._has(Confidence.ASK)

    def _has(self, confidence: Confidence) -> bool:
        return any(found.confidence is confidence for each in self.findings.values() for found in each)


def rule(texts: Mapping[str, str], findings: Mapping[str, Sequence[Finding]], answer: Answer, reason: str) -> Ruling:
    """What becomes of texts in which something was found, after what their author said to it (reason: their words)."""
    found = {name: list(each) for name, each in findings.items() if each}
    if not found:
        return Ruling(verdict=Verdict.PUBLISH, texts=texts)
    asked = Ruling(verdict=Verdict.ASK, texts=texts, findings=found)
    if answer is Answer.REDACT:
        return Ruling(verdict=Verdict.PUBLISH, texts=redacted(texts, found))
    if answer is Answer.KEEP and asked.only_names:
        return Ruling(verdict=Verdict.PUBLISH, texts=texts, findings=found)
    if answer is Answer.KEEP and not asked.is_certain and reason.strip():
        return Ruling(verdict=Verdict.HOLD, texts=texts, findings=found)
    return asked


def redacted(texts: Mapping[str, str], findings: Mapping[str, Sequence[Finding]]) -> dict[str, str]:
    """The texts without what was found; names stay, because taking them out of a sentence is the author's to do."""
    return {name: _without(text, findings.get(name, ())) for name, text in texts.items()}


def excerpts(text: str, findings: Sequence[Finding], around: int = 40) -> list[tuple[str, str, str, Kind]]:
    """For the author alone: what stands before each finding, the finding, what follows it, and its kind."""
    return [
        (
            _tail(text[: found.start], around),
            text[found.start : found.end],
            _head(text[found.end :], around),
            found.kind,
        )
        for found in findings
    ]


def _without(text: str, findings: Sequence[Finding]) -> str:
    for found in sorted(findings, key=lambda each: each.start, reverse=True):
        if found.confidence is not Confidence.NUDGE:
            text = f"{text[: found.start]}[{found.kind.words} taken out]{text[found.end :]}"
    return text


def _tail(text: str, most: int) -> str:
    return text if len(text) <= most else f"…{text[-most:]}"


def _head(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
