"""Numbers are checked before somebody in need dials them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.signposting.telephones import complaint, is_made_up, same_number

RIGHT = [
    *("116 123", "111", "999", "112", "101", "85258", "18000"),
    *("0300 0303 300", "0300 123 1100", "0808 800 3302", "0800 1111", "0116 295 0750"),
    *("+44 300 123 1100", "+44 (0)300 123 1100", "(0116) 295-0750", "18001 0300 123 1100", "180010300 123 1100"),
]


@pytest.mark.parametrize("number", RIGHT)
def test_what_can_be_dialled_is_left_in_peace(number):
    assert complaint(number) == ""


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("0808 800330", "was a digit lost?"),
        ("0808 800 330", "was a digit lost?"),
        ("0116 123", "was a digit lost?"),  # a short number with a zero before it is a number that lost its end
        ("0300 123 110", "was a digit lost?"),
        ("18001 0808 800330", "was a digit lost?"),
        ("0808 800 33021", "too long"),
        ("0300 123 11000", "too long"),
        ("+44 116 123", "country code before a short number"),
        ("0500 123 4567", "not in use"),
        ("0900 123 4567", "costs whoever calls"),
        ("0845 46 47", "costs whoever calls"),
        ("01632 960 123", "nobody ever answers"),
        ("07700 900 123", "nobody ever answers"),
        ("+44 20 7946 0123", "nobody ever answers"),
        ("0300 123 1100 (option 2)", "more in it than a number"),
        ("ring us", "more in it than a number"),
        ("", "is empty"),
        ("-", "no telephone number"),
    ],
)
def test_what_cannot_be_dialled_is_told(number, said):
    assert said in complaint(number)


@given(st.sampled_from(RIGHT[7:11]), st.data())
def test_a_number_that_lost_a_digit_is_never_taken_for_the_same(number, data):
    at = data.draw(st.sampled_from([place for place, sign in enumerate(number) if sign.isdigit()]))
    assert same_number(number[:at] + number[at + 1 :]) != same_number(number)


@given(st.text(max_size=40))
def test_no_text_breaks_the_check(words):
    assert isinstance(complaint(words), str)
    assert isinstance(is_made_up(words), bool)


def test_one_number_has_one_spelling():
    assert {same_number(n) for n in ("0300 123 1100", "+44 300 1231100", "+44 (0)300 123 1100")} == {"03001231100"}
