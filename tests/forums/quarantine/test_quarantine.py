"""One action takes a post away wherever its words stand, and only two people together read what it was."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.accounts.rules import Role
from app.core import audit, clock
from app.core.audit import AuditEvent
from app.core.db import db, is_sqlite, transaction
from app.core.html import COOK_VERSION, cook
from app.forums import quotes
from app.forums.collections import operations as collections
from app.forums.collections.models import CollectionPiece
from app.forums.collections.operations import Words
from app.forums.models import Board, Draft, Post, PostRevision, Quote, Topic
from app.forums.quarantine.rules import without_quote
from app.forums.queries.readers import reader
from app.forums.rules import PostState
from app.moderation.breaches import operations
from app.moderation.breaches.models import EvidenceOpening, Incident, SealedEvidence
from app.moderation.breaches.operations import NotTheirsError
from app.moderation.breaches.rules import TAKEN_AWAY, Shown
from app.moderation.cases.models import CaseSnapshot
from app.moderation.cases.operations.opening import Raised, open_case
from app.moderation.cases.rules import Reason, Source
from app.notifications.models import Notification
from app.notifications.operations.notices import notify
from app.notifications.rules import Notice
from tests.forums.said import a_board, a_post, a_topic
from tests.people import grant

NAME = "Aloysius Featherstone"  # of a patient who does not exist
BODY = f"On Tuesday {NAME} shouted at me, and I stepped in."
NEW, ALL = "/moderation/incidents/new/post/{}", "/moderation/incidents"
WHAT = {"shown": ["patient", "health"], "notes": "Found by a peer."}


@pytest.fixture
def post_id(app, people):
    """A post that names somebody, and copies of it in every place that keeps words."""
    with app.app_context():
        topic_id = a_topic(a_board(people), people.owner, f"About {NAME}")
        post_id = a_post(topic_id, people.owner, BODY)
        answer = a_post(topic_id, people.peer, quotes.quote(post_id, BODY) + "Well done.")
        here = {"programme_id": people.programme_id}
        with transaction():
            db.session.add(Quote(post_id=answer, quoted_id=post_id, **here))
            old = {"title": f"About {NAME}", "body": BODY, "html": cook(BODY), "replaced_at": clock.now()}
            db.session.add(PostRevision(post_id=post_id, version=1, **old, **here))
            db.session.get_one(Post, post_id).version = 2
            for number, (place, body) in enumerate(
                ((f"post/{post_id}", BODY), (f"topic/{topic_id}", quotes.quote(post_id, BODY) + "My answer"))
            ):
                words = {"title": "", "body": body, "tags": ""}
                draft = {"place": place, "key": str(number), "words": words, "saved_at": clock.now()}
                db.session.add(Draft(member_id=people.outsider.id, **draft, **here))
            shelf = collections.make(reader(people.moderator.member, people.programme_id), "s", "S", "")
            moderator = reader(people.moderator.member, people.programme_id)
            collections.propose(moderator, post_id, shelf, "Good.", Words.of(BODY))
            for about in (post_id, answer):
                reported = {"subject_type": "post", "subject_id": about, "source": Source.MEMBER}
                open_case(Raised(**reported, reason=Reason.IDENTIFIABLE, reporter_id=people.outsider.id))
            notify(
                Notice(
                    kind="forum_mentions", key="m", subject="You were mentioned", body=f"In “About {NAME}”.",
                    path=f"/forums/posts/{post_id}",
                ),
                people.peer.id,
                people.outsider.id,
            )  # fmt: skip
    return post_id


def quarantine(app, people, post_id, by=None):
    with app.app_context(), transaction():
        by_id = (by or people.moderator).id
        made = operations.quarantine(
            "post", post_id, [Shown.PATIENT], "", programme_id=people.programme_id, by_id=by_id
        )
        return made.id


def everything_kept():
    """All that is in the database, opened where it is closed, but for the seal."""
    found = []
    for mapper in db.Model.registry.mappers:
        if mapper.class_ is not SealedEvidence:
            for row in db.session.scalars(select(mapper.class_)):
                found += [str(getattr(row, column.key)) for column in mapper.column_attrs]
    if is_sqlite():
        found.append("\n".join(db.session.connection().connection.driver_connection.iterdump()))
    return found


@pytest.mark.both_databases
def test_the_words_are_nowhere_any_more(app, people, post_id):
    with app.app_context():
        assert any(NAME in words for words in everything_kept())
    incident_id = quarantine(app, people, post_id)
    with app.app_context():
        assert [words for words in everything_kept() if "Featherstone" in words] == []
        post = db.session.get_one(Post, post_id)
        assert (post.state, post.body, post.plain) == (PostState.REMOVED, TAKEN_AWAY, TAKEN_AWAY)
        answer = db.session.scalars(select(Post).where(Post.number == 2)).one()
        assert answer.state is PostState.PUBLISHED
        assert "Well done." in answer.html
        (draft,) = db.session.scalars(select(Draft))
        assert "My answer" in draft.words["body"]
        counts = db.session.get_one(Incident, incident_id).counts
        assert counts["Earlier versions deleted"] == 1
        assert counts["Quotes of it cleared in other posts and their versions"] == 1
        assert counts["Drafts cleared"] == 2
        assert counts["Pieces of collections taken out"] == 1
        assert counts["People who had a notice that leads to it, now taken back"] == 2
        assert counts["Copies in cases that were cleared"] == 2
        (seal,) = db.session.scalars(select(SealedEvidence))
        assert BODY in seal.contents


def test_mail_that_has_not_gone_out_never_does(app, people, post_id, mailbox):
    quarantine(app, people, post_id)
    about = {mail["To"]: mail["Subject"] for mail in mailbox.collect() if mail["Subject"] == "You were mentioned"}
    assert about == {}
    with app.app_context():
        assert db.session.scalars(select(Notification).where(Notification.key == "m")).all() == []


def test_mail_that_had_gone_out_is_counted(app, people, post_id, mailbox):
    mailbox.collect()
    incident_id = quarantine(app, people, post_id)
    with app.app_context():
        counts = db.session.get_one(Incident, incident_id).counts
        assert counts["Mails about it that had gone out (without its words)"] == 2


def test_from_the_post_to_the_record_and_the_seal(app, people, post_id, client_for):
    moderator, lead, peer = (client_for(who.email) for who in (people.moderator, people.lead, people.peer))
    assert NAME in peer.get(f"/forums/posts/{post_id}", follow_redirects=True).text
    done = moderator.submit(NEW.format(post_id), WHAT)
    assert done.status_code == 303
    page = moderator.get(done.location).text
    assert "Who a patient or their family is" in page
    assert "72 hours" in page
    assert NAME not in page
    assert NAME not in peer.get(f"/forums/posts/{post_id}", follow_redirects=True).text
    assert "Incident 1" in lead.get(ALL).text
    assert moderator.get(NEW.format(post_id)).location.endswith("/incidents/1")  # once is enough

    assert moderator.submit(f"{ALL}/1/open", {"why": "The team has to name him."}, page=f"{ALL}/1").status_code == 303
    assert "Agree, and open it" not in moderator.get(f"{ALL}/1").text
    assert moderator.submit(f"{ALL}/openings/1/agree", page=f"{ALL}/1").status_code == 303
    assert moderator.get(f"{ALL}/openings/1").status_code == 403
    read = lead.submit(f"{ALL}/openings/1/agree", page=f"{ALL}/1")
    for client in (lead, moderator):
        shown = client.get(read.location).text
        assert NAME in shown
        assert "It is as it was sealed" in shown
    with app.app_context():
        steps = list(db.session.scalars(select(AuditEvent.action).where(AuditEvent.subject_type == "incident")))
        assert steps == ["seal_evidence", "ask_to_open_evidence", "open_evidence", "read_evidence", "read_evidence"]
        sealed = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "seal_evidence")).one()
        assert sealed.detail["digest"] == db.session.scalars(select(Incident)).one().digest
        assert audit.verify().sound
        with transaction():
            db.session.scalars(select(SealedEvidence)).one().contents = "{}"
    assert "It is not as it was sealed" in lead.get(read.location).text
    with app.app_context(), transaction():
        db.session.scalars(select(EvidenceOpening)).one().agreed_at -= timedelta(hours=2)
    assert lead.get(read.location).status_code == 403


def test_a_third_person_does_not_read_it(app, people, post_id, client_for):
    incident_id = quarantine(app, people, post_id)
    with app.app_context():
        with transaction():
            grant(people.outsider.id, people.programme_id, Role.MODERATOR)
        with transaction():
            incident = db.session.get_one(Incident, incident_id)
            opening = operations.ask_to_open(incident, "Because.", by_id=people.moderator.id)
        with transaction():
            operations.agree_to_open(db.session.get_one(EvidenceOpening, opening.id), by_id=people.lead.id)
        with pytest.raises(NotTheirsError), transaction():
            operations.agree_to_open(db.session.get_one(EvidenceOpening, opening.id), by_id=people.outsider.id)
    assert client_for(people.outsider.email).get(f"{ALL}/openings/1").status_code == 403


def test_a_request_to_open_lapses_after_a_day(app, people, post_id):
    incident_id = quarantine(app, people, post_id)
    with app.app_context():
        with transaction():
            opening = operations.ask_to_open(db.session.get_one(Incident, incident_id), "x", by_id=people.lead.id)
        with clock.frozen(clock.now() + timedelta(days=2)), pytest.raises(NotTheirsError), transaction():
            operations.agree_to_open(db.session.get_one(EvidenceOpening, opening.id), by_id=people.moderator.id)


def test_the_record_is_kept_up_and_closed(app, people, post_id, client_for):
    quarantine(app, people, post_id)
    client = client_for(people.lead.email)
    assert client.submit(f"{ALL}/1", {"notes": "Told the team at noon.", "close": "y"}).status_code == 303
    page = client.get(f"{ALL}/1").text
    assert "Told the team at noon." in page
    assert "Closed on" in page


@pytest.mark.parametrize("who", ["owner", "facilitator", "suspended", "stranger", "other_lead", None])
def test_nobody_else_sees_or_does_anything(app, people, post_id, client_for, anonymous, who):
    client = client_for(getattr(people, who).email) if who else anonymous
    assert client.get(NEW.format(post_id)).status_code in {302, 403, 404}
    quarantine(app, people, post_id)
    for page in (f"{ALL}/1", f"{ALL}/openings/1"):
        assert client.get(page).status_code in {302, 403, 404}
    assert "Quiet" not in client.get(ALL).text


def test_the_form_asks_what_could_be_seen(people, post_id, client_for):
    client = client_for(people.moderator.email)
    assert client.submit(NEW.format(post_id), {}).status_code == 422
    assert client.get("/moderation/incidents/new/nothing/1").status_code == 404


@pytest.mark.both_databases
def test_two_who_act_at_once_make_one_incident_with_the_words_in_its_seal(app, people, post_id):
    with ThreadPoolExecutor(2) as pool:
        made = set(pool.map(lambda by: quarantine(app, people, post_id, by), (people.moderator, people.lead)))
    assert len(made) == 1
    with app.app_context():
        (seal,) = db.session.scalars(select(SealedEvidence))
        assert BODY in seal.contents


def test_a_topic_goes_with_its_title(app, people, post_id, client_for):
    with app.app_context(), transaction():
        topic_id = db.session.get_one(Post, post_id).topic_id
        shown = [Shown.OTHER]
        operations.quarantine("topic", topic_id, shown, "", programme_id=people.programme_id, by_id=people.lead.id)
    with app.app_context():
        assert db.session.get_one(Topic, topic_id).title == "Taken away"
        assert db.session.scalars(select(Board)).one().posts == 0
        assert NAME not in str([snapshot.body for snapshot in db.session.scalars(select(CaseSnapshot))])
        assert db.session.scalars(select(CollectionPiece)).one().body == ""
        assert db.session.get_one(Post, post_id).cook_version == COOK_VERSION


@given(st.text(alphabet="ab> \n", max_size=80), st.text(alphabet="xy\n", max_size=60), st.integers(1, 999))
def test_only_the_quote_is_cut_out_of_a_text(before, words, post_id):
    quoted = quotes.quote(post_id, f"secret {words} secret")
    left = without_quote(f"{before}\n\n{quoted}After it", post_id)
    assert "secret" not in left
    assert left.startswith(before)
    assert left.endswith("After it")
    assert without_quote(before, post_id) == before
