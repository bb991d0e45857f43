"""What the checker finds in graphs and states agrees with a plain search that was written apart from it."""

from collections import deque
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from app.scenarios.format.checker import check
from tests.scenarios.format.stories import with_passages

PLACES = ("A", "B", "C", "D", "E")
ENDINGS = ("X", "Y")
CONDITIONS = {
    None: lambda a, b: True,
    "a == 1": lambda a, b: a == 1,
    "a > 0 and b < 1": lambda a, b: a > 0 and b < 1,
    "not a == 0 or b == 2": lambda a, b: a != 0 or b == 2,
    "b >= 2": lambda a, b: b >= 2,
    "a == 1 and a == 2": lambda a, b: False,
}
EFFECTS = {
    None: lambda a, b: (a, b),
    "a +1": lambda a, b: (min(a + 1, 2), b),
    "b +2, a -1": lambda a, b: (max(a - 1, 0), min(b + 2, 2)),
    "a = 0, b = 1": lambda a, b: (0, 1),
}
VARIABLES = "[outcomes.a]\nlabel = 'a'\nmin = 0\nmax = 2\nstart = 0\n[vars.b]\nmin = 0\nmax = 2\nstart = 0\n"

ways = st.tuples(
    st.sampled_from([*PLACES, *ENDINGS]), st.sampled_from(list(CONDITIONS)), st.sampled_from(list(EFFECTS))
)
graphs = st.fixed_dictionaries({place: st.lists(ways, max_size=3) for place in PLACES})


def written(graph) -> str:
    passages = []
    for place, choices in graph.items():
        rows = [f":: {place}", "Something happens.", ""]
        for number, (target, when, effect) in enumerate(choices):
            rows += [f"- [[Way {number}->{target}]]", "  approach: none"]
            rows += [f"  when: {when}"] if when else []
            rows += [f"  effect: {effect}"] if effect else []
        passages.append("\n".join(rows) + "\n")
    passages += [f":: {ending} [ending]\nIt ends.\n\n## Debrief\nWell?\n" for ending in ENDINGS]
    return with_passages(*passages, variables=VARIABLES)


def searched(graph):
    """Every state that play can come to, by trying everything."""
    seen, waiting = {("A", 0, 0)}, deque([("A", 0, 0)])
    while waiting:
        place, a, b = waiting.popleft()
        for target, when, effect in graph.get(place, []):
            if CONDITIONS[when](a, b):
                state = (target, *EFFECTS[effect](a, b))
                if state not in seen:
                    seen.add(state)
                    waiting.append(state)
    return seen


def led_to(graph, starts, *, backwards=False):
    """Where links lead from some passages, conditions left aside; all in pairs until nothing is added."""
    edges = {(place, target) for place, choices in graph.items() for target, _, _ in choices}
    if backwards:
        edges = {(target, place) for place, target in edges}
    found = set(starts)
    while more := {target for place, target in edges if place in found} - found:
        found |= more
    return found


def expected(graph):
    everything = {*PLACES, *ENDINGS}
    reached = led_to(graph, {"A"})
    can_end = led_to(graph, ENDINGS, backwards=True)
    states = searched(graph)
    findings = {("S202", place) for place in everything - reached}
    findings |= {("S203", place) for place in everything - can_end}
    findings |= {("S204", place) for place, choices in graph.items() if not choices}
    for place, a, b in states:
        if place in graph and not any(CONDITIONS[when](a, b) for _, when, _ in graph[place]):
            findings.add(("S205", place))
    for place in reached & set(graph):
        for _, when, _ in graph[place]:
            if when and not any(CONDITIONS[when](a, b) for at, a, b in states if at == place):
                findings.add(("S206", place))
    return findings


@given(graphs)
def test_the_checker_agrees_with_trying_everything(graph):
    codes = ("S202", "S203", "S204", "S205", "S206")
    found = {(d.code, d.passage) for d in check(written(graph)) if d.code in codes}
    assert found == expected(graph)


@given(graphs)
def test_each_condition_that_is_never_true_is_named_by_its_own_line(graph):
    text = written(graph)
    lines = text.splitlines()
    for found in check(text):
        if found.code == "S206":
            assert lines[found.line - 1].strip().startswith("when: ")


def test_the_search_would_notice_a_difference():
    """The oracle itself: of all pairs of one condition and one effect, some are stuck and some are not."""
    stuck = set()
    for when, effect in product(CONDITIONS, EFFECTS):
        graph = {"A": [("B", None, effect)], "B": [("X", when, None)], "C": [], "D": [], "E": []}
        stuck.add(("S205", "B") in expected(graph))
    assert stuck == {True, False}
