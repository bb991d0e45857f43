"""Who may post what: the table of the facts page, and that nobody speaks out of turn whatever happens."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.learning_sets import floor
from app.learning_sets.floor import ACTS, MOST_ACTIONS, SILENCE, Act, Room, Seat, refusal
from app.learning_sets.stages import Stage

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
GUIDE, AMINA, BEN, CHI = 1, 2, 3, 4
EVERYBODY = frozenset({GUIDE, AMINA, BEN, CHI})


def room(stage, **more):
    return Room(stage=stage, **{"accepted": EVERYBODY, **more})


def seat(member_id, **more):
    return Seat(member_id, guides=member_id == GUIDE, **more)


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage not in ACTS])
@pytest.mark.parametrize("act", Act)
def test_where_nothing_is_posted_nobody_posts(stage, act):
    assert refusal(room(stage), seat(AMINA), act, NOW) == floor.NOTHING_NOW


@pytest.mark.parametrize(
    ("stage", "more", "who", "act", "may"),
    [
        (Stage.CHECK_IN, {"turn": AMINA}, AMINA, Act.WORD, True),
        (Stage.CHECK_IN, {"turn": AMINA}, BEN, Act.WORD, False),
        (Stage.BIDS, {}, AMINA, Act.BID, True),
        (Stage.BIDS, {}, GUIDE, Act.BID, False),
        (Stage.PRESENT, {"presenter": AMINA}, AMINA, Act.TELL, True),
        (Stage.PRESENT, {"presenter": AMINA}, BEN, Act.TELL, False),
        (Stage.PRESENT, {"presenter": AMINA}, BEN, Act.QUESTION, False),
        (Stage.CLARIFY, {"presenter": AMINA}, BEN, Act.QUESTION, True),
        (Stage.CLARIFY, {"presenter": AMINA}, AMINA, Act.QUESTION, False),
        (Stage.CLARIFY, {"presenter": AMINA}, GUIDE, Act.QUESTION, False),
        (Stage.CLARIFY, {"presenter": AMINA, "open_question": BEN}, CHI, Act.QUESTION, False),
        (Stage.CLARIFY, {"presenter": AMINA, "open_question": BEN}, AMINA, Act.ANSWER, True),
        (Stage.CLARIFY, {"presenter": AMINA}, AMINA, Act.ANSWER, False),
        (Stage.CLARIFY, {"presenter": AMINA, "open_question": BEN}, AMINA, Act.SIT, False),
        (Stage.CLARIFY, {"presenter": AMINA, "open_question": BEN}, CHI, Act.ANSWER, False),
        (Stage.QUESTIONS, {"presenter": AMINA, "queue": (BEN, CHI)}, BEN, Act.QUESTION, True),
        (Stage.QUESTIONS, {"presenter": AMINA, "queue": (BEN, CHI)}, CHI, Act.QUESTION, False),
        (Stage.QUESTIONS, {"presenter": AMINA}, BEN, Act.QUESTION, False),
        (Stage.QUESTIONS, {"presenter": AMINA, "queue": (BEN,)}, CHI, Act.ANSWER, False),
        (Stage.QUESTIONS, {"presenter": AMINA, "open_question": BEN}, AMINA, Act.SIT, True),
        (Stage.QUESTIONS, {"presenter": AMINA, "open_question": BEN}, AMINA, Act.PARK, True),
        (Stage.QUESTIONS, {"presenter": AMINA, "queue": (BEN,)}, BEN, Act.TELL, False),
        (Stage.REFLECT, {"presenter": AMINA}, AMINA, Act.TELL, True),
        (Stage.REFLECT, {"presenter": AMINA}, BEN, Act.RESOURCE, False),
        (Stage.REFLECT, {"presenter": AMINA, "wants_resources": True}, BEN, Act.RESOURCE, True),
        (Stage.REFLECT, {"presenter": AMINA, "wants_resources": True}, AMINA, Act.RESOURCE, False),
        (Stage.ACTIONS, {"presenter": AMINA}, AMINA, Act.ACTION, True),
        (Stage.ACTIONS, {"presenter": AMINA}, BEN, Act.ACTION, False),
        (Stage.ACTIONS, {"presenter": AMINA, "actions": MOST_ACTIONS}, AMINA, Act.ACTION, False),
        (Stage.SET_REVIEW, {}, GUIDE, Act.SCORE, True),
        (Stage.SET_REVIEW, {}, BEN, Act.LEARNING, True),
        (Stage.SET_REVIEW, {"done": frozenset({BEN})}, BEN, Act.LEARNING, False),
    ],
)
def test_the_floor_of_each_stage(stage, more, who, act, may):
    said = refusal(room(stage, **more), seat(who), act, NOW)
    assert (said is None) is may
    assert said is None or said.endswith(".")


def test_only_the_owner_says_what_became_of_an_action():
    reviewing = room(Stage.ACTIONS_REVIEW)
    owner = seat(AMINA, owns=frozenset({7}))
    assert refusal(reviewing, owner, Act.REVIEW, NOW, action_id=7) is None
    assert refusal(reviewing, owner, Act.REVIEW, NOW, action_id=8) == floor.NOT_YOURS
    assert refusal(reviewing, seat(BEN), Act.REVIEW, NOW, action_id=7) == floor.NOT_YOURS
    assert refusal(reviewing, owner, Act.REVIEW, NOW) == floor.NOT_YOURS


def test_an_answer_may_settle_before_the_next_open_question():
    asking = room(Stage.QUESTIONS, presenter=AMINA, queue=(BEN,), answered_at=NOW)
    assert refusal(asking, seat(BEN), Act.QUESTION, NOW + SILENCE - timedelta(seconds=1)) == floor.LET_IT_SETTLE
    assert refusal(asking, seat(BEN), Act.QUESTION, NOW + SILENCE) is None


ROOMS = st.builds(
    Room,
    stage=st.sampled_from(Stage),
    accepted=st.frozensets(st.sampled_from(sorted(EVERYBODY))),
    presenter=st.sampled_from([None, AMINA, BEN]),
    turn=st.sampled_from([None, AMINA, BEN]),
    open_question=st.sampled_from([None, BEN, CHI]),
    queue=st.permutations([BEN, CHI]).map(tuple),
    done=st.frozensets(st.sampled_from(sorted(EVERYBODY))),
    actions=st.integers(0, 5),
    wants_resources=st.booleans(),
    held=st.sampled_from(["", "Nothing is posted until we go on together."]),
)
SEATS = st.sampled_from(sorted(EVERYBODY)).map(seat)


@given(ROOMS, SEATS, st.sampled_from(Act))
def test_whatever_the_state_no_rule_is_broken(state, who, act):
    if refusal(state, who, act, NOW) is not None:
        return
    assert not state.held
    assert who.member_id in state.accepted, "nobody posts before they accepted the agreement, late joiners neither"
    assert act in ACTS[state.stage]
    if act in {Act.TELL, Act.ANSWER, Act.PARK, Act.SIT, Act.ACTION}:
        assert who.member_id == state.presenter
    if act is Act.QUESTION:
        assert state.open_question is None
        assert who.member_id != state.presenter
        assert not who.guides


@given(st.lists(st.integers(1, 6), unique=True), st.lists(st.integers(1, 6)))
def test_the_queue_is_fair(asking, asked):
    ordered = floor.queue(asking, asked)
    assert sorted(ordered) == sorted(asking)
    keys = [(asked.count(member), asking.index(member)) for member in ordered]
    assert keys == sorted(keys)
