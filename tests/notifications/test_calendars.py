"""Calendar files, read by a reader that did not write them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from app.core.clock import in_london
from app.notifications.calendars import LONDON, Entry, Method, addressed, published

NOW = in_london(2026, 5, 5, 12)
ENTRY = Entry(
    uid="5e4d7a1c-0000-4000-8000-000000000001",
    sequence=3,
    title="Coffee catch-up",
    starts_at=in_london(2026, 6, 4, 14),
    ends_at=in_london(2026, 6, 4, 15),
    organiser="team@here.example",
    sent_by="no-reply@here.example",
    place="Main entrance; Ward Block, level 2",
    link="https://here.example/catchups/7",
)

DAY = timedelta(days=1)
lines = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200)
words = st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1, max_size=90).map(
    lambda text: text.strip() or "x"
)
minutes = st.integers(0, 60 * 24 * 365).map(lambda number: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=number))


def read(file):
    calendar = vobject.readOne(file.decode())
    return calendar, calendar.vevent


def test_an_invitation_names_its_recipient_and_nobody_else():
    method, file = addressed(ENTRY, "olu@here.example", NOW)
    calendar, event = read(file)
    assert method is Method.REQUEST
    assert calendar.method.value == "REQUEST"
    assert [attendee.value for attendee in event.contents["attendee"]] == ["mailto:olu@here.example"]
    assert event.attendee.params["RSVP"] == ["FALSE"]
    assert event.attendee.params["PARTSTAT"] == ["ACCEPTED"]
    assert event.organizer.value == "mailto:team@here.example"
    assert event.organizer.params["SENT-BY"] == ["mailto:no-reply@here.example"]
    assert event.contents["class"][0].value == "PRIVATE"
    assert event.summary.value == "Coffee catch-up"
    assert event.location.value == "Main entrance; Ward Block, level 2"
    assert event.url.value == "https://here.example/catchups/7"
    assert event.status.value == "CONFIRMED"
    assert (event.uid.value, event.sequence.value) == (ENTRY.uid, "3")
    assert event.dtstamp.value == NOW


def test_a_cancellation_says_so_twice():
    method, file = addressed(replace(ENTRY, sequence=4, cancelled=True), "olu@here.example", NOW)
    calendar, event = read(file)
    assert method is Method.CANCEL
    assert (calendar.method.value, event.status.value, event.sequence.value) == ("CANCEL", "CANCELLED", "4")
    assert event.uid.value == ENTRY.uid


def test_a_published_calendar_has_no_attendee_and_may_be_empty():
    calendar, event = read(published("My dates", [ENTRY], NOW))
    assert calendar.method.value == "PUBLISH"
    assert calendar.contents["x-wr-calname"][0].value == "My dates"
    assert "attendee" not in event.contents
    assert "vevent" not in vobject.readOne(published("My dates", [], NOW).decode()).contents


def test_the_mime_type_says_what_the_file_says():
    assert Method.CANCEL.mime == "text/calendar; charset=utf-8; method=CANCEL"


def test_lines_are_short_and_end_as_the_standard_says():
    _method, file = addressed(replace(ENTRY, title="Ä" * 100), "olu@here.example", NOW)
    lines = file.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert not any(b"\n" in line for line in lines)


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "written"),
    [
        (in_london(2026, 3, 28, 9), in_london(2026, 3, 28, 10), "20260328T090000"),
        (in_london(2026, 3, 29, 9), in_london(2026, 3, 29, 10), "20260329T090000"),
        (in_london(2026, 3, 29, 0, 30), in_london(2026, 3, 29, 2, 30), "20260329T003000"),
        (in_london(2026, 10, 24, 9), in_london(2026, 10, 24, 10), "20261024T090000"),
        (in_london(2026, 10, 25, 9), in_london(2026, 10, 25, 10), "20261025T090000"),
        (in_london(2026, 10, 25, 0, 30), in_london(2026, 10, 25, 3), "20261025T003000"),
    ],
)
def test_times_are_on_the_clocks_of_london_around_both_changes(starts_at, ends_at, written):
    file = published("My dates", [replace(ENTRY, starts_at=starts_at, ends_at=ends_at)], NOW)
    assert f"DTSTART;TZID=Europe/London:{written}".encode() in file
    _calendar, event = read(file)
    assert event.dtstart.value.astimezone(UTC) == starts_at
    assert event.dtend.value.astimezone(UTC) == ends_at


def test_the_time_zone_of_the_file_alone_is_right_all_year():
    """A calendar that knows no Europe/London follows the VTIMEZONE: it must change when London does."""
    calendar, _event = read(published("My dates", [ENTRY], NOW))
    zone = calendar.vtimezone.gettzinfo()
    for hours in range(365 * 24):
        shown = (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours)).replace(tzinfo=LONDON)
        exists = shown.astimezone(UTC).astimezone(LONDON) == shown
        assert not exists or shown.replace(tzinfo=zone).utcoffset() == shown.utcoffset(), shown


@pytest.mark.parametrize("change", [datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)])
@pytest.mark.parametrize("offset", [-181, -61, -1, 0, 1, 59, 61, 121, 24 * 60])
def test_other_programs_agree_around_both_changes(change, offset):
    starts_at = change + timedelta(minutes=offset)
    _calendar, event = read(published("Dates", [replace(ENTRY, starts_at=starts_at, ends_at=change + DAY * 2)], NOW))
    assert event.dtstart.value.astimezone(UTC) == starts_at


@given(lines, lines)
def test_no_text_breaks_out_of_its_line(title, place):
    file = published(title, [replace(ENTRY, title=title, place=place)], NOW).decode()
    names = [line.partition(":")[0].partition(";")[0] for line in file.replace("\r\n ", "").split("\r\n")]
    assert names.count("BEGIN") == names.count("END") == 5  # calendar, time zone with two halves, event
    assert all(name == name.upper() for name in names)


@given(minutes, st.integers(1, 60 * 48), words, words, st.integers(0, 10_000))
def test_what_was_written_is_read_again(starts_at, length, title, place, sequence):
    ends_at = starts_at + timedelta(minutes=length)
    entry = replace(ENTRY, starts_at=starts_at, ends_at=ends_at, title=title, place=place, sequence=sequence)
    _calendar, event = read(addressed(entry, "olu@here.example", NOW)[1])
    assert event.dtstart.value.astimezone(UTC) == starts_at
    assert event.dtend.value.astimezone(UTC) == ends_at
    assert (event.summary.value, event.location.value) == (title, place)
    assert int(event.sequence.value) == sequence
