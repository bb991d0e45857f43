"""Which cases somebody may decide. Every select of the desk is built on these conditions."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, or_, select
from sqlalchemy.orm import aliased

from app.accounts.models import Member
from app.accounts.rules import Role
from app.core.db import db
from app.moderation.cases.models import Concern, Invite, ModerationCase
from app.moderation.cases.rules import Route
from app.moderation.cases.seams import seams


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewer:
    """Whoever asks, in the programme they are looking at."""

    member_id: int
    programme_id: int | None
    organisation_id: int | None = None
    moderates: bool = False
    leads: bool = False


def reviewer(member_id: int, programme_id: int | None) -> Reviewer:
    """What counts about a member; whoever is suspended or gone may nothing."""
    member = db.session.get_one(Member, member_id)
    roles = frozenset() if member.suspended or not member.active else member.roles_in(programme_id)
    return Reviewer(
        member_id=member_id,
        programme_id=programme_id,
        organisation_id=member.organisation_id,
        moderates=Role.MODERATOR in roles,
        leads=Role.LEAD in roles,
    )


def may_decide(who: Reviewer) -> ColumnElement[bool]:
    """Cases of their programme that are on their desk, or that they are invited to; none in which they have a part."""
    routes = [Route.TEAM] if who.moderates else []
    routes += [Route.ESCALATED] if who.leads else []
    ours = (
        and_(ModerationCase.programme_id == who.programme_id, ModerationCase.route.in_(routes)) if routes else false()
    )
    return and_(or_(ours, _invited(who.member_id)), impartial(who))


def may_arrange(who: Reviewer) -> ColumnElement[bool]:
    """Cases that somebody independent has to decide: leads and moderators see that there is one, and invite."""
    if not (who.leads or who.moderates):
        return false()
    return and_(
        ModerationCase.programme_id == who.programme_id,
        ModerationCase.route.in_([Route.INDEPENDENT, Route.ESCALATED]),
        _not_theirs(who.member_id),
    )


def impartial(who: Reviewer) -> ColumnElement[bool]:
    """No conflict of interest: not their words, not their report or decision, nobody of their team."""
    return and_(_not_theirs(who.member_id), ~_team_mate(who))


def _not_theirs(member_id: int) -> ColumnElement[bool]:
    reported = exists().where(Concern.case_id == ModerationCase.id, Concern.reporter_id == member_id)
    return and_(
        or_(ModerationCase.author_id.is_(None), ModerationCase.author_id != member_id),
        or_(ModerationCase.excluded_id.is_(None), ModerationCase.excluded_id != member_id),
        ~reported,
    )


def _team_mate(who: Reviewer) -> ColumnElement[bool]:
    """Whether its author works for the same organisation and belongs to the same cohort."""
    if who.organisation_id is None:
        return false()
    author = aliased(Member)
    return exists(
        select(author.id).where(
            author.id == ModerationCase.author_id,
            author.organisation_id == who.organisation_id,
            seams().share_a_cohort(who.member_id, author.id.expression),
        )
    )


def _invited(member_id: int) -> ColumnElement[bool]:
    invited: Any = exists().where(
        Invite.case_id == ModerationCase.id, Invite.member_id == member_id, Invite.withdrawn_at.is_(None)
    )
    return invited  # type: ignore[no-any-return]
