"""Practice without a record over HTTP: each page is the answer to a form, and no address says what is practised."""

from dataclasses import replace

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import me
from app.core.web import access, signed_in
from app.scenarios import engine, queries
from app.scenarios.engine import NotOffered, RunIsLong, Step, StepKind
from app.scenarios.forms import WordsForm
from app.scenarios.sealed import NotSealedHere, Practice, Sealer
from app.scenarios.views.stage import CHOICES, NOW, VERBS, Stage, show_debrief, show_scene

bp = Blueprint("practice", __name__, url_prefix="/scenarios/practice")

SEALER = "practice_sealer"


@bp.get("")
@bp.get("/<verb>")
@access(signed_in)
def gone(verb: str = "") -> ResponseReturnValue:  # noqa: ARG001 - whatever page it was, it was not kept
    """Nothing was kept, so there is nothing to come back to."""
    return redirect(url_for("scenarios.index"), 303)


@bp.post("")
@access(signed_in)
def begin() -> str:
    """Begin, without leaving a trace."""
    scenario = queries.playable(me(), request.form.get("slug", "")) or abort(404)
    return _show(Practice(scenario.slug, scenario.source_hash))


@bp.post("/choose")
@access(signed_in)
def choose() -> str:
    """Take a choice."""
    return _take(Step(StepKind.CHOOSE, request.form.get("choice", "")))


@bp.post("/skip")
@access(signed_in)
def skip() -> str:
    """Skip a passage."""
    return _take(Step(StepKind.SKIP))


@bp.post("/back")
@access(signed_in)
def back() -> str:
    """Go back to a former moment."""
    return _take(Step(StepKind.BACK, to=request.form.get("to", -1, type=int)))


@bp.post("/words")
@access(signed_in)
def words() -> ResponseReturnValue:
    """Go on to see how others might say it; one's own words stay on the page."""
    practice, form = _opened(), WordsForm()
    if not form.validate():
        return _show(practice, form), 422
    here = len(practice.steps)
    return _show(replace(practice, words={**practice.words, here: form.words.data or ""}))


@bp.post("/debrief")
@access(signed_in)
def debrief() -> str:
    """Look back."""
    practice = _opened()
    return show_debrief(_stage(practice))


@bp.errorhandler(NotSealedHere)
def over(_error: NotSealedHere) -> ResponseReturnValue:
    """The page was open for too long, or the server's secret has changed."""
    return render_template("scenarios/practice_over.html"), 422


@bp.errorhandler(NotOffered)
def not_offered(error: NotOffered) -> ResponseReturnValue:
    """Only a form that was tampered with asks for what is not open, but a run may grow too long."""
    return render_template("scenarios/not_offered.html", is_long=isinstance(error, RunIsLong)), 422


def _take(step: Step) -> str:
    practice = _opened()
    return _show(replace(practice, steps=(*practice.steps, step)))


def _opened() -> Practice:
    """What the page carried; its scenario must still be open to the member."""
    sealer: Sealer = current_app.extensions[SEALER]
    practice = sealer.open(request.form.get("sealed", ""))
    return practice if queries.playable(me(), practice.slug) else abort(404)


def _show(practice: Practice, form: WordsForm | None = None) -> str:
    return show_scene(_stage(practice), form or WordsForm(formdata=None))


def _stage(practice: Practice) -> Stage:
    """Play the steps again: what a page carries is never trusted further than the story allows."""
    sealer: Sealer = current_app.extensions[SEALER]
    try:
        story = queries.story_of(practice.source_hash)
    except LookupError as gone:
        raise NotSealedHere("sealed when there was another database") from gone
    return Stage(
        story=story,
        run=engine.replay(story, practice.steps),
        words=practice.words,
        verbs={verb: url_for(f".{verb}", _anchor=CHOICES if verb == "words" else NOW) for verb in VERBS},
        carry={"sealed": sealer.seal(practice)},
    )
