"""Stories: for whoever writes them, for the people in them, and for the others once all have agreed."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select

from app.accounts.models import Member, RoleGrant
from app.catchups.slots.models import Slot, SlotStory, StoryConsent
from app.catchups.slots.stories import ConsentState, may_be_shown
from app.core.db import db


@dataclass(frozen=True, slots=True)
class Agreement:
    """What somebody in a story said."""

    member_id: int
    name: str
    email: str
    state: ConsentState


@dataclass(frozen=True, slots=True)
class Told:
    """The story of an event, with what the people in it said."""

    story: SlotStory
    agreements: list[Agreement]
    may_be_shown: bool


def story_of(slot_id: int) -> Told | None:
    """The story of an event. It goes to nobody but leads unless `may_be_shown`."""
    story = db.session.scalar(select(SlotStory).where(SlotStory.slot_id == slot_id))
    if story is None:
        return None
    rows = db.session.execute(
        select(Member.id, Member.name, Member.email, StoryConsent.state, StoryConsent.version)
        .join(StoryConsent, StoryConsent.member_id == Member.id)
        .where(StoryConsent.story_id == story.id)
        .order_by(Member.name, Member.id)
    ).all()
    shown = may_be_shown([(row.state, row.version) for row in rows], story.version, story.people)
    return Told(story, [Agreement(row.id, row.name, row.email, row.state) for row in rows], shown)


def asked_of(member_id: int, slot_id: int) -> tuple[Slot, SlotStory, StoryConsent] | None:
    """A story that a member is in, wherever they may otherwise go: it is their own."""
    row = db.session.execute(
        select(Slot, SlotStory, StoryConsent)
        .join(SlotStory, SlotStory.slot_id == Slot.id)
        .join(StoryConsent, StoryConsent.story_id == SlotStory.id)
        .where(Slot.id == slot_id, StoryConsent.member_id == member_id)
    ).first()
    return (row[0], row[1], row[2]) if row else None


def members_by_email(programme_id: int, emails: Collection[str]) -> dict[str, int]:
    """The ids of a programme's people, by email."""
    holds = select(RoleGrant.member_id).where(RoleGrant.programme_id == programme_id)
    rows = db.session.execute(
        select(Member.email, Member.id).where(func.lower(Member.email).in_(emails), Member.id.in_(holds))
    )
    return {row.email: row.id for row in rows}
