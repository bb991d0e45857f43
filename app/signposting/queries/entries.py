"""Which entries somebody may see, and how much of them a page loads."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, case, exists, or_, select, true
from sqlalchemy.orm import aliased, defer, joinedload, selectinload

from app.core.db import db
from app.signposting.criteria import Seeker
from app.signposting.kinds import Reach, ServiceState, ServiceStatus
from app.signposting.models import (
    ServiceAtLocation,
    ServiceTerm,
    SupportService,
    Taxonomy,
    TaxonomyTerm,
)
from app.signposting.needs import TAXONOMY

SHOWN = (ServiceStatus.ACTIVE, ServiceStatus.CLOSED_FOR_NOW)
MOST_CRISIS_LINES = 30


def visible(seeker: Seeker) -> Select[SupportService]:
    """What somebody may see: published, for everybody or for their programme and organisation."""
    return select(SupportService).where(*_may_see(seeker))


def visible_ids(seeker: Seeker) -> Select[int]:
    """The same, ids only."""
    return select(SupportService.id).where(*_may_see(seeker))


def own_or_general(seeker: Seeker) -> ColumnElement[bool]:
    """Whether it is not the general entry of something that the seeker's organisation has filled in itself."""
    if seeker.organisation_id is None:
        return true()
    filled_in = aliased(SupportService)
    general = and_(SupportService.template.is_not(None), SupportService.organisation_id.is_(None))
    own = exists().where(
        filled_in.template == SupportService.template,
        filled_in.organisation_id == seeker.organisation_id,
        filled_in.state == ServiceState.PUBLISHED,
    )
    return ~and_(general, own)


def has_need(code: str) -> ColumnElement[bool]:
    """Whether a service is found by a need of ours."""
    return SupportService.id.in_(
        select(ServiceTerm.service_id)
        .join(TaxonomyTerm, TaxonomyTerm.id == ServiceTerm.term_id)
        .join(Taxonomy, Taxonomy.id == TaxonomyTerm.taxonomy_id)
        .where(Taxonomy.name == TAXONOMY, TaxonomyTerm.code == code)
    )


def near_first() -> ColumnElement[int]:
    """For an order: the organisation, then local, then national."""
    return case({reach: place for place, reach in enumerate(Reach)}, value=SupportService.reach)


def briefly(chosen: Select[SupportService]) -> Select[SupportService]:
    """Load what a list shows: one query more for numbers, one for hours, however many entries there are."""
    return chosen.options(
        defer(SupportService.description),
        defer(SupportService.html),
        defer(SupportService.extra),
        selectinload(SupportService.phones),
        selectinload(SupportService.schedules),
    )


def crisis(seeker: Seeker) -> Sequence[SupportService]:
    """Every crisis line, in the team's order."""
    return db.session.scalars(
        briefly(visible(seeker))
        .where(SupportService.urgent)
        .order_by(SupportService.position, SupportService.name)
        .limit(MOST_CRISIS_LINES)
    ).all()


def entry(seeker: Seeker, slug: str) -> SupportService | None:
    """One entry with all that its page shows; an expired one too, so that its page can say where to turn instead."""
    shown = (ServiceState.PUBLISHED, ServiceState.EXPIRED)
    return db.session.scalar(
        select(SupportService)
        .where(SupportService.slug == slug, SupportService.state.in_(shown), *_for(seeker))
        .options(
            joinedload(SupportService.provider),
            selectinload(SupportService.phones),
            selectinload(SupportService.schedules),
            selectinload(SupportService.languages),
            selectinload(SupportService.sources),
            selectinload(SupportService.at_locations).joinedload(ServiceAtLocation.location),
            selectinload(SupportService.terms).joinedload(ServiceTerm.term).joinedload(TaxonomyTerm.taxonomy),
        )
    )


def by_ids(seeker: Seeker, ids: Sequence[int]) -> list[SupportService]:
    """Entries for a list, in the order of the ids."""
    if not ids:
        return []
    chosen = briefly(visible(seeker)).where(SupportService.id.in_(ids))
    found = {service.id: service for service in db.session.scalars(chosen)}
    return [found[service_id] for service_id in ids if service_id in found]


def _may_see(seeker: Seeker) -> tuple[ColumnElement[bool], ...]:
    return (SupportService.state == ServiceState.PUBLISHED, SupportService.status.in_(SHOWN), *_for(seeker))


def _for(seeker: Seeker) -> tuple[ColumnElement[bool], ...]:
    return (
        or_(SupportService.programme_id.is_(None), SupportService.programme_id == seeker.programme_id),
        or_(SupportService.organisation_id.is_(None), SupportService.organisation_id == seeker.organisation_id),
    )
