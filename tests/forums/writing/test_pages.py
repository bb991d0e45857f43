"""Writing through the pages, as a browser without scripts does."""

import re

import pytest
from sqlalchemy import select

from app.core.db import db, transaction
from app.forums.models import Board, Bookmark, Draft, Post, Reaction, Topic
from app.forums.rules import PostState
from app.moderation.cases.models import Concern, ModerationCase
from tests.forums.writing.talk import Talk

KEY = re.compile(r'name="client_key" value="([^"]+)"')


@pytest.fixture
def owner(client_for, people, talk):
    return client_for(people.owner.email)


@pytest.fixture
def peer(client_for, people, talk):
    return client_for(people.peer.email)


def compose(browser, address, **form):
    """Open a sheet, fill it in and press a button ("submit" where none is named)."""
    shown = browser.get(address)
    assert shown.status_code == 200, shown.text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', shown.text)[1]
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', shown.text))
    buttons = {"preview", "save_draft", "answer"}
    press = {} if buttons & form.keys() else {"submit": "1"}
    return browser.post(address.partition("?")[0], data={**hidden, "csrf_token": token, **press, **form})


def a_topic(browser, **form):
    return compose(
        browser, "/forums/all/new", **{"kind": "discussion", "title": "Night shifts", "body": "Hello", **form}
    )


def test_a_topic_is_begun_and_answered(owner, peer, talk):
    begun = a_topic(owner, tags="Night shifts, handover")
    assert begun.status_code == 303
    shown = owner.get(begun.location, follow_redirects=True)
    assert "Your post is there." in shown.text
    assert "handover" in shown.text
    answered = compose(peer, "/forums/topics/1/reply", body="I know **that**")
    shown = peer.get(answered.location, follow_redirects=True)
    assert "<strong>that</strong>" in shown.text
    assert talk.sound()


def test_going_back_and_pressing_again_posts_once_and_other_words_are_kept(owner, talk):
    topic_id = 1
    a_topic(owner)
    shown = owner.get("/forums/topics/1/reply")
    key = KEY.search(shown.text)[1]
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', shown.text)[1]
    form = {"csrf_token": token, "client_key": key, "submit": "1", "body": "once"}
    first, again = (owner.post("/forums/topics/1/reply", data=form) for _ in range(2))
    assert first.location == again.location
    changed = owner.post("/forums/topics/1/reply", data=form | {"body": "something else"})
    assert changed.status_code == 409
    assert "something else" in changed.text
    fresh = KEY.search(changed.text)[1]
    assert fresh != key
    owner.post("/forums/topics/1/reply", data=form | {"body": "something else", "client_key": fresh})
    assert [post.body for post in talk.posts(topic_id)] == ["Hello", "once", "something else"]


def test_the_preview_is_what_will_be_there_and_posts_nothing(owner, talk):
    shown = a_topic(owner, body="*Hello* <script>alert(1)</script>", preview="1")
    assert shown.status_code == 200
    assert "<em>Hello</em> &lt;script&gt;" in shown.text
    with talk.reading() as session:
        assert session.scalars(select(Topic)).all() == []


def test_a_draft_is_saved_without_scripts_restored_and_gone_once_posted(owner, talk, client_for, people):
    saved = a_topic(owner, body="Half a thought", save_draft="1")
    assert saved.status_code == 303
    elsewhere = client_for(people.owner.email)
    shown = elsewhere.get("/forums/all/new")
    assert "Half a thought" in shown.text
    assert "Here is what you were writing" in shown.text
    listed = elsewhere.get("/forums/drafts").text
    assert "Half a thought" in listed
    assert "A topic in “All”" in listed
    way = re.search(r'href="(/forums/drafts/[^"]+)"', listed)[1]
    assert "Half a thought" in elsewhere.get(way, follow_redirects=True).text
    assert client_for(people.peer.email).get(way).status_code == 404
    compose(elsewhere, "/forums/all/new", title="Night shifts", body="A whole thought", kind="discussion")
    with talk.reading() as session:
        assert session.scalars(select(Draft)).all() == []
    assert "You have no drafts" in owner.get("/forums/drafts").text


def test_what_a_page_saves_by_itself(owner, talk):
    shown = owner.get("/forums/all/new")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', shown.text)[1]
    key = KEY.search(shown.text)[1]
    form = {"csrf_token": token, "client_key": key, "place": "board/1", "draft_version": "", "body": "one"}
    assert owner.post("/forums/drafts", data=form).json["version"] == 1
    other = owner.post("/forums/drafts", data=form | {"body": "two"}).json
    assert other["apart"]
    assert other["key"] != key
    assert owner.get("/forums/drafts/at?place=board/1").json["body"] == "two"
    assert owner.post("/forums/drafts", data=form | {"place": "board/99"}).status_code == 422
    assert "another draft" in owner.get("/forums/all/new").text


def test_nobody_finds_the_drafts_of_another(owner, peer, talk):
    a_topic(owner, body="Mine alone", save_draft="1")
    with talk.reading() as session:
        key = session.scalars(select(Draft.key)).one()
    assert "Mine alone" not in peer.get(f"/forums/all/new?draft={key}").text
    peer.submit("/forums/drafts/discard", {"key": key}, page="/forums/all/new")
    with talk.reading() as session:
        assert session.scalars(select(Draft)).one().words["body"] == "Mine alone"


PHONE = "Ring her on 07700 900123 tonight"


def test_a_phone_number_is_asked_about_and_taken_out(owner, talk):
    asked = a_topic(owner, body=PHONE)
    assert asked.status_code == 422
    assert "<mark>07700 900123</mark>" in asked.text
    taken = a_topic(owner, body=PHONE, answer="redact")
    assert taken.status_code == 303
    assert talk.posts(1)[0].body == "Ring her on [removed: phone number] tonight"


def test_what_is_explained_goes_to_a_moderator_first(owner, peer, talk):
    said = a_topic(owner, body=PHONE, answer="keep", explanation="It is the number of our office")
    assert "A moderator looks at your post first" in owner.get(said.location, follow_redirects=True).text
    assert peer.get("/forums/topics/1").status_code == 404
    with talk.reading() as session:
        concern = session.scalars(select(Concern)).one()
        assert (concern.words, concern.findings) == ("It is the number of our office", {"phone": 1})


def test_the_same_words_again_are_not_posted_again(owner, talk):
    body = "Does anybody here have a good way to begin a handover at night, when everybody is tired?"
    a_topic(owner, body=body)
    again = a_topic(owner, title="Night shifts again", body=body)
    assert again.status_code == 422
    assert "You have posted the same words already" in again.text


def test_what_is_sure_cannot_be_explained_away(owner, talk):
    body = "NHS number 999 123 4500"
    asked = a_topic(owner, body=body, answer="keep", explanation="It is a test number")
    assert asked.status_code == 422
    assert "It cannot be posted with that in it" in asked.text
    with talk.reading() as session:
        assert session.scalars(select(Post)).all() == []


def test_a_title_is_screened_too(owner, talk):
    asked = a_topic(owner, title="NHS number 999 123 4500")
    assert asked.status_code == 422
    assert "<mark>" in asked.text


def test_a_board_that_asks_first_holds_and_says_so(app, people, client_for):
    talk = Talk.of(app, people, pre_approval=True)
    owner, peer = client_for(people.owner.email), client_for(people.peer.email)
    held = a_topic(owner)
    shown = owner.get(held.location, follow_redirects=True)
    assert "A moderator looks at your post first" in shown.text
    assert "nobody else sees it yet" in shown.text
    assert peer.get("/forums/topics/1").status_code == 404
    assert talk.topic(1).state is PostState.HELD
    with talk.reading() as session:
        assert session.scalars(select(ModerationCase)).one().subject_type == "post"


def test_whoever_sounds_distressed_is_shown_support_and_their_post_is_there(owner, peer, talk):
    posted = a_topic(owner, body="I can't cope any more")
    assert posted.location.endswith("/forums/posts/1/support")
    shown = owner.get(posted.location)
    assert "You do not have to carry it alone" in shown.text
    assert 'href="tel:116123"' in shown.text, "also where the directory is empty"
    assert peer.get(posted.location).status_code == 404
    assert talk.post(1).state is PostState.PUBLISHED


def test_a_reply_with_a_quote_names_nobody(owner, peer, talk, people):
    a_topic(owner, body="The handover is too short")
    shown = peer.get("/forums/topics/1/reply?quote=1")
    assert "&gt; The handover is too short" in shown.text
    assert people.owner.name not in shown.text.partition("<textarea")[2].partition("</textarea>")[0]


def test_a_change_keeps_what_was_said_before(owner, peer, talk):
    a_topic(owner, body="First words")
    changed = compose(owner, "/forums/posts/1/edit", title="Night shifts", body="Other words")
    assert changed.status_code == 303
    assert "Edited" in owner.get("/forums/topics/1").text
    assert "First words" in owner.get("/forums/posts/1/history").text
    assert peer.get("/forums/posts/1/history").status_code == 404
    assert peer.get("/forums/posts/1/edit").status_code == 404


def test_two_who_change_the_same_post_lose_nothing(owner, talk):
    a_topic(owner, body="First words")
    shown = owner.get("/forums/posts/1/edit")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', shown.text)[1]
    stale = {"csrf_token": token, "seen": "1", "title": "Night shifts", "submit": "1"}
    compose(owner, "/forums/posts/1/edit", title="Night shifts", body="From the phone")
    late = owner.post("/forums/posts/1/edit", data=stale | {"body": "From the desk"})
    assert late.status_code == 409
    assert "From the desk" in late.text
    assert "From the phone" in late.text


def test_delete_and_undo(owner, peer, talk):
    a_topic(owner)
    compose(peer, "/forums/topics/1/reply", body="Words to regret")
    assert "Words to regret" in peer.get("/forums/posts/2/delete").text
    gone = peer.submit("/forums/posts/2/delete")
    assert "Bring it back" in peer.get(gone.location).text
    assert "Words to regret" not in owner.get("/forums/topics/1").text
    peer.submit("/forums/posts/2/restore", page="/forums/posts/2/deleted")
    assert "Words to regret" in owner.get("/forums/topics/1").text
    assert talk.sound()


def test_one_press(owner, peer, talk):
    a_topic(owner, kind="question")
    compose(peer, "/forums/topics/1/reply", body="Try this")
    page = "/forums/topics/1"
    peer.submit("/forums/posts/1/react", {"kind": "thanks"}, page=page)
    assert "Thank you 1" in owner.get(page).text
    peer.submit("/forums/posts/1/bookmark", page=page)
    assert "Night shifts" in peer.get("/forums/bookmarks").text
    assert "You have no bookmarks" in owner.get("/forums/bookmarks").text
    owner.submit("/forums/posts/2/accept", page=page)
    assert "Answer, chosen by who asked" in peer.get(page).text
    assert peer.submit("/forums/posts/2/accept", page=page).status_code == 403
    assert owner.submit("/forums/posts/1/react", {"kind": "thanks"}, page=page).status_code == 403, "one's own"
    peer.submit(f"{page}/follow", {"follow": "muted"}, page=page)
    assert "Muted" in peer.get(page).text
    peer.submit("/forums/all/follow", {"follow": "following"}, page="/forums/all")
    assert "Following: stop" in peer.get("/forums/all").text
    with talk.reading() as session:
        assert len(session.scalars(select(Reaction)).all()) == len(session.scalars(select(Bookmark)).all()) == 1


def test_completion_names_only_those_who_can_find_the_board(owner, talk, people, app):
    with app.app_context(), transaction():
        board = db.session.get_one(Board, talk.board_id)
        board.cohort_id, board.audience = people.cohort_id, "cohort"
    names = {found["name"] for found in owner.get("/forums/mentions/1?q=pe").json["people"]}
    assert names == {people.peer.name}
    assert owner.get("/forums/mentions/1?q=p").json["people"] == []
    assert owner.get("/forums/mentions/1?q=os").json["people"] == [], "an outsider cannot find it"


def test_a_mention_is_shown_by_the_name_of_now(owner, peer, talk, people, app):
    a_topic(owner, body=f"Ask @petra-peer-{people.peer.id}")
    assert f"<b>@{people.peer.name}</b>" in owner.get("/forums/topics/1").text
    with app.app_context(), transaction():
        people.peer.member.name = "Petra New"
    assert "<b>@Petra New</b>" in owner.get("/forums/topics/1").text
    assert f"@petra-new-{people.peer.id}" in owner.get("/forums/posts/1/edit").text
