"""What the pages share: the blueprint, and who is looking."""

from flask import Blueprint, current_app
from flask_login import current_user

from app.core.headers import is_personal
from app.signposting.criteria import Seeker

KEPT = 60  # seconds that a page for visitors may be kept: it says what is open now

bp = Blueprint("signposting", __name__, url_prefix="/support")


def seeker() -> Seeker:
    """Whoever is looking; nobody is looked up for a visitor."""
    programme_id = current_app.extensions["programme_in_sight"]()
    return Seeker(
        programme_id, current_user.organisation_id if is_personal() and current_user.is_authenticated else None
    )


def visitor() -> Seeker:
    """As if nobody had signed in: for pages that are the same for everybody."""
    return Seeker(current_app.extensions["programme_in_sight"]())
