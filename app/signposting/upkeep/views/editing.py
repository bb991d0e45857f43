"""The list with what is overdue first, and one entry: edit with preview, check, hide, history."""

from contextlib import suppress
from dataclasses import dataclass
from uuid import uuid4

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.accounts.current import me
from app.core import clock
from app.core.db import transaction
from app.core.web import access
from app.signposting.bank_holidays import is_bank_holiday
from app.signposting.details import details_of
from app.signposting.kinds import Reach, ServiceState
from app.signposting.models import SupportService
from app.signposting.openreferral.listing import Listing
from app.signposting.openreferral.queries.listings import fresh, listing_of
from app.signposting.showing import Card, card_of
from app.signposting.upkeep import checks
from app.signposting.upkeep.checks import Kept
from app.signposting.upkeep.forms.entry import EntryForm
from app.signposting.upkeep.forms.small import PutBackForm, StateForm
from app.signposting.upkeep.operations import editing, history
from app.signposting.upkeep.operations.history import ChangedMeanwhileError
from app.signposting.upkeep.queries import entries
from app.signposting.upkeep.rules import due
from app.signposting.upkeep.views.blueprint import NUMBER, bp, here, keeps_directory, kept


@dataclass(frozen=True, slots=True)
class Preview:
    """How an entry would look."""

    card: Card
    details: list[tuple[str, list[str]]]
    html: Markup
    what_happens: str


class _NotKept(Exception):  # noqa: N818 - ends a transaction that was only for looking
    pass


@bp.get("")
@access(keeps_directory)
def index() -> str:
    """Every entry that the lead keeps."""
    today, show, words = editing.today(), request.args.get("show", ""), request.args.get("q", "")[:100]
    number = request.args.get("page", 1, type=int)
    return render_template(
        "signposting/upkeep/index.html",
        page=entries.listed(here(), today, show=show, words=words, page=number),
        counts=entries.counts(here(), today),
        show=show,
        q=words,
        due=lambda service: due(service.next_check_on, today),
        owners=dict(entries.keepers(here())),
    )


@bp.route("/new", methods=["GET", "POST"])
@access(keeps_directory)
def new() -> ResponseReturnValue:
    """Add an entry of the programme's own."""
    empty = Listing(uuid=str(uuid4()), name="", reach=Reach.LOCAL)
    form = EntryForm.of(None, empty, entries.keepers(here()))
    if not form.validate_on_submit():
        return _editor(None, form, status=422 if form.errors else 200)
    if form.preview.data:
        return _editor(None, form, preview=_preview(None, form))
    with transaction():
        state = ServiceState.PUBLISHED
        service_id = editing.add(form.draft(), programme_id=here(), state=state, by=me().id).id
    flash("The entry is there, and people can find it.", "success")
    return redirect(url_for(".show", service_id=service_id), 303)


@bp.get(f"/<{NUMBER}:service_id>")
@access(keeps_directory)
def show(service_id: int) -> str:
    """An entry with what is known of it and what can be done."""
    service = kept(service_id)
    general = service.template is not None and service.organisation_id is None
    looked_at = Kept(service.slug, listing_of(service), service.next_check_on, general=general)
    return render_template(
        "signposting/upkeep/show.html",
        service=service,
        card=card_of(service, clock.now(), is_bank_holiday),
        faults=checks.faults([looked_at], editing.today()),
        due=due(service.next_check_on, editing.today()),
        owner=dict(entries.keepers(here())).get(service.owner_id or 0, ""),
    )


@bp.route(f"/<{NUMBER}:service_id>/edit", methods=["GET", "POST"])
@access(keeps_directory)
def edit(service_id: int) -> ResponseReturnValue:
    """Change an entry; what somebody else saved meanwhile is not overwritten."""
    service = kept(service_id)
    form = EntryForm.of(service, listing_of(service), entries.keepers(here()))
    if not form.validate_on_submit():
        return _editor(service, form, status=422 if form.errors else 200)
    if form.preview.data:
        return _editor(service, form, preview=_preview(service_id, form))
    try:
        with transaction():
            editing.edit(kept(service_id), form.draft(), seen_version=form.seen_version, by=me().id)
    except ChangedMeanwhileError:
        abort(409, "Somebody saved this entry while you were writing. Nothing was overwritten: open it again.")
    flash("Saved. It is public now if the entry is shown.", "success")
    return redirect(url_for(".show", service_id=service_id), 303)


@bp.post(f"/<{NUMBER}:service_id>/check")
@access(keeps_directory)
def check(service_id: int) -> ResponseReturnValue:
    """Checked today: still right."""
    with transaction():
        service = kept(service_id)
        editing.check(service, by=me().id)
        name = service.name
    flash(f"Noted: {name} was checked today and is still right.", "success")
    back = url_for(".index", show="overdue") if request.form.get("from") == "list" else None
    return redirect(back or url_for(".show", service_id=service_id), 303)


@bp.route(f"/<{NUMBER}:service_id>/state", methods=["GET", "POST"])
@access(keeps_directory)
def state(service_id: int) -> ResponseReturnValue:
    """Hide an entry, show it again, or say that the service has ended."""
    service = kept(service_id)
    form = StateForm(data={"state": service.state.value})
    if not form.validate_on_submit():
        status = 422 if form.errors else 200
        return render_template("signposting/upkeep/state.html", service=service, form=form), status
    with transaction():
        editing.move(kept(service_id), ServiceState(form.state.data), form.why.data.strip(), by=me().id)
    flash("Saved.", "success")
    return redirect(url_for(".show", service_id=service_id), 303)


@bp.get(f"/<{NUMBER}:service_id>/history")
@access(keeps_directory)
def past(service_id: int) -> str:
    """Every version of an entry, with who and why."""
    service = kept(service_id)
    return render_template("signposting/upkeep/history.html", service=service, versions=entries.versions(service_id))


@bp.route(f"/<{NUMBER}:service_id>/history/<{NUMBER}:number>", methods=["GET", "POST"])
@access(keeps_directory)
def version(service_id: int, number: int) -> ResponseReturnValue:
    """What an entry said in one of them, with a button that puts it back."""
    service, form = kept(service_id), PutBackForm()
    earlier = entries.version(service_id, number) or abort(404)
    if not form.validate_on_submit():
        form = PutBackForm(version=service.version)
        said = history.said_in(earlier.document)
        return render_template(
            "signposting/upkeep/version.html", service=service, earlier=earlier, said=said, form=form
        )
    seen = str(form.version.data or "")
    try:
        with transaction():
            earlier = entries.version(service_id, number) or abort(404)
            history.put_back(kept(service_id), earlier, seen_version=int(seen) if seen.isdecimal() else 0, by=me().id)
    except ChangedMeanwhileError:
        abort(409, "Somebody saved this entry while you were looking at its history. Nothing was put back.")
    flash("It says again what it said then.", "success")
    return redirect(url_for(".show", service_id=service_id), 303)


def _preview(service_id: int | None, form: EntryForm) -> Preview:
    """The entry as it would be: saved in a transaction that is taken back."""
    with suppress(_NotKept), transaction():
        if service_id is None:
            service = editing.add(form.draft(), programme_id=here(), state=ServiceState.DRAFT, by=me().id)
        else:
            service = kept(service_id)
            editing.edit(service, form.draft(), seen_version=service.version, by=me().id)
        service = fresh(service.id)
        card = card_of(service, clock.now(), is_bank_holiday)
        details = [(question, list(answers)) for question, answers in details_of(service)]
        html = Markup(service.html)  # noqa: S704 - cooked
        preview = Preview(card, details, html, service.what_happens)
        raise _NotKept
    return preview


def _editor(
    service: SupportService | None, form: EntryForm, *, status: int = 200, preview: Preview | None = None
) -> ResponseReturnValue:
    # A preview was taken back, and with it what the session knew.
    service = kept(service.id) if service is not None else None
    return render_template("signposting/upkeep/edit.html", service=service, form=form, preview=preview), status
