"""Who may do what to a topic or a post: one table, and the time in which things can be done. Pure.

Queries have settled before that the reader may read the board (what they may not read does not exist for them); the
table says what they may do there.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.forums.rules import GONE, PostState

EDITABLE = timedelta(days=30)  # after writing; taking one's words away is possible for good
UNDO = timedelta(minutes=10)  # in which a deleted post comes back at a press


class Act(StrEnum):
    """Something that somebody does to a topic or a post."""

    REPLY = "reply"
    QUOTE = "quote"
    EDIT = "edit"
    DELETE = "delete"
    UNDO_DELETE = "undo_delete"
    SEE_HISTORY = "see_history"
    REACT = "react"
    BOOKMARK = "bookmark"
    FOLLOW = "follow"
    REPORT = "report"
    ACCEPT = "accept"
    MODERATE = "moderate"  # pin, close, move, split, merge


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Everything that the table asks about a reader and a post (for a topic: its first post)."""

    shut_out: bool = False  # silenced: they read, and use what is for themselves
    writes: bool = True  # whether the board takes posts from them
    is_author: bool = False
    is_asker: bool = False  # began the topic, and it is a question
    moderates: bool = False
    state: PostState = PostState.PUBLISHED
    is_first: bool = False  # the post that a topic begins with
    topic_closed: bool = False
    written_at: datetime
    deleted_at: datetime | None = None
    now: datetime

    @property
    def is_published(self) -> bool:
        """Whether every reader of the board sees it."""
        return self.state is PostState.PUBLISHED


def may(act: Act, who: Standing) -> bool:
    """Whether they may do it now."""
    return _TABLE[act](who)


def _reply(who: Standing) -> bool:
    open_to_them = not who.topic_closed or who.moderates
    return who.writes and not who.shut_out and open_to_them


def _quote(who: Standing) -> bool:
    return who.is_published and _reply(who)


def _edit(who: Standing) -> bool:
    """One's own, for a while, unless the talk is over; a hidden post too, and it goes back to a moderator."""
    in_time = who.now < who.written_at + EDITABLE
    there = who.state not in GONE
    return who.is_author and not who.shut_out and there and in_time and (not who.topic_closed or who.moderates)


def _delete(who: Standing) -> bool:
    """One's own words, whenever; also while a moderator looks at them: what was reported is kept apart."""
    return who.is_author and who.state not in GONE


def _undo_delete(who: Standing) -> bool:
    if who.state is not PostState.DELETED or who.deleted_at is None:
        return False
    return who.is_author and who.now < who.deleted_at + UNDO


def _see_history(who: Standing) -> bool:
    return who.is_author or (who.moderates and not who.shut_out)


def _react(who: Standing) -> bool:
    return who.is_published and not who.shut_out and not who.is_author


def _for_oneself(who: Standing) -> bool:
    return who.state not in GONE


def _report(who: Standing) -> bool:
    """Somebody else's post; who is silenced may be worried about somebody too."""
    return who.is_published and not who.is_author


def _accept(who: Standing) -> bool:
    """Whoever asked says which answer helped."""
    return who.is_asker and who.is_published and not who.is_first and not who.shut_out


def _moderate(who: Standing) -> bool:
    return who.moderates and not who.shut_out


_TABLE = {
    Act.REPLY: _reply,
    Act.QUOTE: _quote,
    Act.EDIT: _edit,
    Act.DELETE: _delete,
    Act.UNDO_DELETE: _undo_delete,
    Act.SEE_HISTORY: _see_history,
    Act.REACT: _react,
    Act.BOOKMARK: _for_oneself,
    Act.FOLLOW: _for_oneself,
    Act.REPORT: _report,
    Act.ACCEPT: _accept,
    Act.MODERATE: _moderate,
}
