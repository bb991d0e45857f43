"""Coaches and mentors, introductions to them, and the list of whoever coordinates."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import has_role, me, my_programme_id
from app.accounts.not_with.queries import apart_from
from app.accounts.rules import Role
from app.core import outbox
from app.core.db import transaction
from app.core.web import access, signed_in
from app.signposting.introductions import operations, policies, queries
from app.signposting.introductions.forms import AskForm, FeedbackForm, ProfileForm
from app.signposting.introductions.operations import NotPossibleError, TooFewPlacesError
from app.signposting.introductions.rules import Part, Reader, State, Verb

bp = Blueprint("coaching", __name__, url_prefix="/support/coaching")

ONE = "/introductions/<int(max=2147483647):introduction_id>"
SAID = {
    State.ASKED: "Done. We have asked them, and tell you what they say.",
    State.AGREED: "You are introduced. Below is how to reach each other.",
    State.DECLINED: "Done. They are told kindly that it does not fit at the moment.",
    State.WITHDRAWN: "It is taken back.",
    State.ENDED: "It has ended. Thank you both.",
}


def here() -> Reader:
    """Whoever asks; 404 without a programme."""
    member, programme_id = me(), my_programme_id() or abort(404)
    leads = member.holds(Role.LEAD, programme_id)
    return Reader(member.id, programme_id, leads, apart_from(member.id), member.suspended)


@bp.get("")
@access(signed_in)
def index() -> str:
    """Who coaches or mentors."""
    reader = here()
    found, own = queries.profiles(reader), queries.own_profile(reader)
    return render_template("signposting/coaching/index.html", profiles=found, own=own, reader=reader)


@bp.get("/<int(max=2147483647):profile_id>")
@access(signed_in)
def profile(profile_id: int) -> str:
    """One coach or mentor, and the form to ask."""
    return _profile_page(here(), profile_id, AskForm())


@bp.post("/<int(max=2147483647):profile_id>")
@access(signed_in)
def ask(profile_id: int) -> ResponseReturnValue:
    """Ask for an introduction."""
    form = AskForm()
    if not form.validate():
        return _profile_page(here(), profile_id, form), 422
    with transaction() as after:
        reader = here()
        found = queries.profile(reader, profile_id) or abort(404)
        if not policies.can_ask(reader, found):
            abort(403, "This is your own offer.")
        state = operations.ask(reader, profile_id, (form.note.data or "").strip()).state
        after.append(outbox.wake)
    flash("They are asked. We tell you what they say." if state is State.ASKED else "You are in the line.", "success")
    return redirect(url_for(".mine"), 303)


@bp.get("/mine")
@access(signed_in)
def mine() -> str:
    """What one asked for and was asked."""
    reader = here()
    shown = [each for each in (policies.seen(reader, one) for one in queries.introductions(reader)) if each]
    places = {
        each.introduction.id: queries.place_in_line(each.introduction)
        for each in shown
        if each.introduction.state is State.WAITING
    }
    return render_template(
        "signposting/coaching/mine.html", shown=shown, places=places, own=queries.own_profile(reader)
    )


@bp.post(f"{ONE}/<any(confirm, withdraw, accept, decline, end):verb>")
@access(signed_in)
def act(introduction_id: int, verb: str) -> ResponseReturnValue:
    """Take a step; what is not one's own does not exist."""
    try:
        with transaction() as after:
            reader = here()
            shown = policies.seen(reader, queries.introduction(reader, introduction_id)) or abort(404)
            state = operations.act(reader, shown.introduction, Verb(verb), shown.part)
            after.append(outbox.wake)
    except NotPossibleError:
        flash("That is not possible any more. Here is how things stand now.", "error")
        return redirect(url_for(".mine"), 303)
    flash(SAID[state], "success")
    return redirect(url_for(".everybody" if shown.part is Part.COORDINATOR else ".mine"), 303)


@bp.route(f"{ONE}/feedback", methods=["GET", "POST"])
@access(signed_in)
def feedback(introduction_id: int) -> ResponseReturnValue:
    """Say how it was; only the asker, and only when it is over."""
    form = FeedbackForm()
    if not form.is_submitted() or not form.validate():
        shown = _over(introduction_id)
        page = render_template("signposting/coaching/feedback.html", shown=shown, form=form)
        return page, 422 if form.errors else 200
    with transaction():
        operations.give_feedback(_over(introduction_id).introduction, form.feedback.data.strip())
    flash("Thank you. The programme's leads can read it.", "success")
    return redirect(url_for(".mine"), 303)


@bp.route("/profile", methods=["GET", "POST"])
@access(signed_in)
def offer() -> ResponseReturnValue:
    """What one offers oneself."""
    own = queries.own_profile(here())
    form = ProfileForm(obj=own)
    if not form.is_submitted() or not form.validate():
        return render_template("signposting/coaching/profile.html", form=form, own=own), 422 if form.errors else 200
    try:
        with transaction() as after:
            _offer(here(), form)
            after.append(outbox.wake)
    except TooFewPlacesError:
        form.capacity.errors = ["More people than that have a place with you now. Enter at least as many"]
        return render_template("signposting/coaching/profile.html", form=form, own=queries.own_profile(here())), 422
    flash("Saved. Members of your programme can find you.", "success")
    return redirect(url_for(".index"), 303)


@bp.post("/profile/pause")
@access(signed_in)
def pause() -> ResponseReturnValue:
    """Offer no more places for now."""
    with transaction():
        operations.pause(here())
    flash("Paused. Nobody finds you until you save your offer again; what is on goes on.", "success")
    return redirect(url_for(".offer"), 303)


@bp.get("/all")
@access(has_role(Role.LEAD))
def everybody() -> str:
    """Every introduction, for whoever coordinates; what the two write to each other is not on it."""
    return render_template("signposting/coaching/all.html", introductions=queries.coordinated(here()), State=State)


def _profile_page(reader: Reader, profile_id: int, form: AskForm) -> str:
    found = queries.profile(reader, profile_id) or abort(404)
    live = queries.live_with(profile_id, reader.member_id)
    can_ask = policies.can_ask(reader, found)
    return render_template("signposting/coaching/show.html", profile=found, live=live, can_ask=can_ask, form=form)


def _over(introduction_id: int) -> policies.Seen:
    reader = here()
    shown = policies.seen(reader, queries.introduction(reader, introduction_id))
    if shown is None or shown.part is not Part.ASKER or shown.introduction.state is not State.ENDED:
        abort(404)
    return shown


def _offer(reader: Reader, form: ProfileForm) -> None:
    about, topics = form.about.data.strip(), (form.topics.data or "").strip()
    operations.offer(reader, about, topics, form.capacity.data, coaches=form.coaches.data, mentors=form.mentors.data)
