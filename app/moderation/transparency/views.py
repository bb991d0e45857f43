"""The public page of figures."""

from flask import Blueprint, abort, current_app, render_template, request

from app.core.suppression import JOINED, Release
from app.core.web import access, public
from app.moderation.cases.rules import Lane, Outcome, Reason
from app.moderation.transparency import queries
from app.moderation.transparency.rules import OPEN, Band, Quarter, median_band, read_plain

bp = Blueprint("transparency", __name__)

WORDS: dict[str, dict[str, str]] = {
    "lane": {lane.value: lane.words for lane in Lane},
    "reason": {reason.value: reason.words for reason in Reason},
    "outcome": {
        **{outcome.value: outcome.done.capitalize() for outcome in Outcome},
        Outcome.PASS_ON.value: Outcome.PASS_ON.words,  # what was done to the words themselves is the same as for others
        OPEN: Band.OPEN.words,
    },
    "time": {band.value: band.words for band in Band},
}
TITLES = {
    "lane": "Where cases waited",
    "reason": "What brought them",
    "outcome": "What was decided, on appeal too",
    "time": "How long it took to decide",
}

Rows = list[tuple[str, int]]


@bp.get("/transparency")
@access(public)
def index() -> str:
    """The newest quarter, or the one that was asked for."""
    programme_id: int = current_app.extensions["programme_in_sight"]() or abort(404)
    kept = queries.published(programme_id)
    wanted = request.args.get("quarter")
    shown = next((each for each in kept if each.quarter == wanted), None) if wanted else kept[0] if kept else None
    if wanted and shown is None:
        abort(404)
    found = read_plain(shown.figures) if shown else None
    return render_template(
        "moderation/transparency/index.html",
        quarters=[quarter for each in kept if (quarter := Quarter.read(each.quarter))],
        quarter=Quarter.read(shown.quarter) if shown else None,
        shown=shown,
        total=found.figure() if found else None,
        tables={name: _rows(found, name) for name in TITLES} if found and not found.is_withheld else {},
        titles=TITLES,
        decided=_by_lane(found) if found and not found.is_withheld else {},
        median=median_band(found) if found else None,
    )


def _rows(found: Release, name: str) -> Rows:
    """What there was, by the words for it; joined values in one line. What there was nothing of is left out."""
    each = [(WORDS[name][value], found.figure(**{name: value})) for value in found.shown(name)]
    rows = [(words, count) for words, count in each if count]
    if found.joined[name]:
        rows.append((_together(found, name), found.figure(**{name: JOINED}) or 0))
    return rows


def _by_lane(found: Release) -> dict[str, Rows]:
    """What was decided in each lane that stands by itself."""
    tables = {}
    for lane in found.shown("lane"):
        each = [(WORDS["outcome"][value], found.figure(lane=lane, outcome=value)) for value in found.shown("outcome")]
        rows = [(words, count) for words, count in each if count]
        joined = found.figure(lane=lane, outcome=JOINED) if found.joined["outcome"] else None
        if joined:
            rows.append((_together(found, "outcome"), joined))
        if rows:
            tables[WORDS["lane"][lane]] = rows
    return tables


def _together(found: Release, name: str) -> str:
    return "Together: " + ", ".join(WORDS[name][value].lower() for value in found.held_back(name))
