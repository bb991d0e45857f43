"""The labelled texts that screening is held against."""

import re
from dataclasses import dataclass
from pathlib import Path

MARK = re.compile(r"\[\[(?P<kind>\w+)(?P<maybe>\?)?(?: (?P<confidence>\w+))?\|(?P<words>.+?)\]\]", re.DOTALL)
CODE = re.compile(r"\\(?:u([0-9a-f]{4})|(n))")


@dataclass(frozen=True)
class Label:
    """What is to be found, and where; `confidence` where it matters."""

    kind: str
    confidence: str | None
    start: int
    end: int


@dataclass(frozen=True)
class Labelled:
    """A text with its labels; what is in `tolerated` may be found or not."""

    text: str
    labels: tuple[Label, ...]
    tolerated: tuple[Label, ...] = ()


def texts(name):
    """The labelled texts of a file."""
    lines = (Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [labelled(line) for line in lines if line and not line.startswith("# ")]


def labelled(line):
    """The text of a line, and the places of what is marked in it."""
    line = CODE.sub(lambda code: "\n" if code[2] else chr(int(code[1], 16)), line)
    text, labels, tolerated, end = "", [], [], 0
    for mark in MARK.finditer(line):
        text += line[end : mark.start()]
        label = Label(mark["kind"], mark["confidence"], len(text), len(text) + len(mark["words"]))
        (tolerated if mark["maybe"] else labels).append(label)
        text += mark["words"]
        end = mark.end()
    return Labelled(text + line[end:], tuple(labels), tuple(tolerated))
