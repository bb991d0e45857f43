"""The checker: everything that is wrong with a scenario, each thing located and with a word on how to mend it."""

import gc
from collections.abc import Container, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.scenarios.format import checks
from app.scenarios.format.diagnostics import MOST_TOLD, WARNINGS, Diagnostic, Problem
from app.scenarios.format.graph import Graph
from app.scenarios.format.reading import Parsed, parse
from app.scenarios.format.source import MAX_BYTES
from app.scenarios.format.states import MAX_STATES

SUFFIXES = frozenset({".twee", ".tw"})
"""How the names of scenario files end."""


class Folder:
    """The files directly in a folder, by name. A folder that does not exist has none."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __contains__(self, name: object) -> bool:
        return (self.path / str(name)).is_file()


def check(
    source: str | bytes,
    *,
    path: str = "",
    strict: bool = False,
    media: Container[str] | None = None,
    max_bytes: int = MAX_BYTES,
    max_states: int = MAX_STATES,
) -> list[Diagnostic]:
    """Check a scenario and list what is wrong, in the order of the text; an empty list is a clean bill.

    `media` holds the names of the image files there are; without it, only their form is checked. Never raises, whatever
    the source holds, and takes time linear in its size.
    """
    with _collector_at_rest():
        return _check(source, path, media, strict=strict, max_bytes=max_bytes, max_states=max_states)


def check_file(
    path: Path, *, strict: bool = False, media: Path | None = None, max_bytes: int = MAX_BYTES
) -> list[Diagnostic]:
    """Check a file; images are looked for in `media`, else in the folder `media` beside the file. Raises OSError."""
    with path.open("rb") as file:
        source = file.read(max_bytes + 1)
    return check(
        source, path=str(path), strict=strict, media=Folder(media or path.parent / "media"), max_bytes=max_bytes
    )


def scenario_files(path: Path) -> list[Path]:
    """The file itself, or all scenario files in and below a folder, sorted. Raises FileNotFoundError."""
    if path.is_dir():
        return sorted(file for file in path.rglob("*") if file.suffix in SUFFIXES and file.is_file())
    if not path.exists():
        raise FileNotFoundError(path)
    return [path]


def _check(
    source: str | bytes, path: str, media: Container[str] | None, *, strict: bool, max_bytes: int, max_states: int
) -> list[Diagnostic]:
    parsed = parse(source, max_bytes=max_bytes)
    problems = {*parsed.problems, *_problems(parsed, media, max_states)}
    if len(problems) > MOST_TOLD:  # a file of another kind altogether; errors first, so that none is hidden by warnings
        problems = set(sorted(problems, key=lambda problem: (problem.code in WARNINGS, problem.offset))[:MOST_TOLD])
    in_order = sorted(problems, key=lambda problem: (problem.offset, problem.code, problem.message))
    return [parsed.diagnose(problem, path=path, strict=strict) for problem in in_order]


def _problems(parsed: Parsed, media: Container[str] | None, max_states: int) -> Iterator[Problem]:
    story, places = parsed.story, parsed.places
    if story is None:
        return
    graph = Graph(story)
    yield from checks.start(parsed, story, graph)
    yield from checks.links(story, graph, places)
    yield from checks.endings(parsed, story, places)
    yield from checks.images(story, places, media)
    yield from checks.approaches(graph, places)
    if graph.start is not None:  # else nothing can be reached, and saying so of each passage helps nobody
        yield from checks.paths(graph, places)
        yield from checks.states(story, graph, places, max_states=max_states)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Keep the garbage collector from searching, again and again, tens of thousands of objects that are all in use."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
