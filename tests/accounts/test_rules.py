"""Decisions about addresses, passwords, suspensions and invitations."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.accounts.rules import (
    LONGEST_PASSWORD,
    SHORTEST_PASSWORD,
    InvitationState,
    Role,
    invitation_state,
    is_suspended,
    link_state,
    normalise_email,
    password_complaint,
)

NOW = datetime(2025, 3, 3, 9, tzinfo=UTC)
MOMENT = timedelta(seconds=1)


@pytest.mark.parametrize(
    "typed", ["ana@trust.example", " Ana@Trust.Example ", "ａｎａ@trust.example", "ANA@TRUST.EXAMPLE"]
)
def test_each_mailbox_has_one_spelling(typed):
    assert normalise_email(typed) == "ana@trust.example"


@given(st.text())
def test_a_normal_spelling_stays_as_it_is(words):
    once = normalise_email(words)
    assert normalise_email(once) == normalise_email(normalise_email(once))


class TestPasswords:
    ABOUT = ("Olu Owner", "olu@here.example")

    @pytest.mark.parametrize("good", ["blue kettle by the window", "tRq9!vexing-otter", "vier Äpfel im Schnee"])
    def test_what_is_hard_to_guess_is_taken(self, good):
        assert password_complaint(good, *self.ABOUT) is None

    @pytest.mark.parametrize(
        "weak", ["password1234", "qwertyuiop12", "aaaaaaaaaaaaaa", "1234567890123", "iloveyou123", "abcdefghijkl"]
    )
    def test_what_everybody_tries_first_is_refused(self, weak):
        assert "easy to guess" in password_complaint(weak, *self.ABOUT)

    @pytest.mark.parametrize("own", ["Olu Owner 1", "owner@olu.here", "olu@here.example", "oluowner2024"])
    def test_what_others_know_of_the_member_is_refused(self, own):
        assert "easy to guess" in password_complaint(own, *self.ABOUT)

    def test_its_length_has_limits(self):
        assert f"at least {SHORTEST_PASSWORD}" in password_complaint("tRq9!vex", *self.ABOUT)
        assert f"at most {LONGEST_PASSWORD}" in password_complaint("x7 " * LONGEST_PASSWORD, *self.ABOUT)

    @given(st.text(max_size=SHORTEST_PASSWORD - 1))
    def test_a_short_one_is_always_refused(self, typed):
        assert password_complaint(typed)

    @given(st.text(max_size=LONGEST_PASSWORD), st.lists(st.text(max_size=30), max_size=3))
    def test_any_text_gets_an_answer(self, typed, about_them):
        answer = password_complaint(typed, *about_them)
        assert answer is None or answer[0].isupper()


def test_a_suspension_ends_at_its_moment():
    assert is_suspended(NOW + MOMENT, NOW)
    assert not is_suspended(NOW, NOW)
    assert not is_suspended(None, NOW)


@pytest.mark.parametrize(
    ("accepted", "withdrawn", "expires", "state"),
    [
        (None, None, NOW + MOMENT, InvitationState.SENT),
        (None, None, NOW, InvitationState.EXPIRED),
        (None, NOW, NOW + MOMENT, InvitationState.WITHDRAWN),
        (None, NOW, NOW - MOMENT, InvitationState.WITHDRAWN),
        (NOW, None, NOW - MOMENT, InvitationState.ACCEPTED),
    ],
)
def test_an_invitation_is_in_one_state(accepted, withdrawn, expires, state):
    assert invitation_state(accepted, withdrawn, expires, NOW) is state


@given(st.sampled_from(list(InvitationState)), st.integers(1, 5), st.integers(1, 5))
def test_only_the_newest_link_of_an_open_invitation_opens_it(state, serial, newest):
    opens = link_state(state, serial, newest) is InvitationState.SENT
    assert opens == (state is InvitationState.SENT and serial == newest)


@pytest.mark.parametrize(
    ("role", "words"),
    [(Role.AUTHOR, "an author"), (Role.LEAD, "a programme lead"), (Role.MODERATOR, "a moderator")],
)
def test_a_role_is_named_as_people_say_it(role, words):
    assert role.with_article == words
