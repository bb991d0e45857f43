"""A scenario of 10,000 passages and 30,000 choices, read and checked in full, beside two libraries that only read it.

All three begin with the file and take turns: ours ends with the list of findings (which is empty), extwee and pytwee
end with their story. Extwee runs in a process of Node.js that lives through the bench, so that neither its start nor a
cold compiler counts against it.
"""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from pytwee import Story, twee3

from app.scenarios.format.checker import check_file
from app.scenarios.format.reading import parse
from benchmarks.scenarios_synthetic import synthetic

PASSAGES, CHOICES_EACH = 10_000, 3
READ_BY_PEERS = PASSAGES + 1  # the Scenario block is a passage like any other to them
MAX_BYTES = 32_000_000
TIMES = 7
PEERS = Path(__file__).parent / "peers"

Reading = Callable[[], float]
"""Reads the file once and gives the milliseconds it took."""


def rows() -> Iterator[Mapping[str, Any]]:
    """Milliseconds from the file to the findings, beside each peer's from the file to a story."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "synthetic.twee"
        path.write_text(synthetic(PASSAGES, CHOICES_EACH), encoding="utf-8")
        choices = _choices(path)
        with extwee(path) as extwee_reads:
            times = _in_turns(
                {
                    "ours": lambda: ours(path),
                    "extwee": extwee_reads,
                    "pytwee": lambda: pytwee(path),
                }
            )
        size = path.stat().st_size
    taken = {name: median(each) for name, each in times.items()}
    for peer in ("extwee", "pytwee"):
        yield {
            "case": "check-10k",
            "unit": "milliseconds",
            "ours": taken["ours"],
            "peer": taken[peer],
            "peer_name": peer,
            "times": TIMES,
            "passages": PASSAGES,
            "choices": choices,
            "bytes": size,
        }


def versions() -> dict[str, str]:
    """The libraries that only read."""
    return {"extwee": _installed(), "pytwee": metadata.version("pytwee")}


def ours(path: Path) -> float:
    begun = perf_counter()
    found = check_file(path, strict=True, max_bytes=MAX_BYTES)
    taken = perf_counter() - begun
    assert found == [], found[:3]
    return taken * 1000


def pytwee(path: Path) -> float:
    begun = perf_counter()
    passages = _passages_of_pytwee(path)
    taken = perf_counter() - begun
    assert passages == READ_BY_PEERS, passages
    return taken * 1000


def _passages_of_pytwee(path: Path) -> int:
    """Its story is let go here, within the time that is measured, as ours is before the findings are given."""
    story = Story()
    parser = twee3.Parser(story)
    with path.open(encoding="utf-8") as file:
        for line in file:
            parser(line.rstrip("\n"))
    del parser  # this is how it is told that the last passage is complete
    return len(story.passages)


@contextmanager
def extwee(path: Path) -> Iterator[Reading]:
    """Extwee in its own process; what is given reads the file once."""
    _install()
    command = [_tool("node"), str(PEERS / "extwee_reads.mjs"), str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        asked, answers = process.stdin, process.stdout
        assert asked
        assert answers

        def reads() -> float:
            asked.write("again\n")
            asked.flush()
            answer = json.loads(answers.readline() or "{}")
            assert answer.get("passages") == READ_BY_PEERS, answer
            return float(answer["milliseconds"])

        try:
            yield reads
        finally:
            asked.close()  # it ends with its input


def _in_turns(readers: Mapping[str, Reading]) -> dict[str, list[float]]:
    """What each took, `TIMES` times in turns, after a first turn that does not count."""
    turns = [{name: read() for name, read in readers.items()} for _ in range(TIMES + 1)]
    return {name: [turn[name] for turn in turns[1:]] for name in readers}


def _choices(path: Path) -> int:
    """How many choices our own reader finds in so many passages."""
    story = parse(path.read_bytes(), max_bytes=MAX_BYTES).story
    assert story
    assert len(story.passages) == PASSAGES
    return sum(len(passage.choices) for passage in story.passages)


def _install() -> None:
    """Fetch what the lock file names, unless it is there."""
    wanted = json.loads((PEERS / "package.json").read_text(encoding="utf-8"))["dependencies"]["extwee"]
    if _installed() != wanted:
        command = [_tool("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(command, cwd=PEERS, check=True)


def _installed() -> str:
    package = PEERS / "node_modules" / "extwee" / "package.json"
    return str(json.loads(package.read_text(encoding="utf-8"))["version"]) if package.exists() else ""


def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise SystemExit(
            f"`{name}` was not found. This bench measures a library for Node.js: install Node.js 20 or later "
            "with npm, and run it again."
        )
    return found
