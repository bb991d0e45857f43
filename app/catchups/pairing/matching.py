"""The best pairs among people: maximum-weight matching, of all people or of promising couples only."""

from collections.abc import Sequence
from random import Random
from typing import TypeAlias

import numpy as np
import rustworkx

from app.catchups.pairing.worth import RECENT, Worth

Edge: TypeAlias = tuple[int, int, int]  # two people, by their place in a list, and the worth of their meeting
Couple: TypeAlias = tuple[int, int]

LOOKED_AT, KEPT = 48, 6  # couples that a person of a large round looks at, and keeps; with those of others about 12


def best_pairs(count: int, edges: Sequence[Edge]) -> list[Couple]:
    """As many pairs as possible of `count` people, and among those the pairs worth most; in a fixed order.

    Every couple stands in `edges` at most once: then the graph has no parallel edges, and need not look for them at
    each insertion, which takes longer than the matching itself.
    """
    graph: rustworkx.PyGraph[None, int] = rustworkx.PyGraph(multigraph=True)
    graph.add_nodes_from([None] * count)
    graph.add_edges_from(edges)
    pairs = rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    return sorted((min(couple), max(couple)) for couple in pairs)


def edges_among(worth: Worth, people: Sequence[int]) -> list[Edge]:
    """Every couple that may meet, as places in `people`."""
    rows, columns = np.nonzero(np.triu(worth.allowed(people, people), 1))
    values = worth.table(people, people)[rows, columns]
    return list(zip(rows.tolist(), columns.tolist(), values.tolist(), strict=True))


def match_everybody(worth: Worth, people: Sequence[int]) -> list[Couple]:
    """The best pairs that these people can form. Exact; somebody is over when their number is odd."""
    return _with_empty_chair(worth, people, edges_among(worth, people))


def match_promising(worth: Worth, people: Sequence[int], rng: Random) -> list[Couple]:
    """Good pairs among many: each looks at LOOKED_AT others and keeps the KEPT most worthwhile whom they never met."""
    count = len(people)
    steps = np.array(rng.sample(range(1, (count + 1) // 2), min(LOOKED_AT, (count - 1) // 2)), dtype=np.int64)
    names = np.asarray(people, dtype=np.int64)
    others = (np.arange(count)[:, None] + steps[None, :]) % count
    liking = worth.liking(names[:, None], names[others])
    # Stable: which of several equals comes first must not depend on the processor.
    kept = np.argsort(-liking, axis=1, kind="stable")[:, :KEPT]
    rows = np.take_along_axis(others, kept, 1).tolist()
    values = np.take_along_axis(liking, kept, 1).tolist()
    edges: list[Edge] = []
    for one, person in enumerate(people):
        known = worth.known(person)
        edges += [
            (one, other, value)
            for other, value in zip(rows[one], values[one], strict=True)
            if not known or people[other] not in known
        ]
    return _with_empty_chair(worth, people, edges)


def _with_empty_chair(worth: Worth, people: Sequence[int], edges: list[Edge]) -> list[Couple]:
    """The pairs by these edges. With an odd number an empty chair takes part: who gets it is over.

    Best it is somebody who was not in a three lately.
    """
    count = len(people)
    if count % 2:
        edges = edges + [(place, count, -RECENT * worth.turn.get(person, 0)) for place, person in enumerate(people)]
    pairs = best_pairs(count + count % 2, edges)
    return [(people[one], people[other]) for one, other in pairs if other < count]
