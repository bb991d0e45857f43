"""Conditions and effects: they mean what Python's own operators mean, clamp, and never take long."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.scenarios.format.conditions import And, Comparison, Not, Or, parse_condition
from app.scenarios.format.effects import apply_effects, parse_effects
from app.scenarios.format.expressions import ExpressionError
from app.scenarios.format.model import Variable

NAMES = ("dignity", "own_safety", "x2")
OPERATORS = ("==", "!=", "<", "<=", ">", ">=")

comparisons = st.builds(Comparison, st.sampled_from(NAMES), st.sampled_from(OPERATORS), st.integers(-9, 9))
conditions = st.recursive(
    comparisons,
    lambda inner: st.one_of(
        st.builds(Not, inner), st.builds(And, st.tuples(inner, inner)), st.builds(Or, st.tuples(inner, inner))
    ),
    max_leaves=12,
)
values = st.fixed_dictionaries({name: st.integers(-9, 9) for name in NAMES})


@given(conditions, values)
def test_a_condition_means_what_it_says_in_python_too(condition, known):
    # Our words for operators are Python's, and so is their order of precedence.
    assert condition.holds(known) == eval(str(condition), {"__builtins__": {}}, known)  # noqa: S307


@given(conditions, values)
def test_a_printed_condition_reads_back_with_the_same_meaning(condition, known):
    again = parse_condition(str(condition))
    assert again.holds(known) == condition.holds(known)
    assert parse_condition(str(again)) == again


@pytest.mark.parametrize(
    ("text", "known", "holds"),
    [
        ("not dignity == 1 and own_safety == 1", {"dignity": 0, "own_safety": 0}, False),
        ("not (dignity == 1 and own_safety == 1)", {"dignity": 0, "own_safety": 0}, True),
        ("dignity == 1 or dignity == 0 and own_safety == 1", {"dignity": 1, "own_safety": 0}, True),
        ("(dignity == 1 or dignity == 0) and own_safety == 1", {"dignity": 1, "own_safety": 0}, False),
        ("dignity >= -2", {"dignity": -2}, True),
    ],
)
def test_not_binds_before_and_and_and_before_or(text, known, holds):
    assert parse_condition(text).holds(known) is holds


@pytest.mark.parametrize(
    "text",
    ["", "dignity", "dignity = 1", "1 == dignity", "dignity == 1 and", "(dignity == 1", "dignity == 1)",
     "dignity == x2", "dignity === 1", "not", "dignity == 1 dignity == 2", "dignity == 1.5",
     "__import__('os') == 1", "Dignity == 1"],
)  # fmt: skip
def test_what_is_no_condition_is_refused_with_its_place(text):
    with pytest.raises(ExpressionError) as refused:
        parse_condition(text)
    assert 0 <= refused.value.at <= len(text)


@pytest.mark.parametrize("text", ["(" * 1_000_000, "not " * 300_000 + "x2 == 1", "x2 == " + "9" * 1_000_000])
def test_a_condition_made_to_take_for_ever_is_refused(text):
    with pytest.raises(ExpressionError):
        parse_condition(text)


amounts = st.integers(0, 9)
effects = st.lists(
    st.one_of(
        st.builds(lambda name, n: f"{name} +{n}", st.sampled_from(NAMES), amounts),
        st.builds(lambda name, n: f"{name} -{n}", st.sampled_from(NAMES), amounts),
        st.builds(lambda name, n: f"{name} = {n}", st.sampled_from(NAMES), amounts),
    ),
    min_size=1,
    max_size=6,
)
BOUNDS = {name: Variable(name, True, "", -3, 5, 0) for name in NAMES}


@given(effects, st.fixed_dictionaries({name: st.integers(-3, 5) for name in NAMES}))
def test_effects_run_from_left_to_right_and_are_clamped_each_time(written, before):
    after = dict(before)
    for effect in written:
        name, operator = effect.replace("+", "+ ").replace("-", "- ").split()[:2]
        amount = int(effect.split()[-1].lstrip("+-"))
        moved = {"+": after[name] + amount, "-": after[name] - amount, "=": amount}[operator]
        after[name] = min(max(moved, -3), 5)
    assert apply_effects(parse_effects(", ".join(written)), before, BOUNDS) == after


@pytest.mark.parametrize(
    "text", ["", "x2", "x2 * 2", "x2 += 1", "x2 + y", "+1", "x2 +1,", "x2 +1; own_safety +1", "and = 1"]
)
def test_what_is_no_effect_is_refused(text):
    with pytest.raises(ExpressionError):
        parse_effects(text)
