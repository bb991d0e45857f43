"""Changing a post, taking it away and bringing it back, and what it said before."""

from functools import partial

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.core import outbox
from app.core.db import transaction
from app.core.web import access
from app.forums import tags
from app.forums.acts import UNDO, Act, may
from app.forums.forms.composing import EditFirstForm, EditForm
from app.forums.models import Board, Post, Topic
from app.forums.operations import editing, states, words
from app.forums.operations.editing import ChangedElsewhereError, OwnChange
from app.forums.operations.intake import Screened
from app.forums.queries import history, writing
from app.forums.rules import PostState, Reader
from app.forums.views.blueprint import POST, bp, here, in_community
from app.forums.views.composing import Posted, after_posting
from app.forums.views.sheets import Sheet, opened, reread, sent

NOT_NOW = {
    Act.EDIT: "This post cannot be changed any more: it is older than 30 days, or its topic is closed.",
    Act.DELETE: "This post is gone already.",
    Act.UNDO_DELETE: "Ten minutes are over, so the post stays deleted.",
}
CHANGED = "The post was changed in another place since you opened this page. What it says there is below yours."


@bp.get(f"{POST}/edit")
@access(in_community)
def edit_post(post_id: int) -> str:
    """A sheet with what a post says."""
    return opened(_sheet(*_mine(here(), post_id, Act.EDIT)))


@bp.post(f"{POST}/edit")
@access(in_community)
def change_post(post_id: int) -> ResponseReturnValue:
    """Change a post."""
    sheet = _sheet(*_mine(here(), post_id, Act.EDIT))
    try:
        return sent(sheet, partial(_change, sheet, post_id))
    except ChangedElsewhereError:
        post, _topic, _board = _mine(here(), post_id, Act.EDIT)
        sheet.form.seen.data = str(post.version)
        sheet.form.form_errors = [CHANGED]
        sheet.form.take({"body": f"{sheet.form.words.body}\n\n---\n\n{words.editable(post.body)}"})
        return render_template("forums/compose.html", sheet=sheet, form=sheet.form, board=sheet.board), 409


@bp.get(f"{POST}/delete")
@access(in_community)
def ask_to_delete(post_id: int) -> str:
    """Ask before a post is taken away."""
    post, topic, board = _mine(here(), post_id, Act.DELETE)
    return render_template("forums/delete.html", post=post, topic=topic, board=board, html=Markup(words.shown(post)))  # noqa: S704


@bp.post(f"{POST}/delete")
@access(in_community)
def delete_post(post_id: int) -> ResponseReturnValue:
    """Take a post away; for ten minutes it can be brought back."""
    with transaction():
        reader = reread()
        post, _topic, _board = _mine(reader, post_id, Act.DELETE)
        states.delete(post, by_id=reader.member_id)
    return redirect(url_for(".deleted", post_id=post_id), 303)


@bp.get(f"{POST}/deleted")
@access(in_community)
def deleted(post_id: int) -> str:
    """Say that it is gone, with the way back."""
    post, topic, board = _mine(here(), post_id, Act.UNDO_DELETE)
    until = (post.state_at or post.created_at) + UNDO
    return render_template("forums/deleted.html", post=post, topic=topic, board=board, until=until)


@bp.post(f"{POST}/restore")
@access(in_community)
def restore_post(post_id: int) -> ResponseReturnValue:
    """Bring a post back that was just taken away."""
    with transaction():
        reader = reread()
        post, _topic, _board = _mine(reader, post_id, Act.UNDO_DELETE)
        states.restore(post, by_id=reader.member_id)
    flash("Your post is back.", "success")
    return redirect(url_for(".post", post_id=post_id), 303)


@bp.get(f"{POST}/history")
@access(in_community)
def post_history(post_id: int) -> str:
    """What a post said before, for its author and moderators."""
    post, topic, board = _allowed(here(), post_id, Act.SEE_HISTORY)
    versions = history.versions(post)
    return render_template("forums/history.html", post=post, topic=topic, board=board, versions=versions)


def _change(sheet: Sheet, post_id: int, screened: Screened) -> ResponseReturnValue:
    form, text = sheet.form, words.prepare(here(), sheet.board, screened.ruling.texts["body"])
    with transaction() as after:
        reader = reread()
        post, topic, _board = _mine(reader, post_id, Act.EDIT)
        first = "title" in form
        change = OwnChange(
            text=text,
            seen_version=form.seen_post,
            title=screened.ruling.texts["title"] if first else None,
            tags=tags.read(screened.ruling.texts.get("tags", "")) if first else None,
            client_key=form.key,
            screened=screened,
        )
        editing.edit(post, topic, change, by_id=reader.member_id)
        posted = Posted.of(post, topic)
        after.append(outbox.wake)
    if posted.state is PostState.HIDDEN:
        flash("Your change is kept. The post stays hidden until a moderator has looked at it.", "success")
        return redirect(url_for(".post", post_id=post_id), 303)
    return after_posting(posted, "Your change is there.")


def _sheet(post: Post, topic: Topic, board: Board) -> Sheet:
    form = EditFirstForm() if post.number == 1 else EditForm()
    if request.method == "GET":
        form.take({"body": words.editable(post.body)})
        form.seen.data = str(post.version)
        if post.number == 1:
            form.take({"title": topic.title, "tags": tags.write(writing.tags(topic))})
    return Sheet(
        heading="Change your post",
        place=f"post/{post.id}",
        is_new=False,
        board=board,
        form=form,
        address=url_for(".edit_post", post_id=post.id),
        back=url_for(".post", post_id=post.id),
        back_words="your post",
    )


def _mine(reader: Reader, post_id: int, act: Act) -> tuple[Post, Topic, Board]:
    """The reader's own post, if they may do that to it now; somebody else's looks like none."""
    post, topic, board = writing.post(reader, post_id) or abort(404)
    if post.author_id != reader.member_id:
        abort(404)
    if not may(act, writing.standing(reader, post, topic, board)):
        abort(403, NOT_NOW[act])
    return post, topic, board


def _allowed(reader: Reader, post_id: int, act: Act) -> tuple[Post, Topic, Board]:
    post, topic, board = writing.post(reader, post_id) or abort(404)
    if not may(act, writing.standing(reader, post, topic, board)):
        abort(404)
    return post, topic, board
