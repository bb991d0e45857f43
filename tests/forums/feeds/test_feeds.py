"""Feeds at secret addresses: read again by an independent parser, never of what must not leave the product."""

import re
from datetime import UTC, datetime, timedelta

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.accounts.models import Member, RoleGrant
from app.core import clock
from app.core.db import db, transaction
from app.forums.feeds import queries, rules
from app.forums.feeds.models import ForumFeed
from app.forums.models import Acknowledgement, Board, Post, ReadingPosition
from app.forums.queries.readers import reader
from app.forums.rules import Audience, Follow, Label, PostState
from tests.forums.said import a_board, a_post, a_topic

PAGE = "/forums/feed"
ADDRESS = re.compile(r"/forums/feed/[\w-]{40,}\.atom")


def address_of(client, board_id=None):
    """The path of a new feed."""
    client.submit(f"{PAGE}/make", {"board": board_id} if board_id else {}, page=PAGE)
    return ADDRESS.findall(client.get(PAGE).text)[-1]


def follow(topic_id, person, programme_id, how=Follow.FOLLOWING):
    with transaction():
        db.session.add(
            ReadingPosition(
                member_id=person.id, topic_id=topic_id, programme_id=programme_id, follow=how, at=clock.now()
            )
        )


@pytest.fixture
def said(app, people):
    """A board with a topic of two posts; gives the ids of board, topic and posts."""
    with app.app_context():
        board_id = a_board(people)
        topic_id = a_topic(board_id, people.owner, "Kettles & <b>cups</b>")
        body = f"I asked **politely**.\n\n> and @{{{people.peer.id}}} said <script>alert(1)</script>"
        first = a_post(topic_id, people.owner, body)
        return board_id, topic_id, first, a_post(topic_id, people.peer, "Well done.")


def test_a_feed_is_valid_and_names_nobody(app, people, said, client_for, anonymous):
    board_id, _, first, second = said
    answer = anonymous.get(address_of(client_for(people.outsider.email), board_id))
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    parsed = feedparser.parse(answer.data, response_headers={"content-type": answer.content_type})
    assert not parsed.bozo
    assert parsed.version == "atom10"
    assert parsed.feed.title == "Quiet, Programme here"
    assert [entry.title_detail.value for entry in parsed.entries] == [
        "Re: Kettles &amp; <b>cups</b>".replace("&amp;", "&"),
        "Kettles & <b>cups</b>",
    ]
    assert [entry.id.rpartition("/")[2] for entry in parsed.entries] == [str(second), str(first)]
    assert "<strong>politely</strong>" in parsed.entries[1].content[0].value
    assert "@somebody" in parsed.entries[1].content[0].value
    for text in ("Olu", "Petra", "<script>", "@{"):
        assert text not in answer.text
    assert answer.headers["Cache-Control"] == "private, max-age=300"
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_nothing_new_is_not_sent_again(app, people, said, client_for, anonymous):
    address = address_of(client_for(people.owner.email), said[0])
    first = anonymous.get(address)
    same = anonymous.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (same.status_code, same.data) == (304, b"")
    assert anonymous.get(address, headers={"If-Modified-Since": first.headers["Last-Modified"]}).status_code == 304
    with app.app_context(), transaction():
        db.session.get_one(Post, said[3]).edited_at = clock.now() + timedelta(minutes=1)
    assert anonymous.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_followed_topics_have_a_feed_of_their_own(app, people, said, client_for, anonymous):
    board_id, topic_id, *_ = said
    with app.app_context():
        muted = a_topic(board_id, people.peer, "Muted")
        a_post(muted, people.peer)
        a_post(a_topic(board_id, people.peer, "Not followed"), people.peer)
        follow(topic_id, people.owner, people.programme_id)
        follow(muted, people.owner, people.programme_id, Follow.MUTED)
    parsed = feedparser.parse(anonymous.get(address_of(client_for(people.owner.email))).data)
    assert len(parsed.entries) == 2
    assert all("Kettles" in entry.title for entry in parsed.entries)


@pytest.mark.parametrize(
    "kind",
    [{"sensitive": True}, {"anonymity": True}, {"label": Label.BOARD_ONLY}, {"audience": Audience.COHORT}],
    ids=str,
)
def test_what_must_not_leave_has_no_feed(app, people, client_for, anonymous, kind):
    if "audience" in kind:
        kind = {**kind, "cohort_id": people.cohort_id}
    with app.app_context():
        board_id = a_board(people)
        topic_id = a_topic(board_id, people.owner)
        a_post(topic_id, people.owner)
        follow(topic_id, people.owner, people.programme_id)
    client = client_for(people.owner.email)
    before, followed = address_of(client, board_id), address_of(client)
    with app.app_context(), transaction():
        board = db.session.get_one(Board, board_id)
        for name, value in {**kind, "sensitive": kind.get("sensitive", False)}.items():
            setattr(board, name, value)
    assert anonymous.get(before).status_code == 404
    assert b"<entry>" not in anonymous.get(followed).data
    assert client.submit(f"{PAGE}/make", {"board": board_id}, page=PAGE).status_code == 404
    assert "Quiet" not in client.get(PAGE).text


@pytest.mark.parametrize("state", [PostState.HELD, PostState.HIDDEN, PostState.REMOVED, PostState.DELETED])
def test_only_published_posts_are_in_it_also_for_moderators(app, people, said, client_for, anonymous, state):
    board_id, topic_id, *_ = said
    with app.app_context():
        a_post(topic_id, people.owner, "Kept back", state=state)
        a_post(topic_id, people.outsider, "Under an alias", alias="Heron")
    answer = anonymous.get(address_of(client_for(people.moderator.email), board_id))
    assert "Kept back" not in answer.text
    assert "Under an alias" not in answer.text
    assert answer.text.count("<entry>") == 2


def test_labels_keep_words_at_home(app, people, client_for, anonymous):
    with app.app_context():
        board_id = a_board(people, label=Label.CHATHAM_HOUSE)
        a_post(a_topic(board_id, people.owner, "A title"), people.owner, "The words")
        with transaction():
            db.session.get_one(Board, board_id).label = Label.OPEN
    client = client_for(people.peer.email)
    address = address_of(client, board_id)
    with app.app_context(), transaction():
        db.session.get_one(Board, board_id).label = Label.CHATHAM_HOUSE
    assert anonymous.get(address).status_code == 404  # not agreed to
    with app.app_context(), transaction():
        db.session.add(
            Acknowledgement(
                programme_id=people.programme_id, member_id=people.peer.id, board_id=board_id,
                label=Label.CHATHAM_HOUSE, at=clock.now(),
            )
        )  # fmt: skip
    shown = anonymous.get(address)
    assert "A title" in shown.text
    assert "The words" not in shown.text


@pytest.mark.parametrize("what", ["suspended", "closed", "no role"])
def test_who_may_not_read_any_more_gets_nothing(app, people, said, client_for, anonymous, what):
    address = address_of(client_for(people.owner.email), said[0])
    assert anonymous.get(address).status_code == 200
    with app.app_context(), transaction():
        member = db.session.get_one(Member, people.owner.id)
        if what == "suspended":
            member.suspended_until = clock.now() + timedelta(days=1)
        elif what == "closed":
            member.active = False
        else:
            for grant in db.session.scalars(select(RoleGrant).where(RoleGrant.member_id == member.id)):
                db.session.delete(grant)
    assert anonymous.get(address).status_code == 404


def test_a_new_address_ends_the_older_one_and_removing_ends_both(app, people, said, client_for, anonymous):
    client = client_for(people.owner.email)
    older = address_of(client, said[0])
    newer = address_of(client, said[0])
    assert older != newer
    assert [anonymous.get(each).status_code for each in (older, newer)] == [404, 200]
    client.submit(f"{PAGE}/remove", {"board": said[0]}, page=PAGE)
    assert anonymous.get(newer).status_code == 404
    with app.app_context():
        assert db.session.scalars(select(ForumFeed)).all() == []


def test_the_secret_is_not_in_the_database(app, people, said, client_for):
    secret = address_of(client_for(people.owner.email), said[0]).rpartition("/")[2].removesuffix(".atom")
    with app.app_context():
        raw = db.session.connection().exec_driver_sql("SELECT secret, digest FROM forum_feed").all()
    assert secret not in str(raw)


@pytest.mark.parametrize("who", ["suspended", "sponsor", None])
def test_addresses_are_for_those_who_take_part(people, client_for, anonymous, who):
    client = client_for(getattr(people, who).email) if who else anonymous
    assert client.get(PAGE).status_code in {302, 403}


def test_strangers_cannot_follow_a_board_of_this_programme(app, people, said, client_for):
    client = client_for(people.stranger.email)
    assert "Quiet" not in client.get(PAGE).text
    assert client.submit(f"{PAGE}/make", {"board": said[0]}, page=PAGE).status_code == 404


def test_a_made_up_address_is_not_found(people, anonymous):
    assert anonymous.get("/forums/feed/made-up.atom").status_code == 404


def test_the_rule_and_the_query_agree(app, people):
    with app.app_context():
        kinds = [
            (audience, label, anonymity, sensitive)
            for audience in Audience
            for label in Label
            for anonymity in (False, True)
            for sensitive in (False, True)
        ]
        for number, (audience, label, anonymity, sensitive) in enumerate(kinds):
            cohort_id = people.cohort_id if audience is Audience.COHORT else None
            more = {"audience": audience, "label": label, "anonymity": anonymity, "sensitive": sensitive}
            a_board(people, f"board-{number}", cohort_id=cohort_id, **more)
        found = {each.slug for each in db.session.scalars(select(Board).where(queries.followable()))}
        assert found == {
            f"board-{number}"
            for number, (audience, label, anonymity, sensitive) in enumerate(kinds)
            if rules.may_be_followed(audience, label, anonymity=anonymity, sensitive=sensitive)
        }
        me = reader(people.owner.member, people.programme_id)
        assert {each.slug for each in queries.boards(me)} < found


@given(st.text(), st.text())
def test_whatever_people_write_the_file_is_well_formed(title, html):
    at = datetime(2026, 1, 2, tzinfo=UTC)
    entry = rules.Entry("https://here.example/1", title, html, at, at)
    feed = rules.Feed("urn:uuid:1", title, "https://here.example", "Team", at, [entry])
    parsed = feedparser.parse(rules.atom(feed))
    assert not parsed.bozo
    assert len(parsed.entries) == 1
