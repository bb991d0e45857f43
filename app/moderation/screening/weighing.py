"""What becomes of words before they are kept: published, asked about, held for a moderator, or not taken. Pure.

Source: the programme's rules on identifiable data. What is surely a number of a person is never published, whoever says
so. What may be one, its author takes out, or explains, and then a moderator looks first. A name is only pointed at.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from app.moderation.screening.detection.finding import Confidence, Finding, Kind
from app.moderation.screening.trust import Trust
from app.moderation.screening.watchwords import Effect, Match

LONGEST = 20_000  # characters of all the texts together, as core.html cooks no more
LONGEST_EXPLANATION = 500
EXPLANATION = "explanation"  # the name of what an author says beside their texts
MOST_LOOKS = 6  # what stood behind something that was taken out shows in another look
WEB_ADDRESS = re.compile(r"https?://|\bwww\.", re.IGNORECASE)

Look = Callable[[str], Sequence[Finding]]


class Answer(StrEnum):
    """What an author said to what was found. Whoever cancels sends nothing."""

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
    HOLD = "hold"  # a moderator looks first
    ASK = "ask"  # nothing is kept yet: the author is shown what was found
    REFUSE = "refuse"  # nothing is kept, and `complaint` says why


class Ground(StrEnum):
    """Why something is held, or told to moderators."""

    OVERRIDE = "override"
    WATCHED_WORD = "watched_word"
    TRUST = "trust"


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What was seen in texts by the name of their field, before their author is asked anything."""

    texts: Mapping[str, str]
    findings: Mapping[str, Sequence[Finding]]  # those of the explanation too, under EXPLANATION
    matches: Mapping[str, Sequence[Match]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """What matters of whoever writes: how far they are trusted, how long they have to wait, if they said it before."""

    trust: Trust
    wait_until: datetime | None = None
    said_before: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What becomes of the texts; `texts` are to be kept, `findings` and `matches` are what is in them.

    `grounds` say why a moderator is to look: first (HOLD), or afterwards (PUBLISH). `complaint` is a sentence for the
    author; with `wait_until` it is about time.
    """

    verdict: Verdict
    texts: Mapping[str, str]
    findings: Mapping[str, Sequence[Finding]] = field(default_factory=dict)
    matches: Mapping[str, Sequence[Match]] = field(default_factory=dict)
    grounds: tuple[Ground, ...] = ()
    complaint: str = ""
    wait_until: datetime | None = None
    explanation: str = ""

    @property
    def kinds(self) -> list[Kind]:
        """What was found, each kind once."""
        there = {found.kind for each in self.findings.values() for found in each}
        return [kind for kind in Kind if kind in there]

    @property
    def counts(self) -> dict[str, int]:
        """Kinds and counts, never values: all that is logged, and all that a case is told."""
        return dict(Counter(found.kind.value for each in self.findings.values() for found in each))

    @property
    def is_certain(self) -> bool:
        """Whether something can only be taken out."""
        return self._has(Confidence.HIGH)

    @property
    def only_names(self) -> bool:
        """Whether there is nothing but names to think of."""
        return bool(self.findings) and not self._has(Confidence.HIGH) and not self._has(Confidence.ASK)

    @property
    def suggestions(self) -> list[Match]:
        """Words for which moderators suggest others, once each."""
        there = [m for each in self.matches.values() for m in each if m.watched.effect is Effect.SUGGEST]
        return list({match.watched: match for match in there}.values())

    def excerpts(self, name: str, around: int = 40) -> list[tuple[str, str, str, Kind]]:
        """For the author alone: what stands before each finding in a text, the finding, what follows it, its kind."""
        text = self.texts.get(name, self.explanation)
        return [
            (
                _tail(text[: found.start], around),
                text[found.start : found.end],
                _head(text[found.end :], around),
                found.kind,
            )
            for found in self.findings.get(name, ())
        ]

    def _has(self, confidence: Confidence) -> bool:
        return any(found.confidence is confidence for each in self.findings.values() for found in each)


def rule(looked: Looked, author: Author, answer: Answer, explanation: str, look: Look) -> Ruling:
    """What becomes of texts, after what their author answered to what was found; `look` looks again after redaction."""
    asked = Ruling(
        verdict=Verdict.ASK,
        texts=looked.texts,
        findings={name: each for name, each in looked.findings.items() if each},
        matches={name: each for name, each in looked.matches.items() if each},
        explanation=explanation.strip(),
    )
    refusal = _refusal(asked, author)
    if refusal:
        return refusal
    if answer is Answer.REDACT and asked.findings:
        asked = replace(asked, texts=taken_out(asked.texts, look), findings={}, explanation="")
    elif not _is_answered(asked, answer):
        return asked
    held = _held(asked, author)
    grounds = held or _flagged(asked)
    return replace(asked, verdict=Verdict.HOLD if held else Verdict.PUBLISH, grounds=grounds)


def taken_out(texts: Mapping[str, str], look: Look) -> dict[str, str]:
    """The texts with words in the place of what was found, and of what shows behind it once that is gone."""
    return {name: _without(text, look) for name, text in texts.items()}


def sentence(ruling: Ruling) -> str:
    """Why something was not taken as it is, where there is only room for a sentence (a live room)."""
    if ruling.complaint or not ruling.findings:
        return ruling.complaint
    kinds = [kind.words for kind in ruling.kinds if kind is not Kind.NAME or ruling.only_names]
    listed = " and ".join(filter(None, [", ".join(kinds[:-1]), kinds[-1]]))
    return f"This looks as if it has somebody’s {listed} in it. Take that out and send it again."


def _is_answered(asked: Ruling, answer: Answer) -> bool:
    """Whether nothing is left to ask: names and suggestions take a word, the rest an explanation, sure ones neither."""
    if not asked.findings and not asked.suggestions:
        return True
    if answer is not Answer.KEEP or asked.is_certain:
        return False
    return asked.only_names or not asked.findings or bool(asked.explanation)


def _refusal(asked: Ruling, author: Author) -> Ruling | None:
    def refused(sentence: str, until: datetime | None = None) -> Ruling:
        return replace(asked, verdict=Verdict.REFUSE, complaint=sentence, wait_until=until)

    length = sum(map(len, asked.texts.values()))
    if length > LONGEST:
        return refused(f"Use {LONGEST:,} characters or fewer. This has {length:,}.")
    blocked = [m for each in asked.matches.values() for m in each if m.watched.effect is Effect.BLOCK]
    if blocked:
        listed = ", ".join(sorted({f"“{match.watched.pattern}”" for match in blocked}))
        return refused(f"Moderators have asked that this is not used here: {listed}. Say it in other words.")
    if author.said_before:
        return refused("You have posted the same words already. Change them if you meant something else.")
    if author.wait_until:
        return refused("That is a lot in a short time. What you wrote is still here: wait a little.", author.wait_until)
    return None


def _held(asked: Ruling, author: Author) -> tuple[Ground, ...]:
    """Why a moderator looks first; empty when it can be published."""
    words = [match.watched.effect for each in asked.matches.values() for match in each]
    links = any(WEB_ADDRESS.search(text) for text in asked.texts.values())
    watched = author.trust is Trust.WATCHED or (author.trust is Trust.NEW and links)
    why = {
        Ground.OVERRIDE: bool(asked.findings) and not asked.only_names,
        Ground.WATCHED_WORD: Effect.HOLD in words,
        Ground.TRUST: watched,
    }
    return tuple(ground for ground, applies in why.items() if applies)


def _flagged(asked: Ruling) -> tuple[Ground, ...]:
    flagged = any(match.watched.effect is Effect.FLAG for each in asked.matches.values() for match in each)
    return (Ground.WATCHED_WORD,) if flagged else ()


def _without(text: str, look: Look) -> str:
    for _ in range(MOST_LOOKS):
        found = look(text)
        if not found:
            break
        for each in sorted(found, key=lambda one: one.start, reverse=True):
            text = f"{text[: each.start]}[removed: {each.kind.words}]{text[each.end :]}"
    return text


def _tail(text: str, most: int) -> str:
    return text if len(text) <= most else f"…{text[-most:]}"


def _head(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
