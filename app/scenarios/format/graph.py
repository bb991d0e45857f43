"""The graph of a story: which passages a path reaches, and from which an ending can be reached.

Conditions are ignored here (states.py follows them); perspectives are no part of the graph; `skip:` is a way like any
choice. All of it takes time linear in the number of choices.
"""

from collections.abc import Iterable
from functools import cached_property

from app.scenarios.format.model import Kind, Story

NOWHERE = -1
"""Stands for the target of a link that leads to no passage of play."""


class Graph:
    """The passages of play, numbered in their order, and the numbers that lead on from each.

    `targets` has those of the choices of each passage, `skips` that of its `skip:`, NOWHERE included. `start` is None
    when the story begins at no passage of play.
    """

    def __init__(self, story: Story) -> None:
        self.passages = [passage for passage in story.passages if passage.kind is not Kind.PERSPECTIVE]
        number = self.number = {passage.name: number for number, passage in enumerate(self.passages)}
        self.start = number.get(story.start)
        self.targets = [[number.get(choice.target, NOWHERE) for choice in passage.choices] for passage in self.passages]
        self.skips = [
            NOWHERE if passage.skip is None else number.get(passage.skip, NOWHERE) for passage in self.passages
        ]

    @cached_property
    def _ways(self) -> list[list[int]]:
        return [
            targets if skip == NOWHERE else [*targets, skip]
            for targets, skip in zip(self.targets, self.skips, strict=True)
        ]

    @cached_property
    def reached(self) -> bytearray:
        """A flag for each passage: whether a path from the start reaches it."""
        return _flood([] if self.start is None else [self.start], self._ways, bytearray(len(self.passages)))

    @cached_property
    def unchecked(self) -> bytearray:
        """A flag for each passage: whether a path from the start reaches it that meets no `check`, itself included."""
        checks = bytearray(passage.kind is Kind.CHECK for passage in self.passages)
        start = [] if self.start is None or checks[self.start] else [self.start]
        entered = _flood(start, self._ways, checks[:])
        return bytearray(there and not check for there, check in zip(entered, checks, strict=True))

    @cached_property
    def ends(self) -> bytearray:
        """A flag for each passage: whether it is an ending or some path leads from it to one."""
        back: list[list[int]] = [[] for _ in range(len(self.passages) + 1)]  # the last takes what leads NOWHERE
        for number, ways in enumerate(self._ways):
            for way in ways:
                back[way].append(number)
        endings = [number for number, passage in enumerate(self.passages) if passage.kind is Kind.ENDING]
        return _flood(endings, back, bytearray(len(self.passages)))


def _flood(start: Iterable[int], ways: list[list[int]], seen: bytearray) -> bytearray:
    """Mark all that is reached from `start` as seen; what is marked already is not entered."""
    seen.append(1)  # NOWHERE, the last, is not entered either
    waiting = list(start)
    for number in waiting:
        seen[number] = 1
    while waiting:
        for way in ways[waiting.pop()]:
            if not seen[way]:
                seen[way] = 1
                waiting.append(way)
    seen.pop()
    return seen
