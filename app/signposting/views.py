"""Where people can turn: for everybody, without an account, and nothing about a visit is kept."""

from collections.abc import Callable

from flask import Blueprint, Flask, current_app, render_template

from app.core.caching import for_visitors
from app.core.web import access, public
from app.signposting import queries, rules

KEPT = 60  # seconds

bp = Blueprint("signposting", __name__)


def init_app(app: Flask, programme_in_sight: Callable[[], int | None]) -> None:
    """Let the page be found; the function says whose local services belong on it."""
    app.extensions["programme_in_sight"] = programme_in_sight
    app.register_blueprint(bp)


@bp.get("/support")
@access(public)
@for_visitors(KEPT)
def directory() -> str:
    """The directory, urgent services first."""
    services = queries.directory(current_app.extensions["programme_in_sight"]())
    return render_template(
        "signposting/directory.html",
        urgent=[service for service in services if service.urgent],
        others=[service for service in services if not service.urgent],
        dialled=rules.dialled,
        texted=rules.texted,
        checked=rules.said_by_all([service.checked for service in services]),
    )
