"""The path of a run as a picture: a line of numbered moments from top to bottom, with twigs for the ways not taken.

What was given up by going back stands on a line of its own beside it. Only geometry is made here; a template draws it,
and the list of moments beside it says the same in words.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from app.scenarios.recalling import Recalled

WIDTH = 330
ROW = 62
TOP = 30
LINE_X, ASIDE_X, LABEL_X = 46, 84, 112
RADIUS = 13
LABEL_WIDTH = 26
TWIGS = ((13, 24), (20, 20), (25, 13))
"""Where twigs end, from the middle of a node; more ways than these are not drawn one by one."""


@dataclass(frozen=True, slots=True)
class Node:
    """A moment: where it stands, its number and label, and the kind of passage, which gives it its shape."""

    x: int
    y: int
    number: int
    kind: str
    label: list[str]
    given_up: bool
    twigs: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line between two moments, as the `d` of an SVG path; `kind` is "on", "aside" or "back"."""

    d: str
    kind: str


@dataclass(frozen=True, slots=True)
class Picture:
    """All that is to be drawn, in units of about a pixel."""

    width: int
    height: int
    nodes: list[Node]
    lines: list[Line]


def draw(moments: Sequence[Recalled]) -> Picture:
    """The picture of a run that was recalled; its height grows with the number of moments."""
    nodes = [_node(moment) for moment in moments]
    lines = [_line(nodes, moment) for moment in moments[1:]]
    return Picture(WIDTH, TOP + ROW * len(nodes) - ROW // 2, nodes, lines)


def _node(moment: Recalled) -> Node:
    x, y = ASIDE_X if moment.given_up else LINE_X, TOP + ROW * moment.position
    name = moment.passage.name if moment.returned_to is None else f"Back to: {moment.passage.name}"
    label = textwrap.wrap(name, LABEL_WIDTH, max_lines=2, placeholder=" …")
    twigs = tuple((x + dx, y + dy) for dx, dy in TWIGS[: len(moment.others)])
    return Node(x, y, moment.number, moment.passage.kind.value, label, moment.given_up, twigs)


def _line(nodes: list[Node], moment: Recalled) -> Line:
    here = nodes[moment.position]
    if moment.returned_to is not None:
        there = nodes[moment.returned_to]
        aside = max(4, here.x - 24 - 4 * (moment.position - moment.returned_to))
        ends = f"M{there.x - RADIUS} {there.y}", f"{here.x - RADIUS - 5} {here.y}"
        return Line(f"{ends[0]}C{aside} {there.y} {aside} {here.y} {ends[1]}", "back")
    above = nodes[moment.position - 1]
    middle = (above.y + here.y) // 2
    curve = f"M{above.x} {above.y}C{above.x} {middle} {here.x} {middle} {here.x} {here.y}"
    return Line(curve, "aside" if here.given_up else "on")
