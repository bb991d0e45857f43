"""The dates of one's cohorts in the calendar that follows a member."""

from datetime import timedelta

import pytest
import vobject

from app.core import clock
from app.core.clock import in_london
from app.core.db import db, transaction
from app.notifications import queries
from app.notifications.operations import feeds
from app.programme.models import CohortEvent
from app.programme.rules import EventKind

DAY = in_london(2031, 3, 6, 8, 45)


@pytest.fixture
def dated(app, people):
    """One learning set in each cohort, one in the other programme."""
    with app.app_context(), transaction():
        for cohort_id, programme_id, title in (
            (people.cohort_id, people.programme_id, "Set of spring"),
            (people.other_cohort_id, people.programme_id, "Set of autumn"),
        ):
            db.session.add(
                CohortEvent(
                    programme_id=programme_id,
                    cohort_id=cohort_id,
                    kind=EventKind.LEARNING_SET,
                    title=title,
                    starts_at=DAY,
                    ends_at=DAY + timedelta(hours=2),
                    venue="Online",
                    uid=title,
                    sequence=4,
                )
            )


def events_of(app, anonymous, person, moment=DAY):
    with app.app_context():
        with transaction():
            feeds.renew(person.id)
        address = f"/calendar/{queries.feed(person.id).secret}.ics"
    with clock.frozen(moment):
        return vobject.readOne(anonymous.get(address).text).contents.get("vevent", [])


def test_a_member_has_the_dates_of_their_own_cohort(app, people, dated, anonymous):
    (event,) = events_of(app, anonymous, people.owner)
    assert (event.uid.value, event.summary.value, event.location.value) == ("Set of spring",) * 2 + ("Online",)
    assert (event.sequence.value, event.dtstart.value) == ("4", DAY)
    assert event.organizer.value == "mailto:team@here.example"
    assert [event.summary.value for event in events_of(app, anonymous, people.outsider)] == ["Set of autumn"]


def test_staff_and_others_have_none_of_them(app, people, dated, anonymous):
    for person in (people.lead, people.facilitator, people.stranger):
        assert events_of(app, anonymous, person) == []


def test_long_past_dates_leave_it(app, people, dated, anonymous):
    assert events_of(app, anonymous, people.owner, DAY + timedelta(days=91)) == []


def test_they_stand_on_the_members_page_too(app, people, dated, client_for):
    with clock.frozen(DAY):
        browser = client_for(people.owner.email)
        page = browser.get("/me/calendar").text
    assert "Set of spring" in page
    assert "Set of autumn" not in page
