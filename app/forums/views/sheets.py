"""A sheet to write on: what a new topic, a reply and a change have in common, from the first letter to what is posted.

Nothing is kept before it was screened; a draft is, closed, for its author alone.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from flask import abort, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.core.clock import time_words
from app.core.db import transaction
from app.forums.forms.composing import WordsForm, new_key
from app.forums.models import Board, Draft
from app.forums.operations import drafts, intake, words
from app.forums.operations.drafts import Saved, TooManyError
from app.forums.operations.intake import Screened
from app.forums.operations.posting import ClosedMeanwhileError, NoAliasError, OtherWordsError
from app.forums.queries import drafting
from app.forums.rules import Reader
from app.forums.views.blueprint import here
from app.moderation.cases.queries.features import silenced_until
from app.moderation.screening.weighing import Ruling, Verdict

OTHER_WORDS = (
    "You posted something from this page before, and this is different. Press the button again to post it as well."
)
CLOSED = "It takes no more posts: somebody closed it or took it away a moment ago. Your words are kept as a draft."
NO_ALIAS = "This board does not take posts without a name any more. Nothing was posted. Decide again, then post it."
TOO_MANY = "You have as many drafts as can be kept. Throw one away, then save again. Your words are still on this page."

Put = Callable[[Screened], ResponseReturnValue]


@dataclass(kw_only=True)
class Sheet:
    """A page to write on. `place` names its drafts, `back` is where it leads without posting."""

    heading: str
    place: str
    board: Board
    form: WordsForm
    address: str
    back: str
    back_words: str
    is_new: bool = True  # a change is not counted as another post
    begun: str = ""  # what stands in the body before anything is written: a quote
    draft: Draft | None = None
    others: list[Draft] = field(default_factory=list)
    ruling: Ruling | None = None
    preview: Markup | None = None


def opened(sheet: Sheet) -> str:
    """The page as it is first seen: with the words that were saved here last, if there are any."""
    known = drafting.at(here(), sheet.place)
    wanted = next((each for each in known if each.key == request.args.get("draft")), known[0] if known else None)
    if wanted is not None:
        sheet.draft, sheet.others = wanted, [each for each in known if each is not wanted]
        sheet.form.take({name: text for name, text in wanted.words.items() if name in sheet.form})
        sheet.form.client_key.data, sheet.form.draft_version.data = wanted.key, str(wanted.version)
    if sheet.begun and sheet.begun.strip() not in str(sheet.form.body.data or ""):
        sheet.form.take({"body": f"{str(sheet.form.body.data or '').rstrip()}\n\n{sheet.begun}".lstrip("\n")})
    sheet.form.client_key.data = sheet.form.key
    return _page(sheet)


def sent(sheet: Sheet, put: Put) -> ResponseReturnValue:
    """What becomes of a page that was sent: a draft, a preview, a question, an error, or a post (by `put`)."""
    until = silenced_until(here().member_id, here().programme_id)
    if until is not None:
        abort(403, "You can read here, but not write at the moment. Your inbox says why, and how to appeal.")
    sheet.form.client_key.data = sheet.form.key
    if sheet.form.save_draft.data:
        return _save(sheet)
    if not sheet.form.validate():
        return _page(sheet), 422
    if sheet.form.preview.data:
        sheet.preview = Markup(words.preview(here(), sheet.board, sheet.form.words.body))  # noqa: S704 - cooked
        return _page(sheet)
    return _post(sheet, put)


def reread() -> Reader:
    """Whoever asks, looked up again: for use inside a transaction."""
    g.pop("forum_reader", None)
    return here()


def _post(sheet: Sheet, put: Put) -> ResponseReturnValue:
    form = sheet.form
    form.take({"body": words.normal(sheet.board, form.words.body)})
    screened = intake.screen(
        here(),
        sheet.board,
        form.texts(),
        answer=form.answered,
        explanation=str(form.explanation.data or ""),
        key=form.key,
        new=sheet.is_new,
    )
    ruling = screened.ruling
    if ruling.verdict in {Verdict.ASK, Verdict.REFUSE}:
        return _not_yet(sheet, ruling)
    form.take({name: text for name, text in ruling.texts.items() if name in form})
    try:
        return put(screened)
    except OtherWordsError:
        form.client_key.data, form.draft_version.data = new_key(), ""
        form.form_errors = [OTHER_WORDS]
    except ClosedMeanwhileError:
        _keep(sheet)
        form.form_errors = [CLOSED]
    except NoAliasError:
        form.form_errors = [NO_ALIAS]
    return _page(sheet), 409


def _not_yet(sheet: Sheet, ruling: Ruling) -> ResponseReturnValue:
    """Nothing is kept: the page says why, or asks."""
    if ruling.verdict is Verdict.REFUSE:
        until = f" You can post again at {time_words(ruling.wait_until)}." if ruling.wait_until else ""
        sheet.form.body.errors = [f"{ruling.complaint}{until}"]
    else:
        sheet.ruling = ruling
    return _page(sheet), 422


def _save(sheet: Sheet) -> ResponseReturnValue:
    """The button that saves, for whoever has no script running."""
    try:
        saved = _keep(sheet)
    except TooManyError:
        sheet.form.form_errors = [TOO_MANY]
        return _page(sheet), 422
    if saved is None:
        flash("You have posted this already.")
        return redirect(sheet.back, 303)
    flash(f"Your draft is saved, {time_words(saved.at)}.", "success")
    if saved.apart:
        flash("The same draft was changed in another place too. Both are kept.")
    return redirect(f"{sheet.address}{'&' if '?' in sheet.address else '?'}draft={saved.key}", 303)


def _keep(sheet: Sheet) -> Saved | None:
    with transaction():
        return drafts.save(here(), sheet.place, sheet.form.key, sheet.form.seen_version, sheet.form.words)


def _page(sheet: Sheet) -> str:
    return render_template("forums/compose.html", sheet=sheet, form=sheet.form, board=sheet.board)
