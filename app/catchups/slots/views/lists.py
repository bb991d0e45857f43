"""What is ahead, as a list and as a month; one's own; what is over."""

from collections import defaultdict
from datetime import date

from flask import render_template, request

from app.catchups.slots.queries import lists
from app.catchups.slots.queries.lists import Shown, Wanted
from app.catchups.slots.rules import Way
from app.catchups.slots.timing import Month, month_after
from app.catchups.slots.views.blueprint import bp, here, in_community
from app.core import clock
from app.core.web import access

WAYS = {"in_person": frozenset({Way.IN_PERSON}), "online": frozenset({Way.ONLINE, Way.ROOM})}


@bp.get("")
@access(in_community)
def index() -> str:
    """What is ahead, the next first."""
    reader, wanted = here(), _wanted()
    page = lists.coming_up(reader, wanted, _page_number())
    return render_template("catchups/slots/index.html", reader=reader, page=page, chosen=_chosen(wanted))


@bp.get("/month")
@access(in_community)
def month() -> str:
    """One month as a table, and on small screens as a list."""
    reader, wanted, today = here(), _wanted(), clock.london(clock.now()).date()
    shown = Month.read(request.args.get("month", ""), today)
    slots = lists.in_month(reader, wanted, shown.span)
    return render_template(
        "catchups/slots/month.html",
        reader=reader,
        month=shown,
        before=month_after(shown, -1),
        after=month_after(shown, 1),
        today=today,
        slots=slots,
        by_day=_by_day(slots),
        chosen=_chosen(wanted),
    )


@bp.get("/mine")
@access(in_community)
def mine() -> str:
    """What the reader hosts, is in or waits for."""
    reader = here()
    return render_template("catchups/slots/mine.html", reader=reader, page=lists.mine(reader, _page_number()))


@bp.get("/past")
@access(in_community)
def past() -> str:
    """What is over."""
    reader = here()
    return render_template("catchups/slots/past.html", reader=reader, page=lists.past(reader, _page_number()))


def _by_day(slots: list[Shown]) -> dict[date, list[Shown]]:
    days = defaultdict(list)
    for shown in slots:
        days[clock.london(shown.slot.starts_at).date()].append(shown)
    return dict(days)


def _wanted() -> Wanted:
    """What the filters of the page ask for; anything else is as if nothing was asked."""
    ways = WAYS.get(request.args.get("where", ""), frozenset(Way))
    return Wanted(open_now=request.args.get("open") == "1", ways=ways)


def _chosen(wanted: Wanted) -> dict[str, str]:
    """The filters as they stand in addresses."""
    where = next((name for name, ways in WAYS.items() if ways == wanted.ways), "")
    return {name: value for name, value in {"open": "1" if wanted.open_now else "", "where": where}.items() if value}


def _page_number() -> int:
    return request.args.get("page", 1, type=int)
