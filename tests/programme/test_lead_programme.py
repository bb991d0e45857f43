"""Leads say what their programme is called, whom it is for and what it asks."""

import pytest

from app.core.db import db
from app.programme.models import Programme

FORM = {
    "name": "A new name",
    "short_name": "New",
    "team_name": "The new team",
    "contact_email": "new@here.example",
    "area": "A new area",
    "wider_area": "",
    "logo": "",
    "contact_hours": "10",
    "set_hours": "8",
    "workbook_hours": "40",
    "workbook_hours_a_week": "2.5",
    "sets": "5",
    "set_minutes": "80",
    "places": "77",
    "cohorts": "4",
    "cohort_min": "10",
    "cohort_max": "18",
}


@pytest.fixture
def lead(site, client_for):
    return client_for(site.lead.email)


@pytest.fixture
def programme(site, look):
    return lambda: look(lambda: db.session.get_one(Programme, site.programme_id))


@pytest.mark.parametrize("who", ["owner", "suspended", "facilitator", "moderator", "sponsor"])
def test_nobody_but_leads_comes_in(site, client_for, who):
    assert client_for(getattr(site, who).email).get("/lead/programme").status_code == 403


def test_what_is_saved_changes_every_page_that_names_it(lead, anonymous, programme):
    assert "There are 100 places." in anonymous.get("/programme").text
    assert lead.submit("/lead/programme", FORM).status_code == 302
    assert "There are 77 places." in anonymous.get("/programme").text
    assert "mailto:new@here.example" in anonymous.get("/apply").text
    assert "A new name" in anonymous.get("/role").text
    assert (programme().targets.cohort_min, programme().targets.workbook_hours_a_week) == (10, "2.5")


def test_the_other_programme_stays_as_it_is(site, lead, anonymous, look):
    lead.submit("/lead/programme", FORM)
    assert "There are 100 places." in anonymous.get("/programmes/elsewhere/programme").text
    assert look(lambda: db.session.get_one(Programme, site.other_programme_id).name) == "Programme elsewhere"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "Enter the name of the programme"),
        ({"contact_email": "nobody"}, "Enter an email address like"),
        ({"places": "many"}, "Enter a whole number, like 6"),
        ({"places": ""}, "Enter a whole number"),
        ({"places": "0"}, "Enter a number from 1 to 999"),
        ({"sets": "-3"}, "Enter a number from 1 to 999"),
        ({"workbook_hours_a_week": "two"}, "Enter hours with one decimal at most"),
        ({"workbook_hours_a_week": "2.55"}, "Enter hours with one decimal at most"),
        ({"cohort_min": "20", "cohort_max": "12"}, "The most people cannot be fewer than the fewest"),
        ({"logo": "../../etc/passwd"}, "Not a valid choice"),
    ],
)
def test_bad_input_gets_a_sentence(lead, programme, changed, sentence):
    refused = lead.submit("/lead/programme", FORM | changed)
    assert refused.status_code == 422
    assert sentence in refused.text
    assert programme().name == "Programme here"
