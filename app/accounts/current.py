"""Who is asking: the signed-in member, the programme they are looking at, and the rule that asks for a role in it."""

from typing import cast

from flask import session
from flask_login import current_user

from app.accounts.models import Member
from app.accounts.rules import Role
from app.core.web import Answer, Reader, Rule, signed_in

CHOSEN = "programme"


def me() -> Member:
    """The signed-in member; only for views whose rule asks for one."""
    return cast("Member", current_user._get_current_object())  # noqa: SLF001 - Flask-Login's own way


def my_programme_id() -> int | None:
    """The programme that the member is looking at: the one they chose, else the first they hold a role in."""
    if not current_user.is_authenticated:
        return None
    mine = [grant.programme_id for grant in me().grants]
    chosen = session.get(CHOSEN)
    if chosen in mine:
        return int(chosen)
    return mine[0] if mine else None


def i_hold(*roles: Role) -> bool:
    """Whether the member holds one of the roles in the programme they are looking at."""
    return current_user.is_authenticated and not me().roles_in(my_programme_id()).isdisjoint(roles)


def has_role(*roles: Role) -> Rule:
    """Members who hold one of the roles in the programme they are looking at, and are not suspended."""

    def rule(reader: Reader) -> Answer:
        answer = signed_in(reader)
        return "no" if answer == "yes" and not i_hold(*roles) else answer

    rule.__name__ = f"has_role({', '.join(roles)})"
    return rule
