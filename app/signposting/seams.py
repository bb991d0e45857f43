"""Who is looking, and services as pages show them now: for the directory's own pages and those of other features.

A page shows `seams.cards(services)` with the macro `service_block` of templates/signposting/_service.html.
"""

from collections.abc import Iterable

from flask import current_app
from flask_login import current_user

from app.core import clock
from app.core.headers import is_personal
from app.signposting.bank_holidays import is_bank_holiday
from app.signposting.criteria import Seeker
from app.signposting.models import SupportService
from app.signposting.showing import Card, cards_of, with_silent_ways


def seeker() -> Seeker:
    """Whoever is looking; nobody is looked up for a visitor."""
    programme_id = current_app.extensions["programme_in_sight"]()
    return Seeker(
        programme_id, current_user.organisation_id if is_personal() and current_user.is_authenticated else None
    )


def cards(services: Iterable[SupportService]) -> list[Card]:
    """Services as a list shows them now; beside a crisis line that needs a voice stands a way without."""
    return with_silent_ways(cards_of(services, clock.now(), is_bank_holiday))
