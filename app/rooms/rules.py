"""Pure decisions of rooms: what a client may send, how long its words may be, who counts as present.

Source: shared facts on live rooms; the events and payloads are the contract's.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

LONGEST_BODY = 2_000  # characters
NEWEST = 200  # messages that somebody who comes in for the first time gets at once
BATCH = 500  # messages at most in one event
LARGEST_SEQ = 2**31 - 1
MINUTE = timedelta(minutes=1)
MOST_A_MINUTE = 600  # messages of one member: far more than anybody types, far less than a flood
SEEN_FOR = timedelta(seconds=45)  # open tabs are noted every 15 seconds; two notes may be missed
PULSE_SECONDS = 15  # between two notes that a tab is open
SHOWN = 100  # names in the list of who is here; the rest are a number

_INVISIBLE = re.compile(r"[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")  # joiners stay: emoji need them
_BLANK_LINES = re.compile(r"\n{3,}")


class RoomKind(StrEnum):
    """What a room is for."""

    COMMUNITY = "community"  # every member of the programme
    CATCH_UP = "catch_up"  # those who have a seat
    SET = "set"  # those who have a seat; a learning set says who may speak


class State(StrEnum):
    """What others see of somebody in the room. The later word wins when somebody has several tabs."""

    AWAY = "away"
    HERE = "here"
    TYPING = "typing"
    HAND = "hand"


class ReactionKind(StrEnum):
    """A small answer to a message."""

    THANKS = "thanks"
    AGREE = "agree"
    WITH_YOU = "with_you"
    THINKING = "thinking"

    @property
    def words(self) -> str:
        """What it says."""
        return {"thanks": "Thank you", "agree": "Me too", "with_you": "I’m with you", "thinking": "Makes me think"}[
            self
        ]

    @property
    def sign(self) -> str:
        """How it looks; the words stand beside it."""
        return {"thanks": "🙏", "agree": "👍", "with_you": "🤝", "thinking": "💭"}[self]


class Refused(Exception):  # noqa: N818 - it is an answer, not a mistake
    """What a member asked for is not possible; the message is a sentence for them."""


@dataclass(frozen=True, slots=True)
class Sending:
    """A message as a client sends it: the client's own name for it, and its words."""

    id: str
    body: str


def read_sending(payload: object) -> Sending:
    """The message in a payload `{"id": "<uuid>", "body": "…"}`. Raises Refused with what is wrong."""
    sent = payload if isinstance(payload, Mapping) else {}
    name, body = sent.get("id"), sent.get("body")
    try:
        identity = str(UUID(name)) if isinstance(name, str) else ""
    except ValueError:
        identity = ""
    if not identity:
        raise Refused("This message has no number of its own. Load the page again.")
    if not isinstance(body, str):
        raise Refused("Write something first.")
    return Sending(identity, tidy(body))


def tidy(body: str) -> str:
    """The words as they are kept: plain text without characters that nobody sees. Raises Refused: empty, too long."""
    kept = _INVISIBLE.sub("", unicodedata.normalize("NFC", body.replace("\r\n", "\n").replace("\r", "\n")))
    kept = "".join(sign for sign in kept if sign in "\n\t" or unicodedata.category(sign) != "Cc")
    kept = _BLANK_LINES.sub("\n\n", kept).strip()
    if not kept:
        raise Refused("Write something first.")
    if len(kept) > LONGEST_BODY:
        raise Refused(f"Use {LONGEST_BODY:,} characters or fewer: this has {len(kept):,}. Send it in two parts.")
    return kept


def read_seq(value: object) -> int:
    """A place in the order of a room as a client says it; 0 for whatever makes no sense."""
    if isinstance(value, bool) or not isinstance(value, int):
        return 0
    return min(max(value, 0), LARGEST_SEQ)


def read_state(value: object) -> State:
    """How a tab says its member is; somebody who says something strange is simply here."""
    known = {state.value: state for state in State}
    return known.get(value, State.HERE) if isinstance(value, str) else State.HERE


def read_reaction(value: object) -> ReactionKind:
    """The small answer that a client names. Raises Refused for one that there is not."""
    for kind in ReactionKind:
        if kind.value == value:
            return kind
    raise Refused("There is no such reaction.")


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of a member in a room, and when it last said that it is there."""

    member_id: int
    name: str
    state: State
    seen_at: datetime


def present(tabs: Iterable[Tab], now: datetime) -> list[tuple[str, State]]:
    """Who is in a room, by name: each member once however many tabs they have, nobody whose tabs fell silent."""
    strongest: dict[int, Tab] = {}
    rank = list(State)
    for tab in tabs:
        if now - tab.seen_at > SEEN_FOR:
            continue
        known = strongest.get(tab.member_id)
        if known is None or rank.index(tab.state) > rank.index(known.state):
            strongest[tab.member_id] = tab
    ordered = sorted(
        strongest.values(), key=lambda tab: (tab.state is not State.HAND, tab.name.casefold(), tab.member_id)
    )
    return [(tab.name, tab.state) for tab in ordered]


def batches(seqs: Sequence[int], size: int = BATCH) -> list[Sequence[int]]:
    """A long list in parts of at most `size`, in order; an empty list is one empty part."""
    return [seqs[start : start + size] for start in range(0, len(seqs), size)] or [seqs]
