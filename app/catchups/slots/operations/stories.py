"""Stories at events for sharing learning: each person in a story is asked, and it is shown when all have agreed."""

from collections.abc import Collection

from sqlalchemy import select

from app.catchups.slots.models import Slot, SlotStory, StoryConsent
from app.catchups.slots.operations.telling import ask_for_consent
from app.catchups.slots.stories import ConsentState
from app.core import audit, clock
from app.core.db import db


class OtherWordsError(Exception):
    """The story was changed since it was shown to them; an answer must be about the words they read."""


def write(slot: Slot, body: str, people: Collection[int], *, by_id: int) -> SlotStory:
    """Write or rewrite the story of an event, and ask whoever is in it and has not answered about these words."""
    story = db.session.scalar(select(SlotStory).where(SlotStory.slot_id == slot.id).with_for_update())
    now = clock.now()
    if story is None:
        story = SlotStory(programme_id=slot.programme_id, slot_id=slot.id, version=0)
        db.session.add(story)
    if story.version == 0 or story.body != body:
        story.body, story.version, story.written_at = body, story.version + 1, now
    story.people = len(set(people))
    db.session.flush()
    known = {consent.member_id: consent for consent in _consents(story.id)}
    for member_id in known.keys() - set(people):
        db.session.delete(known[member_id])
    asked = [member_id for member_id in set(people) if not _answered(known.get(member_id), story.version)]
    for member_id in asked:
        consent = known.get(member_id) or StoryConsent(
            programme_id=slot.programme_id, story_id=story.id, member_id=member_id
        )
        consent.state, consent.version, consent.asked_at, consent.answered_at = (
            ConsentState.ASKED, story.version, now, None,
        )  # fmt: skip
        db.session.add(consent)
    db.session.flush()
    ask_for_consent(slot, story, asked)
    audit.record("write_story", "slot", slot.id, actor_id=by_id, programme_id=slot.programme_id, version=story.version)
    return story


def answer(consent: StoryConsent, version: int, *, agrees: bool) -> None:
    """Keep what somebody in a story says to words they read; they may say the opposite at any time.

    Raises OtherWordsError when the words are others by now.
    """
    story = db.session.scalars(select(SlotStory).where(SlotStory.id == consent.story_id).with_for_update()).one()
    db.session.refresh(consent)
    if version != story.version:
        raise OtherWordsError
    consent.state = ConsentState.GIVEN if agrees else ConsentState.REFUSED
    consent.version, consent.answered_at = version, clock.now()
    db.session.flush()


def take_away(slot: Slot, *, by_id: int) -> None:
    """Remove the story of an event, with what was said about it."""
    story = db.session.scalar(select(SlotStory).where(SlotStory.slot_id == slot.id))
    if story is not None:
        db.session.delete(story)
        db.session.flush()
        audit.record("remove_story", "slot", slot.id, actor_id=by_id, programme_id=slot.programme_id)


def _consents(story_id: int) -> Collection[StoryConsent]:
    return db.session.scalars(select(StoryConsent).where(StoryConsent.story_id == story_id)).all()


def _answered(consent: StoryConsent | None, version: int) -> bool:
    return consent is not None and consent.version == version
