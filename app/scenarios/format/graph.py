"""The graph of a story: which passages a path reaches, and from which an ending can be reached.

Conditions are ignored here (states.py follows them); perspectives are no part of the graph; `skip:` is a way like any
choice. All of it takes time linear in the number of choices.
"""

from collections.abc import Iterable
from functools import cached_property

from app.scenarios.format.model import Kind, Passage, Story


class Graph:
    """The passages of play, numbered in their order, and the numbers that lead on from each.

    A link that leads to no passage of play is left out. `start` is None when the story starts at no such passage.
    """

    def __init__(self, story: Story) -> None:
        self.passages: list[Passage] = [passage for passage in story.passages if passage.kind is not Kind.PERSPECTIVE]
        self.number = {passage.name: number for number, passage in enumerate(self.passages)}
        self.start = self.number.get(story.start)
        self.ways = [self._ways(passage) for passage in self.passages]

    def _ways(self, passage: Passage) -> list[int]:
        number = self.number
        ways = [number[choice.target] for choice in passage.choices if choice.target in number]
        if passage.skip is not None and passage.skip in number:
            ways.append(number[passage.skip])
        return ways

    @cached_property
    def reached(self) -> bytearray:
        """A flag for each passage: whether a path from the start reaches it."""
        return self._flood([] if self.start is None else [self.start], self.ways, bytearray(len(self.passages)))

    @cached_property
    def unchecked(self) -> bytearray:
        """A flag for each passage: whether a path from the start reaches it that meets no `check`, itself included."""
        checks = bytearray(passage.kind is Kind.CHECK for passage in self.passages)
        unmet = self.start is not None and not checks[self.start]
        reached = self._flood([self.start] if unmet and self.start is not None else [], self.ways, checks[:])
        return bytearray(there and not check for there, check in zip(reached, checks, strict=True))

    @cached_property
    def ends(self) -> bytearray:
        """A flag for each passage: whether it is an ending or some path leads from it to one."""
        back: list[list[int]] = [[] for _ in self.passages]
        for number, ways in enumerate(self.ways):
            for way in ways:
                back[way].append(number)
        endings = [number for number, passage in enumerate(self.passages) if passage.kind is Kind.ENDING]
        return self._flood(endings, back, bytearray(len(self.passages)))

    @staticmethod
    def _flood(start: Iterable[int], ways: list[list[int]], seen: bytearray) -> bytearray:
        """Mark all that is reached from `start`; what is marked already is not entered."""
        waiting = list(start)
        for number in waiting:
            seen[number] = 1
        while waiting:
            for way in ways[waiting.pop()]:
                if not seen[way]:
                    seen[way] = 1
                    waiting.append(way)
        return seen
