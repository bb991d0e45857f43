"""Stories at events for sharing learning: leads write them, the people in them agree or not."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import has_role, me
from app.accounts.rules import Role
from app.catchups.slots.forms.hosting import ConsentForm, StoryForm
from app.catchups.slots.operations import stories
from app.catchups.slots.operations.stories import OtherWordsError
from app.catchups.slots.queries.lists import Shown
from app.catchups.slots.queries.stories import Told, asked_of, members_by_email, story_of
from app.catchups.slots.rules import SlotKind
from app.catchups.slots.views.blueprint import SLOT, bp, here, looked_after
from app.core import outbox
from app.core.db import transaction
from app.core.web import access, signed_in

leads = has_role(Role.LEAD)


@bp.get(f"{SLOT}/story")
@access(leads)
def edit_story(slot_id: int) -> str:
    """The story of an event, and what the people in it said."""
    shown, told = _event(slot_id), story_of(slot_id)
    emails = "\n".join(agreement.email for agreement in told.agreements) if told else ""
    form = StoryForm(body=told.story.body if told else "", people=emails)
    return _story_page(shown, told, form)


@bp.post(f"{SLOT}/story")
@access(leads)
def write_story(slot_id: int) -> ResponseReturnValue:
    """Write the story, and ask whoever is in it."""
    shown, form = _event(slot_id), StoryForm()
    known = members_by_email(shown.slot.programme_id, form.emails)
    if not form.validate() or not _all_known(form, known):
        return _story_page(shown, story_of(slot_id), form), 422
    with transaction() as after:
        slot = _event(slot_id).slot
        stories.write(slot, form.body.data.strip(), set(known.values()), by_id=me().id)
        after.append(outbox.wake)
    flash("Saved. The story is shown when everybody in it has agreed.", "success")
    return redirect(url_for(".edit_story", slot_id=slot_id), 303)


@bp.post(f"{SLOT}/story/remove")
@access(leads)
def remove_story(slot_id: int) -> ResponseReturnValue:
    """Take the story away, with what was said about it."""
    with transaction():
        stories.take_away(_event(slot_id).slot, by_id=me().id)
    flash("The story is removed.", "success")
    return redirect(url_for(".show", slot_id=slot_id), 303)


@bp.get(f"{SLOT}/story/mine")
@access(signed_in)
def my_story(slot_id: int) -> str:
    """A story that the reader is in, and the question whether it may be shared."""
    slot, story, consent = asked_of(me().id, slot_id) or abort(404)
    form = ConsentForm(formdata=None, version=str(story.version))
    return render_template("catchups/slots/my_story.html", slot=slot, story=story, consent=consent, form=form)


@bp.post(f"{SLOT}/story/mine")
@access(signed_in)
def answer(slot_id: int) -> ResponseReturnValue:
    """Agree or not; either can be taken back at any time."""
    form = ConsentForm()
    if not form.validate() or form.agree.data == form.refuse.data:
        abort(422, "Press one of the two buttons.")
    try:
        with transaction():
            _slot, _story, consent = asked_of(me().id, slot_id) or abort(404)
            stories.answer(consent, form.seen_version, agrees=bool(form.agree.data))
    except OtherWordsError:
        flash("The story was changed since you opened it. Please read it again.", "error")
    else:
        flash("Thank you. Your answer is kept, and you can change it at any time.", "success")
    return redirect(url_for(".my_story", slot_id=slot_id), 303)


def _event(slot_id: int) -> Shown:
    shown = looked_after(here(), slot_id)
    if shown.slot.kind is not SlotKind.SHARING:
        abort(404)
    return shown


def _all_known(form: StoryForm, known: dict[str, int]) -> bool:
    strangers = sorted(form.emails - known.keys())
    if strangers:
        form.people.errors = [f"Nobody in this programme has the address {', '.join(strangers)}"]
    return not strangers


def _story_page(shown: Shown, told: Told | None, form: StoryForm) -> str:
    return render_template("catchups/slots/story.html", shown=shown, told=told, form=form)
