"""/moderation/words: the words that the moderators of a programme watch."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import has_role, me, my_programme_id
from app.accounts.rules import Role
from app.core.db import transaction
from app.core.web import access
from app.moderation.screening import samples, watchwords
from app.moderation.screening.forms.words import EffectForm, ListForm, WordForm
from app.moderation.screening.models import WatchedWord
from app.moderation.screening.operations import watching
from app.moderation.screening.queries import words
from app.moderation.screening.watchwords import Effect, Watched, WrongPatternError

bp = Blueprint("words", __name__, url_prefix="/moderation/words")

looks_after_words = has_role(Role.MODERATOR, Role.LEAD)
WORD = "/<int(max=2147483647):word_id>"
MOST_SHOWN = 20


@bp.get("")
@access(looks_after_words)
def index() -> str:
    """The words, what they do, and a form for another one."""
    return _page(WordForm())


@bp.post("")
@access(looks_after_words)
def add() -> ResponseReturnValue:
    """Watch another word, or try it on recent posts first."""
    form = WordForm()
    if not form.validate_on_submit():
        return _page(form), 422
    watched = form.watched(form.tidied)
    if form.try_out.data:
        return _page(form, tried=watched)
    try:
        with transaction():
            watching.watch(_here(), watched, by_id=me().id)
    except WrongPatternError as wrong:
        form.pattern.errors = [str(wrong)]
        return _page(form), 422
    flash(f"“{watched.pattern}” is watched.", "success")
    return redirect(url_for(".index"), 303)


@bp.get(WORD)
@access(looks_after_words)
def show(word_id: int) -> str:
    """One word, and what it matches in recent posts."""
    row = _word(word_id)
    return _word_page(row, EffectForm(effect=row.effect, suggestion=row.suggestion))


@bp.post(WORD)
@access(looks_after_words)
def change(word_id: int) -> ResponseReturnValue:
    """Let a word do something else."""
    row, form = _word(word_id), EffectForm()
    if not form.validate_on_submit():
        return _word_page(row, form), 422
    with transaction():
        watching.change(_word(word_id), form.watched(row.pattern), by_id=me().id)
    flash("Saved.", "success")
    return redirect(url_for(".index"), 303)


@bp.post(f"{WORD}/remove")
@access(looks_after_words)
def remove(word_id: int) -> ResponseReturnValue:
    """Watch a word no longer."""
    with transaction():
        row = _word(word_id)
        pattern = row.pattern
        watching.unwatch(row, by_id=me().id)
    flash(f"“{pattern}” is no longer watched.", "success")
    return redirect(url_for(".index"), 303)


@bp.get("/list")
@access(looks_after_words)
def as_list() -> str:
    """The words as text, to change many at once."""
    form = ListForm(words=watchwords.as_list(words.watched(_here())))
    return render_template("moderation/screening/list.html", form=form)


@bp.get("/list.txt")
@access(looks_after_words)
def download() -> Response:
    """The same as a file."""
    name = {"Content-Disposition": 'attachment; filename="watched-words.txt"'}
    return Response(watchwords.as_list(words.watched(_here())), mimetype="text/plain", headers=name)


@bp.post("/list")
@access(looks_after_words)
def take_in() -> ResponseReturnValue:
    """Take a list in."""
    form = ListForm()
    if not form.validate_on_submit():
        return render_template("moderation/screening/list.html", form=form), 422
    try:
        with transaction():
            done = watching.take_in(_here(), form.listed(), instead=form.instead.data == "remove", by_id=me().id)
    except WrongPatternError as wrong:
        form.words.errors = [str(wrong)]
        return render_template("moderation/screening/list.html", form=form), 422
    flash(f"Added: {done.added}. Changed: {done.changed}. Removed: {done.removed}.", "success")
    return redirect(url_for(".index"), 303)


def _here() -> int:
    return my_programme_id() or abort(404)


def _word(word_id: int) -> WatchedWord:
    return words.row(_here(), word_id) or abort(404)


def _page(form: WordForm, tried: Watched | None = None) -> str:
    return render_template(
        "moderation/screening/words.html",
        form=form,
        effects=Effect,
        rows=words.rows(_here()),
        tried=tried,
        shown=_matches(tried) if tried else None,
    )


def _word_page(row: WatchedWord, form: EffectForm) -> str:
    watched = Watched(row.pattern, row.effect, row.suggestion)
    return render_template(
        "moderation/screening/word.html", row=row, form=form, effects=Effect, shown=_matches(watched)
    )


def _matches(watched: Watched) -> dict[str, object]:
    """What a word matches in recent posts: how many of how many, and the first of them."""
    looked_at = samples.newest(me(), _here())
    found = [(sample, hits) for sample in looked_at if (hits := watchwords.find(sample.text, [watched]))]
    shown = [(sample, watchwords.around(sample.text, hits[0])) for sample, hits in found[:MOST_SHOWN]]
    return {"of": len(looked_at), "matched": len(found), "shown": shown}
