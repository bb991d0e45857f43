"""Whoever writes under an alias is named nowhere: on no page, in no search, feed, mail or count, for no reader."""

import pytest
from sqlalchemy import func, select

from app.core.db import db, transaction
from app.forums.models import Board, Post
from app.forums.upkeep import rules as upkeep
from app.notifications.models import Notification
from tests.forums.said import a_board, a_post, a_topic
from tests.mailbox import html_of, text_of

WORDS = "Nobody would listen to me that night."


@pytest.fixture
def topic_id(app, people, monkeypatch):
    """A topic that the owner began under an alias, with an answer of the peer under their name."""
    monkeypatch.setattr(upkeep, "ENOUGH_FOR_ALIASES", 2)
    with app.app_context():
        topic_id = a_topic(a_board(people, anonymity=True), people.owner, "That night", anonymous=True)
        a_post(topic_id, people.owner, WORDS, alias="Heron")
        a_post(topic_id, people.peer, "I would have.")
    return topic_id


@pytest.mark.parametrize("who", ["peer", "outsider", "moderator", "lead", "facilitator"])
def test_no_page_has_the_name_or_the_number_of_who_wrote_it(app, people, topic_id, client_for, who):
    client = client_for(getattr(people, who).email)
    pages = [
        "/forums", "/forums/quiet", f"/forums/topics/{topic_id}", "/forums/posts/1", "/forums/posts/1/history",
        "/forums/search?q=night", "/forums/search?q=listen", "/forums/digest", "/forums/collections", "/forums/feed",
        f"/forums/topics/{topic_id}/reply?quote=1", "/forums/bookmarks",
    ]  # fmt: skip
    seen = ""
    for address in pages:
        page = client.get(address, follow_redirects=True).text
        assert "Olu" not in page, address
        assert "olu-owner" not in page.lower(), address
        assert f'data-author="{people.owner.id}"' not in page, address
        seen += page
    assert "Heron" in seen
    assert WORDS in seen


@pytest.mark.parametrize("who", ["peer", "moderator"])
@pytest.mark.parametrize("author", ["Olu Owner", "olu", "Olu"])
def test_searching_by_author_does_not_find_what_they_wrote_under_an_alias(people, topic_id, client_for, who, author):
    client = client_for(getattr(people, who).email)
    for words in ("listen", "night", ""):
        assert WORDS not in client.get(f"/forums/search?q={words}&author={author}").text


def test_no_notice_and_no_mail_has_it(app, people, topic_id, mailbox):
    mails = mailbox.collect()
    assert all("Olu" not in text_of(mail) + html_of(mail) for mail in mails if mail["To"] != people.owner.email)
    with app.app_context():
        about = select(func.count()).select_from(Notification).where(Notification.about_id == people.owner.id)
        assert db.session.scalar(about) == 0


def test_an_old_page_of_a_board_without_aliases_posts_nothing_under_the_name(app, people, topic_id, client_for):
    client = client_for(people.owner.email)
    address = f"/forums/topics/{topic_id}/reply"
    under_an_alias = {"body": "I slept badly.", "anonymous": "y"}
    assert client.submit(address, under_an_alias).status_code == 303
    with app.app_context(), transaction():
        db.session.scalars(select(Board)).one().anonymity = False
    answer = client.submit(address, {"body": "It was me again.", "anonymous": "y"})
    assert answer.status_code != 303
    with app.app_context():
        assert db.session.scalars(select(Post.body).where(Post.body.contains("me again"))).all() == []
        assert db.session.scalars(select(Post).where(Post.body == "I slept badly.")).one().alias_id is not None
