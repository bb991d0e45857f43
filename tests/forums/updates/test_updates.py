"""Community updates: one mail a period, of what may be read at that moment, without titles that must not leave."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.accounts.models import Member
from app.accounts.not_with.models import NotWith
from app.core import clock
from app.core.db import db, transaction
from app.core.outbox import OutboxMessage
from app.forums.collections import operations as collections
from app.forums.collections.models import CollectionPiece
from app.forums.collections.operations import Words
from app.forums.models import Acknowledgement, BoardPosition, Post, ReadingPosition
from app.forums.queries.readers import reader
from app.forums.rules import Audience, Follow, Label, PostState
from app.forums.updates import jobs, queries
from app.forums.updates.rules import Period, period
from app.notifications.models import NotificationPreference
from app.notifications.rules import Delivery
from app.programme.models import CohortMembership
from tests.forums.said import a_board, a_post, a_topic
from tests.mailbox import html_of, text_of

SUNDAY = datetime(2026, 11, 22, 12, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
TITLE = "A morning on the ward"


@pytest.fixture
def plan(app, mailbox):
    """A function that lets the worker plan and send at a moment; gives the updates that are in the mailbox by then."""

    def planned(at=MONDAY):
        with clock.frozen(at):
            with app.app_context():
                jobs.plan()
            mails = mailbox.collect()
        return [mail for mail in mails if mail["Subject"] == "What is new in your community"]

    return planned


@pytest.fixture
def topic_id(app, people):
    """A topic of the peer with one post, which the owner follows."""
    return a_followed_topic(app, people)


def a_followed_topic(app, people, title=TITLE, slug="quiet", by="peer", **board):
    with app.app_context(), clock.frozen(SUNDAY):
        author = getattr(people, by)
        topic_id = a_topic(a_board(people, slug, **board), author, title)
        a_post(topic_id, author)
        follow(people, topic_id)
    return topic_id


def follow(people, topic_id, how=Follow.FOLLOWING, last_read=0):
    with transaction():
        row = ReadingPosition(
            member_id=people.owner.id, topic_id=topic_id, programme_id=people.programme_id, follow=how,
            last_read=last_read, at=clock.now(),
        )  # fmt: skip
        db.session.merge(row)


def change(app, table, where, **values):
    with app.app_context(), transaction():
        for row in db.session.scalars(select(table).where(where)):
            for name, value in values.items():
                setattr(row, name, value)


def test_what_is_new_comes_once_a_week_with_one_click_to_end_it(app, people, topic_id, plan, anonymous):
    (mail,) = plan()
    assert mail["To"] == people.owner.email
    for words in (text_of(mail), html_of(mail)):
        assert TITLE in words
        assert f"/forums/topics/{topic_id}" in words
        assert "1 new post" in words
        assert "Petra" not in words
        assert "stepped in" not in words
    assert len(plan(MONDAY + timedelta(hours=5))) == 1
    assert len(plan(MONDAY + timedelta(days=2))) == 1
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = mail["List-Unsubscribe"].strip("<>").removeprefix(app.extensions["settings"].public_url)
    assert anonymous.post(address).status_code == 200
    assert len(plan(MONDAY + timedelta(days=7))) == 1


def test_nothing_new_is_no_mail(app, people, topic_id, plan):
    with app.app_context():
        follow(people, topic_id, last_read=1)
    assert plan() == []


@pytest.mark.parametrize("how", [Follow.MUTED, Follow.NORMAL])
def test_what_is_muted_or_not_followed_is_not_told(app, people, topic_id, plan, how):
    with app.app_context():
        follow(people, topic_id, how)
    assert plan() == []


def test_new_topics_of_a_followed_board_are_told_unless_they_are_muted(app, people, plan):
    with app.app_context(), clock.frozen(SUNDAY):
        board_id = a_board(people)
        for title in ("Told", "Muted"):
            a_post(a_topic(board_id, people.peer, title), people.peer)
        with transaction():
            db.session.add(
                BoardPosition(
                    member_id=people.owner.id, board_id=board_id, programme_id=people.programme_id,
                    follow=Follow.FOLLOWING, read_until=SUNDAY - timedelta(days=1),
                )
            )  # fmt: skip
        follow(people, 2, Follow.MUTED)
    (mail,) = plan()
    assert "Told" in text_of(mail)
    assert "Muted" not in text_of(mail)


@pytest.mark.parametrize("kind", [{"sensitive": True}, {"label": Label.BOARD_ONLY}], ids=str)
def test_titles_that_must_not_leave_are_counted_and_not_named(app, people, plan, kind, client_for):
    a_followed_topic(app, people, "Very private", **kind)
    with app.app_context(), transaction():
        if "label" in kind:
            db.session.add(
                Acknowledgement(
                    programme_id=people.programme_id, member_id=people.owner.id, board_id=1, label=kind["label"],
                    at=SUNDAY,
                )
            )  # fmt: skip
    (mail,) = plan()
    for words in (text_of(mail), html_of(mail), mail["Subject"]):
        assert "private" not in words
        assert "Quiet" not in words
    assert "1 topic that we do not name here" in text_of(mail)
    assert "/forums/digest" in text_of(mail)


@pytest.mark.parametrize("state", [PostState.HELD, PostState.HIDDEN, PostState.REMOVED, PostState.DELETED])
def test_only_what_is_published_at_that_moment_is_told(app, people, topic_id, plan, state):
    change(app, Post, Post.topic_id == topic_id, state=state, state_at=SUNDAY)
    assert plan() == []


def test_permissions_are_those_of_the_moment_of_sending(app, people, plan):
    a_followed_topic(app, people, audience=Audience.COHORT, cohort_id=people.cohort_id)
    change(app, CohortMembership, CohortMembership.member_id == people.owner.id, cohort_id=people.other_cohort_id)
    assert plan() == []


@pytest.mark.parametrize("change_to", [{"active": False}, {"suspended_until": MONDAY + timedelta(days=1)}], ids=str)
def test_who_is_shut_out_gets_none(app, people, topic_id, plan, change_to):
    change(app, Member, Member.id == people.owner.id, **change_to)
    assert plan() == []


def test_posts_of_somebody_not_to_meet_are_left_out_but_not_those_under_an_alias(app, people, topic_id, plan):
    with app.app_context(), clock.frozen(SUNDAY):
        with transaction():
            db.session.add(NotWith(member_id=people.owner.id, other_id=people.peer.id, wished_at=SUNDAY))
        a_post(topic_id, people.peer, alias="Heron")
        with clock.frozen(MONDAY):
            me = reader(people.owner.member, people.programme_id)
            (news,) = queries.update(me, SUNDAY - timedelta(days=1), MONDAY).topics
    assert news.new == 1


def test_ones_own_posts_are_no_news(app, people, plan):
    a_followed_topic(app, people, by="owner")
    assert plan() == []


def test_daily_and_weekly_is_one_mail_on_mondays(app, people, topic_id, plan):
    with app.app_context(), transaction():
        db.session.add(
            NotificationPreference(member_id=people.owner.id, kind="community_update", delivery=Delivery.DAILY)
        )
    assert len(plan(MONDAY)) == 1
    change(app, NotificationPreference, NotificationPreference.kind == "community_update", delivery=Delivery.WEEKLY)
    assert len(plan(MONDAY + timedelta(minutes=30))) == 1


def test_off_is_off_also_when_it_was_queued_before(app, people, topic_id, plan, mailbox):
    with app.app_context(), clock.frozen(MONDAY):
        jobs.plan()
        with transaction():
            db.session.add(
                NotificationPreference(member_id=people.owner.id, kind="community_update", delivery=Delivery.OFF)
            )
    assert plan() == []


@pytest.mark.both_databases
def test_planning_twice_queues_once(app, people, topic_id):
    with app.app_context(), clock.frozen(MONDAY):
        for _ in range(2):
            jobs.plan()
        about = OutboxMessage.kind == "community_update"
        count, keys = db.session.execute(
            select(func.count(), func.count(OutboxMessage.key.distinct())).where(about)
        ).one()
    assert count == keys == 12  # everybody who can sign in, of both programmes


def test_new_pieces_are_counted_until_consent_is_taken_back(app, people, plan):
    with app.app_context(), clock.frozen(SUNDAY):
        post_id = a_post(a_topic(a_board(people), people.peer), people.peer)
        moderator = reader(people.moderator.member, people.programme_id)
        with transaction():
            shelf = collections.make(moderator, "first", "First", "")
            piece_id = collections.propose(moderator, post_id, shelf, "Good.", Words.of("The words."))
        with transaction():
            piece = db.session.get_one(CollectionPiece, piece_id)
            collections.agree(piece, Words.of("The words."), credit=True, seen_version=1, by_id=people.peer.id)
    mails = plan()
    assert {mail["To"] for mail in mails} >= {people.owner.email, people.outsider.email}
    assert all("1 piece" in text_of(mail) for mail in mails)
    assert all(
        "The words" not in text_of(mail) and "Petra Peer" not in text_of(mail).split("\n", 1)[1] for mail in mails
    )
    with app.app_context(), transaction():
        collections.take_back(db.session.get_one(CollectionPiece, piece_id), by_id=people.peer.id)
    with app.app_context(), clock.frozen(MONDAY):
        me = reader(people.owner.member, people.programme_id)
        assert queries.update(me, SUNDAY - timedelta(days=1), MONDAY).is_empty


def test_the_page_says_what_is_new(app, people, client_for):
    client = client_for(people.owner.email)
    assert "nothing new at the moment" in client.get("/forums/digest").text
    with app.app_context():
        topic_id = a_topic(a_board(people), people.peer, "Just now")
        a_post(topic_id, people.peer)
        follow(people, topic_id)
    assert "Just now" in client.get("/forums/digest").text
    assert "Just now" not in client_for(people.outsider.email).get("/forums/digest").text


@pytest.mark.parametrize("who", ["suspended", "sponsor", None])
def test_the_page_is_for_those_who_take_part(people, client_for, anonymous, who):
    client = client_for(getattr(people, who).email) if who else anonymous
    assert client.get("/forums/digest").status_code in {302, 403}


@given(st.integers(0, 90_000).map(lambda hours: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(hours=hours)))
def test_periods_follow_each_other_without_a_gap(now):
    day, week = period(Delivery.DAILY, now), period(Delivery.WEEKLY, now)
    assert day.until <= now < Period(day.day + timedelta(days=1), 1).until
    assert week.until <= now < Period(week.day + timedelta(days=7), 7).until
    assert week.day.weekday() == 0
    assert Period(week.day + timedelta(days=7), 7).since == week.until
    assert period(Delivery.OFF, now) is None
