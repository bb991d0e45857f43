"""Nobody's story is shown without them: each person in it is asked, and may take their answer back."""

import pytest
from sqlalchemy import delete, select, text

from app.accounts.models import Member
from app.catchups.slots.rules import SlotKind
from app.core.audit import AuditEvent
from app.core.db import db, transaction
from app.core.outbox import OutboxMessage
from app.notifications.models import Notification
from tests.catchups.slots.line import a_slot

STORY = "The day I said something in the staff room."


@pytest.fixture
def event(app, people):
    """The address of an event for sharing learning."""
    with app.app_context():
        slot_id = a_slot(people.lead, people.programme_id, kind=SlotKind.SHARING, capacity=60, topic="Staff rooms")[0]
    return f"/catchups/{slot_id}"


@pytest.fixture
def lead(people, client_for):
    return client_for(people.lead.email)


@pytest.fixture
def story(event, lead, people):
    """A story with the owner and the peer in it; gives the event's address."""
    answer = write(lead, event, STORY, people.owner, people.peer)
    assert answer.status_code == 303
    return event


def write(browser, event, body, *people):
    addresses = "\r\n".join(person.email.upper() for person in people)
    return browser.submit(f"{event}/story", {"body": body, "people": addresses})


def answers(browser, event, button, **form):
    page = browser.get(f"{event}/story/mine").text
    version = page.partition('name="version" value="')[2].partition('"')[0]
    return browser.submit(f"{event}/story/mine", {button: "1", "version": version, **form})


@pytest.fixture
def owner(people, client_for):
    return client_for(people.owner.email)


@pytest.fixture
def peer(people, client_for):
    return client_for(people.peer.email)


@pytest.fixture
def reader(people, client_for):
    return client_for(people.outsider.email)


def test_everybody_in_it_is_asked_by_a_notice_of_their_own_that_says_nothing_of_it(app, story, people):
    with app.app_context():
        notices = db.session.scalars(select(Notification).where(Notification.kind == "story_consent")).all()
        assert {notice.member_id for notice in notices} == {people.owner.id, people.peer.id}
        assert {notice.path for notice in notices} == {f"{story}/story/mine"}
        said = [f"{notice.subject} {notice.body}" for notice in notices]
        said += [str(payload) for payload in db.session.scalars(select(OutboxMessage.payload))]
    assert not [words for words in said if "staff room" in words.lower()]


def test_it_is_shown_when_all_have_agreed_and_not_before(story, owner, peer, reader, lead):
    assert STORY not in reader.get(story).text
    answers(owner, story, "agree")
    assert STORY not in reader.get(story).text
    assert "Petra Peer: Not answered yet" in lead.get(f"{story}/story").text
    answers(peer, story, "agree")
    assert STORY in reader.get(story).text


def test_whoever_is_in_it_reads_it_first_and_nobody_else_does(story, owner, reader):
    assert STORY in owner.get(f"{story}/story/mine").text
    assert reader.get(f"{story}/story/mine").status_code == 404
    assert STORY not in owner.get(story).text


def test_a_no_or_a_change_of_mind_takes_it_away(story, owner, peer, reader):
    for browser in (owner, peer):
        answers(browser, story, "agree")
    answers(owner, story, "refuse")
    assert STORY not in reader.get(story).text
    answers(owner, story, "agree")
    assert STORY in reader.get(story).text


def test_other_words_are_asked_about_again(app, story, owner, peer, reader, lead, people):
    for browser in (owner, peer):
        answers(browser, story, "agree")
    write(lead, story, "Other words.", people.owner, people.peer)
    page = reader.get(story).text
    assert STORY not in page
    assert "Other words." not in page
    with app.app_context():
        asked = select(Notification.id).where(
            Notification.member_id == people.owner.id, Notification.kind == "story_consent"
        )
        assert len(db.session.scalars(asked).all()) == 2


def test_an_answer_to_words_that_changed_meanwhile_does_not_count(story, owner, peer, reader, lead, people):
    answers(peer, story, "agree")
    write(lead, story, "Other words.", people.owner)
    answer = answers(owner, story, "agree", version="1")
    assert "Please read it again" in owner.get(answer.location).text
    assert "Other words." not in reader.get(story).text


def test_one_more_person_is_asked_while_the_others_answers_stay(story, owner, peer, reader, lead, people, client_for):
    for browser in (owner, peer):
        answers(browser, story, "agree")
    write(lead, story, STORY, people.owner, people.peer, people.moderator)
    assert STORY not in reader.get(story).text
    answers(client_for(people.moderator.email), story, "agree")
    assert STORY in reader.get(story).text


def test_whoever_leaves_takes_their_consent_along(app, story, owner, peer, reader, lead, people):
    for browser in (owner, peer):
        answers(browser, story, "agree")
    with app.app_context(), transaction():
        db.session.execute(delete(Member).where(Member.id == people.peer.id))
    assert STORY not in reader.get(story).text
    assert "Somebody in it has left" in lead.get(f"{story}/story").text


def test_a_story_can_be_removed(story, lead, owner, reader):
    answer = lead.submit(f"{story}/story/remove", page=f"{story}/story")
    assert answer.status_code == 303
    assert owner.get(f"{story}/story/mine").status_code == 404


@pytest.mark.parametrize(
    ("body", "addresses", "words"),
    [
        ("", "olu@here.example", "Write the story"),
        (STORY, "", "Enter the email address of everybody"),
        (STORY, "olu@here.example\nnobody@here.example", "Nobody in this programme has the address nobody@here"),
        (STORY, "stan@elsewhere.example", "Nobody in this programme has the address stan@elsewhere"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(event, lead, body, addresses, words):
    answer = lead.submit(f"{event}/story", {"body": body, "people": addresses})
    assert answer.status_code == 422
    assert words in answer.text


def test_both_buttons_or_none_are_no_answer(story, owner):
    page = f"{story}/story/mine"
    for form in ({}, {"agree": "1", "refuse": "1"}):
        assert owner.submit(page, {"version": "1", **form}).status_code == 422


def test_only_leads_of_the_programme_write_stories_and_it_stays_on_record(app, event, people, client_for):
    for person, status in ((people.owner, 403), (people.moderator, 403), (people.other_lead, 404)):
        assert client_for(person.email).get(f"{event}/story").status_code == status
    browser = client_for(people.owner.email)
    assert browser.submit(f"{event}/story", {"body": STORY}, page="/catchups/new").status_code == 403
    write(client_for(people.lead.email), event, STORY, people.owner)
    with app.app_context():
        actions = db.session.scalars(select(AuditEvent.action).where(AuditEvent.actor_id == people.lead.id)).all()
    assert actions == ["offer_event", "write_story"]


def test_other_kinds_of_events_have_no_story(app, people, lead):
    with app.app_context():
        slot_id = a_slot(people.lead, people.programme_id, kind=SlotKind.CELEBRATION)[0]
    assert lead.get(f"/catchups/{slot_id}/story").status_code == 404


def test_somebody_who_helps_with_the_database_cannot_read_it(app, story):
    with app.app_context():
        kept = db.session.scalar(text("SELECT body FROM slot_story"))
    assert kept
    assert "staff room" not in kept
