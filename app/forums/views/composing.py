"""Writing a new topic or a reply, with what stands around it: a preview, and support for whoever needs it."""

from dataclasses import dataclass
from functools import partial

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import outbox
from app.core.db import transaction
from app.core.web import access
from app.forums import care, policies, quotes, tags
from app.forums.acts import Act, may
from app.forums.forms.composing import ReplyForm, TopicForm, WordsForm
from app.forums.models import Board, Post, Topic
from app.forums.operations import posting, words
from app.forums.operations.announcing import announce
from app.forums.operations.intake import Screened
from app.forums.operations.posting import Opening, Written
from app.forums.queries import writing
from app.forums.rules import PostState
from app.forums.upkeep.queries import may_post_anonymously
from app.forums.views.blueprint import POST, TOPIC, bp, here, in_community
from app.forums.views.sheets import Sheet, opened, reread, sent
from app.signposting.queries import services_by_slug
from app.signposting.seams import cards, seeker

POSTED = "Your post is there."
HELD = "Thank you. A moderator looks at your post first, and then others can read it. You are told."


@bp.get("/<slug>/new")
@access(in_community)
def new_topic(slug: str) -> str:
    """A sheet for a new topic."""
    return opened(_topic_sheet(_board(slug)))


@bp.post("/<slug>/new")
@access(in_community)
def begin(slug: str) -> ResponseReturnValue:
    """Begin a topic."""
    sheet = _topic_sheet(_board(slug))
    return sent(sheet, partial(_begin, sheet))


@bp.get(f"{TOPIC}/reply")
@access(in_community)
def new_reply(topic_id: int) -> str:
    """A sheet for a reply; `quote` names a post whose words it begins with, `to` one that it answers."""
    return opened(_reply_sheet(*_topic(topic_id)))


@bp.post(f"{TOPIC}/reply")
@access(in_community)
def reply(topic_id: int) -> ResponseReturnValue:
    """Add a post."""
    topic, board = _topic(topic_id)
    sheet = _reply_sheet(topic, board)
    return sent(sheet, partial(_reply, sheet, topic_id))


@bp.get(f"{POST}/support")
@access(in_community)
def support(post_id: int) -> ResponseReturnValue:
    """For whoever wrote it alone: their post is there, and here is somebody to talk to."""
    post, topic, _board = writing.post(here(), post_id) or abort(404)
    if post.author_id != here().member_id:
        abort(404)
    worry = _worry(post, topic)
    if worry is None:
        return redirect(url_for(".post", post_id=post_id))
    services = services_by_slug(care.SERVICES[worry], seeker())
    return render_template("forums/support.html", post=post, topic=topic, services=cards(services))


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of a post, as it was inside the transaction."""

    id: int
    state: PostState
    worry: care.Worry | None

    @classmethod
    def of(cls, post: Post, topic: Topic) -> "Posted":
        """As it stands now."""
        return cls(post.id, post.state, _worry(post, topic))


def after_posting(posted: Posted, done: str = POSTED) -> ResponseReturnValue:
    """Where somebody is led who has just posted: to their post, by way of support if it sounds as if they need it."""
    flash(done if posted.state is PostState.PUBLISHED else HELD, "success")
    return redirect(url_for(".support" if posted.worry else ".post", post_id=posted.id), 303)


def _begin(sheet: Sheet, screened: Screened) -> ResponseReturnValue:
    form, text = sheet.form, words.prepare(here(), sheet.board, screened.ruling.texts["body"])
    with transaction() as after:
        reader = reread()
        board = _writable(writing.board_by_id(reader, sheet.board.id))
        opening = Opening(
            title=screened.ruling.texts["title"],
            kind=form.kind.data,
            tags=tags.read(screened.ruling.texts.get("tags", "")),
        )
        written = Written(text=text, client_key=form.key, anonymous=_is_anonymous(form), screened=screened)
        post = posting.begin(reader, board, opening, written)
        posted = Posted.of(post, writing.topic_of(post))
        after.append(outbox.wake)
    return after_posting(posted)


def _reply(sheet: Sheet, topic_id: int, screened: Screened) -> ResponseReturnValue:
    form, text = sheet.form, words.prepare(here(), sheet.board, screened.ruling.texts["body"])
    with transaction() as after:
        reader = reread()
        topic, board = writing.topic(reader, topic_id) or abort(404)
        written = Written(
            text=text,
            client_key=form.key,
            anonymous=_is_anonymous(form),
            reply_to_id=writing.answered(topic, form.reply_to_id),
            screened=screened,
        )
        post = posting.reply(reader, board, topic, written)
        posted = Posted.of(post, topic)
        if posted.state is PostState.PUBLISHED:
            after.append(partial(announce, topic.id, post.number))
        after.append(outbox.wake)
    return after_posting(posted)


def _is_anonymous(form: WordsForm) -> bool:
    """Also where the board takes no aliases any more: then nothing is posted, rather than under the name."""
    return bool(form.anonymous.data) if "anonymous" in form else bool(request.form.get("anonymous"))


def _topic_sheet(board: Board) -> Sheet:
    form = TopicForm()
    if not may_post_anonymously(here(), board):
        del form.anonymous
    address = url_for(".new_topic", slug=board.slug)
    back = url_for(".board", slug=board.slug)
    return Sheet(
        heading="Begin a topic",
        place=f"board/{board.id}",
        board=board,
        form=form,
        address=address,
        back=back,
        back_words=board.name,
    )


def _reply_sheet(topic: Topic, board: Board) -> Sheet:
    form = ReplyForm()
    if not may_post_anonymously(here(), board):
        del form.anonymous
    elif request.method == "GET":
        form.anonymous.data = writing.has_alias(here(), topic)
    quoted = request.args.get("quote", type=int)
    if request.method == "GET":
        form.reply_to.data = str(quoted or request.args.get("to", type=int) or "")
    return Sheet(
        heading=f"Reply to “{topic.title}”",
        place=f"topic/{topic.id}",
        board=board,
        form=form,
        address=url_for(".new_reply", topic_id=topic.id),
        back=url_for(".topic", topic_id=topic.id),
        back_words="the topic",
        begun=_quoted(topic, board, quoted) if quoted else "",
    )


def _quoted(topic: Topic, board: Board, post_id: int) -> str:
    """The words of a post of the same topic; of another one nothing, because others may read it."""
    found = writing.post(here(), post_id)
    if found is None or found[1].id != topic.id:
        return ""
    post = found[0]
    if not may(Act.QUOTE, writing.standing(here(), post, topic, board)):
        return ""
    return quotes.quote(post.id, words.editable(post.body))


def _board(slug: str) -> Board:
    return _writable(writing.board(here(), slug))


def _writable(board: Board | None) -> Board:
    if board is None:
        abort(404)
    if not policies.can_begin(here(), board, acknowledged=True):
        abort(403, "This board is closed: what is there can be read, and nothing new is added.")
    return board


def _topic(topic_id: int) -> tuple[Topic, Board]:
    topic, board = writing.topic(here(), topic_id) or abort(404)
    if not policies.can_reply(here(), board, topic, acknowledged=True):
        abort(403, "This topic is closed: it can be read, and nothing new is added.")
    return topic, board


def _worry(post: Post, topic: Topic) -> care.Worry | None:
    return care.worry(topic.title if post.number == 1 else "", post.body)
