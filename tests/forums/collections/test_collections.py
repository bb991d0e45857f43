"""Pieces are shown with their author's consent, de-identified, and gone at once when that ends."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.accounts.models import Member
from app.core import clock
from app.core.audit import AuditEvent
from app.core.db import db, transaction
from app.forums.collections import operations, queries
from app.forums.collections.models import Collection, CollectionPiece
from app.forums.collections.operations import CannotProposeError, NotWaitingError, Words
from app.forums.collections.rules import PieceState
from app.forums.models import Board, Post, Topic
from app.forums.queries.readers import reader
from app.forums.rules import Label, PostState
from app.notifications.models import Notification
from tests.forums.said import a_board, a_post, a_topic

ALL, SHELF, MINE = "/forums/collections", "/forums/collections/first-words", "/forums/collections/mine"
PROPOSED = {"collection": "first-words", "note": "It was brief.", "body": "I named it, **briefly**."}
AGREED = {"version": "1", "body": "I named it.", "checked": "y"}


@pytest.fixture
def post_id(app, people):
    """A post of the owner, and a collection to put it in."""
    with app.app_context():
        post_id = a_post(a_topic(a_board(people), people.owner), people.owner, "Ward 7: I told @{1} off, briefly.")
        with transaction():
            operations.make(reader(people.moderator.member, people.programme_id), "first-words", "First words", "")
    return post_id


def propose(app, people, post_id, body="I named it."):
    with app.app_context(), transaction():
        mod = reader(people.moderator.member, people.programme_id)
        shelf = db.session.scalars(select(Collection)).one()
        return operations.propose(mod, post_id, shelf, "It was brief.", Words.of(body))


def agree(app, people, piece_id, *, credit=False, version=1, body="I named it."):
    with app.app_context(), transaction():
        piece = db.session.get_one(CollectionPiece, piece_id)
        operations.agree(piece, Words.of(body), credit=credit, seen_version=version, by_id=people.owner.id)


def piece_of(app, piece_id):
    with app.app_context():
        return db.session.get_one(CollectionPiece, piece_id)


def trail(app):
    with app.app_context():
        about = AuditEvent.subject_type == "collection_piece"
        return list(db.session.scalars(select(AuditEvent.action).where(about).order_by(AuditEvent.id)))


def test_from_the_proposal_to_the_page_and_away_again(app, people, post_id, client_for):
    moderator, author, peer = (client_for(who.email) for who in (people.moderator, people.owner, people.peer))
    form = moderator.get(f"{ALL}/propose/{post_id}").text
    assert "Ward 7: I told @somebody off" in form
    assert "Olu" not in form
    assert moderator.submit(f"{ALL}/propose/{post_id}", PROPOSED).status_code == 303
    assert "I named it" not in peer.get(SHELF).text
    with app.app_context():
        told = db.session.scalars(select(Notification).where(Notification.member_id == people.owner.id)).one()
    for _ in range(2):  # opening spends nothing
        assert "I would rather not" in author.get(told.path).text
    assert piece_of(app, 1).state is PieceState.ASKED
    assert author.submit(told.path, {**AGREED, "body": "I *named* it."}).status_code == 303
    page = peer.get(SHELF).text
    assert "<em>named</em>" in page
    assert "A member" in page
    assert "Olu" not in page
    assert f"/forums/posts/{post_id}" not in page
    assert "named" in peer.get(f"{ALL}?q=NAMED").text
    assert author.submit(f"{ALL}/asked/1/take-back", page=MINE).status_code == 303
    for address in (SHELF, f"{ALL}?q=named"):
        assert "<em>named</em>" not in peer.get(address).text
    assert piece_of(app, 1).body == piece_of(app, 1).html == piece_of(app, 1).plain == ""
    assert "You took it back" in author.get(MINE).text
    assert trail(app) == ["propose_piece", "agree_to_piece", "take_piece_back"]
    with app.app_context():
        assert "brief" not in str([event.detail for event in db.session.scalars(select(AuditEvent))])


def test_a_name_is_shown_only_where_its_owner_wants_it(app, people, post_id, client_for):
    agree(app, people, propose(app, people, post_id))
    author, peer = client_for(people.owner.email), client_for(people.peer.email)
    assert "Olu" not in peer.get(SHELF).text
    author.submit(f"{ALL}/asked/1", {**AGREED, "version": "2", "credit": "y"})
    assert "Olu Owner" in peer.get(SHELF).text
    author.submit(f"{ALL}/asked/1", {**AGREED, "version": "3"})
    assert "Olu" not in peer.get(SHELF).text


@pytest.mark.parametrize("change", ["hidden", "removed", "deleted", "erased", "closed account", "topic hidden"])
def test_what_is_hidden_or_gone_leaves_the_page_at_once(app, people, post_id, client_for, change):
    agree(app, people, propose(app, people, post_id))
    peer = client_for(people.peer.email)
    assert "I named it" in peer.get(SHELF).text
    with app.app_context(), transaction():
        post = db.session.get_one(Post, post_id)
        if change == "erased":
            post.author_id = None
        elif change == "closed account":
            db.session.get_one(Member, people.owner.id).active = False
        else:
            thing = db.session.get_one(Topic, post.topic_id) if change == "topic hidden" else post
            thing.state = PostState(change.removeprefix("topic "))
            thing.state_at = clock.now()
    assert "I named it" not in peer.get(SHELF).text
    assert "I named it" not in peer.get(f"{ALL}?q=named").text
    with app.app_context():
        me = reader(people.peer.member, people.programme_id)
        assert queries.new_since(me, clock.now() - timedelta(hours=1), clock.now() + timedelta(hours=1)) == 0
        with transaction():
            gone = operations.clear_up()
        assert gone == (0 if "hidden" in change else 1)
    assert (piece_of(app, 1).body == "") is (gone == 1)


def test_a_no_is_not_asked_about_again(app, people, post_id, client_for):
    propose(app, people, post_id)
    author = client_for(people.owner.email)
    assert author.submit(f"{ALL}/asked/1/decline", page=f"{ALL}/asked/1").status_code == 303
    assert piece_of(app, 1).body == ""
    page = client_for(people.moderator.email).submit(f"{ALL}/propose/{post_id}", PROPOSED)
    assert page.status_code == 422
    assert "We do not ask a second time" in page.text


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Call me on 07700 900123", "phone number"),
        ("NHS number 999 000 0018", "NHS number"),
        ("Write to olu@trust.example", "email address"),
        ("", "Enter the words"),
    ],
)
def test_what_identifies_somebody_is_refused_from_moderator_and_author(app, people, post_id, client_for, body, words):
    moderator = client_for(people.moderator.email).submit(f"{ALL}/propose/{post_id}", {**PROPOSED, "body": body})
    propose(app, people, post_id)
    author = client_for(people.owner.email).submit(f"{ALL}/asked/1", {**AGREED, "body": body})
    for page in (moderator, author):
        assert page.status_code == 422
        assert words in page.text
    assert piece_of(app, 1).state is PieceState.ASKED


def test_consent_needs_a_last_look(app, people, post_id, client_for):
    propose(app, people, post_id)
    page = client_for(people.owner.email).submit(f"{ALL}/asked/1", {"version": "1", "body": "I named it."})
    assert page.status_code == 422
    assert "confirm that nobody can be recognised" in page.text


@pytest.mark.parametrize("who", ["peer", "outsider", "moderator", "lead", "stranger", None])
def test_only_its_author_answers(app, people, post_id, client_for, anonymous, who):
    propose(app, people, post_id)
    client = client_for(getattr(people, who).email) if who else anonymous
    assert client.get(f"{ALL}/asked/1").status_code in {302, 404}
    if who:
        for step in ("decline", "take-back"):
            assert client.submit(f"{ALL}/asked/1/{step}", page=MINE).status_code == 404
    assert piece_of(app, 1).state is PieceState.ASKED


def test_suspension_closes_no_way_back(app, people, post_id, client_for):
    agree(app, people, propose(app, people, post_id))
    author = client_for(people.owner.email)
    with app.app_context(), transaction():
        db.session.get_one(Member, people.owner.id).suspended_until = clock.now() + timedelta(days=1)
    assert author.get(f"{ALL}/asked/1").status_code == 403
    assert author.submit(f"{ALL}/asked/1/take-back", page=MINE).status_code == 303
    assert piece_of(app, 1).state is PieceState.WITHDRAWN


@pytest.mark.parametrize("who", ["owner", "facilitator", "lead", "suspended", "stranger", None])
def test_only_moderators_gather(app, people, post_id, client_for, anonymous, who):
    propose(app, people, post_id)
    client = client_for(getattr(people, who).email) if who else anonymous
    for page in (f"{ALL}/new", f"{SHELF}/edit", f"{ALL}/propose/{post_id}"):
        assert client.get(page).status_code in {302, 403}


@pytest.mark.parametrize("who", ["stranger", "sponsor", "suspended", None])
def test_collections_are_for_those_who_take_part(app, people, post_id, client_for, anonymous, who):
    agree(app, people, propose(app, people, post_id))
    client = client_for(getattr(people, who).email) if who else anonymous
    assert client.get(SHELF).status_code in {302, 403, 404}
    assert "First words" not in client.get(ALL).text


def test_moderators_order_and_take_out(app, people, post_id, client_for):
    with app.app_context():
        topic_id = db.session.get_one(Post, post_id).topic_id
        second = a_post(topic_id, people.peer, "Another")
    one, two = propose(app, people, post_id), propose(app, people, second, "I asked.")
    moderator = client_for(people.moderator.email)
    moderator.submit(f"{ALL}/pieces/{two}/up", page=SHELF)
    assert [piece_of(app, each).position for each in (one, two)] == [1, 0]
    moderator.submit(f"{ALL}/pieces/{one}/drop", page=SHELF)
    assert piece_of(app, one).state is PieceState.DROPPED
    assert "Taken out" in moderator.get(SHELF).text
    assert trail(app)[-2:] == ["move_piece", "drop_piece"]


def test_collections_are_made_and_reworded(app, people, post_id, client_for):
    moderator = client_for(people.moderator.email)
    assert moderator.submit(f"{ALL}/new", {"title": "Second tries"}).location.endswith("/second-tries")
    assert "There is a collection of this title" in moderator.submit(f"{ALL}/new", {"title": "Second tries"}).text
    assert "cannot be called" in moderator.submit(f"{ALL}/new", {"title": "Mine"}).text
    moderator.submit(f"{ALL}/second-tries/edit", {"title": "Second goes", "about": "What helped."})
    assert "Second goes" in moderator.get(f"{ALL}/second-tries").text
    assert "Second goes" not in client_for(people.peer.email).get(ALL).text  # empty


def test_nothing_is_asked_for_that_was_promised_to_stay(app, people, post_id):
    with app.app_context(), transaction():
        db.session.scalars(select(Board)).one().label = Label.BOARD_ONLY
    with pytest.raises(CannotProposeError):
        propose(app, people, post_id)


def test_a_page_that_is_out_of_date_changes_nothing(app, people, post_id):
    piece_id = propose(app, people, post_id)
    agree(app, people, piece_id)
    with pytest.raises(NotWaitingError):
        agree(app, people, piece_id, version=1)


@pytest.mark.both_databases
def test_of_agreeing_and_taking_back_at_once_nothing_is_left_half_done(app, people, post_id):
    piece_id = propose(app, people, post_id)

    def step(number):
        with app.app_context():
            try:
                with transaction():
                    piece = db.session.get_one(CollectionPiece, piece_id)
                    if number:
                        operations.take_back(piece, by_id=people.owner.id)
                    else:
                        operations.agree(piece, Words.of("I did."), credit=False, seen_version=1, by_id=1)
            except NotWaitingError:
                return "late"
            return "done"

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(step, (0, 1)))
    piece = piece_of(app, piece_id)
    assert piece.state is PieceState.WITHDRAWN
    assert piece.body == ""


@pytest.mark.both_databases
def test_a_post_is_asked_for_once(app, people, post_id):
    def ask(_):
        try:
            return propose(app, people, post_id)
        except CannotProposeError:
            return None

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(ask, range(2)), key=bool) == [None, 1]
