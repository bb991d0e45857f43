"""The body of a passage: prose, choices, and the lines `skip:` and `signpost:`."""

import re
from typing import NamedTuple

from app.scenarios.format.choices import CHOICE, KEYS, is_one_link, unusual_attributes
from app.scenarios.format.diagnostics import Report
from app.scenarios.format.headers import Metadata
from app.scenarios.format.links import slug, split_link
from app.scenarios.format.macros import SETTER_REFUSED
from app.scenarios.format.model import Choice, Kind, Passage
from app.scenarios.format.places import Places, attribute_at
from app.scenarios.format.settings_block import SLUG, Settings
from app.scenarios.format.wordings import Complaint, Wordings

DIRECTIVE = re.compile(r"\n(skip|signpost):[ \t]*+(.*)")
"""A line of a body that says something about the passage; between choices and prose, wherever it stands."""

_LINK = re.compile(r"\[\[(?:[^\[\]\n]*+(\]\[))?+")
_DEBRIEF = re.compile(r"\n##[ \t]++Debrief[ \t]*+(?:#++[ \t]*+)?(?=\n|\Z)", re.IGNORECASE)
_new = tuple.__new__  # a named tuple's own __new__ takes twice as long
_KINDS = {kind.value: kind for kind in Kind}


class Section(NamedTuple):
    """A passage before its body is read; `number` is its place in the file."""

    number: int
    name: str
    tags: tuple[str, ...]
    metadata: Metadata


class PassageReader:
    """Reads one passage after another of the same file. Places are looked for only when something is wrong."""

    def __init__(self, places: Places, settings: Settings, report: Report) -> None:
        self.places, self.report = places, report
        self.wordings = Wordings(settings)

    def read(self, section: Section) -> Passage:
        """Read the body of a passage; what is wrong is reported as S107 or S3xx."""
        number, name, tags, metadata = section
        kind = _KINDS.get(tags[0]) if len(tags) == 1 else None
        if kind is None:
            kind, tags = self._kind(section)
        else:
            tags = ()
        parts = CHOICE.split(self.places.body_of(number))
        prose = parts[0]
        choices: tuple[Choice, ...] = ()
        if len(parts) > 1:
            choices = self._choices(number, kind, parts)
            if any(between := parts[8::8]):
                prose = "\n".join((prose, *between))
        if "[" in prose:  # one character, which is found many times as fast as two
            self._report_links(number)
        skip: str | None = None
        signpost: tuple[str, ...] = ()
        if ":" in prose and DIRECTIVE.search(prose):
            skip, signpost = self._directives(number, kind)
            prose = DIRECTIVE.sub("", prose)
        debrief = ""
        if kind is Kind.ENDING and (heading := _DEBRIEF.search(prose)):
            prose, debrief = prose[: heading.start()], _trimmed(prose[heading.end() :])
        return Passage(name, kind, _trimmed(prose), choices, debrief, skip, signpost, tags, metadata)

    def _kind(self, section: Section) -> tuple[Kind, tuple[str, ...]]:
        kinds = [_KINDS[tag] for tag in section.tags if tag in _KINDS]
        if len(kinds) > 1:
            self.report(
                "S107",
                self.places.header(section.number),
                f"A passage is of one kind: keep one of {', '.join(f'`{kind}`' for kind in kinds)}.",
            )
        return kinds[0] if kinds else Kind.SCENE, tuple(tag for tag in section.tags if tag not in _KINDS)

    def _choices(self, number: int, kind: Kind, parts: list[str]) -> tuple[Choice, ...]:
        """The choices among what CHOICE split. What this kind may not have is reported and left out.

        This is where a large file takes its time, hence the care: nothing is called that need not be.
        """
        if not kind.offers_choices:
            for index in range(len(parts) // 8):
                self._report_line(
                    number,
                    index,
                    f"Nobody chooses in a passage of the kind `{kind}`: remove this choice, or the tag `{kind}`.",
                )
            return ()
        conditions, effects = self.wordings.conditions, self.wordings.effects
        choices: list[Choice] = []
        index = -1
        rows = iter(parts)
        next(rows)
        for inside, choice_id, approach, when, effect, why, rest, _ in zip(*[rows] * 8, strict=True):
            index += 1
            text, arrow, target = inside.rpartition("->")
            if not arrow or "[" in inside or "]" in inside:
                if not is_one_link(inside):
                    self._report_line(
                        number, index, "A choice is one link and nothing else: `- [[What you do->Passage]]`."
                    )
                    continue
                text, target = split_link(self._without_setter(number, index, inside))
            if rest and not rest.isspace():
                given = unusual_attributes(self.places.line(number, index), self.report)
                choice_id, approach, when, effect, why = map(given.get, KEYS)  # noqa: PLW2901 - the same, read slowly
            condition, complaints = conditions.get(when) or self.wordings.condition(when)
            if complaints:
                self._complain(number, index, "when", complaints)
            changes, complaints = effects.get(effect) or self.wordings.effect(effect)
            if complaints:
                self._complain(number, index, "effect", complaints)
            text = text.strip()
            if not text:
                self._report_line(number, index, "This choice has no text: write `[[What you do->Passage]]`.")
            choices.append(
                _new(Choice, (choice_id or slug(text), text, target.strip(), approach, condition, changes, why or ""))
            )
        return tuple(choices)

    def _without_setter(self, number: int, index: int, inside: str) -> str:
        link, setter, _ = inside.partition("][")
        if setter:
            self.report("S501", self.places.line(number, index).start(1) - 2, SETTER_REFUSED)
        return link

    def _report_line(self, number: int, index: int, message: str) -> None:
        self.report("S107", self.places.line(number, index).start() + 1, message)

    def _complain(self, number: int, index: int, key: str, complaints: list[Complaint]) -> None:
        at = attribute_at(self.places.line(number, index), key)
        for complaint in complaints:
            self.report(complaint.code, at + complaint.at, complaint.message)

    def _report_links(self, number: int) -> None:
        for start, end in self.places.between(number):
            for found in _LINK.finditer(self.places.text, start, end):
                self.report(
                    "S107",
                    found.start(),
                    "A link stands only in a choice: write it as a line of its own, `- [[What you do->Passage]]`.",
                )
                if found[1]:
                    self.report("S501", found.start(), SETTER_REFUSED)

    def _directives(self, number: int, kind: Kind) -> tuple[str | None, tuple[str, ...]]:
        given: dict[str, str] = {}
        signpost: tuple[str, ...] = ()
        for found in (
            found
            for start, end in self.places.between(number)
            for found in DIRECTIVE.finditer(self.places.text, start, end)
        ):
            key, value = found[1], found[2].strip()
            if key in given:
                self.report("S107", found.start() + 1, f"`{key}:` stands twice in this passage: keep one line.")
            elif not value:
                self.report("S107", found.start() + 1, f"`{key}:` has no value: add one, or remove the line.")
            elif key == "skip" and not kind.offers_choices:
                self.report(
                    "S107", found.start() + 1, f"Nobody goes on from a passage of the kind `{kind}`: remove `skip:`."
                )
            else:
                given[key] = value
                if key == "signpost":
                    signpost = self._signpost(value, found.start(2))
        return given.get("skip"), signpost

    def _signpost(self, value: str, at: int) -> tuple[str, ...]:
        names = [name.strip() for name in value.split(",")]
        for name in names:
            if not SLUG.fullmatch(name):
                self.report(
                    "S107",
                    at,
                    f"`{name[:60]}` names no support service: use short names with commas between them, "
                    "as in `occupational-health`.",
                )
        return tuple(name for name in names if SLUG.fullmatch(name))


def _trimmed(prose: str) -> str:
    """Without blank lines around it; the first line keeps its indentation."""
    return prose.strip("\n").rstrip()
