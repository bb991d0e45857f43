"""What is read of programmes: always of one, the one that the page is about or that the reader holds a role in."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, exists, select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import Invitation, Member
from app.core import clock
from app.core.db import db
from app.programme.models import Cohort, CohortEvent, CohortMembership, Page, PageVersion, Programme
from app.programme.rules import CohortState, EventKind, Standing, standing

WORKSHOPS = (EventKind.WORKSHOP_ONE, EventKind.WORKSHOP_TWO)


@dataclass(frozen=True, slots=True)
class CohortDates:
    """A cohort and its workshops, the earliest first. Learning sets are for its members: see dates_of."""

    cohort: Cohort
    workshops: list[CohortEvent]

    @property
    def standing(self) -> Standing:
        """Where it stands now, in the light of its dates."""
        starts_at = self.workshops[0].starts_at if self.workshops else None
        return standing(self.cohort.state, starts_at, clock.now())


# -- which programme ---------------------------------------------------------------------------------------------------


def programme_by_slug(slug: str) -> Programme | None:
    """The programme of a slug."""
    return db.session.scalar(select(Programme).where(Programme.slug == slug))


def programme_for_host(host: str, default_slug: str) -> Programme | None:
    """The programme found under a host name, else the default one, else the oldest; None when there is none at all."""
    fit = case((Programme.host == host, 0), (Programme.slug == default_slug, 1), else_=2)
    return db.session.scalar(select(Programme).order_by(fit, Programme.id).limit(1))


def programmes() -> Sequence[Programme]:
    """All programmes, by name."""
    return db.session.scalars(select(Programme).order_by(Programme.name, Programme.id)).all()


# -- pages -------------------------------------------------------------------------------------------------------------


def page(programme_id: int, slug: str) -> Page | None:
    """A programme's page."""
    return db.session.scalar(select(Page).where(Page.programme_id == programme_id, Page.slug == slug))


def pages(programme_id: int) -> Sequence[Page]:
    """All pages of a programme, in the order of its menu."""
    return db.session.scalars(
        select(Page).where(Page.programme_id == programme_id).order_by(Page.position, Page.id)
    ).all()


def page_versions(page_id: int) -> list[tuple[PageVersion, str | None]]:
    """What a page said each time it was saved, newest first, with the name of who saved it (None: no longer here)."""
    rows = db.session.execute(
        select(PageVersion, Member.name)
        .outerjoin(Member, Member.id == PageVersion.saved_by_id)
        .where(PageVersion.page_id == page_id)
        .order_by(PageVersion.version.desc())
    )
    return [(version, name) for version, name in rows]


def page_version(page_id: int, version: int) -> PageVersion | None:
    """What a page said at one saving."""
    return db.session.scalar(select(PageVersion).where(PageVersion.page_id == page_id, PageVersion.version == version))


# -- cohorts and dates -------------------------------------------------------------------------------------------------


def cohorts(programme_id: int) -> Sequence[Cohort]:
    """All cohorts of a programme with all their dates, the newest first; for its leads."""
    return db.session.scalars(
        select(Cohort)
        .where(Cohort.programme_id == programme_id)
        .options(selectinload(Cohort.events))
        .order_by(Cohort.id.desc())
    ).all()


def public_cohorts(programme_id: int) -> list[CohortDates]:
    """The cohorts that everybody may know of, with their workshops only, in the order of their first one."""
    rows = db.session.execute(
        select(Cohort, CohortEvent)
        .outerjoin(CohortEvent, (CohortEvent.cohort_id == Cohort.id) & CohortEvent.kind.in_(WORKSHOPS))
        .where(Cohort.programme_id == programme_id, Cohort.state != CohortState.PLANNED)
        .order_by(CohortEvent.starts_at.nulls_last(), Cohort.id)
    )
    dates: dict[int, CohortDates] = {}
    for cohort, event in rows:
        found = dates.setdefault(cohort.id, CohortDates(cohort, []))
        if event is not None:
            found.workshops.append(event)
    return list(dates.values())


def public_cohort(programme_id: int, slug: str) -> CohortDates | None:
    """One of the cohorts that everybody may know of."""
    return next((found for found in public_cohorts(programme_id) if found.cohort.slug == slug), None)


def cohort(programme_id: int, slug: str) -> Cohort | None:
    """A cohort of the programme."""
    return db.session.scalar(select(Cohort).where(Cohort.programme_id == programme_id, Cohort.slug == slug))


def cohort_event(programme_id: int, cohort_slug: str, event_id: int) -> CohortEvent | None:
    """A date of one of the programme's cohorts."""
    return db.session.scalar(
        select(CohortEvent)
        .join(Cohort, Cohort.id == CohortEvent.cohort_id)
        .where(Cohort.programme_id == programme_id, Cohort.slug == cohort_slug, CohortEvent.id == event_id)
    )


def cohort_in_use(cohort_id: int) -> bool:
    """Whether anybody belongs to a cohort, or has an invitation that names it."""
    belonging = exists().where(CohortMembership.cohort_id == cohort_id)
    invited = exists().where(Invitation.cohort_id == cohort_id)
    return bool(db.session.scalar(select(belonging | invited)))


def dates_of(member_id: int, programme_id: int) -> Sequence[CohortEvent]:
    """Every date, learning sets too, of the cohorts of a programme that a member belongs to; the earliest first."""
    return db.session.scalars(
        select(CohortEvent)
        .join(CohortMembership, CohortMembership.cohort_id == CohortEvent.cohort_id)
        .where(CohortMembership.member_id == member_id, CohortEvent.programme_id == programme_id)
        .order_by(CohortEvent.starts_at, CohortEvent.id)
    ).all()


def next_dates(programme_id: int, most: int) -> Sequence[CohortEvent]:
    """The next dates of any cohort of a programme."""
    return db.session.scalars(
        select(CohortEvent)
        .where(CohortEvent.programme_id == programme_id, CohortEvent.ends_at > clock.now())
        .options(joinedload(CohortEvent.cohort))
        .order_by(CohortEvent.starts_at, CohortEvent.id)
        .limit(most)
    ).all()
