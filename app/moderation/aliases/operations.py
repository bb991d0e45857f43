"""Asking to reveal an alias, and answering; every step leaves a row in the audit log."""

from sqlalchemy import delete, update

from app.accounts.models import Member
from app.accounts.rules import MODERATING
from app.core import audit, clock
from app.core.db import db, insert
from app.moderation.aliases import queries, seams
from app.moderation.aliases.models import RevealBar, RevealRequest
from app.moderation.aliases.rules import (
    ANSWER_WITHIN,
    RevealReason,
    RevealState,
    may_answer,
    may_take_part,
)
from app.moderation.aliases.seams import Masked
from app.notifications.operations.notices import notify
from app.notifications.rules import ALWAYS, NO_DIGEST, Kind, Notice

ASKED = Kind(
    "reveal_asked",
    "Requests to agree that an alias is revealed (moderators)",
    deliveries=NO_DIGEST,
    roles=MODERATING,
)
TOLD = Kind("alias_revealed", "When moderators learn who wrote under an alias of yours", deliveries=ALWAYS)
KINDS = (ASKED, TOLD)


class NotTheirsError(Exception):
    """Somebody takes a step that is not theirs to take; the message is a sentence for them."""


class NotWaitingError(Exception):
    """The request was answered, was withdrawn or has lapsed meanwhile."""


class NothingMaskedError(Exception):
    """There is no such thing under an alias."""


def ask(subject_type: str, subject_id: int, by: Member, programme_id: int, reason: RevealReason, why: str) -> int:
    """Ask that two people learn who wrote something; gives the id of the request, also of one that waits already.

    Raises NothingMaskedError, NotTheirsError.
    """
    masked = seams.look_up(subject_type, subject_id)
    if masked is None or masked.programme_id != programme_id:
        raise NothingMaskedError
    if not may_take_part(by.id, by.roles_in(programme_id), masked.barred_ids):
        raise NothingMaskedError  # as if it were not there: a reason would tell whose it is
    lapse()
    now = clock.now()
    made: int | None = db.session.scalar(
        insert(RevealRequest)
        .values(
            programme_id=programme_id,
            subject_type=subject_type,
            subject_id=subject_id,
            author_id=masked.author_id,
            shown_as=masked.shown_as,
            where_label=masked.where,
            path=masked.path,
            reason=reason,
            why=why,
            state=RevealState.ASKED,
            asked_by_id=by.id,
            asked_at=now,
            expires_at=now + ANSWER_WITHIN,
        )
        .on_conflict_do_nothing(
            index_elements=["subject_type", "subject_id"], index_where=RevealRequest.state == RevealState.ASKED
        )
        .returning(RevealRequest.id)
    )
    if made is None:
        return _one_that_waits(subject_type, subject_id, by)
    _bar(made, masked)
    _log("ask_reveal", made, by.id, programme_id, about=subject_type, about_id=subject_id, reason=reason.value)
    _ask_the_others(made, by, masked)
    return made


def reveal(request_id: int, by: Member) -> None:
    """Agree as the second person: from now on both see the name for a while, and the author is told.

    Raises NotTheirsError, NotWaitingError.
    """
    asked = queries.held(request_id)
    masked = seams.look_up(asked.subject_type, asked.subject_id)
    if masked is None:
        raise NotWaitingError
    _bar(asked.id, masked)  # it may name somebody since that it did not name then
    if not may_answer(by.id, by.roles_in(asked.programme_id), masked.barred_ids, asked.asked_by_id):
        raise NotTheirsError("Somebody else has to agree: one person never reveals an alias.")
    first = db.session.get_one(Member, asked.asked_by_id)
    if not may_take_part(first.id, first.roles_in(asked.programme_id), masked.barred_ids) or first.suspended:
        raise NotTheirsError("Whoever asked has no part in moderating this any more. Ask for yourself instead.")
    _answer(asked, RevealState.REVEALED, by.id)
    _log("reveal_alias", asked.id, by.id, asked.programme_id, reason=asked.reason.value, first=asked.asked_by_id)
    if masked.author_id is not None:
        notify(
            Notice(
                kind=TOLD.code,
                key=f"alias-revealed:{asked.id}",
                subject="Moderators have taken a step about something you wrote",
                body=f"Two of them now know who wrote as “{asked.shown_as}”. The page says why, and what you can do.",
                path=f"/me/aliases/{asked.id}",
                programme_id=asked.programme_id,
            ),
            masked.author_id,
        )


def refuse(request_id: int, by: Member) -> None:
    """Say no as the second person; raises NotTheirsError, NotWaitingError."""
    asked = queries.held(request_id)
    barred = frozenset[int]()  # whom it is about never gets here: the queries hide it
    if not may_answer(by.id, by.roles_in(asked.programme_id), barred, asked.asked_by_id):
        raise NotTheirsError("Somebody else has to answer. You can withdraw your own request.")
    _answer(asked, RevealState.REFUSED, by.id)
    _log("refuse_reveal", asked.id, by.id, asked.programme_id)


def withdraw(request_id: int, by: Member) -> None:
    """Take one's own request back; raises NotTheirsError, NotWaitingError."""
    asked = queries.held(request_id)
    if by.id != asked.asked_by_id:
        raise NotTheirsError("Only whoever asked can withdraw it. You can refuse it.")
    _answer(asked, RevealState.WITHDRAWN, None)
    _log("withdraw_reveal", asked.id, by.id, asked.programme_id)


def lapse() -> None:
    """Close what nobody answered in time."""
    for request_id in queries.lapsed():
        asked = queries.held(request_id)
        if asked.state is RevealState.ASKED:
            asked.state, asked.answered_at = RevealState.LAPSED, clock.now()
            db.session.flush()
            _log("lapse_reveal", asked.id, None, asked.programme_id)


def note_seen(request_id: int, by_id: int, programme_id: int) -> None:
    """Note that somebody looked at the name."""
    _log("see_revealed", request_id, by_id, programme_id)


def _answer(asked: RevealRequest, state: RevealState, by_id: int | None) -> None:
    """Of two who answer at the same moment, one wins; whoever is late gets NotWaitingError."""
    now = clock.now()
    answered = db.session.scalar(
        update(RevealRequest)
        .where(RevealRequest.id == asked.id, RevealRequest.state == RevealState.ASKED, RevealRequest.expires_at > now)
        .values(state=state, answered_by_id=by_id, answered_at=now)
        .returning(RevealRequest.id)
    )
    if answered is None:
        raise NotWaitingError


def _one_that_waits(subject_type: str, subject_id: int, by: Member) -> int:
    there = queries.waiting(subject_type, subject_id)
    if there is None or queries.request(by.id, there.programme_id, there.id) is None:
        raise NothingMaskedError
    return there.id


def _bar(request_id: int, masked: Masked) -> None:
    db.session.execute(delete(RevealBar).where(RevealBar.request_id == request_id))
    db.session.add_all(
        RevealBar(request_id=request_id, member_id=member_id, programme_id=masked.programme_id)
        for member_id in sorted(masked.barred_ids)
    )
    db.session.flush()


def _ask_the_others(request_id: int, by: Member, masked: Masked) -> None:
    others = set(queries.moderators(masked.programme_id)) - masked.barred_ids - {by.id}
    notify(
        Notice(
            kind=ASKED.code,
            key=f"reveal-asked:{request_id}",
            subject="A second person is needed",
            body="A moderator asks that an alias is revealed. It takes two: look at the reason, then agree or refuse.",
            path=f"/moderation/reveals/{request_id}",
            until=clock.now() + ANSWER_WITHIN,
            programme_id=masked.programme_id,
        ),
        *sorted(others),
    )


def _log(action: str, request_id: int, actor_id: int | None, programme_id: int, **detail: int | str | None) -> None:
    audit.record(action, "reveal", request_id, actor_id=actor_id, programme_id=programme_id, **detail)
