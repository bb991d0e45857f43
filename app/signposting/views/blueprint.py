"""What the pages share: the blueprint, and the visitor that everybody may be."""

from flask import Blueprint, current_app

from app.signposting.criteria import Seeker

KEPT = 60  # seconds that a page for visitors may be kept: it says what is open now

bp = Blueprint("signposting", __name__, url_prefix="/support")


def visitor() -> Seeker:
    """As if nobody had signed in: for pages that are the same for everybody."""
    return Seeker(current_app.extensions["programme_in_sight"]())
