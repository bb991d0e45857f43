"""Revealing an alias: two people, a reason, a notice; nobody about themselves, and nobody alone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.accounts.models import Member
from app.accounts.rules import Role
from app.core import clock
from app.core.audit import AuditEvent
from app.core.db import db, transaction
from app.moderation.aliases import operations, seams
from app.moderation.aliases.models import RevealRequest
from app.moderation.aliases.operations import NothingMaskedError, NotTheirsError, NotWaitingError
from app.moderation.aliases.rules import RevealReason, RevealState
from app.moderation.aliases.seams import Masked
from app.notifications.models import Notification
from tests.people import grant

NEW = "/moderation/reveals/new/note/1"
ASKED = {"reason": "harm", "why": "Ring the ward they are on.", "not_about_me": "y"}


@pytest.fixture
def notes(app, people):
    """What stands under aliases: note 1 of the owner, about nobody."""
    kept = {
        1: Masked(
            programme_id=people.programme_id, author_id=people.owner.id, shown_as="Heron", where="Quiet corner",
            path="/home",
        )
    }  # fmt: skip
    seams.register(app, "note", kept.get)
    return kept


@pytest.fixture
def second(app, people):
    """The outsider moderates, too."""
    with app.app_context(), transaction():
        grant(people.outsider.id, people.programme_id, Role.MODERATOR)
    return people.outsider


def asked(app, people, by=None, why="Ring them."):
    by = by or people.moderator
    with app.app_context(), transaction():
        return operations.ask("note", 1, by.member, people.programme_id, RevealReason.HARM, why)


def trail(app):
    with app.app_context():
        return list(db.session.scalars(select(AuditEvent.action).where(AuditEvent.subject_type == "reveal")))


def test_two_people_reveal_it_and_the_author_is_told(app, people, notes, client_for):
    first, second, author = (client_for(who.email) for who in (people.moderator, people.lead, people.owner))
    page = first.submit(NEW, ASKED)
    assert page.status_code == 303
    shown = first.get(page.location)
    assert "Olu" not in shown.text
    assert "Refuse" not in shown.text
    assert author.get("/me/aliases/1").status_code == 404
    assert "Ring the ward" in second.get(page.location).text
    assert second.submit(page.location, {"not_about_me": "y"}).status_code == 303
    for client in (first, second):
        assert "Olu Owner" in client.get(page.location).text
    assert "Two moderators know who wrote this" in author.get("/me/aliases/1").text
    assert "Ring the ward" not in author.get("/me/aliases/1").text
    assert trail(app) == ["ask_reveal", "reveal_alias", "see_revealed", "see_revealed"]
    with app.app_context():
        told = {row.member_id: row for row in db.session.scalars(select(Notification))}
        assert set(told) == {people.lead.id, people.owner.id}
        assert "Heron" not in told[people.owner.id].subject
        log = str([event.detail for event in db.session.scalars(select(AuditEvent))])
        assert "Ring" not in log
        assert "Olu" not in log


def test_the_name_is_shown_to_these_two_for_a_day(app, people, notes, second, client_for):
    number = asked(app, people)
    with app.app_context(), transaction():
        operations.reveal(number, people.lead.member)
    third = client_for(second.email).get(f"/moderation/reveals/{number}").text
    assert "Revealed" in third
    assert "Olu" not in third
    first = client_for(people.moderator.email)
    with app.app_context():
        two_days_ago = clock.now() - timedelta(hours=25)
    with app.app_context(), transaction():
        db.session.get_one(RevealRequest, number).answered_at = two_days_ago
    assert "Olu" not in first.get(f"/moderation/reveals/{number}").text


def test_nobody_reveals_alone(app, people, notes, client_for):
    number = asked(app, people)
    first = client_for(people.moderator.email)
    page = f"/moderation/reveals/{number}"
    assert first.submit(page, {"not_about_me": "y"}).status_code == 303
    assert first.submit(f"{page}/refuse", page=page).status_code == 303
    assert "Olu" not in first.get(page).text
    with app.app_context(), pytest.raises(NotTheirsError), transaction():
        operations.reveal(number, people.moderator.member)


@pytest.mark.parametrize("part", ["author", "about"])
def test_nobody_has_a_part_in_revealing_what_is_by_or_about_them(app, people, notes, second, client_for, part):
    masked = notes[1]
    notes[1] = Masked(
        programme_id=masked.programme_id, shown_as="Heron", where="Quiet corner", path="/home",
        author_id=second.id if part == "author" else people.owner.id,
        about_ids=frozenset({second.id}) if part == "about" else frozenset(),
    )  # fmt: skip
    theirs = client_for(second.email)
    assert theirs.get(NEW).status_code == 404
    number = asked(app, people)
    assert theirs.get(f"/moderation/reveals/{number}").status_code == 404
    assert "Heron" not in theirs.get("/moderation/reveals").text
    with app.app_context(), pytest.raises(NotTheirsError), transaction():
        operations.reveal(number, second.member)
    with app.app_context(), pytest.raises(NothingMaskedError), transaction():
        operations.ask("note", 1, second.member, people.programme_id, RevealReason.LAW, "x")
    with app.app_context():
        told = set(db.session.scalars(select(Notification.member_id).where(Notification.kind == "reveal_asked")))
        assert told == {people.lead.id}


def test_who_came_to_be_named_meanwhile_cannot_agree(app, people, notes):
    number = asked(app, people)
    notes[1] = Masked(
        **{
            **{name: getattr(notes[1], name) for name in ("programme_id", "author_id", "shown_as", "where", "path")},
            "about_ids": frozenset({people.lead.id}),
        }
    )
    with app.app_context(), pytest.raises(NotTheirsError), transaction():
        operations.reveal(number, people.lead.member)


def test_a_first_person_who_no_longer_moderates_reveals_nothing(app, people, notes):
    number = asked(app, people)
    with app.app_context(), transaction():
        db.session.get_one(Member, people.moderator.id).suspended_until = clock.now() + timedelta(days=1)
    with app.app_context(), pytest.raises(NotTheirsError), transaction():
        operations.reveal(number, people.lead.member)


def test_a_request_lapses(app, people, notes, client_for):
    number = asked(app, people)
    with app.app_context(), clock.frozen(clock.now() + timedelta(days=4)):
        with pytest.raises(NotWaitingError), transaction():
            operations.reveal(number, people.lead.member)
        with transaction():
            operations.lapse()
        assert db.session.get_one(RevealRequest, number).state is RevealState.LAPSED
    assert asked(app, people) != number
    assert "lapse_reveal" in trail(app)


def test_refused_and_withdrawn_requests_reveal_nothing(app, people, notes, client_for):
    first, second = client_for(people.moderator.email), client_for(people.lead.email)
    page = f"/moderation/reveals/{asked(app, people)}"
    assert second.submit(f"{page}/withdraw", page=page).status_code == 303
    assert second.submit(f"{page}/refuse", page=page).status_code == 303
    assert "Refused" in first.get(page).text
    again = f"/moderation/reveals/{asked(app, people)}"
    assert first.submit(f"{again}/withdraw", page=again).status_code == 303
    assert "Withdrawn" in second.get(again).text
    assert "Olu" not in second.get(again).text


@pytest.mark.parametrize("who", ["owner", "peer", "suspended", "facilitator", "stranger", "other_lead", None])
def test_nobody_else_sees_anything(app, people, notes, client_for, anonymous, who):
    number = asked(app, people)
    client = client_for(getattr(people, who).email) if who else anonymous
    codes = {client.get(path).status_code for path in (NEW, f"/moderation/reveals/{number}", "/me/aliases/1")}
    assert codes <= {302, 403, 404}


def test_a_password_typed_long_ago_is_asked_for_again(app, people, notes, client_for):
    number = asked(app, people)
    second = client_for(people.lead.email)
    page = f"/moderation/reveals/{number}"
    token = second.get(page)
    assert token.status_code == 200
    with second.session_transaction() as session:
        session["fs_paa"] -= 3_600
        session.pop("fs_gexp", None)
    answer = second.submit(page, {"not_about_me": "y"})
    assert "/verify" in answer.location
    assert "/verify" in second.get(NEW).location
    with app.app_context():
        assert db.session.get_one(RevealRequest, number).state is RevealState.ASKED


@pytest.mark.both_databases
def test_of_two_who_answer_at_once_one_wins(app, people, notes, second):
    number = asked(app, people)

    def answer(step_and_id):
        step, member_id = step_and_id
        with app.app_context():
            try:
                with transaction():
                    step(number, db.session.get_one(Member, member_id))
            except NotWaitingError:
                return "late"
            return "won"

    with ThreadPoolExecutor(2) as pool:
        steps = [(operations.reveal, people.lead.id), (operations.refuse, second.id)]
        assert sorted(pool.map(answer, steps)) == ["late", "won"]


def test_asking_twice_leads_to_the_one_request(app, people, notes, second):
    assert asked(app, people) == asked(app, people, second)


def test_forms_ask_for_what_is_missing(people, notes, client_for):
    page = client_for(people.moderator.email).submit(NEW, {"reason": "harm"})
    assert page.status_code == 422
    assert "Say what you would do with the name" in page.text
    assert "Confirm that this is not about you" in page.text


def test_the_list_says_when_there_is_nothing(people, notes, client_for):
    assert "Nobody has asked" in client_for(people.lead.email).get("/moderation/reveals").text
