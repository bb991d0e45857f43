"""What the next community update would say."""

from datetime import timedelta

from flask import Blueprint, render_template

from app.core import clock
from app.core.web import access
from app.forums.updates import queries
from app.forums.views.blueprint import here, in_community

bp = Blueprint("updates", __name__)

SHOWN = timedelta(days=7)


@bp.get("/forums/digest")
@access(in_community)
def index() -> str:
    """What is new since a week, and not read."""
    now = clock.now()
    return render_template("forums/updates/index.html", new=queries.update(here(), now - SHOWN, now))
