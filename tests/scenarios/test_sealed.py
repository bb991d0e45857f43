"""What travels with a page of practice without a record: closed, signed, and only for a day."""

import base64
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.scenarios.engine import Step, StepKind
from app.scenarios.sealed import GOOD_FOR, NotSealedHere, Practice, Sealer

SEALER = Sealer("a secret that only the tests know, 0123456789")

steps = st.one_of(
    st.builds(Step, st.just(StepKind.CHOOSE), st.text(max_size=20)),
    st.just(Step(StepKind.SKIP)),
    st.builds(Step, st.just(StepKind.BACK), st.none(), st.integers(0, 400)),
)
practices = st.builds(
    Practice,
    slug=st.text(max_size=20),
    source_hash=st.text(max_size=64),
    steps=st.lists(steps, max_size=20).map(tuple),
    words=st.dictionaries(st.integers(0, 400), st.text(max_size=50), max_size=5),
)


@given(practices)
def test_what_is_sealed_comes_back_as_it_was(practice):
    assert SEALER.open(SEALER.seal(practice)) == practice


def test_nobody_can_read_it():
    sealed = SEALER.seal(Practice("lunch-break", "f" * 64, words={0: "please stop"}))
    assert b"lunch" not in base64.urlsafe_b64decode(sealed)
    assert b"please" not in base64.urlsafe_b64decode(sealed)


@given(st.text(max_size=200))
def test_what_was_not_sealed_here_is_refused(text):
    with pytest.raises(NotSealedHere):
        SEALER.open(text)


def test_a_changed_letter_is_refused():
    sealed = SEALER.seal(Practice("lunch-break", "f" * 64))
    changed = sealed[:40] + ("A" if sealed[40] != "A" else "B") + sealed[41:]
    with pytest.raises(NotSealedHere):
        SEALER.open(changed)


def test_another_installation_cannot_open_it():
    with pytest.raises(NotSealedHere):
        Sealer("another secret, also long enough 987654321").open(SEALER.seal(Practice("x", "y")))


def test_it_runs_out():
    fernet = SEALER._fernet
    text = Practice("x", "y").as_json().encode()
    now = int(time.time())
    assert SEALER.open(fernet.encrypt_at_time(text, now - GOOD_FOR + 60).decode()) == Practice("x", "y")
    with pytest.raises(NotSealedHere):
        SEALER.open(fernet.encrypt_at_time(text, now - GOOD_FOR - 60).decode())
