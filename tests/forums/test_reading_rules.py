"""Pure decisions about pages, positions, cursors and searched words."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.forums import pages, searching
from app.forums.cursors import Cursor
from app.forums.rules import PAGE, first_on_page, pages_of
from app.forums.unread import LASTS, new_since, next_position

NUMBERS = st.integers(0, 5_000)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


# -- reading positions


@given(NUMBERS, st.integers(1, 5_000), NUMBERS, NUMBERS)
def test_a_position_never_falls_and_never_passes_the_newest_post(last_read, first, seen, newest):
    moved = next_position(last_read, first, seen, newest)
    assert moved in {last_read, seen}
    assert moved >= last_read
    assert moved == last_read or moved <= newest


def test_reading_on_moves_it_and_jumping_ahead_does_not():
    assert next_position(20, 21, 33, 1_000) == 33
    assert next_position(25, 21, 33, 1_000) == 33
    assert next_position(20, 41, 55, 1_000) == 20


def test_whoever_reaches_the_newest_post_has_caught_up():
    assert next_position(20, 981, 1_000, 1_000) == 1_000


def test_what_is_old_or_from_before_one_joined_is_not_new():
    assert new_since(NOW, NOW - timedelta(days=3)) == NOW - timedelta(days=3)
    assert new_since(NOW, NOW - timedelta(days=900)) == NOW - LASTS
    assert new_since(NOW, None) == NOW - LASTS


# -- pages


@given(st.integers(1, 100_000))
def test_every_post_is_on_exactly_the_page_that_its_number_says(number):
    page = pages.chosen_page(None, number, 100_000)
    assert pages.first_of(page) == first_on_page(number) <= number < pages.first_of(page) + PAGE


@pytest.mark.parametrize(("page", "at", "shown"), [(0, None, 1), (99, None, 3), (None, 9_999, 3), (None, None, 1)])
def test_a_page_that_makes_no_sense_is_the_nearest_that_does(page, at, shown):
    assert pages.chosen_page(page, at, 45) == shown


@given(st.integers(1, 400), st.integers(1, 400))
def test_the_named_pages_hold_first_last_and_neighbours_in_order(page, count):
    page = min(page, count)
    named = pages.named_pages(page, count)
    numbers = [number for number in named if number]
    assert numbers == sorted(set(numbers))
    assert {1, page, count} <= set(numbers)
    assert len(named) <= 7
    assert pages_of(0) == pages_of(PAGE) == 1


# -- cursors


@given(
    st.booleans(),
    st.integers(0, 10**17 - 1).map(lambda moment: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=moment)),
    st.integers(0, 2**31 - 1),
)
def test_a_cursor_comes_back_from_the_address_as_it_went(pinned, at, topic_id):
    cursor = Cursor(pinned, at, topic_id)
    assert Cursor.read(str(cursor)) == cursor


@given(st.text())
def test_no_address_breaks_a_cursor(text):
    Cursor.read(text)


@pytest.mark.parametrize("text", ["", "1.2", "2.1.1", "0.999999999999999999.1", "0.1.9999999999", "0.1.1; DROP"])
def test_nonsense_is_no_cursor(text):
    assert Cursor.read(text) is None


# -- searched words


def words_of(typed):
    return [(term.words, term.is_wanted) for term in searching.read(typed)]


def test_words_phrases_and_what_must_not_be_there():
    assert words_of('kettle "bed four" -sticky') == [(("kettle",), True), (("bed", "four"), True), (("sticky",), False)]
    assert searching.for_fts5(searching.read("a b -c")) == '("a" "b") NOT "c"'
    assert searching.for_fts5(searching.read("NEAR OR *")) == '"near" "or"'
    assert searching.for_websearch(searching.read('"bed four" -c')) == '"bed four" -"c"'


@pytest.mark.parametrize("typed", ["", "  ", "-only", '""', "!!!", "- -"])
def test_without_a_word_to_find_there_is_no_search(typed):
    assert searching.read(typed) == []


@given(st.text(max_size=300), st.text(max_size=400))
def test_cutting_a_text_loses_and_adds_nothing(typed, text):
    cut = searching.pieces(text, searching.read(typed))
    assert "".join(piece.text for piece in cut) == text


@given(st.text(alphabet="ab ", max_size=30), st.text(alphabet="ab c.", max_size=900))
def test_an_excerpt_is_short(typed, text):
    shown = "".join(piece.text for piece in searching.excerpt(text, searching.read(typed)))
    assert len(shown) <= searching.LENGTH + 4


def test_other_forms_of_a_word_are_marked_too():
    cut = searching.pieces("Two kettles, one Kettle.", searching.read("kettle"))
    assert [piece.text for piece in cut if piece.is_found] == ["kettles", "Kettle"]
    far = "word " * 100 + "lanyard " + "word " * 100
    shown = "".join(piece.text for piece in searching.excerpt(far, searching.read("lanyard")))
    assert "lanyard" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
