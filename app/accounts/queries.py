"""What is read of people and invitations; what leads see is scoped to their programme."""

from collections.abc import Sequence

from sqlalchemy import or_, select

from app.accounts.models import Invitation, Member, Organisation, RoleGrant
from app.accounts.rules import Role, normalise_email
from app.core import pages
from app.core.db import db
from app.core.pages import Page


def member_by_email(email: str) -> Member | None:
    """The member of a mailbox."""
    return db.session.scalar(select(Member).where(Member.email == normalise_email(email)))


def people(programme_id: int, words: str, page: int) -> Page[Member]:
    """Who holds a role in a programme, by name; only those whose name or email has the words in it."""
    holds = select(RoleGrant.member_id).where(RoleGrant.programme_id == programme_id)
    found = select(Member).where(Member.id.in_(holds)).order_by(Member.name, Member.id)
    for word in words.split():
        found = found.where(
            or_(Member.name.icontains(word, autoescape=True), Member.email.icontains(word, autoescape=True))
        )
    return pages.page(found, page)


def person(programme_id: int, member_id: int) -> Member | None:
    """Somebody who holds a role in the programme."""
    holds = select(RoleGrant.member_id).where(RoleGrant.programme_id == programme_id)
    return db.session.scalar(select(Member).where(Member.id == member_id, Member.id.in_(holds)))


def invitations(programme_id: int, page: int) -> Page[Invitation]:
    """The invitations of a programme, the newest first."""
    found = select(Invitation).where(Invitation.programme_id == programme_id).order_by(Invitation.id.desc())
    return pages.page(found, page)


def invitation(programme_id: int, invitation_id: int) -> Invitation | None:
    """An invitation of the programme."""
    return db.session.scalar(
        select(Invitation).where(Invitation.id == invitation_id, Invitation.programme_id == programme_id)
    )


def organisations(programme_id: int) -> Sequence[Organisation]:
    """The organisations of a programme, by name."""
    return db.session.scalars(
        select(Organisation).where(Organisation.programme_id == programme_id).order_by(Organisation.name)
    ).all()


def organisation(programme_id: int, organisation_id: int) -> Organisation | None:
    """An organisation of the programme."""
    return db.session.scalar(
        select(Organisation).where(Organisation.id == organisation_id, Organisation.programme_id == programme_id)
    )


def hold(row: Member | Invitation) -> None:
    """Read a row again and keep others from changing it until the end of the transaction."""
    # NO KEY UPDATE: other rows may go on to name this one, so two leads who change each other's roles never deadlock.
    db.session.refresh(row, with_for_update={"key_share": True})


def leads_held(programme_id: int) -> Sequence[RoleGrant]:
    """The grants of those who lead a programme and can sign in, kept from changing as by `hold`."""
    return db.session.scalars(
        select(RoleGrant)
        .join(RoleGrant.member)
        .where(RoleGrant.programme_id == programme_id, RoleGrant.role == Role.LEAD, Member.active)
        .order_by(RoleGrant.id)
        .with_for_update(of=RoleGrant, key_share=True)
        .execution_options(populate_existing=True)
    ).all()
