"""Reading a scenario file: from its bytes to a story and a list of what is wrong with the way it is written."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from app.scenarios.format.diagnostics import MOST_TOLD, Diagnostic, Problem, Report, severity_of
from app.scenarios.format.headers import read_metadata, read_name, read_tags, why_malformed
from app.scenarios.format.macros import FOREIGN_PASSAGES, FOREIGN_TAGS, foreign_code
from app.scenarios.format.model import Passage, Story
from app.scenarios.format.passages import PassageReader, Section
from app.scenarios.format.places import Places
from app.scenarios.format.plain_json import JsonError
from app.scenarios.format.settings_block import Settings, read_settings
from app.scenarios.format.source import MAX_BYTES, Source, open_source
from app.scenarios.format.story_data import StoryData, read_story_data

SPECIAL_PASSAGES = frozenset({"StoryTitle", "StoryData", "Scenario"})
"""Passages that say something about the story and are never played."""

_NOT_PLAYED = SPECIAL_PASSAGES | FOREIGN_PASSAGES


@dataclass(slots=True)
class Parsed:
    """A story as far as it could be read, and the problems (S1xx, S3xx, S501) met on the way.

    `places` finds the parts of the story again in the source. `story` is None only for a file that is no text at all
    (S106).
    """

    source: Source
    places: Places
    story: Story | None = None
    problems: list[Problem] = field(default_factory=list)
    story_data: StoryData = field(default_factory=StoryData)
    settings: Settings = field(default_factory=Settings)

    def diagnose(self, problem: Problem, *, path: str = "", strict: bool = False) -> Diagnostic:
        """Say where a problem is, for people and for scripts."""
        line, column = self.source.position(problem.offset)
        index = bisect_right(self.places.headers, problem.offset, key=lambda header: header.start() + 1)
        name = read_name(self.places.headers[index - 1][1]) if index else ""
        severity = severity_of(problem.code, strict=strict)
        return Diagnostic(problem.code, severity, path, line, column, name or None, problem.message)


def parse(raw: str | bytes, *, max_bytes: int = MAX_BYTES) -> Parsed:
    """Read a scenario, whatever is in it: never raises, and takes time linear in its size."""
    source, unreadable = open_source(raw, max_bytes=max_bytes)
    parsed = Parsed(source, Places(source.text))
    if unreadable:
        parsed.problems.append(unreadable)
    else:
        _Reading(parsed).read()
    return parsed


class _Reading:
    """One pass over the headers, then the special passages, then the passages of play."""

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        self.places = parsed.places
        self.special: dict[str, Section] = {}
        self.played: list[Section] = []
        self.duplicates: list[Section] = []

    def report(self, code: str, offset: int, message: str) -> None:
        self.parsed.problems.append(Problem(code, offset, message))

    def read(self) -> None:
        for section in self._sections():
            self._sort(section)
        self.parsed.problems += islice(foreign_code(self.places.text), MOST_TOLD)
        story_data = self.parsed.story_data = self._story_data()
        settings = self.parsed.settings = self._settings()
        self.parsed.story = Story(
            title=" ".join(self._body("StoryTitle").split()),
            ifid=story_data.ifid,
            format=story_data.format,
            format_version=story_data.format_version,
            start=story_data.start,
            setting=settings.setting,
            you_are=settings.you_are,
            minutes=settings.minutes,
            content_notes=settings.content_notes,
            signpost=settings.signpost,
            variables=settings.variables,
            passages=self._passages(settings),
            kept_for_twine=story_data.kept_for_twine,
        )

    def _sections(self) -> Iterator[Section]:
        headers = self.places.headers
        if before := self.places.text[: headers[0].start() if headers else None].strip():
            self.report(
                "S101",
                self.places.text.index(before[0]),
                "This text stands before the first header: begin the passage with a line `:: Name`.",
            )
        for number, found in enumerate(headers):
            raw_name, raw_tags, raw_metadata, rest = found.groups()
            if rest:
                self.report("S101", self.places.header(number, 4), why_malformed(rest))
            name = read_name(raw_name) if "\\" in raw_name else raw_name.strip()
            if name:
                metadata = self._metadata(number, raw_metadata) if raw_metadata else ()
                tags = read_tags(rest[1:].partition("]")[0] if rest and rest[0] == "[" else raw_tags)
                yield Section(number, name, tags, metadata)
            else:
                self.report(
                    "S101",
                    self.places.header(number),
                    "This header has no name: write `:: Name` (a line of prose may not begin with `::`).",
                )

    def _metadata(self, number: int, raw: str) -> tuple[tuple[str, str], ...]:
        try:
            return read_metadata(raw)
        except JsonError as error:
            at = self.places.header(number, 3) + error.at
            self.report(
                "S101",
                at,
                f'The braces of a header cannot be read ({error}): write, for example, {{"position":"100,100"}}.',
            )
            return ()

    def _sort(self, section: Section) -> None:
        number, name = section.number, section.name
        if name in _NOT_PLAYED:
            self._sort_special(section)
        elif section.tags and not FOREIGN_TAGS.isdisjoint(section.tags):
            self.report(
                "S501", self.places.header(number), "Scripts and stylesheets are not run here: remove this passage."
            )
        elif self.places.numbers.setdefault(name, number) == number:
            self.played.append(section)
        else:
            self._report_duplicate(section)
            self.duplicates.append(section)

    def _sort_special(self, section: Section) -> None:
        name, number = section.name, section.number
        if name in FOREIGN_PASSAGES:
            self.report(
                "S501",
                self.places.header(number),
                f"`{name}` means something to another story format only: remove this passage, or give it another name.",
            )
        elif self.places.numbers.setdefault(name, number) == number:
            self.special[name] = section
        else:
            self._report_duplicate(section)

    def _report_duplicate(self, section: Section) -> None:
        message = (
            f"There is a passage called `{section.name[:60]}` already: give this one another name, or join the two."
        )
        self.report("S102", self.places.header(section.number), message)

    def _story_data(self) -> StoryData:
        section = self.special.get("StoryData")
        if section:
            return read_story_data(self._body("StoryData"), self._report_in(section))
        self.report(
            "S103",
            0,
            'There is no passage `:: StoryData`: add one with {"ifid": "…", "format": "Upstander", "start": "…"}.',
        )
        return StoryData()

    def _settings(self) -> Settings:
        section = self.special.get("Scenario")
        if section:
            return read_settings(self._body("Scenario"), self._report_in(section))
        self.report(
            "S105",
            0,
            "There is no passage `:: Scenario`: add one with setting, you_are, minutes, content_notes and signpost.",
        )
        return Settings(readable=False)

    def _body(self, name: str) -> str:
        """The body of a special passage; empty when there is none."""
        return self.places.body_of(self.special[name].number) if name in self.special else ""

    def _report_in(self, section: Section) -> Report:
        """Takes offsets that count from the beginning of a section's body."""
        return lambda code, within, message: self.report(code, self.places.body(section.number) + within, message)

    def _passages(self, settings: Settings) -> tuple[Passage, ...]:
        """The passages of play; a second one of the same name is read for its problems only."""
        reader = PassageReader(self.places, settings, self.report)
        passages = tuple(map(reader.read, self.played))
        for section in self.duplicates:
            reader.read(section)
        return passages
