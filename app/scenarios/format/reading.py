"""Reading a scenario file: from its bytes to a story and a list of what is wrong with the way it is written."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from app.scenarios.format.diagnostics import Problem
from app.scenarios.format.headers import HEADER, Header, read_header
from app.scenarios.format.macros import FOREIGN_PASSAGES, FOREIGN_TAGS, foreign_code
from app.scenarios.format.model import Passage, Story
from app.scenarios.format.passages import PassageReader
from app.scenarios.format.places import Places
from app.scenarios.format.settings_block import Settings, read_settings
from app.scenarios.format.source import MAX_BYTES, Source, open_source
from app.scenarios.format.story_data import StoryData, read_story_data

SPECIAL_PASSAGES = frozenset({"StoryTitle", "StoryData", "Scenario"})
"""Passages that say something about the story and are never played."""


@dataclass(slots=True)
class Parsed:
    """A story as far as it could be read, and the problems (S1xx, S3xx, S501) met on the way.

    `places` finds the parts of the story again in the source. `story` is None only for a file that is no text at all (S106). `settings_at` is where the Scenario block begins.
    """

    story: Story | None
    source: Source
    places: Places
    problems: list[Problem] = field(default_factory=list)
    story_data: StoryData = field(default_factory=StoryData)
    settings: Settings = field(default_factory=Settings)
    settings_at: int = 0


def parse(raw: str | bytes, *, max_bytes: int = MAX_BYTES) -> Parsed:
    """Read a scenario, whatever is in it: never raises, and takes time linear in its size."""
    source, unreadable = open_source(raw, max_bytes=max_bytes)
    if unreadable:
        return Parsed(None, source, Places("", {}), [unreadable])
    return _Reading(source).parsed()


class _Reading:
    """One pass over the headers, then the special passages, then the passages of play."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = source.text
        self.problems: list[Problem] = []
        self.special: dict[str, tuple[Header, int]] = {}
        self.played: dict[str, tuple[Header, int]] = {}
        self.duplicates: list[tuple[Header, int]] = []

    def report(self, code: str, offset: int, message: str) -> None:
        self.problems.append(Problem(code, offset, message))

    def parsed(self) -> Parsed:
        for header, end in self._sections():
            self._sort(header, end)
        self.problems += foreign_code(self.text)
        story_data = self._story_data()
        settings, settings_at = self._settings()
        story = Story(
            title=" ".join(self._body("StoryTitle")[0].split()),
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
            passages=tuple(self._passages(settings)),
            kept_for_twine=story_data.kept_for_twine,
        )
        return Parsed(story, self.source, Places(self.text, self.played), self.problems, story_data, settings, settings_at)

    def _sections(self) -> Iterator[tuple[Header, int]]:
        """Each header with the offset at which its passage ends."""
        headings = list(HEADER.finditer(self.text))
        first = headings[0].start() if headings else len(self.text)
        if before := self.text[:first].strip():
            self.report("S101", self.text.index(before[0]), "This text stands before the first header: begin the passage with a line `:: Name`.")
        ends = [heading.start() for heading in headings[1:]] + [len(self.text)]
        for heading, end in zip(headings, ends, strict=True):
            header = read_header(heading, self.report)
            self.source.headings.append((heading.start() + 1, header.name if header else None))
            if header:
                yield header, end

    def _sort(self, header: Header, end: int) -> None:
        if header.name in SPECIAL_PASSAGES:
            if header.name in self.special:
                self._report_duplicate(header)
            else:
                self.special[header.name] = header, end
        elif header.name in FOREIGN_PASSAGES:
            self.report("S501", header.offset, f"`{header.name[:60]}` means something to another story format only: remove this passage, or give it another name.")
        elif not FOREIGN_TAGS.isdisjoint(header.tags):
            self.report("S501", header.offset, "Scripts and stylesheets are not run here: remove this passage.")
        elif header.name in self.played:
            self._report_duplicate(header)
            self.duplicates.append((header, end))
        else:
            self.played[header.name] = header, end

    def _report_duplicate(self, header: Header) -> None:
        self.report("S102", header.offset, f"There is a passage called `{header.name[:60]}` already: give this one another name, or join the two.")

    def _body(self, name: str) -> tuple[str, int]:
        """The body of a special passage and where it begins; empty when there is none."""
        if name not in self.special:
            return "", 0
        header, end = self.special[name]
        return self.text[header.body : end], header.body

    def _story_data(self) -> StoryData:
        if "StoryData" in self.special:
            return read_story_data(*self._body("StoryData"), self.report)
        self.report("S103", 0, 'There is no passage `:: StoryData`: add one with {"ifid": "…", "format": "Upstander", "start": "…"}.')
        return StoryData()

    def _settings(self) -> tuple[Settings, int]:
        if "Scenario" in self.special:
            return read_settings(*self._body("Scenario"), self.report), self.special["Scenario"][0].offset
        self.report("S105", 0, "There is no passage `:: Scenario`: add one with setting, you_are, minutes, content_notes and signpost.")
        return Settings(readable=False), 0

    def _passages(self, settings: Settings) -> list[Passage]:
        """The passages of play; a second one of the same name is read for its problems only."""
        reader = PassageReader(self.text, settings, self.report)
        passages = [reader.read(header, end) for header, end in self.played.values()]
        for header, end in self.duplicates:
            reader.read(header, end)
        return passages
