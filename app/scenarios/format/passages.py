"""The body of a passage: prose, choices, and the lines `skip:` and `signpost:`."""

import re

from app.scenarios.format.choices import CHOICE, ChoiceReader
from app.scenarios.format.headers import Header, Report
from app.scenarios.format.model import Choice, Kind, Passage
from app.scenarios.format.settings_block import SLUG, Settings

_DIRECTIVE = re.compile(r"\n(skip|signpost):[ \t]*+(.*)")
_DEBRIEF = re.compile(r"\n##[ \t]++Debrief[ \t]*+(?:#++[ \t]*+)?(?=\n|\Z)", re.IGNORECASE)
_KINDS = {kind.value: kind for kind in Kind}


class PassageReader:
    """Reads one passage after another of the same file."""

    def __init__(self, text: str, settings: Settings, report: Report) -> None:
        self.text, self.report = text, report
        self.choices = ChoiceReader(text, settings, report)

    def read(self, header: Header, end: int) -> Passage:
        """Read the passage whose header this is and whose body ends at `end`; what is wrong is reported as S107 or S3xx."""
        kind, tags = self._kind(header)
        pieces, choices = self._split(header.body, end, kind)
        prose = pieces[0] if len(pieces) == 1 else "\n".join(pieces)
        skip: str | None = None
        signpost: tuple[str, ...] = ()
        if "\nskip:" in prose or "\nsignpost:" in prose:
            skip, signpost = self._directives(header.body, end, kind)
            prose = _DIRECTIVE.sub("", prose)
        debrief = ""
        if kind is Kind.ENDING and (heading := _DEBRIEF.search(prose)):
            prose, debrief = prose[: heading.start()], _trimmed(prose[heading.end() :])
        return Passage(header.name, kind, _trimmed(prose), choices, debrief, skip, signpost, tags, header.metadata)

    def _kind(self, header: Header) -> tuple[Kind, tuple[str, ...]]:
        if not header.tags:
            return Kind.SCENE, ()
        kinds = [_KINDS[tag] for tag in header.tags if tag in _KINDS]
        if len(kinds) > 1:
            self.report("S107", header.offset, f"A passage is of one kind: keep one of {', '.join(f'`{kind}`' for kind in kinds)}.")
        return kinds[0] if kinds else Kind.SCENE, tuple(tag for tag in header.tags if tag not in _KINDS)

    def _split(self, start: int, end: int, kind: Kind) -> tuple[list[str], tuple[Choice, ...]]:
        """Part the prose from the choices. Choices that this kind may not have are reported and left out."""
        pieces: list[str] = []
        choices: list[Choice] = []
        at = start
        for found in CHOICE.finditer(self.text, start, end):
            if at < found.start():
                pieces.append(self._prose(at, found.start()))
            at = found.end()
            choice = self.choices.read(found)
            if choice is None:
                continue
            if kind is Kind.ENDING or kind is Kind.PERSPECTIVE:
                self.report("S107", found.start() + 1, f"Nobody chooses in a passage of the kind `{kind}`: remove this choice, or the tag `{kind}`.")
                continue
            choices.append(choice)
        if at < end or not pieces:
            pieces.append(self._prose(at, end))
        return pieces, tuple(choices)

    def _prose(self, start: int, end: int) -> str:
        piece = self.text[start:end]
        at = piece.find("[[")
        while at >= 0:
            self.report("S107", start + at, "A link stands only in a choice: write it as a line of its own, `- [[What you do->Passage]]`.")
            at = piece.find("[[", at + 2)
        return piece

    def _directives(self, start: int, end: int, kind: Kind) -> tuple[str | None, tuple[str, ...]]:
        given: dict[str, str] = {}
        signpost: tuple[str, ...] = ()
        for found in _DIRECTIVE.finditer(self.text, start, end):
            key, value = found[1], found[2].strip()
            if key in given:
                self.report("S107", found.start() + 1, f"`{key}:` stands twice in this passage: keep one line.")
            elif not value:
                self.report("S107", found.start() + 1, f"`{key}:` has no value: add one, or remove the line.")
            elif key == "skip" and not kind.offers_choices:
                self.report("S107", found.start() + 1, f"Nobody goes on from a passage of the kind `{kind}`: remove `skip:`.")
            elif key == "signpost":
                given[key] = value
                signpost = self._signpost(value, found.start(2))
            else:
                given[key] = value
        return given.get("skip"), signpost

    def _signpost(self, value: str, at: int) -> tuple[str, ...]:
        slugs = [slug.strip() for slug in value.split(",")]
        for slug in slugs:
            if not SLUG.fullmatch(slug):
                self.report("S107", at, f"`{slug[:60]}` names no support service: use short names with commas between them, as in `occupational-health`.")
        return tuple(slug for slug in slugs if SLUG.fullmatch(slug))


def _trimmed(prose: str) -> str:
    """Without blank lines around it; the first line keeps its indentation."""
    return prose.strip("\n").rstrip()
