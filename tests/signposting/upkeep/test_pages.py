"""Keeping the directory through its pages: who may, what changes, and that it can be put back."""

import io
import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.accounts.models import Organisation
from app.core import clock, outbox
from app.core.audit import AuditEvent
from app.core.db import db, transaction
from app.notifications.models import Notification
from app.signposting.kinds import ServiceState, Template
from app.signposting.models import ServiceContact, SupportService
from app.signposting.openreferral.operations.feeds import TEAM
from app.signposting.openreferral.operations.keeping import new_service
from app.signposting.operations.gaps import count_nothing_found
from app.signposting.operations.indexing import index_all
from app.signposting.upkeep import jobs
from app.signposting.upkeep.models import ImportBatch, ServiceVersion, Suggestion
from app.signposting.upkeep.operations.editing import today
from app.signposting.upkeep.queries import entries
from tests.signposting.openreferral import directory
from tests.signposting.upkeep.dirty import TEXT

HOME = "/lead/directory"
PAGES = ["", "/new", "/imports", "/faults", "/gaps", "/suggestions", "/organisations", "/export.csv"]
FORM = {"reach": "national", "bank_holidays": "open", "free": "", "confidential": "", "save": "1"}


@pytest.fixture
def places(app, people):
    """Ids: one shared by all, one of this programme, one of the other."""
    with app.app_context(), transaction():
        made = {}
        for number, (name, programme) in enumerate(
            [("shared", None), ("mine", people.programme_id), ("theirs", people.other_programme_id)], 1
        ):
            listing = directory.listing(number, name=f"Service {name}")
            made[name] = new_service(listing, TEAM, "", programme_id=programme).id
        index_all()
        return made


@pytest.fixture
def lead(client_for, people):
    return client_for(people.lead.email)


def row(app, service_id):
    with app.app_context():
        found = db.session.get(SupportService, service_id)
        db.session.expunge(found) if found else None
        return found


@pytest.mark.parametrize("who", ["owner", "peer", "facilitator", "moderator", "author", "sponsor", "suspended"])
def test_only_leads_come_in(client_for, people, places, who):
    browser = client_for(getattr(people, who).email)
    for page in (*PAGES, f"/{places['mine']}", f"/{places['mine']}/edit"):
        assert browser.get(HOME + page).status_code == 403


def test_whoever_has_not_signed_in_is_asked_to(anonymous, places):
    for page in PAGES:
        answer = anonymous.get(HOME + page)
        assert (answer.status_code, "/login" in answer.headers["Location"]) == (302, True)


def test_every_page_is_there_for_leads_and_another_programme_s_entries_are_not(lead, places):
    for page in PAGES:
        assert lead.get(HOME + page).status_code == 200
    for below in ("", "/edit", "/state", "/history", "/history/1"):
        assert lead.get(f"{HOME}/{places['theirs']}{below}").status_code == 404
    listed = lead.get(HOME).text
    assert "Service mine" in listed
    assert "Service shared" in listed
    assert "Service theirs" not in listed
    assert lead.get(f"{HOME}/export.zip").status_code == 404


def test_checked_today_takes_an_entry_off_the_overdue_list(app, lead, people, places):
    assert "Service mine" in lead.get(f"{HOME}?show=overdue").text
    answer = lead.submit(f"{HOME}/{places['mine']}/check", {"from": "list"}, page=HOME)
    assert answer.status_code == 303
    assert "Service mine</a>" not in lead.get(f"{HOME}?show=overdue").text
    kept = row(app, places["mine"])
    assert not kept.needs_checking
    with app.app_context():
        assert kept.checked_on == today()
        assert kept.next_check_on == today() + timedelta(days=182)
        changes = db.session.scalars(select(ServiceVersion.change).order_by(ServiceVersion.id)).all()
        assert changes == ["added", "checked"]
        assert db.session.scalar(select(AuditEvent.actor_id).where(AuditEvent.action == "service_checked"))


def test_editing_with_preview_history_and_putting_back(app, lead, people, places):
    at = f"{HOME}/{places['mine']}"
    said = {
        **FORM,
        "name": "Night line",
        "summary": "Listens at night",
        "description": "More **about** it",
        "phones": "call 0300 123 1100: At night\ntext 85258",
        "hours": "Monday to Friday 9pm to 7am",
        "needs": ["sleep"],
        "ways": ["call", "text"],
        "contact_name": "Ann Persona",
        "why": "They moved",
        "version": "1",
    }
    previewed = lead.submit(f"{at}/edit", {**said, "save": "", "preview": "1"})
    assert "It is not saved yet" in previewed.text
    assert "Listens at night" in previewed.text
    assert row(app, places["mine"]).name == "Service mine"
    assert lead.submit(f"{at}/edit", said).status_code == 303
    shown = lead.get(at).text
    assert "0300 123 1100" in shown
    assert "Ann Persona" in shown
    assert lead.submit(f"{at}/edit", {**said, "version": "1"}).status_code == 409
    told = lead.get(f"{at}/history").text
    assert "They moved" in told
    assert people.lead.name in told
    assert lead.submit(f"{at}/history/1", {"version": "2"}).status_code == 303
    assert row(app, places["mine"]).name == "Service mine"
    with app.app_context():
        assert "Ann" not in json.dumps(db.session.scalars(select(ServiceVersion.document)).all())
        assert db.session.scalar(select(ServiceContact.name)) == "Ann Persona"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"phones": "0808 800330"}, "was a digit lost?"),
        ({"hours": "sometimes"}, "Monday to Friday 9am to 5pm"),
        ({"url": "javascript:alert(1)"}, "begins with https://"),
        ({"postcode": "LE"}, "whole postcode"),
        ({"email": "nobody"}, "email address"),
        ({"name": ""}, "Enter a name"),
    ],
)
def test_what_would_mislead_is_refused(lead, places, wrong, said):
    answer = lead.submit(f"{HOME}/{places['mine']}/edit", {**FORM, "name": "x", "version": "1", **wrong})
    assert answer.status_code == 422
    assert said in answer.text


def test_a_new_entry_is_of_the_programme(app, lead, people, anonymous):
    answer = lead.submit(f"{HOME}/new", {**FORM, "name": "Tea round", "summary": "Tea", "phones": "111"})
    assert answer.status_code == 303
    kept = row(app, int(answer.headers["Location"].rpartition("/")[2]))
    assert (kept.programme_id, kept.state, kept.version) == (people.programme_id, ServiceState.PUBLISHED, 1)


def test_hidden_entries_are_not_public_any_more(app, lead, anonymous, places):
    uuid = row(app, places["mine"]).uuid
    assert anonymous.get(f"/openreferral/v3/services/{uuid}").status_code == 200
    lead.submit(f"{HOME}/{places['mine']}/state", {"state": "hidden", "why": "Nobody answers"})
    assert anonymous.get(f"/openreferral/v3/services/{uuid}").status_code == 404
    assert lead.submit(f"{HOME}/{places['mine']}/state", {"state": "hidden"}).status_code == 422


def test_an_organisation_gets_its_own_entry(app, lead, people):
    with app.app_context(), transaction():
        new_service(directory.listing(9, name="Guardian", terms=()), TEAM, "", template=Template.GUARDIAN)
    at = f"{HOME}/organisations/{people.organisation_id}/guardian"
    assert "fill it in" in lead.get(f"{HOME}/organisations").text
    filled = {**FORM, "reach": "organisation", "name": "Our guardian", "phones": "0116 295 0750"}
    assert lead.submit(at, filled).status_code == 303
    with app.app_context():
        own = db.session.scalars(select(SupportService).where(SupportService.organisation_id.is_not(None))).one()
        assert (own.template, own.name) == (Template.GUARDIAN, "Our guardian")
    assert lead.get(at).status_code == 302
    assert lead.get(f"{HOME}/organisations/999/guardian").status_code == 404
    assert lead.get(f"{HOME}/organisations/{people.organisation_id}/nothing").status_code == 404


def test_the_organisation_of_another_programme_is_out_of_reach(app, client_for, people):
    with app.app_context():
        assert db.session.get(Organisation, people.organisation_id)
    other = client_for(people.other_lead.email)
    assert other.get(f"{HOME}/organisations/{people.organisation_id}/guardian").status_code == 404


def test_an_import_is_looked_at_kept_and_undone(app, lead, client_for, people):
    sent = {"name": "Council", "publish": "yes", "submit": "1", "file": (io.BytesIO(TEXT.encode()), "feed.json")}
    at = lead.submit(f"{HOME}/imports", sent).headers["Location"]
    with app.app_context():
        outbox.sweep()
    looked = lead.get(at).text
    assert "4 new" in looked
    assert "was a digit lost?" in looked
    assert client_for(people.other_lead.email).get(at).status_code == 404
    lead.submit(f"{at}/keep", page=at)
    with app.app_context():
        outbox.sweep()
    assert "4 imported" in lead.get(at).text
    with app.app_context():
        programmes = db.session.scalars(select(SupportService.programme_id)).all()
        assert programmes == [people.programme_id] * 4
    lead.submit(f"{at}/undo", page=at)
    with app.app_context():
        outbox.sweep()
        assert db.session.scalar(select(func.count()).select_from(SupportService)) == 0
    assert "Undone" in lead.get(at).text


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choose a file"),
        ({"url": "ftp://example.org"}, "begins with https://"),
        ({"file": (io.BytesIO(b"\xff\xfe\x00"), "x.csv")}, "no text in UTF-8"),
    ],
)
def test_an_import_of_nothing_is_refused(lead, sent, said):
    answer = lead.submit(f"{HOME}/imports", {"name": "x", "publish": "no", **sent})
    assert (answer.status_code, said in answer.text) == (422, True)


def test_a_feed_in_a_private_network_is_not_asked(app, lead):
    at = lead.submit(f"{HOME}/imports", {"name": "x", "publish": "no", "url": "http://127.0.0.1/"}).headers["Location"]
    with app.app_context():
        outbox.sweep()
        assert db.session.scalars(select(ImportBatch.stage)).one() == "failed"
    assert "private network" in lead.get(at).text


def test_a_suggestion_reaches_the_team_of_the_member_and_nobody_else(app, lead, client_for, people, places, anonymous):
    member = client_for(people.owner.email)
    slug = row(app, places["shared"]).slug
    assert anonymous.get(f"/support/{slug}/suggest").status_code == 302
    assert client_for(people.suspended.email).get(f"/support/{slug}/suggest").status_code == 403
    assert member.submit(f"/support/{slug}/suggest", {"words": " "}).status_code == 422
    assert member.submit(f"/support/{slug}/suggest", {"words": "It <b>rings</b> out"}).status_code == 303
    assert "It rings out" in lead.get(f"{HOME}/suggestions").text
    other = client_for(people.other_lead.email)
    assert "rings" not in other.get(f"{HOME}/suggestions").text
    with app.app_context():
        suggestion_id = db.session.scalars(select(Suggestion.id)).one()
    assert other.submit(f"{HOME}/suggestions/{suggestion_id}", {"verdict": "done"}, page="/me").status_code == 404
    assert (
        lead.submit(f"{HOME}/suggestions/{suggestion_id}", {"verdict": "done"}, page=HOME + "/suggestions").status_code
        == 303
    )
    assert "It rings out" not in lead.get(f"{HOME}/suggestions").text


@pytest.mark.both_databases
def test_the_night_hides_what_nobody_checked_and_alarms_about_crisis_lines(app, people, places):
    with app.app_context():
        long_ago = today() - timedelta(days=91)
        with transaction():
            for name, urgent in (("mine", False), ("shared", True)):
                service = db.session.get_one(SupportService, places[name])
                service.checked_on, service.next_check_on, service.urgent = None, long_ago, urgent
        jobs.tend_directory()
        jobs.tend_directory()
        states = {each.name: each.state for each in db.session.scalars(select(SupportService))}
        assert states["Service mine"] is ServiceState.HIDDEN
        assert states["Service shared"] is ServiceState.PUBLISHED
        told = db.session.scalars(select(Notification.member_id).where(Notification.kind == "directory_alarm")).all()
        assert sorted(told) == sorted([people.lead.id, people.other_lead.id])


def test_gaps_are_counted_by_need_and_shown(app, lead, people):
    with app.app_context(), transaction():
        count_nothing_found(people.programme_id, "sleep")
        count_nothing_found(people.programme_id, "sleep")
        count_nothing_found(people.programme_id, "what somebody typed")
    with app.app_context():
        assert entries.counts(people.programme_id, clock.london(clock.now()).date()).suggestions == 0
    shown = lead.get(f"{HOME}/gaps").text
    assert '<td class="nhsuk-table__cell">2</td>' in shown
    assert "typed" not in shown
