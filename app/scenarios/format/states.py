"""Following a story through every state: where a person may stand, and with which values.

A state is a passage and the value of every variable. Sets of values move through the passages together, and what a choice
makes of given values is worked out once for each wording of its condition and effects.
"""

from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import NamedTuple

from app.scenarios.format.conditions import Condition
from app.scenarios.format.effects import Effect, apply_effects
from app.scenarios.format.graph import Graph
from app.scenarios.format.model import Kind, Story

MAX_STATES = 200_000
"""How many states are explored."""

MAX_MOVES = 20 * MAX_STATES
"""How often a choice is tried in a state, all together: a passage with thousands of choices would take too long."""

_CLOSED = -1
"""Stands for the values after a choice that is not open."""


@dataclass(slots=True)
class Exploration:
    """What was found. Passages are known by their number in the graph.

    `stuck` has values with which no choice is open; `opened` the choices with a condition (passage, index) that were open
    in some state. `complete` is False when a limit was hit: then more may be stuck, and more opened.
    """

    stuck: dict[int, dict[str, int]] = field(default_factory=dict)
    opened: set[tuple[int, int]] = field(default_factory=set)
    states: int = 0
    moves: int = 0
    complete: bool = True


def explore(story: Story, graph: Graph, *, max_states: int = MAX_STATES, max_moves: int = MAX_MOVES) -> Exploration:
    """Follow every state from the start until there is no new one or a limit is hit."""
    found = Exploration()
    if graph.start is not None:
        _Explorer(story, graph, found).run(graph.start, max_states, max_moves)
    return found


class _Valuations:
    """Numbers the values of all variables as they are met, so that sets of them are sets of small integers."""

    def __init__(self, story: Story) -> None:
        self.bounds = story.bounds
        self.met: list[tuple[int, ...]] = []
        self.numbers: dict[tuple[int, ...], int] = {}

    def number_of(self, values: dict[str, int]) -> int:
        key = tuple(values.values())
        number = self.numbers.setdefault(key, len(self.met))
        if number == len(self.met):
            self.met.append(key)
        return number

    def __getitem__(self, number: int) -> dict[str, int]:
        return dict(zip(self.bounds, self.met[number], strict=True))


class _Moves(dict[int, int]):
    """What one wording of a condition and effects makes of values, both by their number; filled as it is asked."""

    def __init__(self, valuations: _Valuations, when: Condition | None, effects: tuple[Effect, ...]) -> None:
        super().__init__()
        self.valuations, self.when, self.effects = valuations, when, effects

    def __missing__(self, number: int) -> int:
        values = self.valuations[number]
        if self.when is not None and not self.when.holds(values):
            after = _CLOSED
        elif self.effects:
            after = self.valuations.number_of(apply_effects(self.effects, values, self.valuations.bounds))
        else:
            after = number
        self[number] = after
        return after


class _Way(NamedTuple):
    """A way on from a passage. Without moves it changes nothing; without a target it leads nowhere (S201 says so)."""

    target: int | None
    moves: _Moves | None
    choice: int | None
    conditional: bool


class _Explorer:
    """Takes the passages that new values have come to in the order of the file, in which choices mostly lead forward."""

    def __init__(self, story: Story, graph: Graph, found: Exploration) -> None:
        self.graph, self.found = graph, found
        self.valuations = _Valuations(story)
        self.start_values = story.start_values()
        self.moves: dict[tuple[int, int], _Moves] = {}
        self.ways: dict[int, list[_Way]] = {}
        self.seen: list[set[int]] = [set() for _ in graph.passages]
        self.fresh: list[set[int]] = [set() for _ in graph.passages]
        self.waiting: list[int] = []

    def run(self, start: int, max_states: int, max_moves: int) -> None:
        found = self.found
        self._enter(start, {self.valuations.number_of(self.start_values)})
        while self.waiting:
            passage = heappop(self.waiting)
            if self.graph.passages[passage].kind is not Kind.ENDING:
                self._leave(passage)
            if found.states > max_states or found.moves > max_moves:
                found.complete = False
                return

    def _enter(self, passage: int, values: set[int]) -> None:
        fresh = values - self.seen[passage]
        if not fresh:
            return
        self.found.states += len(fresh)
        self.seen[passage] |= fresh
        if not self.fresh[passage]:
            heappush(self.waiting, passage)
        self.fresh[passage] |= fresh

    def _leave(self, passage: int) -> None:
        values, self.fresh[passage] = self.fresh[passage], set()
        ways = self.ways.get(passage) or self._ways(passage)
        self.found.moves += len(values) * len(ways)
        stuck = values
        for target, moves, choice, conditional in ways:
            after = values
            if moves is not None:
                after = set(map(moves.__getitem__, values))
                after.discard(_CLOSED)
            if conditional and choice is not None:
                if after:
                    self.found.opened.add((passage, choice))
                if stuck and moves is not None:
                    stuck = {number for number in stuck if moves[number] == _CLOSED}
            elif choice is not None:
                stuck = set()
            if target is not None:
                self._enter(target, after)
        if stuck:
            self.found.stuck.setdefault(passage, self.valuations[min(stuck)])

    def _ways(self, number: int) -> list[_Way]:
        passage = self.graph.passages[number]
        ways = []
        for index, choice in enumerate(passage.choices):
            moves = self._moves(choice.when, choice.effects) if choice.when is not None or choice.effects else None
            ways.append(_Way(self.graph.number.get(choice.target), moves, index, choice.when is not None))
        if passage.skip is not None:
            ways.append(_Way(self.graph.number.get(passage.skip), None, None, conditional=False))
        self.ways[number] = ways
        return ways

    def _moves(self, when: Condition | None, effects: tuple[Effect, ...]) -> _Moves:
        """By identity: the reader gives choices of the same wording the same objects, and comparing them takes longer."""
        key = id(when), id(effects)
        moves = self.moves.get(key)
        if moves is None:
            moves = self.moves[key] = _Moves(self.valuations, when, effects)
        return moves
