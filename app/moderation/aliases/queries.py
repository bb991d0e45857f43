"""Requests as moderators of their programme may see them; for whom they are about there are none."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Member, RoleGrant
from app.core import clock, pages
from app.core.db import db
from app.core.pages import Page
from app.moderation.aliases.models import RevealBar, RevealRequest
from app.moderation.aliases.rules import MODERATES, RevealState


def requests(member_id: int, programme_id: int, page: int) -> Page[RevealRequest]:
    """The requests of a programme, the newest first."""
    found = select(RevealRequest).where(_theirs_to_see(member_id, programme_id)).order_by(RevealRequest.id.desc())
    return pages.page(found.options(joinedload(RevealRequest.asked_by)), page)


def request(member_id: int, programme_id: int, request_id: int) -> RevealRequest | None:
    """One request of their programme."""
    return db.session.scalar(
        select(RevealRequest).where(_theirs_to_see(member_id, programme_id), RevealRequest.id == request_id)
    )


def held(request_id: int) -> RevealRequest:
    """A request, kept from changing until the transaction ends."""
    return db.session.get_one(RevealRequest, request_id, with_for_update=True, populate_existing=True)


def of_author(author_id: int, request_id: int) -> RevealRequest | None:
    """A reveal as its author may read of it."""
    return db.session.scalar(
        select(RevealRequest).where(
            RevealRequest.id == request_id,
            RevealRequest.author_id == author_id,
            RevealRequest.state == RevealState.REVEALED,
        )
    )


def waiting(subject_type: str, subject_id: int) -> RevealRequest | None:
    """The request about something that waits for an answer, if there is one."""
    return db.session.scalar(
        select(RevealRequest).where(
            RevealRequest.subject_type == subject_type,
            RevealRequest.subject_id == subject_id,
            RevealRequest.state == RevealState.ASKED,
        )
    )


def lapsed() -> Sequence[int]:
    """The ids of requests that nobody answered in time."""
    late = RevealRequest.expires_at <= clock.now()
    return db.session.scalars(select(RevealRequest.id).where(RevealRequest.state == RevealState.ASKED, late)).all()


def moderators(programme_id: int) -> Sequence[int]:
    """Who may be the second: moderators and leads who can sign in."""
    found = (
        select(Member.id)
        .join(RoleGrant, RoleGrant.member_id == Member.id)
        .where(RoleGrant.programme_id == programme_id, RoleGrant.role.in_(sorted(MODERATES)), Member.active)
        .distinct()
    )
    return db.session.scalars(found.order_by(Member.id)).all()


def _theirs_to_see(member_id: int, programme_id: int) -> ColumnElement[bool]:
    barred = exists().where(RevealBar.request_id == RevealRequest.id, RevealBar.member_id == member_id)
    return (RevealRequest.programme_id == programme_id) & ~barred
