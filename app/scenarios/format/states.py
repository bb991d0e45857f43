"""Following a story through every state: where a person may stand, and with which values.

A state is a passage and the value of every variable. What the variables hold together is a valuation. Valuations are
numbered as they are met and travel in sets: BLOCK of them are the bits of one integer. What a choice makes of a set is
worked out once for each wording of its condition and effects, however many choices have it.
"""

from dataclasses import dataclass, field
from heapq import heappop, heappush

from app.scenarios.format.conditions import Condition
from app.scenarios.format.effects import Effect
from app.scenarios.format.graph import Graph
from app.scenarios.format.model import Kind, Story
from app.scenarios.format.valuations import BLOCK, EffortSpent, Moves, Sets, Valuations, numbers_in

MAX_STATES = 200_000
"""How many states are explored."""

MAX_EFFORT = 40 * MAX_STATES
"""How many small steps that may take, each well below a microsecond: thousands of choices in every state, or conditions
as long as they may be, would take too long."""


@dataclass(slots=True)
class Exploration:
    """What was found. Passages are known by their number in the graph.

    `stuck` has values with which no choice is open; `opened` the identities of the choices with a condition that were
    open in some state. `complete` is False when a limit was hit: then more may be stuck, and more opened.
    """

    stuck: dict[int, dict[str, int]] = field(default_factory=dict)
    opened: set[int] = field(default_factory=set)
    states: int = 0
    complete: bool = True


def explore(story: Story, graph: Graph, *, max_states: int = MAX_STATES, max_effort: int = MAX_EFFORT) -> Exploration:
    """Follow every state from the start until there is no new one or a limit is hit."""
    found = Exploration()
    if graph.start is not None:
        explorer = _Explorer(story, graph, found, max_effort)
        try:
            found.complete = explorer.run(graph.start, max_states)
        except EffortSpent:
            found.complete = False
    return found


class _Rows(dict[int, list[int]]):
    """For each block a row with the bits of each passage; its last stands for NOWHERE and has seen everything."""

    def __init__(self, passages: int) -> None:
        super().__init__()
        self.passages = passages

    def __missing__(self, block: int) -> list[int]:
        row = self[block] = [0] * self.passages + [-1]
        return row


class _Explorer:
    """Takes passages that new valuations have come to in the order of the file, in which choices mostly lead forward.

    `seen` has the valuations that have been in a passage, `fresh` those that have not yet gone on.
    """

    def __init__(self, story: Story, graph: Graph, found: Exploration, max_effort: int) -> None:
        self.graph, self.found = graph, found
        self.valuations = Valuations(story, max_effort)
        self.moves: dict[tuple[int, int], Moves] = {}
        self.seen = _Rows(len(graph.passages))
        self.fresh = _Rows(len(graph.passages))
        self.waiting: list[tuple[int, int]] = []

    def run(self, start: int, max_states: int) -> bool:
        """Go on until nothing new is found, or until there are too many states; whether it was the former."""
        block, place = divmod(self.valuations.start, BLOCK)
        self._enter(start, block, 1 << place)
        while self.waiting and self.found.states <= max_states:
            self._leave(*heappop(self.waiting))
        return self.found.states <= max_states

    def _leave(self, number: int, block: int) -> None:
        """Take the valuations that newly came to a passage along every way that is open."""
        passage = self.graph.passages[number]
        bits, self.fresh[block][number] = self.fresh[block][number], 0
        if passage.kind is Kind.ENDING:
            return
        self.valuations.spend(len(passage.choices))
        seen, all_moves, here = self.seen, self.moves, (block, bits)
        always_open = False
        for choice, target in zip(passage.choices, self.graph.targets[number], strict=True):
            when, effects = choice.when, choice.effects
            if when is None and not effects:
                after: Sets = [here]
            else:
                moves = all_moves.get((id(when), id(effects))) or self._moves(when, effects)
                after = moves.many.get(here) or moves.after_all(block, bits)
            if when is None:
                always_open = True
            elif after:
                self.found.opened.add(id(choice))
            for to, come in after:
                if come & ~seen[to][target]:
                    self._enter(target, to, come)
        skip = self.graph.skips[number]
        if bits & ~seen[block][skip]:
            self._enter(skip, block, bits)
        if not always_open and number not in self.found.stuck:
            self._note_stuck(number, block, bits)

    def _enter(self, passage: int, block: int, bits: int) -> None:
        """Note that valuations came to a passage, where some of them are new."""
        row = self.seen[block]
        before = row[passage]
        row[passage] = before | bits
        new = bits & ~before
        self.found.states += new.bit_count()
        row = self.fresh[block]
        if not row[passage]:
            heappush(self.waiting, (passage, block))
        row[passage] |= new

    def _note_stuck(self, passage: int, block: int, bits: int) -> None:
        every = [self._moves(choice.when, choice.effects) for choice in self.graph.passages[passage].choices]
        for number in numbers_in(block, bits):
            if not any(moves.is_open(number) for moves in every):
                self.found.stuck[passage] = self.valuations[number]
                return

    def _moves(self, when: Condition | None, effects: tuple[Effect, ...]) -> Moves:
        """By identity: the reader gives choices of one wording the same objects, and comparing them takes longer."""
        key = id(when), id(effects)
        if key not in self.moves:
            self.moves[key] = Moves(self.valuations, when, effects)
        return self.moves[key]
