"""What is read of the directory. What other features ask for stands here; the pages' own selects beside it."""

from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import ColumnElement, false, or_

from app.core.db import db
from app.signposting.criteria import Seeker
from app.signposting.kinds import Template
from app.signposting.models import SupportService
from app.signposting.queries.entries import briefly, has_need, near_first, own_or_general, visible
from app.signposting.ranking import FALL_BACK

NOBODY_IN_PARTICULAR = Seeker()
MOST_THAT_FIT = 6


def services_by_slug(slugs: Iterable[str], seeker: Seeker = NOBODY_IN_PARTICULAR) -> list[SupportService]:
    """The services with these slugs, urgent first, then as they were named; unknown slugs are left out.

    A slug that names what every organisation has gives the entry of the seeker's own organisation. If that has none, it
    gives the general entry and after it where else to turn. Two queries, and one that loads the numbers of each.
    """
    named = list(dict.fromkeys(slugs))
    if not named:
        return []
    found = {service.slug: service for service in _seen_by(seeker, SupportService.slug.in_(named))}
    templates = {service.template for service in found.values() if service.template}
    at_work = _at_work(templates, seeker) if templates and seeker.organisation_id else {}
    ordered = [service for slug in named if slug in found for service in _stand_ins(found[slug], at_work, seeker)]
    return sorted(dict.fromkeys(ordered), key=lambda service: not service.urgent)


def support_that_fits(needs: Iterable[str], seeker: Seeker = NOBODY_IN_PARTICULAR) -> list[SupportService]:
    """A few services for these needs: every crisis line first, then the organisation's own, local, national.

    For pages on which somebody may have been hurt: the end of a scenario, a post that sounds distressed, a wellbeing
    report, the stop button of a room. It holds every crisis line whatever the needs are.
    """
    crisis = _seen_by(seeker, SupportService.urgent.is_(True))
    asked = or_(false(), *(has_need(need) for need in needs))
    found = db.session.scalars(
        briefly(visible(seeker))
        .where(asked, ~SupportService.urgent, own_or_general(seeker))
        .order_by(near_first(), SupportService.independent.desc(), SupportService.position, SupportService.id)
        .limit(MOST_THAT_FIT)
    )
    return [*crisis, *found]


def _seen_by(seeker: Seeker, which: ColumnElement[bool]) -> list[SupportService]:
    in_order = briefly(visible(seeker)).where(which).order_by(SupportService.position, SupportService.id)
    return list(db.session.scalars(in_order))


def _at_work(templates: Iterable[Template], seeker: Seeker) -> Mapping[Template | str, SupportService]:
    """What the seeker's organisation has of these, by template, and by slug where to turn for what it lacks."""
    of_organisation = SupportService.template.in_(templates) & SupportService.organisation_id.is_not(None)
    elsewhere = SupportService.slug.in_([slug for template in templates for slug in FALL_BACK[template]])
    found = _seen_by(seeker, of_organisation | elsewhere)
    own = {service.template: service for service in found if service.template and service.organisation_id}
    return own | {service.slug: service for service in found}


def _stand_ins(
    service: SupportService, at_work: Mapping[Template | str, SupportService], seeker: Seeker
) -> Iterator[SupportService]:
    template = service.template
    if template is None or service.organisation_id or not seeker.organisation_id:
        yield service
    elif template in at_work:
        yield at_work[template]
    else:
        yield service
        yield from [at_work[slug] for slug in FALL_BACK[template] if slug in at_work][:1]
