"""The pages of forums, for everybody who asks: what they show, to whom, and where a reader finds back to."""

import re

import pytest
from sqlalchemy import event, func, select, update

from app.core import clock
from app.core.db import db, transaction
from app.forums.acts import EDITABLE
from app.forums.models import Board, Bookmark, Post, Reaction, ReadingPosition, Tag, Topic, TopicTag
from app.forums.rules import Audience, Label, PostState, ReactionKind
from tests.forums.said import a_board, a_post, a_topic

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@pytest.fixture
def talk(app, people):
    """A topic of 45 posts on a cohort's board, of which the last is the owner's."""
    with app.app_context():
        board_id = a_board(people, "our-own", audience=Audience.COHORT, cohort_id=people.cohort_id)
        topic_id = a_topic(board_id, people.owner, "Kettles and courage")
        for number in range(1, 45):
            a_post(topic_id, people.peer, f"Words number {number}.")
        a_post(topic_id, people.owner, "The last words.")
        return topic_id


def position(app, person, topic_id):
    with app.app_context():
        of = (ReadingPosition.member_id == person.id) & (ReadingPosition.topic_id == topic_id)
        return db.session.scalar(select(ReadingPosition.last_read).where(of))


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("owner", 200), ("peer", 200), ("moderator", 200), ("outsider", 404), ("lead", 404), ("facilitator", 404),
        ("suspended", 403), ("sponsor", 403), ("stranger", 404), ("other_lead", 404),
    ],
)  # fmt: skip
def test_a_cohorts_talk_is_for_its_members_and_moderators(app, people, talk, client_for, who, status):
    browser = client_for(getattr(people, who).email)
    with app.app_context():
        post_id = db.session.scalar(select(Post.id).where(Post.number == 2))
    for address in (f"/forums/topics/{talk}", "/forums/our-own", "/forums/our-own/label"):
        assert browser.get(address).status_code == status, address
    assert browser.get(f"/forums/posts/{post_id}").status_code == (302 if status == 200 else status)
    index = browser.get("/forums")
    assert ("Our-Own" in index.text) == (status == 200)
    found = browser.get("/forums/search?q=kettles")
    assert ("Words number" in found.text) == (status == 200)


def test_a_post_offers_to_be_changed_only_while_it_can_be(app, people, talk, client_for):
    with app.app_context():
        post_id = db.session.scalar(select(Post.id).where(Post.number == 45))
    owner = client_for(people.owner.email)
    address, change = f"/forums/topics/{talk}?at=45", f"/forums/posts/{post_id}/edit"
    assert f'href="{change}"' in owner.get(address).text
    with clock.frozen(clock.now() + EDITABLE):
        assert owner.get(change).status_code == 403
        late = owner.get(address).text
    assert f'href="{change}"' not in late
    assert f'href="/forums/posts/{post_id}/delete"' in late


def test_a_visitor_is_asked_to_sign_in(people, talk, anonymous):
    for address in ("/forums", "/forums/our-own", f"/forums/topics/{talk}", "/forums/search?q=words"):
        answer = anonymous.get(address)
        assert answer.status_code == 302
        assert "/login" in answer.location


def test_a_page_has_its_posts_and_leads_to_the_others(people, talk, client_for):
    reader = client_for(people.owner.email)
    first, second, last = (reader.get(f"/forums/topics/{talk}?{where}").text for where in ("", "at=21", "page=99"))
    assert 'id="post-20"' in first
    assert 'id="post-21"' not in first
    assert 'id="post-21"' in second
    assert 'id="post-45"' in last
    assert 'rel="next"' in first
    assert 'rel="next"' not in last
    assert reader.get(f"/forums/topics/{talk}?page=x&at=-1").status_code == 200


def test_a_permalink_leads_to_the_post_where_it_stands(app, people, talk, client_for):
    with app.app_context():
        post_id = db.session.scalar(select(Post.id).where(Post.number == 33))
    answer = client_for(people.owner.email).get(f"/forums/posts/{post_id}")
    assert answer.location == f"/forums/topics/{talk}?at=33#post-33"


# -- where one left off ------------------------------------------------------------------------------------------------


def told(browser, talk, first, seen, **more):
    token = TOKEN.search(browser.get(f"/forums/topics/{talk}").text)[1]
    return browser.post(f"/forums/topics/{talk}/read", data={"csrf_token": token, "first": first, "seen": seen, **more})


def test_one_finds_back_to_where_one_stopped(app, people, talk, client_for):
    reader = client_for(people.owner.email)
    assert 'id="new"' not in reader.get(f"/forums/topics/{talk}").text
    assert told(reader, talk, 1, 12).status_code == 204
    assert position(app, people.owner, talk) == 12
    assert f"/forums/topics/{talk}?at=13#new" in reader.get("/forums/our-own").text
    page = reader.get(f"/forums/topics/{talk}?at=13").text
    assert page.index('id="post-12"') < page.index('id="new"') < page.index('id="post-13"')
    told(reader, talk, 41, 43)  # they jumped ahead, and left a gap
    assert position(app, people.owner, talk) == 12
    told(reader, talk, 41, 45)  # they reached the end
    assert position(app, people.owner, talk) == 45
    told(reader, talk, 1, 3)
    assert position(app, people.owner, talk) == 45
    assert "app-topic--new" not in reader.get("/forums/our-own").text


def test_without_a_script_turning_the_page_is_enough(app, people, talk, client_for):
    reader = client_for(people.owner.email)
    page = f"/forums/topics/{talk}"
    reader.get(f"{page}?page=2")  # from elsewhere, such as a search
    assert position(app, people.owner, talk) is None
    reader.get(f"{page}?page=2", headers={"Referer": f"http://localhost{page}"})
    assert position(app, people.owner, talk) == 20
    answer = told(reader, talk, 21, 40, back="1")
    assert answer.location == "/forums/our-own"
    assert position(app, people.owner, talk) == 40


def test_nobody_moves_a_position_in_what_they_do_not_read(people, talk, client_for):
    outsider = client_for(people.outsider.email)
    token = TOKEN.search(outsider.get("/forums").text)[1]
    form = {"csrf_token": token, "first": 1, "seen": 2}
    assert outsider.post(f"/forums/topics/{talk}/read", data=form).status_code == 404
    assert outsider.post("/forums/our-own/read", data={"csrf_token": token}).status_code == 404


def test_a_whole_board_can_be_called_read(people, talk, client_for):
    reader = client_for(people.peer.email)
    assert "1 new" in reader.get("/forums").text
    assert reader.submit("/forums/our-own/read", page="/forums/our-own").status_code == 303
    assert "1 new" not in reader.get("/forums").text
    assert "Nothing here is new to you" in reader.get("/forums/our-own?show=unread").text


# -- what is kept from readers -----------------------------------------------------------------------------------------


def test_held_and_hidden_words_are_their_authors_and_moderators(app, people, talk, client_for):
    with app.app_context():
        for state in (PostState.HELD, PostState.HIDDEN):
            a_post(talk, people.owner, f"Secret {state} words", state=state)
    for who, sees in (("owner", True), ("moderator", True), ("peer", False)):
        page = client_for(getattr(people, who).email).get(f"/forums/topics/{talk}?at=46").text
        assert ("Secret held words" in page) == sees, who
        assert ("Secret hidden words" in page) == sees, who


def test_of_what_is_gone_others_learn_only_that_it_was_there(app, people, talk, client_for):
    with app.app_context():
        a_post(talk, people.owner, "Deleted words", state=PostState.DELETED)
        a_post(talk, people.owner, "Removed words", state=PostState.REMOVED)
    page = client_for(people.peer.email).get(f"/forums/topics/{talk}?at=46").text
    assert "Its author deleted post 46" in page
    assert "A moderator removed post 47" in page
    assert "Deleted words" not in page
    assert "Removed words" in client_for(people.moderator.email).get(f"/forums/topics/{talk}?at=46").text


def test_an_alias_shows_nowhere_whose_it_is(app, people, client_for):
    with app.app_context():
        board_id = a_board(people, "in-confidence", anonymity=True)
        topic_id = a_topic(board_id, people.owner, "What I would rather not sign", anonymous=True)
        post_id = a_post(topic_id, people.owner, "Quietly.", alias="Heron")
    for who in ("peer", "moderator", "lead"):
        browser = client_for(getattr(people, who).email)
        for address in (f"/forums/topics/{topic_id}", "/forums/in-confidence", "/forums/search?q=quietly"):
            page = browser.get(address).text
            assert "Heron" in page, (who, address)
            assert "Olu" not in page, (who, address)
        assert "Nothing found" in browser.get("/forums/search?author=olu").text
        assert "olu@" not in browser.get(f"/forums/posts/{post_id}", follow_redirects=True).text


# -- labels ------------------------------------------------------------------------------------------------------------


def test_a_label_is_agreed_to_before_the_first_reading_and_leads_back_to_the_topic(app, people, client_for):
    with app.app_context():
        board_id = a_board(people, "quiet", label=Label.CHATHAM_HOUSE)
        topic_id = a_topic(board_id, people.owner, "Only after a promise")
        a_post(topic_id, people.owner, "Promised words")
    reader = client_for(people.peer.email)
    asked = reader.get(f"/forums/topics/{topic_id}")
    assert asked.location == f"/forums/quiet/label?topic={topic_id}"
    for address in ("/forums/quiet", f"/forums/topics/{topic_id}", "/forums/search?q=promised"):
        assert "Promised words" not in reader.get(address, follow_redirects=True).text
    stale = reader.submit("/forums/quiet/label", {"label": "board_only"})
    assert stale.location == "/forums/quiet/label"
    agreed = reader.submit("/forums/quiet/label", {"label": "chatham_house", "topic": topic_id}, page=asked.location)
    assert agreed.location == f"/forums/topics/{topic_id}"
    assert "Promised words" in reader.get(f"/forums/topics/{topic_id}").text
    assert "Promised" in reader.get("/forums/search?q=promised").text


# -- lists and search --------------------------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_a_long_list_is_paged_without_a_gap_and_pinned_topics_come_first(app, people, client_for):
    with app.app_context():
        board_id = a_board(people, "long")
        at = clock.now()
        rows = [a_topic(board_id, people.owner, f"Topic {number}") for number in range(45)]
        with transaction():
            db.session.execute(update(Topic).where(Topic.id.in_(rows[5:9])).values(pinned=True))
            db.session.execute(update(Topic).where(Topic.id.in_(rows[10:35])).values(newest_at=at))
    reader, address, seen = client_for(people.peer.email), "/forums/long", []
    while address and len(seen) <= len(rows):
        page = reader.get(address).text
        seen += [int(number) for number in re.findall(r'<a href="/forums/topics/(\d+)', page)]
        more = re.search(r'href="(/forums/long\?after=[^"]+)" rel="next"', page)
        address = more and more[1]
    assert len(seen) == 45
    assert set(seen) == set(rows)
    assert set(seen[:4]) == set(rows[5:9])


@pytest.mark.both_databases
def test_search_narrows_down_and_shows_the_newest_first(app, people, client_for):
    with app.app_context():
        board_id, other_id = a_board(people, "one"), a_board(people, "two")
        topic_id = a_topic(board_id, people.owner, "Lanyards and learning")
        a_post(topic_id, people.owner, "The lanyard was in the kettle.")
        a_post(topic_id, people.peer, "My lanyard shines, 100% blue_green.")
        elsewhere = a_topic(other_id, people.peer, "Something else")
        a_post(elsewhere, people.peer, "Here is a lanyard, too.")
        hidden = a_post(elsewhere, people.peer, "A hidden lanyard", state=PostState.HIDDEN)
        with transaction():
            tag = Tag(programme_id=people.programme_id, slug="blue-things", name="blue things")
            db.session.add(tag)
            db.session.flush()
            db.session.add(TopicTag(programme_id=people.programme_id, topic_id=topic_id, tag_id=tag.id))
            db.session.execute(update(Topic).where(Topic.id == topic_id).values(kind="question", accepted_number=2))
    reader = client_for(people.outsider.email)

    def found(**asked):
        page = reader.get("/forums/search", query_string=asked).text
        return re.findall(r'href="/forums/topics/(\d+)\?at=(\d+)#', page)

    one, two, three = (str(topic_id), "1"), (str(topic_id), "2"), (str(elsewhere), "1")
    assert found(q="lanyards") == [three, two, one]
    assert found(q="lanyard", board="two") == [three]
    assert found(q="lanyard", author="petra") == [three, two]
    assert found(author="100%") == []
    assert found(q="lanyard", tag="Blue things") == [two, one]
    assert found(q="lanyard", answered="1") == [two, one]
    assert found(q="lanyard -kettle") == [three, two]
    assert found(q='"lanyard shines"') == [two]
    assert found(q="lanyard", within="week") == [three, two, one]
    assert found(q="learning", order="best") == [one]
    assert set(found(q="lanyard", order="best")) == {one, two, three}
    assert found(q="lanyard", before=hidden) == [three, two, one]
    for odd in ('"', "a OR", "NEAR(", "*", "'; --", "\\", "﷽", "-x"):
        assert reader.get("/forums/search", query_string={"q": odd}).status_code == 200
    page = reader.get("/forums/search?q=lanyard").text
    assert "<mark>lanyard</mark>" in page
    assert "A hidden" not in page


# -- cost --------------------------------------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_pages_ask_the_database_as_often_whatever_there_is(app, people, client_for):
    with app.app_context():
        board_id = a_board(people, "busy")
        small = a_topic(board_id, people.owner, "Small")
        a_post(small, people.owner)
        large = a_topic(board_id, people.owner, "Large")
        for number in range(41):
            post_id = a_post(large, people.peer, f"Words {number}")
            with transaction():
                now = clock.now()
                about = {"post_id": post_id, "programme_id": people.programme_id, "at": now}
                db.session.add(Reaction(member_id=people.owner.id, kind=ReactionKind.THANKS, **about))
                db.session.add(Bookmark(member_id=people.outsider.id, **about))
        with transaction():
            db.session.execute(update(Topic).where(Topic.id == large).values(kind="question", accepted_number=3))
    reader = client_for(people.outsider.email)
    sent = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *what: sent.append(what[2]))

    def asked(address):
        reader.get(address)
        sent.clear()
        assert reader.get(address).status_code == 200
        return sum(statement != "BEGIN" for statement in sent)

    assert asked(f"/forums/topics/{small}") <= 8
    assert asked(f"/forums/topics/{large}") <= 8
    assert asked(f"/forums/topics/{large}?page=3") <= 8
    few = asked("/forums/busy")
    with app.app_context():
        for number in range(25):
            a_topic(board_id, people.owner, f"More {number}")
    assert asked("/forums/busy") == few <= 6
    assert asked("/forums") <= 6
    assert asked("/forums/search?q=words") <= 7


# -- counters ----------------------------------------------------------------------------------------------------------


def test_a_wrong_counter_is_reported_and_mended_and_old_html_is_cooked_again(app, people, talk):
    runner = app.test_cli_runner()
    assert "Every counter is right" in runner.invoke(args=["forums", "reconcile"]).output
    with app.app_context(), transaction():
        db.session.execute(update(Topic).values(posts=Topic.posts - 1))
        db.session.execute(update(Post).where(Post.number <= 3).values(cook_version=0, html="old"))
    said = runner.invoke(args=["forums", "reconcile"]).output
    assert f"topic {talk}: counted (44, 45), there were (45, 45)" in said
    assert "Every counter is right" in runner.invoke(args=["forums", "reconcile"]).output
    assert "3 posts were made again" in runner.invoke(args=["forums", "rebake"]).output
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Post).where(Post.html == "old")) == 0
        assert db.session.scalars(select(Board)).one().posts == 45
