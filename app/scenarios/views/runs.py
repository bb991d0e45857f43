"""The gallery, and runs of one's own from pre-brief to debrief."""

from uuid import uuid4

from flask import Blueprint, abort, current_app, redirect, render_template, request, send_from_directory, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from werkzeug.exceptions import NotFound

from app.accounts.current import me, my_programme_id
from app.config import ROOT
from app.core import clock
from app.core.db import transaction
from app.core.web import access, signed_in
from app.scenarios import operations, queries
from app.scenarios.engine import NotOffered, RunIsLong, Step, StepKind
from app.scenarios.forms import BackForm, ChoiceForm, ReflectionForm, SkipForm, StartForm, WordsForm
from app.scenarios.models import Scenario
from app.scenarios.operations import MovedOn, NoSuchRun
from app.scenarios.views.stage import CHOICES, NOW, VERBS, Stage, show_debrief, show_scene
from app.signposting.queries import services_by_slug
from app.signposting.seams import seeker

bp = Blueprint("scenarios", __name__, url_prefix="/scenarios")

LARGEST_ID = 2**31 - 1
RUN = f"/runs/<int(max={LARGEST_ID}):run_id>"
MEDIA = ROOT / "scenarios" / "media"
INCOMPLETE = (
    "Something was missing from what your browser sent. Go back, open the page again and press the button there."
)


@bp.get("")
@access(signed_in)
def index() -> str:
    """Every scenario that the member may play."""
    return render_template("scenarios/gallery.html", scenarios=queries.gallery(me()))


@bp.get("/<slug>")
@access(signed_in)
def before(slug: str) -> str:
    """What to know before one begins."""
    scenario = _playable(slug)
    story = queries.story_of(scenario.source_hash)
    return render_template(
        "scenarios/before.html",
        scenario=scenario,
        services=services_by_slug(story.signpost, seeker()),
        unfinished=queries.run_to_resume(me().id, scenario.id),
        start_key=uuid4(),
    )


@bp.post("/<slug>/start")
@access(signed_in)
def start(slug: str) -> ResponseReturnValue:
    """Begin a run."""
    scenario, member_id, programme_id = _playable(slug), me().id, my_programme_id()
    form = _complete(StartForm())
    with transaction():
        run_id = operations.start_run(member_id, scenario.id, form.key.data, programme_id)
    return to_run(run_id)


@bp.get("/runs")
@access(signed_in)
def runs() -> str:
    """The member's own practice, newest first."""
    before_id = min(request.args.get("before", LARGEST_ID, type=int), LARGEST_ID)
    shown, older = queries.page_of_runs(me().id, before_id)
    return render_template("scenarios/runs.html", runs=shown, older=older, is_first=before_id == LARGEST_ID)


@bp.get(RUN)
@access(signed_in)
def run(run_id: int) -> str:
    """The moment that a run is in."""
    return show_scene(_stage(run_id), WordsForm(formdata=None))


@bp.post(f"{RUN}/choose")
@access(signed_in)
def choose(run_id: int) -> ResponseReturnValue:
    """Take a choice."""
    form = _complete(ChoiceForm())
    return _take(run_id, form, Step(StepKind.CHOOSE, form.choice.data))


@bp.post(f"{RUN}/skip")
@access(signed_in)
def skip(run_id: int) -> ResponseReturnValue:
    """Skip a passage."""
    return _take(run_id, _complete(SkipForm()), Step(StepKind.SKIP))


@bp.post(f"{RUN}/back")
@access(signed_in)
def back(run_id: int) -> ResponseReturnValue:
    """Go back to a former moment."""
    form = _complete(BackForm())
    return _take(run_id, form, Step(StepKind.BACK, to=form.to.data))


@bp.post(f"{RUN}/words")
@access(signed_in)
def words(run_id: int) -> ResponseReturnValue:
    """Keep one's own words, and go on to see how others might say it."""
    member_id, position, form = me().id, _complete(SkipForm()).position.data, WordsForm()
    if not form.validate():
        return show_scene(_stage(run_id), form), 422
    with transaction():
        operations.write_words(member_id, run_id, position, form.words.data or "")
    return to_run(run_id, CHOICES)


@bp.get(f"{RUN}/debrief")
@access(signed_in)
def debrief(run_id: int) -> str:
    """Look back at a run, finished or not."""
    stage = _stage(run_id, all_words=True)
    return show_debrief(stage, ReflectionForm(formdata=None, obj=queries.reflection_on(run_id)))


@bp.post(f"{RUN}/debrief")
@access(signed_in)
def reflect(run_id: int) -> ResponseReturnValue:
    """Keep what stays with the member; a script that saves as they write asks for JSON."""
    form, member_id = ReflectionForm(), me().id
    if not form.validate():
        return show_debrief(_stage(run_id, all_words=True), form), 422
    with transaction():
        operations.reflect(member_id, run_id, form.thoughts.data or "", form.intention.data or "")
    if request.accept_mimetypes.best == "application/json":
        return {"saved": f"Saved at {clock.time_words(clock.now())}"}
    return redirect(url_for(".debrief", run_id=run_id, saved=1, _anchor="reflection"), 303)


@bp.get(f"{RUN}/delete")
@access(signed_in)
def confirm_delete(run_id: int) -> str:
    """Ask before a run is deleted."""
    return render_template("scenarios/delete.html", record=queries.own_run(me().id, run_id) or abort(404))


@bp.post(f"{RUN}/delete")
@access(signed_in)
def delete(run_id: int) -> ResponseReturnValue:
    """Delete a run with all that was written in it."""
    member_id = me().id
    with transaction():
        operations.delete_run(member_id, run_id)
    return redirect(url_for(".runs", deleted=1), 303)


@bp.get("/media/<name>")
@access(signed_in)
def media(name: str) -> ResponseReturnValue:
    """A picture that a scenario brings."""
    return send_from_directory(MEDIA, name)


@bp.errorhandler(NoSuchRun)
def no_such_run(_error: NoSuchRun) -> ResponseReturnValue:
    """Somebody else's run looks like one that does not exist."""
    return current_app.handle_http_exception(NotFound())


@bp.errorhandler(NotOffered)
def not_offered(error: NotOffered) -> ResponseReturnValue:
    """Say what happened, lose nothing that was written, and lead to where the run is now."""
    moved_on = isinstance(error, MovedOn)
    page = render_template(
        "scenarios/not_offered.html",
        moved_on=moved_on,
        is_long=isinstance(error, RunIsLong),
        written=request.form.get("words", ""),
        address=url_for(".run", run_id=(request.view_args or {})["run_id"], _anchor=NOW),
    )
    return page, 409 if moved_on else 422


def to_run(run_id: int, place: str = NOW) -> ResponseReturnValue:
    """On to the moment that the run is in."""
    return redirect(url_for(".run", run_id=run_id, _anchor=place), 303)


def _stage(run_id: int, *, all_words: bool = False) -> Stage:
    play = queries.play(me().id, run_id, all_words=all_words) or abort(404)
    return Stage(
        story=play.story,
        run=play.run,
        words=play.words,
        verbs={verb: url_for(f".{verb}", run_id=run_id) for verb in VERBS},
        carry={"position": play.run.position},
        record=play.record,
    )


def _complete(form: FlaskForm) -> FlaskForm:
    """The form, whose hidden fields a browser always sends; 422 for what came without."""
    if not form.validate():
        abort(422, INCOMPLETE)
    return form


def _take(run_id: int, form: FlaskForm, step: Step) -> ResponseReturnValue:
    member_id = me().id
    with transaction():
        operations.take_step(member_id, run_id, form.position.data, step)
    return to_run(run_id)


def _playable(slug: str) -> Scenario:
    return queries.playable(me(), slug) or abort(404)
