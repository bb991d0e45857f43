"""Each action of writing, as author, peer, peer of another cohort, moderator, other programme, suspended, nobody."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from app.core import clock
from app.core.db import db, transaction
from app.forums.models import Post, Topic
from app.forums.rules import Audience, Label, TopicKind
from tests.forums.writing.talk import Talk

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
FORM = {"body": "Words for a post", "title": "A title for it", "kind": "discussion", "submit": "1"}

# On a board of one cohort: what each of them is answered. 1 is the author's topic, 1 and 2 its posts (2 is the peer's).
NOT_THERE, DONE, REFUSED = 404, 303, 403
EVERYBODY = ("owner", "peer", "outsider", "moderator", "lead", "sponsor", "stranger", "suspended", None)
ACTIONS = [
    ("new", FORM, (DONE, DONE, NOT_THERE, DONE, NOT_THERE, REFUSED, NOT_THERE, REFUSED, 302)),
    ("topic/reply", FORM, (DONE, DONE, NOT_THERE, DONE, NOT_THERE, REFUSED, NOT_THERE, REFUSED, 302)),
    ("topic/follow", {"follow": "muted"}, (DONE, DONE, NOT_THERE, DONE, NOT_THERE, REFUSED, NOT_THERE, REFUSED, 302)),
    ("board/follow", {"follow": "muted"}, (DONE, DONE, NOT_THERE, DONE, NOT_THERE, REFUSED, NOT_THERE, REFUSED, 302)),
    ("post/1/edit", FORM | {"seen": "1"}, (
        DONE, NOT_THERE, NOT_THERE, NOT_THERE, NOT_THERE, REFUSED, NOT_THERE, REFUSED, 302,
    )),
    ("post/1/delete", {}, (DONE, NOT_THERE, NOT_THERE, NOT_THERE, NOT_THERE, REFUSED, NOT_THERE, REFUSED, 302)),
    ("post/1/restore", {}, (REFUSED, NOT_THERE, NOT_THERE, NOT_THERE, NOT_THERE, REFUSED, NOT_THERE, REFUSED, 302)),
    ("post/1/react", {"kind": "thanks"}, (
        REFUSED, DONE, NOT_THERE, DONE, NOT_THERE, REFUSED, NOT_THERE, REFUSED, 302,
    )),
    ("post/1/bookmark", {}, (DONE, DONE, NOT_THERE, DONE, NOT_THERE, REFUSED, NOT_THERE, REFUSED, 302)),
    ("post/2/accept", {}, (DONE, REFUSED, NOT_THERE, REFUSED, NOT_THERE, REFUSED, NOT_THERE, REFUSED, 302)),
    ("topic/pin", {}, (REFUSED, REFUSED, REFUSED, DONE, REFUSED, REFUSED, REFUSED, REFUSED, 302)),
    ("topic/close", {}, (REFUSED, REFUSED, REFUSED, DONE, REFUSED, REFUSED, REFUSED, REFUSED, 302)),
    ("topic/split", {"split-title": "Apart", "split-numbers": "2"}, (
        REFUSED, REFUSED, REFUSED, DONE, REFUSED, REFUSED, REFUSED, REFUSED, 302,
    )),
]  # fmt: skip
READING = {
    "new": (200, 200, NOT_THERE, 200, NOT_THERE, REFUSED, NOT_THERE, REFUSED, 302),
    "topic/reply?quote=1": (200, 200, NOT_THERE, 200, NOT_THERE, REFUSED, NOT_THERE, REFUSED, 302),
    "post/1/history": (200, NOT_THERE, NOT_THERE, 200, NOT_THERE, REFUSED, NOT_THERE, REFUSED, 302),
    "mentions/1?q=pe": (200, 200, NOT_THERE, 200, NOT_THERE, REFUSED, NOT_THERE, REFUSED, 302),
    "topic/moderate": (REFUSED, REFUSED, REFUSED, 200, REFUSED, REFUSED, REFUSED, REFUSED, 302),
}


def address(of):
    """The address of an action."""
    return "/forums/" + of.replace("topic/", "topics/1/").replace("post/", "posts/").replace("board/", "all/").replace(
        "new", "all/new"
    )


@pytest.fixture
def talk(app, people):
    """A topic of the owner's on the board of their cohort, with an answer by the peer."""
    talk = Talk.of(app, people, audience=Audience.COHORT, cohort_id=people.cohort_id)
    topic_id = talk.begin(people.owner, kind=TopicKind.QUESTION)
    talk.reply(people.peer, topic_id)
    return talk


@pytest.fixture
def browser(app, client_for, people, anonymous):
    """`browser("owner")`: a browser of theirs; of nobody's for None."""

    def of(who):
        return anonymous if who is None else client_for(getattr(people, who).email)

    return of


def post(browser, to, form):
    """Post with a token of any page that shows one."""
    found = TOKEN.search(browser.get("/me").text) or TOKEN.search(browser.get("/login").text)
    return browser.post(to, data={"csrf_token": found[1] if found else "", **form})


def as_before(app):
    """Undo what an action did, so that the next one is asked of the same topic."""
    with app.app_context(), transaction():
        for row in db.session.scalars(select(Post).where(Post.id <= 2).order_by(Post.id)):
            row.state, row.state_at, row.topic_id, row.number, row.version = "published", None, 1, row.id, 1
        topic = db.session.get_one(Topic, 1)
        topic.state, topic.state_at, topic.closed = "published", None, False
        topic.last_number = topic.newest_number = topic.posts = 2
        db.session.execute(delete(Post).where(Post.id > 2, Post.topic_id == 1))


@pytest.mark.parametrize("who", EVERYBODY)
def test_what_each_may_look_at(talk, browser, who):
    mine, turn = browser(who), EVERYBODY.index(who)
    answers = {of: mine.get(address(of)).status_code for of in READING}
    assert answers == {of: expected[turn] for of, expected in READING.items()}


@pytest.mark.parametrize("who", EVERYBODY)
def test_what_each_may_do(app, talk, people, browser, who):
    mine, turn = browser(who), EVERYBODY.index(who)
    answers = {}
    for of, form, _expected in ACTIONS:
        answers[of] = post(mine, address(of), form).status_code
        as_before(app)
    assert answers == {of: expected[turn] for of, _form, expected in ACTIONS}


def test_the_label_of_a_board_is_agreed_to_first(app, people, client_for):
    talk = Talk.of(app, people, label=Label.CHATHAM_HOUSE)
    topic_id = talk.begin(people.owner)
    peer = client_for(people.peer.email)
    assert peer.get("/forums/all/new").status_code == NOT_THERE
    assert post(peer, f"/forums/topics/{topic_id}/reply", FORM).status_code == NOT_THERE
    assert peer.get("/forums/mentions/1?q=ol").status_code == NOT_THERE
    peer.submit("/forums/all/label", {"label": "chatham_house"})
    assert peer.get("/forums/all/new").status_code == 200


def test_whoever_is_silenced_reads_and_keeps_but_does_not_write(monkeypatch, talk, people, client_for):
    for view in ("sheets", "marking"):
        monkeypatch.setattr(f"app.forums.views.{view}.silenced_until", lambda *_who: clock.now() + timedelta(days=1))
    peer = client_for(people.peer.email)
    for of, form in (("new", FORM), ("topic/reply", FORM), ("post/2/edit", FORM | {"seen": "1"})):
        assert post(peer, address(of), form).status_code == REFUSED, of
    assert post(peer, "/forums/posts/1/react", {"kind": "thanks"}).status_code == REFUSED
    assert post(peer, "/forums/posts/1/bookmark", {}).status_code == DONE
    assert post(peer, "/forums/posts/2/delete", {}).status_code == DONE
