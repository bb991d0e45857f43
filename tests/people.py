"""The people that tests are about: one programme with everybody in it, and a second one that must never mix with it.

Call `meet()` in an app context; what it gives are plain values, good in every later request, thread and process.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import TypeVar
from uuid import uuid4

from flask_security import hash_password

from app.accounts.models import Member, Organisation, RoleGrant
from app.accounts.rules import OrganisationKind, Role
from app.core import clock
from app.core.db import db, transaction
from app.programme.models import Cohort, CohortMembership, Programme
from app.programme.rules import CohortState
from tests.clients import PASSWORD

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can sign in, with the password of tests.clients."""

    id: int
    email: str
    name: str

    @property
    def member(self) -> Member:
        """Their row, in the session of the app context at hand."""
        return db.session.get_one(Member, self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Who and what there is. `owner` and `peer` share a cohort; `outsider` is in another one of the same programme."""

    programme_id: int
    other_programme_id: int
    cohort_id: int
    other_cohort_id: int
    organisation_id: int

    owner: Person
    peer: Person
    outsider: Person
    suspended: Person
    inactive: Person
    facilitator: Person
    moderator: Person
    lead: Person
    author: Person
    reviewer: Person
    sponsor: Person
    # Of the other programme:
    stranger: Person
    other_lead: Person


def meet() -> People:
    """Put everybody into an empty database."""
    with transaction():
        programme, other = a_programme("here"), a_programme("elsewhere")
        organisation = an_organisation(programme)
        cohort, other_cohort = a_cohort(programme, "spring"), a_cohort(programme, "autumn")
        far_cohort = a_cohort(other, "far")
        return People(
            programme_id=programme.id,
            other_programme_id=other.id,
            cohort_id=cohort.id,
            other_cohort_id=other_cohort.id,
            organisation_id=organisation.id,
            owner=a_person("Olu Owner", programme, Role.PARTICIPANT, cohort=cohort, organisation=organisation),
            peer=a_person("Petra Peer", programme, Role.PARTICIPANT, cohort=cohort),
            outsider=a_person("Oskar Outsider", programme, Role.PARTICIPANT, cohort=other_cohort),
            suspended=a_person(
                "Sam Suspended",
                programme,
                Role.PARTICIPANT,
                cohort=cohort,
                suspended_until=clock.now() + timedelta(days=7),
            ),
            inactive=a_person("Ines Inactive", programme, Role.PARTICIPANT, cohort=cohort, active=False),
            facilitator=a_person("Femi Facilitator", programme, Role.FACILITATOR),
            moderator=a_person("Mo Moderator", programme, Role.MODERATOR),
            lead=a_person("Leila Lead", programme, Role.LEAD),
            author=a_person("Ada Author", programme, Role.AUTHOR),
            reviewer=a_person("Ravi Reviewer", programme, Role.REVIEWER),
            sponsor=a_person("Sunita Sponsor", programme, Role.SPONSOR),
            stranger=a_person("Stan Stranger", other, Role.PARTICIPANT, cohort=far_cohort),
            other_lead=a_person("Lola Other", other, Role.LEAD),
        )


def a_programme(slug: str) -> Programme:
    """A programme with a name of its own."""
    programme = Programme(
        slug=slug,
        name=f"Programme {slug}",
        short_name=slug.title(),
        team_name=f"The team of {slug}",
        area=f"Area {slug}",
        contact_email=f"team@{slug}.example",
    )
    return _kept(programme)


def an_organisation(programme: Programme, slug: str = "trust") -> Organisation:
    """An employer of the programme's people."""
    return _kept(
        Organisation(
            programme_id=programme.id,
            slug=slug,
            name=f"Organisation {slug}",
            kind=OrganisationKind.HEALTH,
            area=programme.area,
        )
    )


def a_cohort(programme: Programme, slug: str) -> Cohort:
    """A running cohort."""
    return _kept(
        Cohort(
            programme_id=programme.id,
            slug=slug,
            name=f"Cohort {slug}",
            state=CohortState.RUNNING,
            smallest=12,
            largest=20,
        )
    )


def a_person(
    name: str,
    programme: Programme,
    *roles: Role,
    cohort: Cohort | None = None,
    organisation: Organisation | None = None,
    suspended_until: datetime | None = None,
    active: bool = True,
) -> Person:
    """A member with roles in a programme; the address is made of the first name and the programme."""
    member = _kept(
        Member(
            email=f"{name.split(maxsplit=1)[0].lower()}@{programme.slug}.example",
            name=name,
            password=hashed(PASSWORD),
            active=active,
            fs_uniquifier=uuid4().hex,
            suspended_until=suspended_until,
            organisation=organisation,
            joined_at=clock.now(),
        )
    )
    for role in roles:
        grant(member.id, programme.id, role)
    if cohort:
        _kept(
            CohortMembership(programme_id=programme.id, cohort_id=cohort.id, member_id=member.id, joined_at=clock.now())
        )
    return Person(member.id, member.email, member.name)


def grant(member_id: int, programme_id: int, role: Role) -> None:
    """Let a member hold one more role, in the caller's transaction."""
    _kept(RoleGrant(member_id=member_id, programme_id=programme_id, role=role, granted_at=clock.now()))


@cache
def hashed(password: str) -> str:
    """A hash that sign-in accepts; kept, because making one is slow on purpose."""
    return hash_password(password)


def _kept(row: Row) -> Row:
    db.session.add(row)
    db.session.flush()
    return row
