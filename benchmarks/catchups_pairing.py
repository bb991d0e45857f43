"""Pairing a round: how long it takes, and how near it comes to the best there is.

Everybody has met somebody in each of two earlier rounds. Up to 1,000 people the peer is networkx: it finds the exact
optimum for the same couples and worth. Ours is timed from the inputs to the explained groups, the peer's from a list of
couples to the pairs. Above that, what is reached is compared with what no pairing can exceed: the best meeting that
labels allow, for every pair.
"""

from collections.abc import Iterator, Mapping
from importlib import metadata
from itertools import combinations
from random import Random
from statistics import median
from time import perf_counter
from typing import Any

import networkx as nx

from app.catchups.pairing import Meeting, Person, RoundInputs, pair
from app.catchups.pairing.worth import LIKING, Worth

EARLIER_ROUNDS = 2
BESIDE_A_PEER = {100: 5, 1000: 1}  # people: how often both are timed
ALONE = {10_000: 5, 100_000: 3}


def rows() -> Iterator[Mapping[str, Any]]:
    """Seconds for a round of 100, 1,000, 10,000 and 100,000 people."""
    for count, times in BESIDE_A_PEER.items():
        yield beside_networkx(count, times)
    for count, times in ALONE.items():
        yield alone(count, times)


def versions() -> dict[str, str]:
    """The libraries that find pairs."""
    return {name: metadata.version(name) for name in ("rustworkx", "networkx", "numpy")}


def beside_networkx(count: int, times: int) -> dict[str, Any]:
    inputs = a_round(count)
    table = Worth(inputs, inputs.people).table(range(count), range(count)).tolist()
    couples = [(one, other, table[one][other]) for one, other in combinations(range(count), 2)]
    ours, peers = [], []
    for _ in range(times):
        begun = perf_counter()
        weight = pair(inputs).weight
        between = perf_counter()
        graph = nx.Graph()
        graph.add_weighted_edges_from(couples)
        matching = nx.max_weight_matching(graph, maxcardinality=True)
        peers.append(perf_counter() - between)
        ours.append(between - begun)
    optimum = sum(table[one][other] for one, other in matching)
    assert weight == optimum
    return {
        "case": f"pair-{count}",
        "unit": "seconds",
        "ours": median(ours),
        "peer": median(peers),
        "peer_name": "networkx",
        "weight": weight,
        "optimum": optimum,
    }


def alone(count: int, times: int) -> dict[str, Any]:
    inputs = a_round(count)
    taken = []
    for _ in range(times):
        begun = perf_counter()
        pairing = pair(inputs)
        taken.append(perf_counter() - begun)
    at_most = count // 2 * sum(LIKING.values())
    assert not pairing.unpaired
    assert pairing.weight >= 0.99 * at_most
    return {
        "case": f"pair-{count}",
        "unit": "seconds",
        "ours": median(taken),
        "weight": pairing.weight,
        "at_most": at_most,
        "reached": round(pairing.weight / at_most, 5),
    }


def a_round(count: int) -> RoundInputs:
    """So many people of 20 organisations, 8 professions and 7 areas; an even number of them."""
    draw = Random(count)
    people = tuple(
        Person(
            number,
            f"organisation {draw.randrange(20)}",
            f"profession {draw.randrange(8)}",
            f"area {draw.randrange(7)}",
        )
        for number in range(count)
    )
    met = []
    for rounds_ago in range(1, EARLIER_ROUNDS + 1):
        mixed = draw.sample(range(count), count)
        met += [
            Meeting(one, other, rounds_ago) for one, other in zip(mixed[: count // 2], mixed[count // 2 :], strict=True)
        ]
    return RoundInputs(seed=1, group_size=2, people=people, met=tuple(met))
