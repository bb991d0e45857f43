"""The order in which somebody in need meets services: crisis lines always first, then near before far.

Where the organisation stands at work may be where the harm comes from: an independent route stands beside it, always.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.signposting.kinds import Reach, Template

if TYPE_CHECKING:
    from app.signposting.models import SupportService


@dataclass(frozen=True, slots=True)
class Arranged:
    """Services in the groups that a page shows, one under the other; `beside` stands next to `own`."""

    crisis: Sequence["SupportService"]
    own: Sequence["SupportService"]
    beside: Sequence["SupportService"]
    local: Sequence["SupportService"]
    national: Sequence["SupportService"]


def arrange(
    crisis: Iterable["SupportService"],
    own: Iterable["SupportService"],
    independent: Iterable["SupportService"],
    others: Iterable["SupportService"],
) -> Arranged:
    """Put what was found into groups, each service once and in its first place; the order inside a group stays.

    A crisis line stays one wherever it was found: `crisis` is whole, whatever else was asked for.
    """
    own, others, independent = list(own), list(others), list(independent)
    taken: set[int] = set()
    urgent = [service for found in (own, independent, others) for service in found if service.urgent]
    first = _once([*crisis, *urgent], taken)
    at_work = _once(own, taken)
    beside = _once((service for service in independent if service.independent), taken) if at_work else []
    rest = _once([*independent, *others], taken)
    return Arranged(
        crisis=first,
        own=[*at_work, *(service for service in rest if service.reach is Reach.ORGANISATION)],
        beside=beside,
        local=[service for service in rest if service.reach is Reach.LOCAL],
        national=[service for service in rest if service.reach is Reach.NATIONAL],
    )


FALL_BACK: dict[Template, tuple[str, ...]] = {
    Template.GUARDIAN: ("protect", "acas", "citizens-advice"),
    Template.OCCUPATIONAL_HEALTH: ("practitioner-health", "nhs-talking-therapies", "mind"),
    Template.PEOPLE_SERVICES: ("acas", "trade-union", "citizens-advice"),
    Template.SPONSOR: ("programme-team", "coaching-and-mentoring"),
    Template.SAFEGUARDING: ("nspcc", "hourglass", "emergency-999"),
    Template.POLICIES: ("acas", "citizens-advice"),
}
"""Where to turn when an organisation has none of its own: the first of these slugs that there is."""


def _once(services: Iterable["SupportService"], taken: set[int]) -> list["SupportService"]:
    found: list[SupportService] = []
    for service in services:
        if service.id not in taken:
            taken.add(service.id)
            found.append(service)
    return found
