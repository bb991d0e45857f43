"""Entries as those see them who keep them: the shared ones, and those of their own programme, in every state."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from app.accounts.models import Member, Organisation, RoleGrant
from app.accounts.rules import Role
from app.core import pages
from app.core.db import db
from app.core.pages import Page
from app.signposting.kinds import ServiceState
from app.signposting.models import SupportService
from app.signposting.openreferral.queries.listings import WHOLE, listing_of
from app.signposting.upkeep.checks import Kept
from app.signposting.upkeep.models import ServiceVersion, Suggestion

BATCH = 500
SHOWN = SupportService.state == ServiceState.PUBLISHED


@dataclass(frozen=True, slots=True)
class Counts:
    """How much of the directory asks for somebody."""

    overdue: int
    suggestions: int
    drafts: int


def kept_by(programme_id: int) -> ColumnElement[bool]:
    """What the leads of a programme keep: what is shared by all, and what is their own."""
    return or_(SupportService.programme_id.is_(None), SupportService.programme_id == programme_id)


def overdue(today: date) -> ColumnElement[bool]:
    """Shown, and nobody has said in time that it is still right."""
    late = or_(SupportService.next_check_on.is_(None), SupportService.next_check_on < today)
    return and_(SHOWN, late)


def listed(programme_id: int, today: date, *, show: str, words: str, page: int) -> Page[SupportService]:
    """The entries of a programme's leads: overdue ones first, crisis lines before the others."""
    found = select(SupportService).where(kept_by(programme_id))
    found = _chosen(found, show, today)
    for word in words.split()[:10]:
        found = found.where(SupportService.name.icontains(word, autoescape=True))
    late = case((overdue(today), 0), else_=1)
    order = (late, SupportService.urgent.desc(), func.coalesce(SupportService.next_check_on, date.min))
    return pages.page(found.order_by(*order, SupportService.name, SupportService.id), page)


def _chosen(found: Select[SupportService], show: str, today: date) -> Select[SupportService]:
    if show == "overdue":
        return found.where(overdue(today))
    if show in set(ServiceState):
        return found.where(SupportService.state == ServiceState(show))
    return found


def counts(programme_id: int, today: date) -> Counts:
    """How much waits for the leads of a programme; one query."""
    mine = select(func.count()).select_from(SupportService).where(kept_by(programme_id))
    late = mine.where(overdue(today))
    drafts = mine.where(SupportService.state == ServiceState.DRAFT)
    open_ones = select(func.count()).where(Suggestion.programme_id == programme_id, Suggestion.verdict.is_(None))
    row = db.session.execute(
        select(late.scalar_subquery(), open_ones.scalar_subquery(), drafts.scalar_subquery())
    ).one()
    return Counts(*row)


def entry(programme_id: int, service_id: int) -> SupportService | None:
    """One of these entries."""
    return db.session.scalar(
        select(SupportService).where(SupportService.id == service_id, kept_by(programme_id)).options(*WHOLE)
    )


def versions(service_id: int) -> Sequence[tuple[ServiceVersion, str | None]]:
    """Every version of an entry with the name of who saved it, the newest first."""
    rows = db.session.execute(
        select(ServiceVersion, Member.name)
        .outerjoin(Member, Member.id == ServiceVersion.saved_by_id)
        .where(ServiceVersion.service_id == service_id)
        .order_by(ServiceVersion.version.desc())
    )
    return [(row[0], row[1]) for row in rows]


def version(service_id: int, number: int) -> ServiceVersion | None:
    """One of them."""
    return db.session.scalar(
        select(ServiceVersion).where(ServiceVersion.service_id == service_id, ServiceVersion.version == number)
    )


def keepers(programme_id: int) -> Sequence[tuple[int, str]]:
    """Who can own an entry: the leads of the programme, by name."""
    rows = db.session.execute(
        select(Member.id, Member.name)
        .join(RoleGrant, RoleGrant.member_id == Member.id)
        .where(RoleGrant.programme_id == programme_id, RoleGrant.role == Role.LEAD, Member.active)
        .order_by(Member.name, Member.id)
    )
    return [(row[0], row[1]) for row in rows]


def organisations(programme_id: int) -> Sequence[Organisation]:
    """The organisations of the programme, by name."""
    return db.session.scalars(
        select(Organisation).where(Organisation.programme_id == programme_id).order_by(Organisation.name)
    ).all()


def to_check(programme_id: int | None = None) -> Iterator[Kept]:
    """Every entry that has not ended, for the check; a batch at a time."""
    wanted = select(SupportService.id).where(SupportService.state != ServiceState.EXPIRED)
    if programme_id is not None:
        wanted = wanted.where(kept_by(programme_id))
    ids = db.session.scalars(wanted.order_by(SupportService.id)).all()
    for start in range(0, len(ids), BATCH):
        some = select(SupportService).where(SupportService.id.in_(ids[start : start + BATCH])).options(*WHOLE)
        for service in db.session.scalars(some.order_by(SupportService.id)):
            shown = service.state is ServiceState.PUBLISHED
            general = service.template is not None and service.organisation_id is None
            yield Kept(service.slug, listing_of(service), service.next_check_on, shown=shown, general=general)
        db.session.expunge_all()
