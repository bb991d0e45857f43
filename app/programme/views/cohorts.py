"""Where programme leads keep cohorts and their dates."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import has_role, me
from app.accounts.rules import Role
from app.core import clock
from app.core.db import transaction
from app.core.web import access
from app.programme import operations, queries
from app.programme.current import led
from app.programme.forms.cohorts import CohortForm, DateForm, RemoveForm
from app.programme.models import Cohort, CohortEvent
from app.programme.operations import CohortInUseError

bp = Blueprint("lead_cohorts", __name__, url_prefix="/lead/cohorts")

DATE = "/<slug:cohort_slug>/dates/<int(max=2147483647):event_id>"


@bp.get("")
@access(has_role(Role.LEAD))
def index() -> str:
    """Every cohort with every date."""
    return render_template("programme/lead/cohorts.html", cohorts=queries.cohorts(led().id), now=clock.now())


@bp.route("/new", methods=["GET", "POST"])
@access(has_role(Role.LEAD))
def new() -> ResponseReturnValue:
    """A new cohort."""
    form = CohortForm.of(led())
    if not form.validate_on_submit():
        return _page("cohort", form)
    by_id = me().id
    with transaction():
        cohort = operations.add_cohort(led().id, form.name.data.strip(), form.state.data, form.size, by=by_id)
        slug = cohort.slug
    flash("The cohort was added. Now add its dates.", "success")
    return redirect(url_for(".new_date", cohort_slug=slug))


@bp.route("/<slug:cohort_slug>", methods=["GET", "POST"])
@access(has_role(Role.LEAD))
def edit(cohort_slug: str) -> ResponseReturnValue:
    """Change a cohort."""
    cohort = _cohort(cohort_slug)
    form = CohortForm.of(led(), cohort)
    if not form.validate_on_submit():
        return _page("cohort", form, cohort)
    by_id = me().id
    with transaction():
        operations.change_cohort(_cohort(cohort_slug), form.name.data.strip(), form.state.data, form.size, by=by_id)
    flash("The cohort was saved.", "success")
    return redirect(url_for(".index", _anchor=cohort_slug))


@bp.route("/<slug:cohort_slug>/remove", methods=["GET", "POST"])
@access(has_role(Role.LEAD))
def remove(cohort_slug: str) -> ResponseReturnValue:
    """Remove a cohort with its dates, after a question."""
    cohort, form = _cohort(cohort_slug), RemoveForm()
    if not form.validate_on_submit():
        return _page("remove_cohort", form, cohort, in_use=queries.cohort_in_use(cohort.id))
    by_id = me().id
    try:
        with transaction():
            operations.remove_cohort(_cohort(cohort_slug), by=by_id)
    except CohortInUseError:
        abort(409, "People belong to this cohort or are invited to it, so it was not removed.")
    flash("The cohort was removed.", "success")
    return redirect(url_for(".index"))


@bp.route("/<slug:cohort_slug>/dates/new", methods=["GET", "POST"])
@access(has_role(Role.LEAD))
def new_date(cohort_slug: str) -> ResponseReturnValue:
    """A new date of a cohort."""
    cohort, form = _cohort(cohort_slug), DateForm.of()
    if not form.validate_on_submit():
        return _page("date", form, cohort)
    by_id = me().id
    with transaction():
        operations.add_date(_cohort(cohort_slug), form.draft(), by=by_id)
    flash("The date was added.", "success")
    return redirect(url_for(".index", _anchor=cohort_slug))


@bp.route(DATE, methods=["GET", "POST"])
@access(has_role(Role.LEAD))
def edit_date(cohort_slug: str, event_id: int) -> ResponseReturnValue:
    """Change a date."""
    event = _event(cohort_slug, event_id)
    form = DateForm.of(event)
    if not form.validate_on_submit():
        return _page("date", form, _cohort(cohort_slug), event=event)
    by_id = me().id
    with transaction():
        changed = operations.change_date(_event(cohort_slug, event_id), form.draft(), by=by_id)
    flash("The date was changed. Tell those who have it in their calendar." if changed else "Nothing was changed.")
    return redirect(url_for(".index", _anchor=cohort_slug))


@bp.route(f"{DATE}/remove", methods=["GET", "POST"])
@access(has_role(Role.LEAD))
def remove_date(cohort_slug: str, event_id: int) -> ResponseReturnValue:
    """Remove a date, after a question."""
    event, form = _event(cohort_slug, event_id), RemoveForm()
    if not form.validate_on_submit():
        return _page("remove_date", form, _cohort(cohort_slug), event=event)
    by_id = me().id
    with transaction():
        operations.remove_date(_event(cohort_slug, event_id), by=by_id)
    flash("The date was removed.", "success")
    return redirect(url_for(".index", _anchor=cohort_slug))


def _cohort(slug: str) -> Cohort:
    return queries.cohort(led().id, slug) or abort(404)


def _event(cohort_slug: str, event_id: int) -> CohortEvent:
    return queries.cohort_event(led().id, cohort_slug, event_id) or abort(404)


def _page(
    template: str,
    form: CohortForm | DateForm | RemoveForm,
    cohort: Cohort | None = None,
    *,
    event: CohortEvent | None = None,
    in_use: bool = False,
) -> ResponseReturnValue:
    page = render_template(f"programme/lead/{template}.html", form=form, cohort=cohort, event=event, in_use=in_use)
    return page, 422 if form.errors else 200
