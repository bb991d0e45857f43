"""Gathering pieces: proposing, answering, taking back, ordering. Every step is in the audit log, as ids and states."""

from dataclasses import dataclass

from sqlalchemy import func, select, update

from app.accounts.models import Member
from app.accounts.rules import MODERATING
from app.core import audit, clock
from app.core.db import db, insert
from app.core.html import COOK_VERSION, cook, plain
from app.forums.collections import queries
from app.forums.collections.models import Collection, CollectionPiece
from app.forums.collections.rules import LIVE, PieceState, may_leave
from app.forums.rules import Reader
from app.notifications.operations.notices import notify
from app.notifications.rules import NO_DIGEST, Kind, Notice

ASKED = Kind("collection_asked", "Collections: when somebody would like to show a post of yours", deliveries=NO_DIGEST)
ANSWERED = Kind("collection_answered", "Collections: answers to what you proposed (moderators)", roles=MODERATING)
KINDS = (ASKED, ANSWERED)


class CannotProposeError(Exception):
    """This post cannot be asked for; the message is a sentence for the moderator."""


class NotWaitingError(Exception):
    """The piece was answered, taken back or taken out meanwhile."""


@dataclass(frozen=True, slots=True)
class Words:
    """A de-identified version, made ready before the transaction: cooking takes a while."""

    body: str
    html: str

    @classmethod
    def of(cls, body: str) -> "Words":
        """Cook a version; raises ValueError for one that is too long."""
        return cls(body, cook(body))

    @property
    def columns(self) -> dict[str, str | int]:
        """As they are kept."""
        return {"body": self.body, "html": self.html, "plain": plain(self.html), "cook_version": COOK_VERSION}


def make(reader: Reader, slug: str, title: str, about: str) -> Collection | None:
    """A new collection; None when the programme has one of this address."""
    made = db.session.scalar(
        insert(Collection)
        .values(programme_id=reader.programme_id, slug=slug, title=title, about=about, made_at=clock.now())
        .on_conflict_do_nothing(index_elements=["programme_id", "slug"])
        .returning(Collection.id)
    )
    if made is None:
        return None
    audit.record("make_collection", "collection", made, actor_id=reader.member_id, programme_id=reader.programme_id)
    return db.session.get_one(Collection, made)


def reword(reader: Reader, collection: Collection, title: str, about: str) -> None:
    """Change what a collection says of itself."""
    collection.title, collection.about = title, about
    db.session.flush()
    audit.record(
        "change_collection", "collection", collection.id, actor_id=reader.member_id, programme_id=reader.programme_id
    )


def propose(reader: Reader, post_id: int, collection: Collection, note: str, words: Words) -> int:
    """Ask a post's author; gives the id of the piece. Raises CannotProposeError."""
    found = queries.post_to_propose(reader, post_id)
    if found is None:
        raise CannotProposeError("This post is not published any more.")
    post, _, board = found
    author = db.session.get(Member, post.author_id) if post.author_id else None
    if author is None or not author.active:
        raise CannotProposeError("Its author has left, so nobody can agree to it.")
    if not may_leave(board.label, sensitive=board.sensitive):
        raise CannotProposeError("People were promised that nothing leaves this board.")
    if queries.has_said_no(post_id):
        raise CannotProposeError("Its author has said no to this before. We do not ask a second time.")
    now, last = clock.now(), select(func.coalesce(func.max(CollectionPiece.position), -1) + 1)
    made: int | None = db.session.scalar(
        insert(CollectionPiece)
        .values(
            programme_id=reader.programme_id,
            collection_id=collection.id,
            post_id=post_id,
            position=last.where(CollectionPiece.collection_id == collection.id).scalar_subquery(),
            note=note,
            state=PieceState.ASKED,
            credit=False,
            version=1,
            proposed_by_id=reader.member_id,
            asked_at=now,
            **words.columns,
        )
        .on_conflict_do_nothing(index_elements=["post_id"], index_where=CollectionPiece.state.in_(sorted(LIVE)))
        .returning(CollectionPiece.id)
    )
    if made is None:
        raise CannotProposeError("This post is in a collection already, or its author is being asked.")
    _log("propose_piece", made, reader.member_id, reader.programme_id, post=post_id, collection=collection.id)
    notify(
        Notice(
            kind=ASKED.code,
            key=f"collection-asked:{made}",
            subject="May something you wrote be shown to others?",
            body="A moderator found a post of yours worth keeping. Nothing happens unless you agree.",
            path=f"/forums/collections/asked/{made}",
            programme_id=reader.programme_id,
        ),
        author.id,
    )
    return made


def agree(piece: CollectionPiece, words: Words, *, credit: bool, seen_version: int, by_id: int) -> None:
    """Its author agrees to these words (also: changes them, or whether they are named). Raises NotWaitingError."""
    was_asked = piece.state is PieceState.ASKED
    changed = db.session.scalar(
        update(CollectionPiece)
        .where(
            CollectionPiece.id == piece.id,
            CollectionPiece.state.in_(sorted(LIVE)),
            CollectionPiece.version == seen_version,
        )
        .values(
            state=PieceState.SHOWN,
            credit=credit,
            version=seen_version + 1,
            answered_at=func.coalesce(CollectionPiece.answered_at, clock.now()),
            **words.columns,
        )
        .returning(CollectionPiece.id)
        .execution_options(synchronize_session=False)
    )
    if changed is None:
        raise NotWaitingError
    _log("agree_to_piece", piece.id, by_id, piece.programme_id, credit=credit, version=seen_version + 1)
    if was_asked:
        _tell_proposer(piece, "Somebody agreed that their post is shown", "agreed")


def decline(piece: CollectionPiece, *, by_id: int) -> None:
    """Its author would rather not; raises NotWaitingError."""
    _end(piece, PieceState.DECLINED, frozenset({PieceState.ASKED}))
    _log("decline_piece", piece.id, by_id, piece.programme_id)
    _tell_proposer(piece, "Somebody would rather not have their post shown", "declined")


def take_back(piece: CollectionPiece, *, by_id: int) -> None:
    """Its author takes their consent back, whenever they like; the words are gone with it. Raises NotWaitingError."""
    _end(piece, PieceState.WITHDRAWN, LIVE)
    _log("take_piece_back", piece.id, by_id, piece.programme_id)
    _tell_proposer(piece, "A piece was taken out of a collection by its author", "withdrawn")


def drop(piece: CollectionPiece, *, by_id: int | None) -> None:
    """Take a piece out as a moderator, or because post or author are gone; raises NotWaitingError."""
    _end(piece, PieceState.DROPPED, LIVE)
    _log("drop_piece", piece.id, by_id, piece.programme_id)


def move(reader: Reader, piece: CollectionPiece, steps: int) -> None:
    """Put a piece so many places further down (up: below 0)."""
    live = [each for each in queries.for_moderators(reader, piece.collection_id) if each.state in LIVE]
    place = next(number for number, each in enumerate(live) if each.id == piece.id)
    live.insert(max(place + steps, 0), live.pop(place))
    for number, each in enumerate(live):
        each.position = number
    db.session.flush()
    _log("move_piece", piece.id, reader.member_id, piece.programme_id, position=piece.position)


def clear_up() -> int:
    """Take out what has lost its post or its author for good; gives how many."""
    gone = queries.over()
    for piece in gone:
        drop(piece, by_id=None)
    return len(gone)


def _end(piece: CollectionPiece, state: PieceState, before: frozenset[PieceState]) -> None:
    ended = db.session.scalar(
        update(CollectionPiece)
        .where(CollectionPiece.id == piece.id, CollectionPiece.state.in_(sorted(before)))
        .values(state=state, body="", html="", plain="", answered_at=clock.now(), version=CollectionPiece.version + 1)
        .returning(CollectionPiece.id)
        .execution_options(synchronize_session=False)
    )
    if ended is None:
        raise NotWaitingError


def _tell_proposer(piece: CollectionPiece, subject: str, what: str) -> None:
    if piece.proposed_by_id is None:
        return
    notify(
        Notice(
            kind=ANSWERED.code,
            key=f"collection-{what}:{piece.id}",
            subject=subject,
            path=f"/forums/collections/{piece.collection.slug}",
            programme_id=piece.programme_id,
        ),
        piece.proposed_by_id,
    )


def _log(action: str, piece_id: int, by_id: int | None, programme_id: int, **detail: int | str | bool | None) -> None:
    audit.record(action, "collection_piece", piece_id, actor_id=by_id, programme_id=programme_id, **detail)
