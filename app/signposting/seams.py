"""Services as pages show them now: for the pages of the directory, and for those of other features.

A page shows `seams.cards(services)` with the macro `service_block` of templates/signposting/_service.html.
"""

from collections.abc import Iterable

from app.core import clock
from app.signposting.bank_holidays import is_bank_holiday
from app.signposting.models import SupportService
from app.signposting.showing import Card, cards_of, with_silent_ways


def cards(services: Iterable[SupportService]) -> list[Card]:
    """Services as a list shows them now; beside a crisis line that needs a voice stands a way without."""
    return with_silent_ways(cards_of(services, clock.now(), is_bank_holiday))
