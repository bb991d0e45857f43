"""Granting and revoking roles, each for one programme."""

from collections.abc import Collection

from app.accounts import queries
from app.accounts.models import Member, RoleGrant
from app.accounts.rules import Role
from app.core import audit, clock
from app.core.db import db


class LastLeadError(Exception):
    """A programme would be left without anybody who leads it."""


def grant(member: Member, role: Role, programme_id: int, *, by_id: int | None) -> bool:
    """Let a member hold a role; False when they held it already."""
    queries.hold(member)
    if member.holds(role, programme_id):
        return False
    member.grants.append(RoleGrant(programme_id=programme_id, role=role, granted_at=clock.now(), granted_by_id=by_id))
    db.session.flush()
    audit.record("grant_role", "member", member.id, actor_id=by_id, programme_id=programme_id, role=role)
    return True


def revoke(member: Member, role: Role, programme_id: int, *, by_id: int | None) -> bool:
    """Take a role from a member; False when they did not hold it.

    Raises LastLeadError rather than leave the programme without a lead who can sign in.
    """
    queries.hold(member)
    held = next((grant for grant in member.grants if (grant.programme_id, grant.role) == (programme_id, role)), None)
    if held is None:
        return False
    if role is Role.LEAD and {lead.member_id for lead in queries.leads_held(programme_id)} <= {member.id}:
        raise LastLeadError
    db.session.delete(held)
    db.session.flush()
    db.session.expire(member, ["grants"])
    audit.record("revoke_role", "member", member.id, actor_id=by_id, programme_id=programme_id, role=role)
    return True


def set_roles(member: Member, wanted: Collection[Role], programme_id: int, *, by_id: int) -> bool:
    """Grant and revoke until the member holds exactly these roles in the programme; whether anything changed.

    Raises LastLeadError as `revoke` does.
    """
    queries.hold(member)
    held = member.roles_in(programme_id)
    changed = [revoke(member, role, programme_id, by_id=by_id) for role in sorted(held.difference(wanted))]
    changed += [grant(member, role, programme_id, by_id=by_id) for role in sorted(set(wanted) - held)]
    return any(changed)
