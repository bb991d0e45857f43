"""Support services, in the order in which somebody in need should meet them: urgent ones first."""

from collections.abc import Iterable, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from app.core.db import db
from app.signposting.kinds import ServiceState
from app.signposting.models import SupportService


def services_by_slug(slugs: Iterable[str]) -> list[SupportService]:
    """The services with these slugs, urgent first, then as they were named; one query, unknown slugs are left out."""
    named = list(dict.fromkeys(slugs))
    if not named:
        return []
    found = db.session.scalars(
        select(SupportService)
        .where(SupportService.slug.in_(named), SupportService.state == ServiceState.PUBLISHED)
        .options(selectinload(SupportService.phones))
    )
    return sorted(found, key=lambda service: (not service.urgent, named.index(service.slug)))


def directory(programme_id: int | None) -> Sequence[SupportService]:
    """Every service that people of a programme can turn to (without one: those that serve everybody), urgent first."""
    return db.session.scalars(
        select(SupportService)
        .where(
            or_(SupportService.programme_id.is_(None), SupportService.programme_id == programme_id),
            SupportService.organisation_id.is_(None),
            SupportService.state == ServiceState.PUBLISHED,
        )
        .options(selectinload(SupportService.phones))
        .order_by(SupportService.urgent.desc(), SupportService.position, SupportService.name)
    ).all()
