"""Where an entry of another directory is read.

Real feeds hold anything anywhere, so every reader here takes any JSON value, gives what can be used of it, and notes
what it changed, left out or refused. Nothing here raises.

Source: of two real council feeds 4 of 819 and 0 of 738 services were valid (empty addresses, HTML, blank names).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import TypeVar
from uuid import NAMESPACE_URL, uuid5

from app.signposting.openreferral import plain
from app.signposting.openreferral.values import (
    EMAIL,
    LONGEST_ADDRESS,
    Json,
    cut,
    is_usual,
    kind,
    read_clock,
    read_day,
    read_number,
    read_uuid,
    short,
    web_address,
)

YES, NO = frozenset({"yes", "true", "y", "1"}), frozenset({"no", "false", "n", "0"})
MOST_OF_A_KIND = 200  # phones of one service, and the like

Kind = TypeVar("Kind", bound=StrEnum)


class Did(StrEnum):
    """What became of something that was not as it should be."""

    CHANGED = "changed"
    LEFT_OUT = "left out"
    REFUSED = "refused"  # the whole entry


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was not taken as it came: where in the entry, what was done, and why in a sentence."""

    where: str
    did: Did
    why: str


@dataclass(slots=True)
class Desk:
    """Where one entry is read: the place at hand, and what was found so far."""

    findings: list[Finding] = field(default_factory=list)
    place: tuple[str, ...] = ()

    def at(self, *place: str) -> "Desk":
        """The same desk, further in."""
        return Desk(self.findings, (*self.place, *place))

    def note(self, did: Did, why: str, key: str = "") -> None:
        """Keep a finding."""
        self.findings.append(Finding(" › ".join((*self.place, key) if key else self.place), did, why))

    # -- texts ---------------------------------------------------------------------------------------------------------

    def line(self, source: Mapping[str, Json], key: str, longest: int) -> str:
        """A text of one line, at most so many characters."""
        return self._text(source, key, longest, one_line=True)

    def words(self, source: Mapping[str, Json], key: str, longest: int) -> str:
        """A text that may have several lines."""
        return self._text(source, key, longest, one_line=False)

    def _text(self, source: Mapping[str, Json], key: str, longest: int, *, one_line: bool) -> str:
        raw = source.get(key)
        if raw is None:
            return ""
        if isinstance(raw, bool | int | float) and is_usual(raw):
            raw = str(raw)
            self.note(Did.CHANGED, "It was a number and is a text now.", key)
        if not isinstance(raw, str):
            self.note(Did.LEFT_OUT, f"It is {kind(raw)} where a text belongs.", key)
            return ""
        beginning = raw[: longest * 10]  # nothing is gained by reading megabytes of one text
        text = plain.line(beginning) if one_line else plain.paragraphs(beginning)
        self._say_what_changed(key, raw, text)
        if len(text) > longest:
            self.note(Did.CHANGED, f"It has {len(text):,} characters; the first {longest:,} are kept.", key)
            text = cut(text, longest, one_line=one_line)
        return text

    def _say_what_changed(self, key: str, raw: str, text: str) -> None:
        if raw == text:
            return
        if not text:
            if raw:
                self.note(Did.LEFT_OUT, "It is blank.", key)
        elif plain.has_markup(raw):
            self.note(Did.CHANGED, "It had HTML in it; the words are kept.", key)
        else:
            self.note(Did.CHANGED, "Spaces and signs that cannot be seen were taken out.", key)

    def _string(self, source: Mapping[str, Json], key: str) -> str:
        """What is to be read on as an address, a date and so on; "" with a note when it is none."""
        raw = source.get(key)
        if raw is None:
            return ""
        if not isinstance(raw, str):
            self.note(Did.LEFT_OUT, f"It is {kind(raw)} where a text belongs.", key)
            return ""
        text = raw[: LONGEST_ADDRESS * 4].strip()
        if not text:
            self.note(Did.LEFT_OUT, "It is blank.", key)
        return text

    # -- addresses -----------------------------------------------------------------------------------------------------

    def web(self, source: Mapping[str, Json], key: str) -> str:
        """A web address that can be followed: http or https, a host with a name, ASCII."""
        raw = self._string(source, key)
        if not raw:
            return ""
        address = web_address(raw)
        if not address:
            self.note(Did.LEFT_OUT, f"“{short(raw)}” is no web address.", key)
        elif address != source.get(key):
            self.note(Did.CHANGED, f"“{short(raw)}” is written as {short(address)} now.", key)
        return address

    def email(self, source: Mapping[str, Json], key: str) -> str:
        """An email address."""
        raw = self._string(source, key).removeprefix("mailto:")
        if not raw:
            return ""
        if len(raw) > LONGEST_ADDRESS or not EMAIL.fullmatch(raw):
            self.note(Did.LEFT_OUT, f"“{short(raw)}” is no email address.", key)
            return ""
        if raw != source.get(key):
            self.note(Did.CHANGED, "Only the address itself is kept.", key)
        return raw

    # -- numbers and moments -------------------------------------------------------------------------------------------

    def number(self, source: Mapping[str, Json], key: str, lowest: float, highest: float) -> float | None:
        """A number between two bounds, or None."""
        raw = source.get(key)
        if raw is None:
            return None
        found = read_number(raw)
        if found is None or not lowest <= found <= highest:
            self.note(Did.LEFT_OUT, f"“{short(str(raw)[:200])}” is no number between {lowest:g} and {highest:g}.", key)
            return None
        if isinstance(raw, str):
            self.note(Did.CHANGED, f"“{short(raw)}” was a text and is the number {found:g} now.", key)
        return found

    def day(self, source: Mapping[str, Json], key: str) -> date | None:
        """A day of the calendar, or None."""
        raw = self._string(source, key)
        if not raw:
            return None
        found = read_day(raw)
        if found is None:
            self.note(Did.LEFT_OUT, f"“{short(raw)}” is no date.", key)
        elif raw != found.isoformat():
            self.note(Did.CHANGED, f"“{short(raw)}” is read as {found.isoformat()}.", key)
        return found

    def moment(self, source: Mapping[str, Json], key: str) -> datetime | None:
        """A moment, or None; without a time zone it is taken as UTC."""
        raw = self._string(source, key)
        if not raw:
            return None
        try:
            found = datetime.fromisoformat(raw)
            return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):
            self.note(Did.LEFT_OUT, f"“{short(raw)}” is no date with a time.", key)
            return None

    def clock(self, source: Mapping[str, Json], key: str) -> time | None:
        """What a clock shows, or None. 24:00 is the midnight that ends a day: 00:00."""
        raw = self._string(source, key)
        if not raw:
            return None
        found = read_clock(raw)
        if found is None:
            self.note(Did.LEFT_OUT, f"“{short(raw)}” is no time.", key)
        elif raw not in {found.isoformat(), f"{found:%H:%M}"}:
            self.note(Did.CHANGED, f"“{short(raw)}” is read as {found:%H:%M}.", key)
        return found

    # -- words of fixed lists -----------------------------------------------------------------------------------------

    def choice(self, source: Mapping[str, Json], key: str, kinds: type[Kind]) -> Kind | None:
        """One of a few words, however it was spelt; None with a note for another one."""
        raw = source.get(key)
        if raw is None:
            return None
        text = " ".join(raw.lower().split())[:LONGEST_ADDRESS] if isinstance(raw, str) else ""
        if text not in {kind.value for kind in kinds}:
            self.note(Did.LEFT_OUT, f"“{short(str(raw)[:200])}” is none of {', '.join(kinds)}.", key)
            return None
        if text != raw:
            self.note(Did.CHANGED, f"“{short(str(raw))}” is written as {text} now.", key)
        return kinds(text)

    def codes(self, source: Mapping[str, Json], key: str, known: frozenset[str]) -> frozenset[str]:
        """Those of a list that are known words."""
        raw = source.get(key)
        if raw is None:
            return frozenset()
        said = {each for each in raw if isinstance(each, str)} if isinstance(raw, list) else set()
        if not isinstance(raw, list) or said - known:
            self.note(Did.LEFT_OUT, "Some of it is none of the words that are known here.", key)
        return frozenset(said & known)

    def flag(self, source: Mapping[str, Json], key: str) -> bool | None:
        """Yes, no, or nothing said."""
        raw = source.get(key)
        if raw is None or isinstance(raw, bool):
            return raw
        text = str(raw)[:20].strip().lower()
        if text in YES | NO:
            self.note(Did.CHANGED, f"“{text}” is read as {'yes' if text in YES else 'no'}.", key)
            return text in YES
        self.note(Did.LEFT_OUT, f"“{short(text)}” is neither yes nor no.", key)
        return None

    # -- the rest ------------------------------------------------------------------------------------------------------

    def uuid(self, source: Mapping[str, Json], key: str, seed: str) -> str:
        """An id. What is no UUID gets one that is made of it, always the same; without an id one is made of `seed`."""
        raw = source.get(key)
        given = str(raw).strip() if isinstance(raw, str | int) and not isinstance(raw, bool) else ""
        found = read_uuid(given)
        if found:
            return found
        why = f"“{short(given)}” is no UUID" if given else "It has none"
        self.note(Did.CHANGED, f"{why}; one was made for it.", key)
        return str(uuid5(NAMESPACE_URL, given[:500] or seed))

    def things(self, source: Mapping[str, Json], key: str) -> Iterator[tuple["Desk", Mapping[str, Json]]]:
        """Each object of a list with the desk to read it on; what is none is noted and passed over."""
        raw = source.get(key)
        if raw is None:
            return
        if isinstance(raw, Mapping):
            self.note(Did.CHANGED, "It was one thing and is a list with one in it now.", key)
            raw = [raw]
        if not isinstance(raw, Sequence) or isinstance(raw, str):
            self.note(Did.LEFT_OUT, f"It is {kind(raw)} where a list belongs.", key)
            return
        if len(raw) > MOST_OF_A_KIND:
            self.note(Did.CHANGED, f"There are {len(raw):,}; the first {MOST_OF_A_KIND} are kept.", key)
        for number, thing in enumerate(raw[:MOST_OF_A_KIND], 1):
            if isinstance(thing, Mapping):
                yield self.at(key, str(number)), thing
            else:
                self.note(Did.LEFT_OUT, f"Number {number} is {kind(thing)}.", key)

    def thing(self, source: Mapping[str, Json], key: str) -> tuple["Desk", Mapping[str, Json]] | None:
        """An object inside another one, with the desk to read it on."""
        raw = source.get(key)
        if raw is None:
            return None
        if not isinstance(raw, Mapping):
            self.note(Did.LEFT_OUT, f"It is {kind(raw)} where an object belongs.", key)
            return None
        return self.at(key), raw
