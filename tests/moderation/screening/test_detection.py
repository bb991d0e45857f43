"""What screening promises of any text."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nhs_number.validate import calculate_checksum

from app.moderation.screening import Confidence, Finding, Kind, screen
from app.moderation.screening.detection.finding import resolved
from app.moderation.screening.detection.reading import read

PIECES = st.sampled_from(
    [
        *("999 653 1597", "9996531597", "07700 900123", "+44", "(0)", "0116 496", "0123", "12/03/1950", "DOB", "born"),
        *(
            "sam@nhs.net",
            " at ",
            " dot ",
            "uk",
            "@",
            "AB 12 34 56 C",
            "LE1 5WW",
            "ward 12",
            "82-year-old",
            "Mr ",
            "Dr K",
        ),
        *("**", "_", "`", "\\", "&nbsp;", "&#57;", "&", "\u200b", "\u00a0", "\n", "\n\n", "https://a.example/", "www."),
        *("\u0669\u0669\u0669", "\ud800", "é", "e\u0301", "ﬁ", "😀", "£", "£9996531597", "order no ", ".", "-", "/"),
    ]
)
SCRAPS = st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=30).map("".join)


@st.composite
def nhs_numbers(draw):
    """Ten digits of the test range that pass."""
    first = draw(st.integers(0, 999_999).map("999{:06}".format).filter(lambda nine: calculate_checksum(nine) != 10))
    return f"{first}{calculate_checksum(first)}"


QUIET = st.text(st.characters(categories=["Lu", "Ll", "Po", "Zs"], exclude_characters="@&\\/%#*_~`"), max_size=80)


@given(SCRAPS)
@settings(max_examples=200)
def test_any_text_gives_findings_that_lie_in_it_in_order_and_apart(text):
    found = screen(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(isinstance(one.kind, Kind) and isinstance(one.confidence, Confidence) for one in found)
    assert screen(text) == found


@given(SCRAPS)
@settings(max_examples=200)
def test_what_is_redacted_is_gone(text):
    """With what was found taken out, two more looks at most find what stood behind it; then nothing is left."""
    for _ in range(6):
        for found in reversed(screen(text)):
            text = f"{text[: found.start]}[removed]{text[found.end :]}"
    assert screen(text) == []


@given(QUIET, nhs_numbers(), QUIET)
@settings(max_examples=300)
def test_an_nhs_number_as_the_nhs_writes_it_is_always_found(before, number, after):
    before, after = f"{before} they said ", f" and {after}"
    text = f"{before}{number[:3]} {number[3:6]} {number[6:]}{after}"
    at = len(before)
    assert Finding(Kind.NHS_NUMBER, Confidence.HIGH, at, at + 12) in screen(text)


@given(nhs_numbers(), st.integers(0, 60))
def test_a_word_counts_within_twenty_four_characters(number, apart):
    text = f"NHS{'.' * apart}{number}"
    [found] = screen(text)
    assert found.confidence is (Confidence.HIGH if apart + 3 <= 24 else Confidence.ASK)
    [found] = screen(f"{number}{'.' * apart} NHS")
    assert found.confidence is (Confidence.HIGH if apart + 4 <= 24 else Confidence.ASK)


@given(nhs_numbers(), st.integers(0, 9))
def test_another_last_digit_is_no_nhs_number(number, last):
    text = f"NHS number {number[:9]}{last}"
    assert bool(screen(text)) is (str(last) == number[9])


@given(nhs_numbers(), st.sampled_from(["", "1", "12", "4567"]), st.sampled_from(["", "7", "89"]))
def test_not_inside_a_longer_run_of_digits(number, before, after):
    kinds = [found.kind for found in screen(f"x {before}{number}{after} x")]
    assert (Kind.NHS_NUMBER in kinds) is (before == after == "")


@given(
    nhs_numbers(), st.lists(st.sampled_from(["\u200b", "\u00ad", "\u2060", "**", "\ufeff"]), min_size=11, max_size=11)
)
def test_what_nobody_sees_hides_nothing(number, unseen):
    text = "NHS number " + "".join(sign + digit for sign, digit in zip(unseen, number, strict=False))
    assert [found.kind for found in screen(text)] == [Kind.NHS_NUMBER]


@given(nhs_numbers(), st.sampled_from(["٠", "०", "\uff10", "\U0001d7ce"]))
def test_digits_of_other_scripts_are_digits(number, zero):
    text = "NHS number " + "".join(chr(ord(zero) + int(digit)) for digit in number)
    assert screen(text) == [Finding(Kind.NHS_NUMBER, Confidence.HIGH, 11, 21)]


@given(SCRAPS)
@settings(max_examples=300)
def test_a_reading_leads_back_to_the_text(text):
    reading = read(text)
    assert len(reading.plain) == len(reading.text)
    places = [reading.origin(at, at + 1) for at in range(len(reading.text))]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(one[1] <= other[0] for one, other in pairwise(places))


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("ring 0116 496 0123", "0116 496 0123"),
        ("ring +44 (0)116 496 0123", "01164960123"),
        ("ring 0116-496-0123", "Tel: +44 116 496 0123"),
        ("text 07700 900123", "Text 07700 900 123, day and night"),
        ("mail Sam.Jones@nhs.net", "sam.jones@nhs.net"),
        ("mail sam.jones at nhs dot net", "Sam.Jones@nhs.net"),
        ("lives at LE1 5WW", "le15ww"),
    ],
)
def test_what_is_published_is_not_found_however_it_is_written(text, published):
    assert len(screen(text)) == 1
    assert screen(text, [published]) == []


@pytest.mark.parametrize(
    "text",
    [
        *("1 " * 10_000, "0 " * 10_000, "9996531597 " * 1_800, "0116 " * 4_000, "+44 " * 5_000, "1/1/" * 5_000),
        *("a@" * 10_000, "a at b dot c " * 1_600, "a." * 10_000, "a-" * 10_000, "*" * 20_000, "_1" * 10_000),
        *("Mr " * 6_600, "Mr " + "A. " * 6_000, "Mr " + "Ab-" * 6_600, "Mr " + "van " * 5_000, "[at]" * 5_000),
        *(
            "&" * 20_000,
            "\u00a0" * 20_000,
            "9\u200b" * 10_000,
            "ward 12 82yo 12/3 " * 1_100,
            "http://" * 2_800,
            "(" * 20_000,
        ),
    ],
    ids=lambda text: repr(text[:20]),
)
def test_time_grows_with_the_text_and_not_faster(text):
    """Four times the text may take four times as long, and a little more; what grows with the square takes sixteen."""
    quarter, whole = _seconds(text[: len(text) // 4]), _seconds(text)
    assert whole < max(10 * quarter, 0.05)


def _seconds(text):
    best = 9.0
    for _ in range(3):
        began = time.process_time()
        screen(text)
        best = min(best, time.process_time() - began)
    return best


def test_of_two_that_overlap_the_surer_stays():
    sure, asked = Finding(Kind.PHONE, Confidence.HIGH, 4, 9), Finding(Kind.NHS_NUMBER, Confidence.ASK, 0, 12)
    assert resolved([asked, sure], "x" * 12) == [sure]


def test_of_two_as_sure_the_more_telling_stays():
    number, phone = Finding(Kind.NHS_NUMBER, Confidence.ASK, 4, 9), Finding(Kind.PHONE, Confidence.ASK, 0, 12)
    assert resolved([phone, number], "x" * 12) == [number]


def test_a_neighbourhood_keeps_what_lies_around_another_finding():
    around, inside = Finding(Kind.BEDSIDE, Confidence.ASK, 0, 30), Finding(Kind.NHS_NUMBER, Confidence.HIGH, 4, 14)
    assert resolved([around, inside], "x" * 30) == [inside, around._replace(start=14)]
