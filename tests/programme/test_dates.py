"""Dates for everybody, on the page and as calendar files."""

from datetime import timedelta

import pytest

from app.core import clock
from app.core.db import db, transaction
from app.programme.models import Cohort
from app.programme.rules import CohortState

pytestmark = pytest.mark.usefixtures("site")


def test_workshops_are_told_in_words(anonymous):
    shown = anonymous.get("/dates").text
    assert "Thursday 6 March 2031, 8:45am to 4:45pm" in shown
    assert "Thursday 13 March 2031, 8:45am to 12:45pm" in shown
    assert "Open for interest" in shown
    assert "The hall" in shown


def test_what_is_planned_or_for_members_only_is_not_told(anonymous):
    shown = anonymous.get("/dates").text
    assert "Cohort secret" not in shown
    assert "Set one" not in shown
    assert anonymous.get("/dates/secret.ics").status_code == 404


def test_a_cohort_that_began_cannot_be_joined_any_more(anonymous):
    with clock.frozen(clock.in_london(2031, 3, 6, 9)):
        shown = anonymous.get("/dates").text
    assert "No longer open" in shown
    assert "Open for interest" not in shown
    assert "/dates/spring.ics" not in shown


def test_a_cohort_is_a_calendar_file(anonymous):
    answer = anonymous.get("/dates/spring.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Cohort_spring.ics"'
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert answer.text.count("BEGIN:VEVENT") == 2
    assert "DTSTART;TZID=Europe/London:20310306T084500" in answer.text
    assert "Set one" not in answer.text


def test_a_workshop_is_a_calendar_file(anonymous, event_of):
    one, learning_set = event_of("Workshop one"), event_of("Set one")
    answer = anonymous.get(f"/dates/spring/{one.id}.ics")
    assert answer.text.count("BEGIN:VEVENT") == 1
    assert f"UID:{one.uid}" in answer.text
    assert "SEQUENCE:0" in answer.text
    assert anonymous.get(f"/dates/spring/{learning_set.id}.ics").status_code == 404
    assert anonymous.get(f"/dates/autumn/{one.id}.ics").status_code == 404
    assert anonymous.get(f"/dates/spring/{2**70}.ics").status_code == 404
    assert anonymous.get(f"/programmes/elsewhere/dates/spring/{one.id}.ics").status_code == 404


def test_the_files_of_another_programme_are_found_under_its_name(site, app, anonymous):
    with app.app_context(), transaction():
        far = db.session.scalars(db.select(Cohort).filter_by(programme_id=site.other_programme_id)).one()
        far.state = CohortState.OPEN
    assert "ORGANIZER:mailto:team@elsewhere.example" not in anonymous.get("/programmes/elsewhere/dates/far.ics").text
    assert anonymous.get("/dates/far.ics").status_code == 404


def test_links_to_calendar_files_lead_to_them(anonymous):
    shown = anonymous.get("/programmes/here/dates").text
    address = "/programmes/here/dates/spring.ics"
    assert f'href="{address}"' in shown
    assert anonymous.get(address).text.count("BEGIN:VEVENT") == 2


def test_a_date_that_moves_is_the_same_entry_with_a_higher_sequence(site, app, anonymous, event_of):
    from app.programme import operations, queries

    before = event_of("Workshop one")
    with app.app_context(), transaction():
        event = queries.cohort_event(site.programme_id, "spring", before.id)
        draft = operations.DateDraft(
            kind=event.kind,
            title=event.title,
            starts_at=event.starts_at + timedelta(days=1),
            ends_at=event.ends_at + timedelta(days=1),
            venue=event.venue,
        )
        assert operations.change_date(event, draft, by=site.lead.id)
        assert not operations.change_date(event, draft, by=site.lead.id)
    moved = anonymous.get(f"/dates/spring/{before.id}.ics").text
    assert f"UID:{before.uid}" in moved
    assert "SEQUENCE:1" in moved
    assert "20310307T084500" in moved
