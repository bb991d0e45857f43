"""Pages of rooms: the list, one room (which a script makes live), and what a moderator does in it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import me, my_programme_id
from app.core import clock
from app.core.db import transaction
from app.core.web import access, signed_in
from app.rooms import entrance, operations, queries, reporting
from app.rooms.entrance import Place
from app.rooms.forms import MessageForm, MuteForm
from app.rooms.rules import LONGEST_BODY, ReactionKind, Refused, RoomKind, read_sending

bp = Blueprint("rooms", __name__, url_prefix="/rooms")

ON_THE_PAGE = 50  # messages that are there before a script runs, and without one
SEQ = "<int(max=2147483647):seq>"
MEMBER = "<int(max=2147483647):member_id>"


@bp.get("")
@access(signed_in)
def index() -> str:
    """The rooms that the member may come into."""
    return render_template("rooms/index.html", rooms=queries.rooms(me(), my_programme_id()))


@bp.get("/<slug>")
@access(signed_in)
def show(slug: str) -> str:
    """A room with its newest messages."""
    return _page(_place(slug), MessageForm(formdata=None, id=str(uuid4())))


@bp.post("/<slug>")
@access(signed_in)
def send(slug: str) -> ResponseReturnValue:
    """Send a message without a script."""
    place, form = _place(slug), MessageForm()
    if not form.validate():
        return _page(place, form), 422
    try:
        _say(place, form)
    except Refused as no:
        form.body.errors = [str(no)]
        return _page(place, form), 422
    return redirect(url_for(".show", slug=slug, _anchor="end"), 303)


@bp.get("/<slug>/people")
@access(signed_in)
def people(slug: str) -> str:
    """Who was in the room, for whoever looks after it."""
    place = _looked_after(slug)
    seats = {seat.member_id: seat for seat, _name in queries.seats(place.room.id)}
    names = dict(queries.speakers(place.room.id)) | {s.member_id: name for s, name in queries.seats(place.room.id)}
    listed = sorted(names.items(), key=lambda known: known[1].casefold())
    return render_template(
        "rooms/people.html", place=place, people=listed, seats=seats, form=MuteForm(formdata=None), now=clock.now()
    )


@bp.post(f"/<slug>/people/{MEMBER}/mute")
@access(signed_in)
def mute(slug: str, member_id: int) -> ResponseReturnValue:
    """Let somebody only listen for a while."""
    place, form = _looked_after(slug), MuteForm()
    if not form.validate():
        abort(422, "Choose how long they only listen.")
    return _decide(place, "They can only listen for now.", operations.mute, member_id, _in(form.minutes.data))


@bp.post(f"/<slug>/people/{MEMBER}/unmute")
@access(signed_in)
def unmute(slug: str, member_id: int) -> ResponseReturnValue:
    """Let somebody speak again."""
    return _decide(_looked_after(slug), "They can speak again.", operations.mute, member_id, None)


@bp.post(f"/<slug>/people/{MEMBER}/remove")
@access(signed_in)
def remove(slug: str, member_id: int) -> ResponseReturnValue:
    """Keep somebody out of the room."""
    place = _looked_after(slug)
    return _decide(place, "They are out of this room.", operations.remove_member, member_id, tells=True)


@bp.post(f"/<slug>/people/{MEMBER}/let-back")
@access(signed_in)
def let_back(slug: str, member_id: int) -> ResponseReturnValue:
    """Let somebody in again."""
    return _decide(_looked_after(slug), "They can come in again.", operations.let_back, member_id)


@bp.get(f"/<slug>/messages/{SEQ}/remove")
@access(signed_in)
def confirm_removal(slug: str, seq: int) -> str:
    """Ask before the words of a message are gone."""
    place = _looked_after(slug)
    message = queries.message(place.room.id, seq) or abort(404)
    return render_template("rooms/remove.html", place=place, message=message)


@bp.post(f"/<slug>/messages/{SEQ}/remove")
@access(signed_in)
def remove_message(slug: str, seq: int) -> ResponseReturnValue:
    """Take the words of a message away."""
    return _decide(_looked_after(slug), "The message is removed.", operations.remove_message, seq)


@bp.get(f"/<slug>/messages/{SEQ}/report")
@access(signed_in)
def report(slug: str, seq: int) -> ResponseReturnValue:
    """Lead to the report of a message; a learning set keeps what is said, so there one reports in one's own words."""
    place = _place(slug)
    message = queries.message_row(place.room.id, seq) or abort(404)
    if place.room.kind is RoomKind.SET:
        return redirect(url_for("reports.own"))
    return redirect(url_for("reports.report", subject_type=reporting.CODE, subject_id=message.id))


@bp.post("/<slug>/close")
@access(signed_in)
def close(slug: str) -> ResponseReturnValue:
    """Close the room."""
    return _decide(_looked_after(slug), "The room is closed.", operations.close, tells=True)


@bp.post("/<slug>/reopen")
@access(signed_in)
def reopen(slug: str) -> ResponseReturnValue:
    """Open the room again."""
    return _decide(_looked_after(slug), "The room is open again.", operations.reopen, tells=True)


def _place(slug: str) -> Place:
    return entrance.place(me(), slug) or abort(404)


def _looked_after(slug: str) -> Place:
    place = _place(slug)
    if not place.looks_after:
        abort(403)
    return place


def _page(place: Place, form: MessageForm) -> str:
    messages, more = queries.newest(place.room.id, ON_THE_PAGE)
    return render_template(
        "rooms/show.html",
        place=place,
        form=form,
        said=messages,
        more=more,
        last_seq=messages[-1]["seq"] if messages else 0,
        reactions=list(ReactionKind),
        longest=LONGEST_BODY,
    )


def _say(place: Place, form: MessageForm) -> None:
    sending = read_sending({"id": form.id.data, "body": form.body.data})
    operations.weigh(place, sending)
    with transaction() as after:
        operations.send(place, sending, after)


def _decide(place: Place, done: str, act: Any, *what: Any, tells: bool = False) -> ResponseReturnValue:  # noqa: ANN401
    """Carry out what a moderator decided, say so, and lead back."""
    try:
        with transaction() as after:
            act(place, *what, *([after] if tells else []))
    except Refused as no:
        abort(409, str(no))
    flash(done, "success")
    to_people = (request.endpoint or "") in {f"rooms.{verb}" for verb in ("mute", "unmute", "remove", "let_back")}
    return redirect(url_for(".people" if to_people else ".show", slug=place.room.slug), 303)


def _in(minutes: int) -> Any:  # noqa: ANN401
    return clock.now() + timedelta(minutes=minutes)
