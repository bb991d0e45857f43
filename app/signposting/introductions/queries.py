"""Profiles and introductions, scoped to the reader."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from app.core.db import db
from app.signposting.introductions.models import CoachProfile, Introduction
from app.signposting.introductions.rules import LIVE, NOT_FOR_THE_COACH, Reader, State

MOST = 200


def profiles(reader: Reader) -> Sequence[CoachProfile]:
    """Who coaches or mentors, those with room first."""
    return db.session.scalars(
        _profiles(reader)
        .where(CoachProfile.member_id != reader.member_id)
        .order_by(CoachProfile.taken >= CoachProfile.capacity, CoachProfile.id)
        .limit(MOST)
    ).all()


def profile(reader: Reader, profile_id: int) -> CoachProfile | None:
    """One of them."""
    return db.session.scalar(_profiles(reader).where(CoachProfile.id == profile_id))


def own_profile(reader: Reader) -> CoachProfile | None:
    """What the reader offers themselves."""
    return db.session.scalar(_profiles(reader).where(CoachProfile.member_id == reader.member_id))


def introductions(reader: Reader) -> Sequence[Introduction]:
    """What the reader asked for and was asked, what is on first, then the newest."""
    return db.session.scalars(
        _introductions(reader)
        .where(_is_one_of_two(reader))
        .order_by(Introduction.state.not_in(LIVE), Introduction.id.desc())
        .limit(MOST)
    ).all()


def coordinated(reader: Reader) -> Sequence[Introduction]:
    """Every introduction of the programme, for whoever coordinates; what is on first, then the newest."""
    if not reader.coordinates or reader.shut_out:
        return []
    every = _introductions(reader).where(_may_coordinate(reader))
    in_order = every.order_by(Introduction.state.not_in(LIVE), Introduction.id.desc()).limit(MOST)
    return db.session.scalars(in_order).all()


def introduction(reader: Reader, introduction_id: int) -> Introduction | None:
    """One that the reader is part of, or coordinates."""
    theirs = _may_coordinate(reader) if reader.coordinates else _is_one_of_two(reader)
    return db.session.scalar(_introductions(reader).where(Introduction.id == introduction_id, theirs))


def live_with(profile_id: int, member_id: int) -> Introduction | None:
    """The one that is on between a member and whoever offers this."""
    return db.session.scalar(
        select(Introduction).where(
            Introduction.profile_id == profile_id, Introduction.member_id == member_id, Introduction.state.in_(LIVE)
        )
    )


def place_in_line(introduction: Introduction) -> int:
    """How many wait before somebody, and they themselves."""
    earlier = or_(
        Introduction.asked_at < introduction.asked_at,
        and_(Introduction.asked_at == introduction.asked_at, Introduction.id <= introduction.id),
    )
    line = select(func.count()).where(
        Introduction.profile_id == introduction.profile_id, Introduction.state == State.WAITING, earlier
    )
    return db.session.scalar(line) or 0


def profiles_to_settle(now: datetime) -> Sequence[int]:
    """Profiles with an answer that is overdue."""
    overdue = select(Introduction.profile_id).where(Introduction.until < now).distinct()
    return db.session.scalars(overdue).all()


def _profiles(reader: Reader) -> Select[CoachProfile]:
    open_to_me = and_(~CoachProfile.paused, CoachProfile.member_id.not_in(reader.apart_from))
    return (
        select(CoachProfile)
        .where(CoachProfile.programme_id == reader.programme_id)
        .where(or_(CoachProfile.member_id == reader.member_id, open_to_me))
        .options(joinedload(CoachProfile.member))
    )


def _introductions(reader: Reader) -> Select[Introduction]:
    return (
        select(Introduction)
        .join(Introduction.profile)
        .where(Introduction.programme_id == reader.programme_id)
        .options(contains_eager(Introduction.profile).joinedload(CoachProfile.member), joinedload(Introduction.member))
    )


def _is_one_of_two(reader: Reader) -> ColumnElement[bool]:
    coached = and_(CoachProfile.member_id == reader.member_id, Introduction.state.not_in(NOT_FOR_THE_COACH))
    return or_(Introduction.member_id == reader.member_id, coached)


def _may_coordinate(reader: Reader) -> ColumnElement[bool]:
    """All but the line before the reader's own door: who coordinates and coaches waits for the question like others."""
    return or_(CoachProfile.member_id != reader.member_id, Introduction.state.not_in(NOT_FOR_THE_COACH))
