"""The moderators' desk: private notes, canned replies and the rota."""

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import delete, select

from app.core import audit, clock
from app.core.db import db, insert
from app.moderation.cases.models import CannedReply, CaseNote, ModerationCase, RotaTurn
from app.moderation.cases.rota import Turn
from app.moderation.cases.rules import Outcome


class TitleTakenError(Exception):
    """The programme has a reply of that title."""


def note(case: ModerationCase, words: str, *, by_id: int) -> None:
    """Write a private note for the other moderators."""
    db.session.add(
        CaseNote(
            programme_id=case.programme_id, case_id=case.id, written_by_id=by_id, words=words, written_at=clock.now()
        )
    )
    db.session.flush()
    audit.record("note", "case", case.id, actor_id=by_id, programme_id=case.programme_id)


def save_reply(
    reply: CannedReply | None, *, programme_id: int, title: str, outcome: Outcome | None, words: str, by_id: int
) -> CannedReply:
    """Keep a canned reply, new or changed. Raises TitleTakenError."""
    same = select(CannedReply.id).where(CannedReply.programme_id == programme_id, CannedReply.title == title)
    taken = db.session.scalar(same)
    if taken is not None and (reply is None or taken != reply.id):
        raise TitleTakenError
    if reply is None:
        reply = CannedReply(programme_id=programme_id)
        db.session.add(reply)
    reply.title, reply.outcome, reply.words = title, outcome, words
    reply.written_by_id, reply.changed_at = by_id, clock.now()
    db.session.flush()
    audit.record("save_reply", "reply", reply.id, actor_id=by_id, programme_id=programme_id)
    return reply


def remove_reply(reply: CannedReply, *, by_id: int) -> None:
    """Offer a reply no longer. What was sent with it stays."""
    audit.record("remove_reply", "reply", reply.id, actor_id=by_id, programme_id=reply.programme_id)
    db.session.delete(reply)
    db.session.flush()


def add_turns(programme_id: int, turns: Sequence[Turn], *, by_id: int) -> int:
    """Put hours on the rota; gives how many are new."""
    fresh = 0
    for turn in turns:
        written = (
            insert(RotaTurn)
            .values(programme_id=programme_id, **asdict(turn))
            .on_conflict_do_nothing(index_elements=["programme_id", "member_id", "weekday", "starts", "on_call"])
            .returning(RotaTurn.id)
        )
        fresh += db.session.scalar(written) is not None
    for member_id in {turn.member_id for turn in turns}:
        audit.record("add_turns", "rota", member_id, actor_id=by_id, programme_id=programme_id, turns=fresh)
    return fresh


def remove_turn(programme_id: int, turn_id: int, *, by_id: int) -> bool:
    """Take a turn off the rota; False when it was gone."""
    gone = delete(RotaTurn).where(RotaTurn.id == turn_id, RotaTurn.programme_id == programme_id)
    removed = db.session.scalar(gone.returning(RotaTurn.id)) is not None
    if removed:
        audit.record("remove_turn", "rota", turn_id, actor_id=by_id, programme_id=programme_id)
    return removed
