"""Offering, asking, answering, ending. Each begins by holding the profile, so that two at once take turns.

After every change places and the line are settled: what lapsed goes, whoever waited longest is offered what is free.
"""

from collections.abc import Sequence

from sqlalchemy import select

from app.core import audit, clock
from app.core.db import db
from app.notifications.operations.notices import notify
from app.notifications.rules import ALWAYS, Kind, Notice
from app.signposting.introductions.models import CoachProfile, Introduction
from app.signposting.introductions.queries import live_with
from app.signposting.introductions.rules import (
    ANSWER_WITHIN,
    HOLDS_A_PLACE,
    LIVE,
    OFFER_LASTS,
    Part,
    Reader,
    State,
    Verb,
    step,
)

NEWS = Kind("introduction", "Coaching and mentoring: questions to you and answers", deliveries=ALWAYS)
ADDRESS = "/support/coaching/mine"

# Who is told what when it comes to a state. Subjects say nothing: they stand on lock screens and in mail.
NOTICES: dict[State, tuple[tuple[Part, str, str], ...]] = {
    State.OFFERED: ((Part.ASKER, "A place has come free for you", "Do you still want to be introduced?"),),
    State.ASKED: ((Part.COACH, "Somebody waits for your answer", "A member asks to be introduced to you."),),
    State.AGREED: ((Part.ASKER, "You have an answer", "You are introduced. Look up how to reach each other."),),
    State.DECLINED: (
        (Part.ASKER, "You have an answer", "It does not fit at the moment, which says nothing about you. Ask another."),
    ),
    State.LAPSED: ((Part.ASKER, "Something has lapsed", "There was no answer in time. You can ask again."),),
    State.WITHDRAWN: ((Part.COACH, "Nothing to do any more", "Somebody who asked to be introduced took it back."),),
    State.ENDED: (
        (Part.ASKER, "Something has ended", "An introduction has ended."),
        (Part.COACH, "Something has ended", "An introduction has ended."),
    ),
}


class NotPossibleError(Exception):
    """It cannot be done (any more): somebody was faster, or it is not theirs to do."""


class TooFewPlacesError(Exception):
    """Fewer places than people who have one."""


def offer(reader: Reader, about: str, topics: str, capacity: int, *, coaches: bool, mentors: bool) -> CoachProfile:
    """Keep what the reader offers; raises TooFewPlacesError when more people than that have a place already."""
    profile = _own(reader)
    if profile is None:
        profile = CoachProfile(
            programme_id=reader.programme_id, member_id=reader.member_id, offered_at=clock.now(), taken=0
        )
        db.session.add(profile)
    elif capacity < profile.taken:
        raise TooFewPlacesError
    profile.about, profile.topics, profile.capacity = about, topics, capacity
    profile.coaches, profile.mentors, profile.paused = coaches, mentors, False
    db.session.flush()
    settle(profile)
    return profile


def pause(reader: Reader) -> None:
    """Offer no more places for now; introductions that are on go on, and whoever waits keeps their turn."""
    profile = _own(reader)
    if profile:
        profile.paused = True
        db.session.flush()


def ask(reader: Reader, profile_id: int, note: str) -> Introduction:
    """Ask to be introduced: whoever coaches is asked, or the reader joins the line. Asking twice is asking once."""
    profile = _held(profile_id)
    existing = live_with(profile_id, reader.member_id)
    if existing:
        return existing
    if profile.paused or profile.member_id == reader.member_id:
        raise NotPossibleError
    introduction = Introduction(
        programme_id=profile.programme_id,
        profile_id=profile.id,
        member_id=reader.member_id,
        state=State.WAITING,
        note=note,
        asked_at=clock.now(),
    )
    db.session.add(introduction)
    db.session.flush()
    settle(profile, arriving=introduction)
    return introduction


def act(reader: Reader, introduction: Introduction, verb: Verb, part: Part) -> State:
    """Take a step; raises NotPossibleError when it cannot be taken (any more)."""
    profile = _held(introduction.profile_id)
    db.session.refresh(introduction)
    settle(profile)
    target = step(introduction.state, verb, part)
    if target is None:
        raise NotPossibleError
    _move(introduction, target)
    _tell(introduction, target, by=part)
    if part is Part.COORDINATOR:
        audit.record(
            "introduction_ended",
            "introduction",
            introduction.id,
            actor_id=reader.member_id,
            programme_id=introduction.programme_id,
        )
    settle(profile)
    return target


def give_feedback(introduction: Introduction, words: str) -> None:
    """Keep what the asker says of it, for the coordinators."""
    introduction.feedback = words
    db.session.flush()


def settle(profile: CoachProfile, arriving: Introduction | None = None) -> None:
    """Bring the line up to date. `arriving` asks by themselves when there is room, and is not asked again."""
    live = db.session.scalars(
        select(Introduction)
        .where(Introduction.profile_id == profile.id, Introduction.state.in_(LIVE))
        .order_by(Introduction.asked_at, Introduction.id)
    ).all()
    for each in live:
        if each.until is not None and each.until < clock.now():
            _move(each, State.LAPSED)
            _tell(each, State.LAPSED)
    waiting = [each for each in live if each.state is State.WAITING]
    taken = sum(each.state in HOLDS_A_PLACE for each in live)
    free = 0 if profile.paused else profile.capacity - taken
    for each in waiting[: max(free, 0)]:
        target = State.ASKED if each is arriving else State.OFFERED
        _move(each, target)
        _tell(each, target)
        taken += 1
    profile.taken = taken
    db.session.flush()


def settle_by_id(profile_id: int) -> None:
    """The same, for the worker."""
    settle(_held(profile_id))


def release(member_id: int) -> None:
    """What becomes of introductions of somebody who was suspended or removed; for accounts to call."""
    profiles = select(CoachProfile.id).where(CoachProfile.member_id == member_id)
    involved = db.session.scalars(
        select(Introduction.profile_id)
        .where(Introduction.member_id == member_id, Introduction.state.in_(LIVE))
        .union(profiles)
    ).all()
    for profile_id in sorted(involved):
        profile = _held(profile_id)
        theirs = profile.member_id == member_id
        for each in _live_of(profile_id):
            if theirs or each.member_id == member_id:
                _move(each, State.ENDED if each.state is State.AGREED else State.WITHDRAWN)
                _tell(each, each.state)
        profile.paused = profile.paused or theirs
        settle(profile)


def _own(reader: Reader) -> CoachProfile | None:
    return db.session.scalar(
        select(CoachProfile)
        .where(CoachProfile.programme_id == reader.programme_id, CoachProfile.member_id == reader.member_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )


def _held(profile_id: int) -> CoachProfile:
    """The profile, kept from changing until the end of the transaction."""
    return db.session.scalars(
        select(CoachProfile)
        .where(CoachProfile.id == profile_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()


def _live_of(profile_id: int) -> Sequence[Introduction]:
    live = select(Introduction).where(Introduction.profile_id == profile_id, Introduction.state.in_(LIVE))
    return db.session.scalars(live).all()


def _move(introduction: Introduction, target: State) -> None:
    now = clock.now()
    introduction.state = target
    introduction.until = {State.ASKED: now + ANSWER_WITHIN, State.OFFERED: now + OFFER_LASTS}.get(target)
    if target is State.AGREED:
        introduction.agreed_at = now
    if target not in LIVE:
        introduction.over_at = now
        introduction.note = ""  # it was written for the talk, and the talk is over


def _tell(introduction: Introduction, target: State, by: Part | None = None) -> None:
    """Tell those whom it concerns, but not whoever did it."""
    asker, coach = introduction.member_id, introduction.profile.member_id
    doer = {Part.ASKER: asker, Part.COACH: coach}.get(by) if by else None
    for whom, subject, body in NOTICES.get(target, ()):
        member_id = asker if whom is Part.ASKER else coach
        if member_id != doer:
            notice = Notice(
                kind=NEWS.code,
                key=f"introduction:{introduction.id}:{target.value}:{member_id}",
                subject=subject,
                body=body,
                path=ADDRESS,
                programme_id=introduction.programme_id,
            )
            notify(notice, member_id)
