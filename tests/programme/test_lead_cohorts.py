"""Leads keep cohorts and dates; times are those of clocks in London."""

from datetime import UTC, datetime

import pytest

from app.core.db import db
from app.programme.models import Cohort, CohortEvent

COHORT = {"name": "June group", "state": "open", "smallest": "12", "largest": "20"}
DATE = {
    "kind": "workshop_one",
    "title": "",
    "day-day": "4",
    "day-month": "6",
    "day-year": "2031",
    "starts": "8:45am",
    "ends": "4.30pm",
    "venue": "The hall",
}


@pytest.fixture
def lead(site, client_for):
    return client_for(site.lead.email)


@pytest.fixture
def cohort(look):
    return lambda slug: look(lambda: db.session.scalars(db.select(Cohort).filter_by(slug=slug)).one_or_none())


def addresses(event):
    where = f"/lead/cohorts/spring/dates/{event.id}"
    return [
        "/lead/cohorts", "/lead/cohorts/new", "/lead/cohorts/spring", "/lead/cohorts/spring/remove",
        "/lead/cohorts/spring/dates/new", where, f"{where}/remove",
    ]  # fmt: skip


# -- who may -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["owner", "suspended", "facilitator", "moderator"])
def test_nobody_but_leads_comes_in(site, client_for, event_of, who):
    browser = client_for(getattr(site, who).email)
    assert {browser.get(address).status_code for address in addresses(event_of("Workshop one"))} == {403}


def test_the_lead_of_another_programme_finds_none_of_it(site, client_for, event_of):
    other = client_for(site.other_lead.email)
    assert "Cohort spring" not in other.get("/lead/cohorts").text
    token = other.get("/lead/cohorts/new").text.partition('name="csrf_token" value="')[2].partition('"')[0]
    for address in addresses(event_of("Workshop one"))[2:]:
        assert other.get(address).status_code == 404, address
        posted = other.post(address, data=COHORT | DATE | {"csrf_token": token})
        assert posted.status_code == 404, address
    assert event_of("Workshop one")


# -- cohorts -----------------------------------------------------------------------------------------------------------


def test_a_cohort_is_added_and_changed(lead, cohort, anonymous):
    assert lead.submit("/lead/cohorts/new", COHORT).location == "/lead/cohorts/june-group/dates/new"
    assert "June group" in anonymous.get("/dates").text
    lead.submit("/lead/cohorts/june-group", COHORT | {"name": "Midsummer", "state": "planned"})
    assert (cohort("june-group").name, cohort("june-group").state.value) == ("Midsummer", "planned")
    assert "Midsummer" not in anonymous.get("/dates").text


def test_two_cohorts_may_have_one_name_and_none_an_address_of_ours(lead, cohort):
    for name in ("June group", "June group", "New", "⚘"):
        lead.submit("/lead/cohorts/new", COHORT | {"name": name})
    assert all(cohort(slug) for slug in ("june-group", "june-group-2", "new-2", "cohort"))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "Enter a name"),
        ({"state": "asleep"}, "Choose one of the states"),
        ({"smallest": "0"}, "Enter a whole number"),
        ({"smallest": "21"}, "The most people cannot be fewer than the fewest"),
        ({"largest": "a dozen"}, "Enter a whole number, like 6"),
    ],
)
def test_an_impossible_cohort_gets_a_sentence(lead, cohort, changed, sentence):
    refused = lead.submit("/lead/cohorts/new", COHORT | changed)
    assert refused.status_code == 422
    assert sentence in refused.text
    assert cohort("june-group") is None


def test_a_cohort_is_removed_with_its_dates_after_a_question(lead, cohort, event_of):
    assert "Remove Cohort secret?" in lead.get("/lead/cohorts/secret/remove").text
    assert cohort("secret")
    assert lead.submit("/lead/cohorts/secret/remove").status_code == 302
    assert cohort("secret") is None
    assert event_of("Not announced") is None


def test_a_cohort_with_people_stays(lead, cohort):
    assert "cannot be removed" in lead.get("/lead/cohorts/spring/remove").text
    token_from = "/lead/cohorts/secret/remove"
    assert lead.submit("/lead/cohorts/spring/remove", page=token_from).status_code == 409
    assert cohort("spring")


# -- dates -------------------------------------------------------------------------------------------------------------


def test_a_date_is_entered_and_shown_in_london_time(lead, look, cohort):
    lead.submit("/lead/cohorts/autumn/dates/new", DATE)
    autumn = cohort("autumn")
    event = look(lambda: db.session.scalars(db.select(CohortEvent).filter_by(cohort_id=autumn.id)).one())
    assert event.starts_at == datetime(2031, 6, 4, 7, 45, tzinfo=UTC)
    assert event.ends_at == datetime(2031, 6, 4, 15, 30, tzinfo=UTC)
    assert (event.title, event.sequence) == ("Workshop one", 0)
    assert "Wednesday 4 June 2031, 8:45am to 4:30pm" in lead.get("/lead/cohorts").text
    shown = lead.get(f"/lead/cohorts/autumn/dates/{event.id}").text
    assert 'value="8:45am"' in shown
    assert 'value="4:30pm"' in shown


def test_a_change_raises_the_sequence_and_no_change_does_not(lead, event_of):
    before = event_of("Workshop one")
    address = f"/lead/cohorts/spring/dates/{before.id}"
    same = DATE | {"title": "Workshop one", "day-day": "6", "day-month": "March", "starts": "08:45", "ends": "16:45"}
    assert lead.submit(address, same).status_code == 302
    assert event_of("Workshop one").sequence == 0
    lead.submit(address, same | {"venue": "The other hall"})
    after = event_of("Workshop one")
    assert (after.sequence, after.uid, after.venue) == (1, before.uid, "The other hall")


def test_a_date_is_removed_after_a_question(lead, event_of):
    address = f"/lead/cohorts/spring/dates/{event_of('Workshop two').id}/remove"
    assert "keep it there: please tell them" in lead.get(address).text
    assert event_of("Workshop two")
    lead.submit(address)
    assert event_of("Workshop two") is None


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"kind": ""}, "Choose what it is"),
        ({"day-day": ""}, "must include a day"),
        ({"day-day": "31"}, "must be a real date"),
        ({"day-year": "31"}, "four digits"),
        ({"starts": ""}, "Enter when it starts"),
        ({"starts": "quarter to nine"}, "Enter a time like 8:45am"),
        ({"ends": "25:00"}, "Enter a real time"),
        ({"ends": "8:45am"}, "The end must be later than the start"),
        ({"ends": "8am"}, "The end must be later than the start"),
        ({"venue": "x" * 201}, "Keep it to 200 characters"),
        ({"day-day": "30", "day-month": "3", "starts": "1:30am"}, "The clocks go forward in that hour"),
    ],
)
def test_an_impossible_date_gets_a_sentence(lead, look, cohort, changed, sentence):
    refused = lead.submit("/lead/cohorts/autumn/dates/new", DATE | changed)
    assert refused.status_code == 422
    assert sentence in refused.text
    autumn = cohort("autumn")
    assert look(lambda: db.session.scalars(db.select(CohortEvent).filter_by(cohort_id=autumn.id)).all()) == []
