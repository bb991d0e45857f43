"""Whether somebody may take part, or sign in at all. Whoever may not loses their open sockets after the commit."""

from datetime import datetime
from functools import partial
from uuid import uuid4

from app.accounts.models import Member
from app.accounts.seams import depart
from app.core import audit, live
from app.core.db import Effect, db


def suspend(
    member: Member, until: datetime, *, by_id: int | None, programme_id: int | None, after: list[Effect]
) -> None:
    """Close the community to a member until a moment. Support, their own words and an appeal stay open to them."""
    member.suspended_until = until
    db.session.flush()
    depart(member.id)
    audit.record("suspend", "member", member.id, actor_id=by_id, programme_id=programme_id, until=until.isoformat())
    after.append(partial(live.evict, member.id, "suspended"))


def lift_suspension(member: Member, *, by_id: int | None, programme_id: int | None) -> None:
    """Let a suspended member take part again."""
    member.suspended_until = None
    db.session.flush()
    audit.record("lift_suspension", "member", member.id, actor_id=by_id, programme_id=programme_id)


def deactivate(member: Member, *, by_id: int | None, programme_id: int | None, after: list[Effect]) -> None:
    """Close a member's account: they cannot sign in, and every session they have ends."""
    member.active = False
    end_sessions(member)
    db.session.flush()
    depart(member.id)
    audit.record("deactivate", "member", member.id, actor_id=by_id, programme_id=programme_id)
    after.append(partial(live.evict, member.id, "removed"))


def end_sessions(member: Member) -> None:
    """Sign a member out everywhere, and make every link to choose a new password worthless."""
    member.fs_uniquifier = uuid4().hex
