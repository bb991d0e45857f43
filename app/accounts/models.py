"""Members, organisations, role grants and invitations."""

from datetime import datetime
from typing import ClassVar

from flask_security.core import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.rules import InvitationState, OrganisationKind, Role, invitation_state, is_suspended
from app.core import clock
from app.core.db import Model, UtcDateTime, text_enum


class Organisation(Model):
    """An employer or charity whose people take part in a programme."""

    __tablename__ = "organisation"
    __table_args__ = (UniqueConstraint("programme_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    slug: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[OrganisationKind] = mapped_column(text_enum(OrganisationKind))
    area: Mapped[str] = mapped_column(String(80))


class Member(Model, UserMixin):
    """A person who can sign in. Names are looked up here and never copied into other rows."""

    __tablename__ = "member"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_in_lower_case"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    # Flask-Security's name: changing it ends every session of the member.
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    suspended_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    profession: Mapped[str] = mapped_column(String(80), default="")
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime)

    organisation: Mapped[Organisation | None] = relationship()
    grants: Mapped[list["RoleGrant"]] = relationship(
        back_populates="member", foreign_keys="RoleGrant.member_id", lazy="selectin", order_by="RoleGrant.id"
    )
    # Flask-Security asks for global roles; here each role is granted for a programme.
    roles: ClassVar[list[str]] = []  # type: ignore[assignment,misc]

    @property
    def suspended(self) -> bool:
        """Whether they are suspended now."""
        return is_suspended(self.suspended_until, clock.now())

    def roles_in(self, programme_id: int | None) -> frozenset[Role]:
        """The roles they hold in a programme."""
        return frozenset(grant.role for grant in self.grants if grant.programme_id == programme_id)

    def holds(self, role: Role, programme_id: int | None) -> bool:
        """Whether they hold a role in a programme."""
        return role in self.roles_in(programme_id)


class RoleGrant(Model):
    """A role that a member holds in one programme."""

    __tablename__ = "role_grant"
    __table_args__ = (UniqueConstraint("member_id", "programme_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    role: Mapped[Role] = mapped_column(text_enum(Role))
    granted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))

    member: Mapped[Member] = relationship(back_populates="grants", foreign_keys=[member_id])


class Invitation(Model):
    """A signed, expiring way in. Opening its link spends nothing; pressing its button does, once.

    `serial` rises with each sending, so that only the newest link works.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email_in_lower_case"),
        CheckConstraint("accepted_at IS NULL OR withdrawn_at IS NULL", name="accepted_or_withdrawn"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[Role] = mapped_column(text_enum(Role))
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohort.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    serial: Mapped[int] = mapped_column(default=1)
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))

    invited_by: Mapped[Member | None] = relationship(foreign_keys=[invited_by_id])

    @property
    def state(self) -> InvitationState:
        """What became of it up to now."""
        return invitation_state(self.accepted_at, self.withdrawn_at, self.expires_at, clock.now())
