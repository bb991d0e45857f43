"""What the pages share: the blueprint, and who is looking."""

from collections.abc import Sequence

from flask import Blueprint, current_app
from flask_login import current_user

from app.core import clock
from app.core.headers import is_personal
from app.signposting.bank_holidays import is_bank_holiday
from app.signposting.criteria import Seeker
from app.signposting.models import SupportService
from app.signposting.showing import Card, cards_of, with_silent_ways

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


def cards(services: Sequence[SupportService]) -> list[Card]:
    """Services as a list shows them now."""
    return cards_of(services, clock.now(), is_bank_holiday)


def crisis_cards(services: Sequence[SupportService]) -> list[Card]:
    """Crisis lines as a list shows them now, each with a way without speaking."""
    return with_silent_ways(cards(services))
