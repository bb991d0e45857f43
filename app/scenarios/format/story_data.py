"""The StoryData passage: the JSON that Twine keeps about a whole story."""

import re
from typing import NamedTuple

from app.scenarios.format.diagnostics import Report
from app.scenarios.format.model import DEFAULT_START
from app.scenarios.format.plain_json import JsonError, parse_json, print_json

MAX_CHARACTERS = 20_000

_IFID = re.compile(r"[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}")
_EXAMPLE = '{"ifid": "D674C58C-DEFA-4F70-B7A2-27742230C0FC", "format": "Upstander", "start": "Start"}'


class StoryData(NamedTuple):
    """What StoryData says; `start_at` is where in its body it names the start."""

    ifid: str = ""
    format: str = ""
    format_version: str = ""
    start: str = DEFAULT_START
    kept_for_twine: str = "{}"
    start_at: int = 0
    readable: bool = True


def read_story_data(text: str, report: Report) -> StoryData:
    """Read the body of StoryData; what is wrong is reported as S103, with offsets in the body."""
    if len(text) > MAX_CHARACTERS:
        report("S103", 0, f"StoryData is longer than {MAX_CHARACTERS:,} characters: keep only what Twine needs.")
        return StoryData(readable=False)
    lead = len(text) - len(text.lstrip())
    try:
        fields = parse_json(text.strip())
    except JsonError as error:
        report("S103", lead + error.at, f"StoryData is not a JSON object ({error}). Write {_EXAMPLE}.")
        return StoryData(readable=False)

    def place(key: str) -> int:
        found = re.search(rf'"{key}"\s*:\s*', text)
        return found.end() if found else lead

    def text_of(key: str, default: str = "") -> str:
        value = fields.pop(key, default)
        if isinstance(value, str):
            return value.strip()
        report("S103", place(key), f"`{key}` in StoryData must be a text in quotation marks.")
        return default

    ifid = text_of("ifid").upper()
    if not _IFID.fullmatch(ifid):
        report(
            "S103",
            place("ifid"),
            "StoryData needs an `ifid` that is a version-4 UUID. "
            "`python -c 'import uuid; print(str(uuid.uuid4()).upper())'` makes one.",
        )
        ifid = ""
    return StoryData(
        ifid=ifid,
        format=text_of("format"),
        format_version=text_of("format-version"),
        start=text_of("start", DEFAULT_START),
        kept_for_twine=print_json(fields),
        start_at=place("start"),
    )
