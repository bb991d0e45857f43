"""Putting the demonstration into the database. What is there stays as it is, so loading twice changes nothing."""

import tomllib
from collections.abc import Callable, Collection, Sequence
from datetime import timedelta
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TypeVar
from uuid import NAMESPACE_URL, uuid4, uuid5

from sqlalchemy import exists, insert, select, update

from app.accounts.models import Member, Organisation, RoleGrant
from app.accounts.rules import Role
from app.catchups.rounds import demo as rounds
from app.catchups.slots import demo as slots
from app.core import clock
from app.core.db import db
from app.demo import cases, cast, timetable
from app.demo.timetable import PlannedCohort
from app.forums.collections import demo as collections
from app.forums.demo import large
from app.forums.demo import small as forums
from app.forums.demo.sizes import Size
from app.moderation.law import demo as risks
from app.moderation.screening import demo as watched_words
from app.moderation.transparency import demo as transparency
from app.programme import operations as programmes
from app.programme import queries
from app.programme.models import Cohort, CohortMembership, Programme
from app.programme.operations import DateDraft
from app.programme.page_files import read_page
from app.rooms import demo as rooms
from app.scenarios.operations import keep_scenarios
from app.scenarios.shelf import ScenarioFile
from app.signposting import demo as directory
from app.signposting.upkeep import demo as upkeep

CONTENT = Path(__file__).parent / "content"
SINCE_THEY_JOINED = timedelta(days=150)
RUNNING = "running"  # the cohort that has a board of its own
VENUE = "Voluntary Action Leicestershire"

Row = TypeVar("Row")
Tell = Callable[[str], object]


def is_empty() -> bool:
    """Whether there is nothing yet: neither a programme nor a member."""
    return not db.session.scalar(select(exists().select_from(Programme) | exists().select_from(Member)))


def load(scenarios: Sequence[ScenarioFile], password_hash: str, tell: Tell) -> None:
    """Everything, in the caller's transaction; `tell` hears of each step."""
    found = {made_up.slug: _programme(made_up) for made_up in (cast.LLR, cast.NORTHFOLK)}
    tell(f"{len(found)} programmes with their pages")
    llr = found[cast.LLR.slug]
    planned = timetable.cohorts(clock.london(clock.now()).date(), VENUE)
    cohorts = {plan.slug: _cohort(llr, plan) for plan in planned}
    tell(f"{len(cohorts)} cohorts with their dates")
    for account in cast.ACCOUNTS:
        _account(account, found[account.programme], cohorts.get(account.cohort), password_hash)
    tell(f"{len(cast.ACCOUNTS)} accounts")
    colleagues = iter(cast.colleagues(sum(plan.people for plan in planned)))
    for plan in planned:
        for colleague in islice(colleagues, plan.people):
            _belong(_member(colleague, llr), cohorts[plan.slug])
    tell("colleagues in the cohorts")
    services = tomllib.loads((CONTENT / "services.toml").read_text("utf-8"))["service"]
    listed = directory.load(services, {slug: programme.id for slug, programme in found.items()})
    upkeep.load(llr.id, member_id=_id_of("participant"))
    tell(f"{listed} services in the support directory")
    tell(f"{len(keep_scenarios(scenarios))} scenarios")
    talk = {part: [_id_of(name) for name in names] for part, names in cast.ROOMS.items()}
    tell(f"{rooms.load(llr.id, **talk)} rooms")
    tell(f"{slots.load(llr.id, **{role: _id_of(address) for role, address in cast.CATCH_UPS.items()})} catch-ups")
    who = {role: _id_of(address) for role, address in cast.CATCH_UPS.items() if role != "host_id"}
    tell(f"{rounds.load(llr.id, **who)} coffee rounds")
    by_id = _id_of("moderator")
    tell(f"{watched_words.load(llr.id, by_id=by_id)} watched words")
    tell(f"{risks.load(llr.id, by_id=by_id)} risks, assessed")
    coaching = {name: _id_of(name) for name in ("facilitator", "sponsor", "participant")}
    tell(f"{directory.load_coaches(llr.id, **coaching)} members who coach or mentor")
    tell(f"{transparency.load(llr.id)} cases of a quarter that is over, as numbers")
    running = cohorts[RUNNING]
    tell(f"{forums.load(llr.id, running.id, _whoever(running))} posts in the forums")
    tell(f"{cases.load(llr.id, _whoever(running))} cases of moderators")
    gathered = collections.load(llr.id, moderator_id=_id_of("moderator"), participant_id=_id_of("participant"))
    tell(f"{gathered} pieces for a collection")


def load_large(size: Size, tell: Tell) -> None:
    """A large forum and the members who write in it, beside the small demonstration; nobody of them can sign in."""
    programme = queries.programme_by_slug(cast.LLR.slug)
    if programme is None or large.is_there(programme.id, size):
        return
    now = clock.now() - SINCE_THEY_JOINED
    rows = [
        {
            "email": f"{size.slug}{index}@{cast.DOMAIN}",
            "name": name,
            "fs_uniquifier": uuid4().hex,
            "active": True,
            "profession": "",
            "joined_at": now,
        }
        for index, name in enumerate(cast.crowd(size.members), start=1)
    ]
    member_ids = list(db.session.scalars(insert(Member).returning(Member.id, sort_by_parameter_order=True), rows))
    grants = [
        {"member_id": each, "programme_id": programme.id, "role": Role.PARTICIPANT, "granted_at": now}
        for each in member_ids
    ]
    db.session.execute(insert(RoleGrant), grants)
    tell(f"{len(member_ids):,} members")
    readers = [_id_of(address) for address in ("participant", "outsider", "moderator")]
    large.load(programme.id, size, member_ids, readers, tell)


def _whoever(cohort: Cohort) -> Callable[[str], int]:
    """Who is meant by the address of an account, or by a number: that colleague of the cohort."""
    of_cohort = (
        select(Member.id)
        .join(CohortMembership, CohortMembership.member_id == Member.id)
        .where(CohortMembership.cohort_id == cohort.id, Member.password.is_(None))
        .order_by(Member.id)
    )
    colleagues = db.session.scalars(of_cohort).all()

    @cache
    def find(name: str) -> int:
        return colleagues[int(name) - 1] if name.isdecimal() else _id_of(name)

    return find


def shut_out(opens: Callable[[str], bool]) -> list[Member]:
    """The demo accounts whose password is not the demonstration's any more; each different hash is tried once."""
    addresses = [account.email for account in cast.ACCOUNTS]
    members = db.session.scalars(select(Member).where(Member.email.in_(addresses))).all()
    fits = {kept: opens(kept) for kept in {member.password or "" for member in members}}
    return [member for member in members if not fits[member.password or ""]]


def set_passwords(member_ids: Collection[int], password_hash: str) -> None:
    """Let these members in again."""
    db.session.execute(update(Member).where(Member.id.in_(member_ids)).values(password=password_hash))


def _programme(made_up: cast.MadeUpProgramme) -> Programme:
    programme = queries.programme_by_slug(made_up.slug)
    if programme is None:
        files = [read_page(path.read_text("utf-8")) for path in sorted((CONTENT / made_up.slug).glob("*.md"))]
        programme = programmes.add_programme(made_up.slug, made_up.about, made_up.targets, files)
    for slug, (name, kind) in made_up.organisations.items():
        if _organisation(programme.id, slug) is None:
            _keep(Organisation(programme_id=programme.id, slug=slug, name=name, kind=kind, area=programme.area))
    return programme


def _organisation(programme_id: int, slug: str) -> Organisation | None:
    return db.session.scalar(
        select(Organisation).where(Organisation.programme_id == programme_id, Organisation.slug == slug)
    )


def _cohort(programme: Programme, plan: PlannedCohort) -> Cohort:
    cohort = queries.cohort(programme.id, plan.slug)
    if cohort is None:
        size = (programme.targets.cohort_min, programme.targets.cohort_max)
        cohort = programmes.add_cohort(programme.id, plan.name, plan.state, size, by=None, slug=plan.slug)
        for dated in plan.dates():
            starts_at, ends_at = (clock.moment(dated.day, at) for at in dated.hours)
            draft = DateDraft(
                kind=dated.kind, title=dated.title, starts_at=starts_at, ends_at=ends_at, venue=dated.venue
            )
            uid = uuid5(NAMESPACE_URL, f"{programme.slug}/{plan.slug}/{dated.title}").hex
            programmes.add_date(cohort, draft, by=None, uid=uid)
    return cohort


def _id_of(address: str) -> int:
    return db.session.scalars(select(Member.id).where(Member.email == f"{address}@{cast.DOMAIN}")).one()


def _account(account: cast.Account, programme: Programme, cohort: Cohort | None, password_hash: str) -> None:
    member = _member(account, programme, password_hash, account.role)
    if cohort:
        _belong(member, cohort)


def _member(
    person: cast.Account | cast.Colleague,
    programme: Programme,
    password_hash: str | None = None,
    role: Role = Role.PARTICIPANT,
) -> Member:
    member = db.session.scalar(select(Member).where(Member.email == person.email))
    if member is None:
        member = _keep(
            Member(
                email=person.email,
                name=person.name,
                profession=person.profession,
                password=password_hash,
                fs_uniquifier=uuid4().hex,
                organisation=_organisation(programme.id, person.organisation),
                joined_at=clock.now() - SINCE_THEY_JOINED,
            )
        )
    if role not in member.roles_in(programme.id):
        member.grants.append(RoleGrant(programme_id=programme.id, role=role, granted_at=clock.now()))
        db.session.flush()
    return member


def _belong(member: Member, cohort: Cohort) -> None:
    known = select(CohortMembership.id).where(
        CohortMembership.cohort_id == cohort.id, CohortMembership.member_id == member.id
    )
    if db.session.scalar(known) is None:
        _keep(
            CohortMembership(
                programme_id=cohort.programme_id, cohort_id=cohort.id, member_id=member.id, joined_at=clock.now()
            )
        )


def _keep(row: Row) -> Row:
    db.session.add(row)
    db.session.flush()
    return row
