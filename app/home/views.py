"""The first page after signing in, one's own dates, and the first page of programme leads."""

from collections.abc import Sequence

from flask import Blueprint, Flask, Response, abort, current_app, redirect, render_template
from flask.typing import ResponseReturnValue

from app.accounts.current import has_role, me, my_programme_id
from app.accounts.rules import Role
from app.core import clock
from app.core.web import access, signed_in
from app.home import queries
from app.home.queries import Offer
from app.programme import queries as programmes
from app.programme.api import answer
from app.programme.current import address_of, in_sight, led
from app.programme.models import CohortEvent

bp = Blueprint("home", __name__)
leads = Blueprint("lead", __name__)


def init_app(app: Flask, offers: Sequence[Offer]) -> None:
    """Let the pages be found; the offers become cards of the first page, in their order."""
    app.extensions["offers"] = offers
    app.register_blueprint(bp)
    app.register_blueprint(leads)


@bp.get("/home")
@access(signed_in)
def index() -> str:
    """What comes next, and the ways on."""
    member, programme_id = me(), my_programme_id()
    offers: Sequence[Offer] = current_app.extensions["offers"]
    return render_template(
        "home/home.html",
        member=member,
        programme=in_sight() if programme_id else None,
        roles=sorted(role.words for role in member.roles_in(programme_id)),
        dates=queries.dates(member, programme_id),
        cards=[card for offer in offers for card in offer(member, programme_id)],
        public_dates=_public_dates(),
    )


@bp.get("/home/programme/<slug:page_slug>")
@access(signed_in)
def programme(page_slug: str) -> ResponseReturnValue:
    """To a public page of one's own programme, wherever that is found."""
    return redirect(address_of(in_sight() or abort(404), page_slug))


@bp.get("/home/dates")
@access(signed_in)
def dates() -> str:
    """Every date of one's own cohorts."""
    return render_template("home/dates.html", dates=_own_dates(), now=clock.now(), public_dates=_public_dates())


@bp.get("/home/dates.ics")
@access(signed_in)
def all_dates() -> ResponseReturnValue:
    """The same as a calendar file."""
    return _file(_own_dates() or abort(404), "Your dates")


@bp.get("/home/dates/<int:event_id>.ics")
@access(signed_in)
def one_date(event_id: int) -> ResponseReturnValue:
    """One of them as a calendar file."""
    mine = [event for event in _own_dates() if event.id == event_id] or abort(404)
    return _file(mine, mine[0].title)


@leads.get("/lead", endpoint="index")
@access(has_role(Role.LEAD))
def lead() -> str:
    """Everything that a lead looks after."""
    programme = led()
    return render_template("home/lead.html", programme=programme, awaiting=queries.awaiting(programme.id))


def _own_dates() -> Sequence[CohortEvent]:
    programme_id = my_programme_id()
    return programmes.dates_of(me().id, programme_id) if programme_id else []


def _public_dates() -> str:
    programme = in_sight()
    return address_of(programme, "dates") if programme else "/"


def _file(events: Sequence[CohortEvent], name: str) -> Response:
    return answer(in_sight() or abort(404), events, name)
