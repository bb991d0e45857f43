"""What members suggest, and what the night does about entries that nobody checked."""

from datetime import date

from sqlalchemy import ColumnElement, select, update

from app.accounts.models import Member, RoleGrant
from app.accounts.rules import Role
from app.core import audit, clock
from app.core.db import db
from app.notifications.operations.notices import notify
from app.notifications.rules import Kind, Notice
from app.signposting.kinds import ServiceState
from app.signposting.models import SupportService
from app.signposting.upkeep.models import Suggestion
from app.signposting.upkeep.operations.editing import move
from app.signposting.upkeep.rules import HIDDEN_AFTER, Verdict

ALARM = "directory_alarm"
KINDS = [Kind(ALARM, "The directory of support: a crisis line that nobody has checked", roles=frozenset({Role.LEAD}))]
NIGHT = "Nobody had checked it for too long"


def suggest(service: SupportService, words: str, *, programme_id: int, member_id: int) -> Suggestion:
    """Tell the team that something about an entry is wrong."""
    suggestion = Suggestion(
        programme_id=programme_id, service_id=service.id, member_id=member_id, words=words, made_at=clock.now()
    )
    db.session.add(suggestion)
    db.session.flush()
    return suggestion


def settle(suggestion: Suggestion, verdict: Verdict, *, by: int) -> bool:
    """Say what became of a suggestion; False when somebody was faster."""
    settled = db.session.execute(
        update(Suggestion)
        .where(Suggestion.id == suggestion.id, Suggestion.verdict.is_(None))
        .values(verdict=verdict, settled_at=clock.now(), settled_by_id=by)
        .returning(Suggestion.id)
    ).first()
    if settled is None:
        return False
    audit.record(
        "suggestion_settled",
        "service_suggestion",
        suggestion.id,
        actor_id=by,
        programme_id=suggestion.programme_id,
        verdict=verdict.value,
    )
    return True


def past_limit(today: date) -> ColumnElement[bool]:
    """Shown, and overdue for so long that nobody should rely on it."""
    return (SupportService.state == ServiceState.PUBLISHED) & (SupportService.next_check_on < today - HIDDEN_AFTER)


def hide_forgotten(service_id: int, today: date) -> bool:
    """Hide an entry that is past the limit, unless somebody has just checked it. Crisis lines are never hidden so."""
    service = db.session.get(SupportService, service_id, populate_existing=True)
    if service is None or service.urgent or service.state is not ServiceState.PUBLISHED:
        return False
    if service.next_check_on is None or service.next_check_on >= today - HIDDEN_AFTER:
        return False
    move(service, ServiceState.HIDDEN, NIGHT, by=None)
    return True


def alarm(service_id: int, today: date) -> None:
    """Tell those who lead the programmes concerned that a crisis line is past the limit; once in a week."""
    service = db.session.get_one(SupportService, service_id)
    leads = select(RoleGrant.member_id).join(RoleGrant.member).where(RoleGrant.role == Role.LEAD, Member.active)
    if service.programme_id is not None:
        leads = leads.where(RoleGrant.programme_id == service.programme_id)
    year, week, _day = today.isocalendar()
    notice = Notice(
        kind=ALARM,
        key=f"directory-alarm:{service.id}:{year}-{week}",
        subject="An entry of the directory needs you today",
        body=f"“{service.name}” is a crisis line, and nobody has checked it for a long time. It stays where people in "
        "need find it, so please make sure today that it answers.",
        path=f"/lead/directory/{service.id}",
        programme_id=service.programme_id,
    )
    notify(notice, *db.session.scalars(leads.distinct()).all())
