"""/moderation/risks: rows that change, records that never do."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.core import clock
from app.core.audit import AuditEvent
from app.core.db import db, transaction
from app.moderation.law.models import Risk, RiskRecord
from app.moderation.law.operations import assessing
from app.moderation.law.operations.assessing import Assessed, ChangedElsewhereError
from app.moderation.law.rules import USUAL_HARMS, Level, Occasion
from app.notifications.models import Notification

RISKS = "/moderation/risks"
FULL = {"harm": "Hate", "likelihood": "low", "impact": "high", "measures": "Rules", "owner": "Lead moderator"}


@pytest.fixture
def moderator(client_for, people):
    return client_for(people.moderator.email)


@pytest.fixture
def risk_id(app, people):
    with app.app_context(), transaction():
        assessed = Assessed(harm="Hate", likelihood=Level.LOW, impact=Level.HIGH)
        return assessing.add(people.programme_id, assessed, by_id=people.lead.id).id


def kept(people, occasion=Occasion.FIRST):
    with transaction():
        return assessing.keep(people.programme_id, occasion, "", by_id=people.lead.id).id


@pytest.mark.parametrize(
    ("who", "status"),
    [
        *(("owner", 403), ("peer", 403), ("outsider", 403), ("suspended", 403), ("facilitator", 403), ("author", 403)),
        *(("stranger", 403), ("moderator", 200), ("lead", 200)),
    ],
)
def test_who_assesses(app, client_for, people, risk_id, who, status):
    with app.app_context():
        kept(people)
    browser = client_for(getattr(people, who).email)
    for address in (RISKS, f"{RISKS}/new", f"{RISKS}/{risk_id}", f"{RISKS}/records/1"):
        assert browser.get(address).status_code == status
    if status == 403:
        for address in (f"{RISKS}/new", f"{RISKS}/{risk_id}", f"{RISKS}/{risk_id}/remove", f"{RISKS}/keep"):
            assert browser.submit(address, FULL, page="/").status_code == 403


def test_another_programme_sees_nothing(app, client_for, people, risk_id):
    with app.app_context():
        kept(people)
    theirs = client_for(people.other_lead.email)
    assert "Hate" not in theirs.get(RISKS).text
    for address in (f"{RISKS}/{risk_id}", f"{RISKS}/records/1"):
        assert theirs.get(address).status_code == 404
    assert theirs.submit(f"{RISKS}/{risk_id}/remove", {}, page=RISKS).status_code == 404


def test_one_begins_with_the_usual_harms_once(app, moderator, people):
    for _ in range(2):
        assert moderator.submit(f"{RISKS}/begin", {}, page=RISKS).status_code == 303
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Risk)) == len(USUAL_HARMS)
    answer = moderator.submit(f"{RISKS}/keep", {"occasion": "first"}, page=RISKS)
    assert answer.status_code == 422
    assert "Not assessed yet: Harassment" in answer.text


def test_a_risk_is_added_changed_kept_and_removed_and_the_record_stays(app, moderator, people):
    assert moderator.submit(f"{RISKS}/new", FULL).status_code == 303
    with app.app_context():
        risk_id = db.session.scalars(select(Risk.id)).one()
    address = f"{RISKS}/{risk_id}"
    changed = FULL | {"harm": "Hate speech", "seen_version": "1"}
    assert moderator.submit(address, changed).status_code == 303
    sent = moderator.submit(f"{RISKS}/keep", {"occasion": "change", "note": "New rooms"}, page=RISKS)
    assert sent.status_code == 303
    assert moderator.submit(f"{address}/remove", {}, page=address).status_code == 303
    page = moderator.get(sent.location).text
    for words in ("Hate speech", "New rooms", "Before a significant change", "Mo Moderator"):
        assert words in page
    assert "was changed since version 1" in moderator.get(RISKS).text
    with app.app_context():
        actions = db.session.scalars(
            select(AuditEvent.action)
            .where(AuditEvent.subject_type.in_(["risk", "risk_record"]))
            .order_by(AuditEvent.id)
        ).all()
    assert actions == ["add_risk", "change_risk", "keep_risk_record", "remove_risk"]


def test_two_who_change_a_risk_at_once_never_write_over_each_other(app, moderator, people, risk_id):
    address = f"{RISKS}/{risk_id}"
    assert moderator.submit(address, FULL | {"harm": "One", "seen_version": "1"}).status_code == 303
    late = moderator.submit(address, FULL | {"harm": "Two", "seen_version": "1"})
    assert late.status_code == 409
    assert 'value="Two"' in late.text
    with app.app_context():
        assert db.session.get_one(Risk, risk_id).harm == "One"


@pytest.mark.both_databases
def test_a_change_compares_the_version_in_the_database(app, people, risk_id):
    with app.app_context():
        with transaction():
            row = db.session.get_one(Risk, risk_id)
            assessing.change(row, Assessed(harm="One"), 1, by_id=people.lead.id)
            assert (row.harm, row.version) == ("One", 2)
        with pytest.raises(ChangedElsewhereError), transaction():
            assessing.change(db.session.get_one(Risk, risk_id), Assessed(harm="Two"), 1, by_id=people.lead.id)


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({}, "Enter what could happen"),
        ({"harm": "Hate"}, "Choose how likely it is"),
        ({"harm": "Hate", "likelihood": "low"}, "Choose how bad it would be"),
        ({"harm": "x" * 121, "likelihood": "low", "impact": "low"}, "Use 120 characters or fewer"),
    ],
)
def test_what_is_missing_is_said(moderator, form, sentence):
    answer = moderator.submit(f"{RISKS}/new", form)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_moderators_and_leads_are_reminded_once_and_once_more_when_it_is_overdue(app, people, risk_id):
    with app.app_context():
        record_id = kept(people)
        due = db.session.get_one(RiskRecord, record_id).review_on
        told = []
        for days in (-31, -30, -29, 0, 1, 2):
            with transaction():
                assessing.remind(due + timedelta(days=days))
            told.append(db.session.scalar(select(func.count()).select_from(Notification)))
        who = set(db.session.scalars(select(Notification.member_id)))
    assert told == [0, 2, 2, 2, 4, 4]
    assert who == {people.moderator.id, people.lead.id}


def test_only_the_newest_record_counts(app, people, risk_id):
    with app.app_context():
        kept(people)
        with clock.frozen(clock.now() + timedelta(days=300)):
            kept(people, Occasion.CHANGE)
        with transaction():
            assessing.remind(clock.now().date() + timedelta(days=360))
        assert db.session.scalar(select(func.count()).select_from(Notification)) == 0
