"""Scenario files as they come from a folder: read, checked, and refused when the checker finds an error."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from app.scenarios.format.checker import check_file, scenario_files
from app.scenarios.format.diagnostics import Diagnostic
from app.scenarios.format.model import Story
from app.scenarios.format.reading import parse
from app.scenarios.rules import may_be_a_slug


class ScenariosRefused(ValueError):  # noqa: N818 - said to a person: what is wrong with their files
    """Files that cannot be played; the message says for each what is wrong and how to mend it."""


@dataclass(frozen=True, slots=True)
class ScenarioFile:
    """A scenario without errors: its slug is the name of its file, `hash` the SHA-256 of its bytes."""

    slug: str
    text: str
    hash: str
    story: Story


def read_folder(path: Path) -> list[ScenarioFile]:
    """Every scenario in and below a folder (or the one file), by path. Nothing slow is left for a transaction.

    Raises ScenariosRefused when the checker finds an error in any of them, when a name cannot be an address, when two
    have one name, or when there is none; FileNotFoundError.
    """
    paths = scenario_files(path)
    wrong = [complaint for file in paths for complaint in _complaints(file)]
    names = [file.stem for file in paths]
    wrong += [f"{file}: another file has this name: rename one." for file in paths if names.count(file.stem) > 1]
    if wrong or not paths:
        raise ScenariosRefused("\n".join(wrong) or f"{path}: there is no scenario file here (*.twee).")
    return [_read(file) for file in paths]


def _complaints(file: Path) -> list[str]:
    said = [_line(found) for found in check_file(file) if found.is_error]
    if not may_be_a_slug(file.stem):
        said.append(
            f"{file}: the name becomes an address: use small letters, digits and hyphens, as in ward-round.twee."
        )
    return said


def _line(found: Diagnostic) -> str:
    return f"{found.path}:{found.line}:{found.column}: {found.code} {found.message}"


def _read(file: Path) -> ScenarioFile:
    raw = file.read_bytes()
    story = parse(raw).story
    if story is None:
        raise ScenariosRefused(f"{file}: this file changed while it was read: try again.")
    return ScenarioFile(file.stem, raw.decode(), hashlib.sha256(raw).hexdigest(), story)
