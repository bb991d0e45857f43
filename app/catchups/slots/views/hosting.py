"""Offering a slot, changing it, calling it off, and who comes: for hosts and programme leads."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.catchups.slots import policies
from app.catchups.slots.forms.hosting import AttendanceForm, CancelForm
from app.catchups.slots.forms.new_slot import NewSlotForm
from app.catchups.slots.forms.slot import SlotForm
from app.catchups.slots.operations import hosting, offering
from app.catchups.slots.operations.hosting import CannotChangeError, TooEarlyError
from app.catchups.slots.queries import lines
from app.catchups.slots.queries.clashes import SUBJECT, clash
from app.catchups.slots.queries.lists import Shown
from app.catchups.slots.rules import Reader
from app.catchups.slots.timing import NoSuchHourError, Span
from app.catchups.slots.views.blueprint import SLOT, bp, here, in_community, looked_after
from app.core import outbox
from app.core.db import transaction
from app.core.web import access
from app.programme import belonging


@bp.get("/new")
@access(in_community)
def new() -> str:
    """The form for a new slot."""
    return _new_page(_new_form(here()))


@bp.post("/new")
@access(in_community)
def offer() -> ResponseReturnValue:
    """Offer a slot, or a series of them."""
    form = _new_form(here())
    if not form.validate():
        return _new_page(form), 422
    with transaction() as after:
        reader, what = here(), form.offer()
        if not policies.can_offer(reader, what.kind, what.cohort_id):
            abort(403)
        slots = offering.offer(reader, what, form.draft(), form.spans())
        slot_id, span = slots[0].id, Span(slots[0].starts_at, slots[0].ends_at)
        after.append(outbox.wake)
    flash(f"It is offered{f', {len(slots)} times' if len(slots) > 1 else ''}. {form.twice()}".strip(), "success")
    _warn_of_clash(reader, span, slot_id)
    return redirect(url_for(".show", slot_id=slot_id), 303)


@bp.get(f"{SLOT}/change")
@access(in_community)
def edit(slot_id: int) -> str:
    """The form for a slot that is there."""
    shown = looked_after(here(), slot_id)
    return _change_page(shown, SlotForm.of(shown.slot))


@bp.post(f"{SLOT}/change")
@access(in_community)
def change(slot_id: int) -> ResponseReturnValue:
    """Change a slot, or it and all that follow."""
    shown = looked_after(here(), slot_id)
    form = SlotForm.of(shown.slot)
    if not form.validate():
        return _change_page(shown, form), 422
    try:
        with transaction() as after:
            reader = here()
            slot = looked_after(reader, slot_id).slot
            hosting.change(slot, form.draft(), form.spans()[0], form.scope_meant, by_id=reader.member_id)
            after.append(outbox.wake)
    except (CannotChangeError, NoSuchHourError) as wrong:
        form.form_errors.append(str(wrong))
        return _change_page(looked_after(here(), slot_id), form), 422
    flash(f"Saved. Everybody who signed up is told if the time or the place changed. {form.twice()}".strip(), "success")
    return redirect(url_for(".show", slot_id=slot_id), 303)


@bp.get(f"{SLOT}/cancel")
@access(in_community)
def confirm_cancel(slot_id: int) -> str:
    """Ask for a reason before a slot is called off."""
    shown = looked_after(here(), slot_id)
    return render_template("catchups/slots/cancel.html", shown=shown, form=CancelForm.of(shown.slot))


@bp.post(f"{SLOT}/cancel")
@access(in_community)
def cancel(slot_id: int) -> ResponseReturnValue:
    """Call a slot off, or it and all that follow."""
    shown = looked_after(here(), slot_id)
    form = CancelForm.of(shown.slot)
    if not form.validate():
        return render_template("catchups/slots/cancel.html", shown=shown, form=form), 422
    with transaction() as after:
        reader = here()
        slot = looked_after(reader, slot_id).slot
        hosting.call_off(slot, form.reason.data.strip(), form.scope_meant, by_id=reader.member_id)
        after.append(outbox.wake)
    flash("It is cancelled. Everybody who signed up is told.", "success")
    return redirect(url_for(".show", slot_id=slot_id), 303)


@bp.get(f"{SLOT}/people")
@access(in_community)
def people(slot_id: int) -> str:
    """Who comes, and once it has begun, who came."""
    return _people_page(looked_after(here(), slot_id))


@bp.post(f"{SLOT}/people")
@access(in_community)
def mark(slot_id: int) -> ResponseReturnValue:
    """Note who came."""
    shown = looked_after(here(), slot_id)
    form = AttendanceForm.of(lines.comers(slot_id))
    if not form.validate():
        return _people_page(shown, form), 422
    with transaction():
        reader = here()
        slot = looked_after(reader, slot_id).slot
        hosting.mark_attendance(slot, set(form.came.data), by_id=reader.member_id)
    flash("Saved.", "success")
    return redirect(url_for(".people", slot_id=slot_id), 303)


@bp.errorhandler(TooEarlyError)
def too_early(_error: TooEarlyError) -> ResponseReturnValue:
    """Say that who came can be told later."""
    flash("It has not begun yet, so nobody has come. You can note who came from its start on.", "error")
    return redirect(url_for(".people", slot_id=(request.view_args or {})["slot_id"]), 303)


def _new_form(reader: Reader) -> NewSlotForm:
    if not policies.can_take_part(reader):
        abort(403, "You can offer a catch-up when you have a place in a cohort.")
    every = belonging.cohorts(reader.programme_id)
    cohorts = [(cohort_id, name) for cohort_id, name in every if reader.is_staff or cohort_id in reader.cohort_ids]
    return NewSlotForm.for_host(cohorts, leads=reader.leads)


def _new_page(form: NewSlotForm) -> str:
    return render_template("catchups/slots/new.html", form=form)


def _change_page(shown: Shown, form: SlotForm) -> str:
    return render_template("catchups/slots/change.html", shown=shown, form=form)


def _people_page(shown: Shown, form: AttendanceForm | None = None) -> str:
    comers = lines.comers(shown.slot.id)
    form = form or AttendanceForm.of(comers)
    return render_template("catchups/slots/people.html", shown=shown, comers=comers, form=form)


def _warn_of_clash(reader: Reader, span: Span, slot_id: int) -> None:
    """A host may well know; they are told, not refused."""
    other = clash(reader.member_id, span, besides=(SUBJECT, slot_id))
    if other:
        flash(f"You are also booked for something else at that time: {other.title}.")
