"""Calendar files, read by something that is not the library that wrote them: dateutil knows time zones by itself."""

import re
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from dateutil import parser, tz
from hypothesis import given
from hypothesis import strategies as st

from app.programme.calendars import Entry, calendar_file

MADE = datetime(2026, 1, 1, tzinfo=UTC)


def entry(**changed):
    values = {
        "uid": "5b0c7a52",
        "sequence": 0,
        "title": "Workshop one",
        "starts_at": datetime(2024, 12, 5, 8, 45, tzinfo=UTC),
        "ends_at": datetime(2024, 12, 5, 16, 30, tzinfo=UTC),
        "venue": "Voluntary Action Leicestershire",
        "organiser": "team@abp.example",
    }
    return Entry(**(values | changed))


def unfolded(file):
    """The lines of a calendar file (RFC 5545, 3.1)."""
    assert file.endswith(b"\r\n")
    lines = file.decode("utf-8").replace("\r\n ", "").split("\r\n")[:-1]
    assert all("\n" not in line and "\r" not in line for line in lines)
    return lines


def fields(file):
    """Name to value of the (only) event; parameters of the name are kept apart."""
    lines = unfolded(file)
    event = lines[lines.index("BEGIN:VEVENT") + 1 : lines.index("END:VEVENT")]
    return {line.partition(":")[0]: line.partition(":")[2] for line in event}


def moment(file, name):
    """A time of the event as another program understands it: by the rules that the file brings along."""
    event = fields(file)
    if name in event:
        return parser.parse(event[name])
    zones = tz.tzical(StringIO("\n".join(unfolded(file))))
    return parser.parse(event[f"{name};TZID=Europe/London"]).replace(tzinfo=zones.get("Europe/London"))


def test_it_is_published_and_private():
    file = calendar_file("Dates", [entry()], MADE)
    assert {"METHOD:PUBLISH", "VERSION:2.0", "BEGIN:VTIMEZONE"} <= set(unfolded(file))
    event = fields(file)
    assert event["CLASS"] == "PRIVATE"
    assert event["ORGANIZER"] == "mailto:team@abp.example"
    assert event["DTSTAMP"] == "20260101T000000Z"
    assert not any(name.startswith("ATTENDEE") for name in event)


def test_the_identity_stays_and_the_sequence_rises():
    before = fields(calendar_file("Dates", [entry()], MADE))
    after = fields(calendar_file("Dates", [entry(sequence=3, venue="Online")], MADE))
    assert (before["UID"], before["SEQUENCE"]) == ("5b0c7a52", "0")
    assert (after["UID"], after["SEQUENCE"], after["LOCATION"]) == ("5b0c7a52", "3", "Online")


def test_the_wall_clock_is_that_of_london():
    winter = fields(calendar_file("Dates", [entry()], MADE))
    assert winter["DTSTART;TZID=Europe/London"] == "20241205T084500"
    june = datetime(2025, 6, 5, 7, 45, tzinfo=UTC)
    summer = fields(calendar_file("Dates", [entry(starts_at=june, ends_at=june + timedelta(hours=1))], MADE))
    assert summer["DTSTART;TZID=Europe/London"] == "20250605T084500"


@pytest.mark.parametrize("change", [datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)])
@pytest.mark.parametrize("minutes", [-181, -61, 0, 1, 59, 61, 121, 24 * 60])
def test_other_programs_agree_around_both_clock_changes(change, minutes):
    starts_at = change + timedelta(minutes=minutes)
    file = calendar_file("Dates", [entry(starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))], MADE)
    assert moment(file, "DTSTART").astimezone(UTC) == starts_at


moments = st.integers(0, 40 * 366 * 24 * 60).map(
    lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@given(starts_at=moments, minutes=st.integers(1, 3000))
def test_other_programs_agree_on_every_moment(starts_at, minutes):
    ends_at = starts_at + timedelta(minutes=minutes)
    file = calendar_file("Dates", [entry(starts_at=starts_at, ends_at=ends_at)], MADE)
    assert moment(file, "DTSTART").astimezone(UTC) == starts_at
    assert moment(file, "DTEND").astimezone(UTC) == ends_at


@given(
    title=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200),
    venue=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200),
)
def test_no_text_breaks_out_of_its_line(title, venue):
    file = calendar_file(title, [entry(title=title, venue=venue)], MADE)
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))
    names = [line.partition(":")[0].partition(";")[0] for line in unfolded(file)]
    assert names.count("BEGIN") == names.count("END") == 5  # calendar, time zone with two halves, event
    assert unescaped(fields(file)["SUMMARY"]) == title
    assert unescaped(fields(file).get("LOCATION", "")) == venue


def unescaped(text):
    """What a text value means (RFC 5545, 3.3.11)."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text)
