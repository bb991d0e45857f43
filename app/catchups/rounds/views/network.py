"""How the network grew, for leads."""

from flask import render_template

from app.catchups.rounds import network
from app.catchups.rounds.queries import standing
from app.catchups.rounds.rules import Meetings
from app.catchups.rounds.views.blueprint import leading, leads
from app.core.web import access
from app.programme.current import led

ROUNDS_SHOWN = 24


@leads.get("/network")
@access(leading)
def show() -> str:
    """A picture, and the same as a table."""
    rows = [
        network.row(f"Round {each.number}", Meetings(each.met_across or 0, each.met_within or 0))
        for each in standing.finished(led().id, ROUNDS_SHOWN)
    ]
    return render_template("catchups/rounds/lead/network.html", picture=network.picture(rows), rows=rows)
