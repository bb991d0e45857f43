"""Where people can turn: for everybody, the urgent first, with links that dial."""

import re

import pytest

from app.core.db import db, transaction
from app.signposting.kinds import PhoneKind
from app.signposting.models import ServicePhone, SupportService
from app.signposting.queries import services_by_slug

SERVICES = (
    {"slug": "union", "name": "Your union", "summary": "Advises you.", "needs_checking": True},
    {"slug": "samaritans", "name": "Samaritans", "summary": "Listen.", "urgent": True},
    {"slug": "shout", "name": "Shout", "summary": "Text.", "urgent": True},
    {"slug": "acas", "name": "Acas", "summary": "Rights.", "url": "https://acas.example/"},
)
PHONES = {
    "samaritans": [{"number": "116 123"}],
    "shout": [{"kind": PhoneKind.TEXT, "number": "85258", "label": "Text SHOUT to 85258"}],
    "acas": [{"number": "0300 123 1100"}],
}


@pytest.fixture
def services(app, people):
    with app.app_context(), transaction():
        for position, service in enumerate(SERVICES):
            phones = [ServicePhone(**phone) for phone in PHONES.get(service["slug"], ())]
            db.session.add(SupportService(**{"needs_checking": False, **service}, position=position, phones=phones))
        local = {
            "slug": "far-line",
            "name": "Far line",
            "summary": "Far away.",
            "programme_id": people.other_programme_id,
        }
        db.session.add(SupportService(**local))
    return people


@pytest.fixture
def shown(services, anonymous):
    return anonymous.get("/support").text


def test_urgent_services_stand_first(shown):
    names = re.findall(r"app-service__name\">([^<]+)", shown)
    assert names == ["Samaritans", "Shout", "Your union", "Acas"]


def test_numbers_dial_as_they_are(shown):
    assert 'href="tel:116123">116 123</a>' in shown
    assert 'href="sms:85258">Text SHOUT to 85258</a>' in shown
    assert 'href="tel:03001231100">0300 123 1100</a>' in shown
    assert "tel:+44" not in shown


def test_what_has_to_be_checked_says_so(shown):
    assert shown.count("This entry needs checking by the team.") == 1


def test_what_holds_for_every_entry_is_said_once(services, app, anonymous):
    with app.app_context(), transaction():
        db.session.execute(db.update(SupportService).values(needs_checking=True))
    shown = anonymous.get("/support").text
    assert "Every entry here needs checking by the team" in shown
    assert "This entry needs checking" not in shown


def test_it_gives_nobody_away(shown):
    assert re.search(r"<title>\s*Support\s*</title>", shown)
    assert "Leave this page" in shown
    assert 'rel="nofollow noreferrer"' in shown


@pytest.mark.parametrize("who", ["owner", "suspended", "lead", "moderator"])
def test_it_is_there_for_everybody(services, client_for, who):
    assert client_for(getattr(services, who).email).get("/support").status_code == 200


def test_local_services_are_for_the_people_of_their_programme(services, client_for, shown):
    assert "Far line" not in shown
    assert "Far line" not in client_for(services.owner.email).get("/support").text
    assert "Far line" in client_for(services.stranger.email).get("/support").text


def test_an_empty_directory_still_leads_to_somebody(anonymous):
    assert 'href="tel:116123"' in anonymous.get("/support").text


def test_hostile_entries_are_harmless(app, people, anonymous):
    with app.app_context(), transaction():
        words = "<script>alert(1)</script>"
        phones = [ServicePhone(number=words[:40]), ServicePhone(kind=PhoneKind.TEXT, number="1", label=words)]
        db.session.add(SupportService(slug="x", name=words, summary=words, alert=words, phones=phones))
    main = anonymous.get("/support").text.partition("<main")[2].partition("</main>")[0]
    assert "<script" not in main
    assert "&lt;script&gt;" in main


def test_services_are_found_by_slug_urgent_first_then_as_named(services, app):
    with app.app_context():
        found = services_by_slug(["acas", "shout", "nobody", "union", "samaritans", "acas"])
        assert [service.slug for service in found] == ["shout", "samaritans", "acas", "union"]
        assert services_by_slug([]) == []
        assert services_by_slug(iter(["nobody"])) == []
