"""Pure decisions about boards, topics and posts: who a board is for, what its label promises, what counts as unread."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from app.accounts.rules import STAFF, Role

PAGE = 20  # posts on a page of a topic, topics on a page of a board
LONGEST_BODY = 20_000  # characters of a post
LONGEST_TITLE, LONGEST_NAME, LONGEST_DESCRIPTION = 150, 80, 300
LONGEST_ALIAS, LONGEST_TAG, LONGEST_PLACE, LONGEST_KEY = 60, 40, 60, 36

# Words that are pages of their own: a board with one of these slugs would never be seen.
RESERVED = frozenset({
    "boards", "bookmarks", "collections", "digest", "drafts", "feed", "following", "mentions", "new", "posts",
    "preview", "rules", "search", "tags", "topics", "unread",
})  # fmt: skip


class Audience(StrEnum):
    """Who a board is for, within its programme."""

    EVERYONE = "everyone"
    COHORT = "cohort"
    FACILITATORS = "facilitators"
    ALUMNI = "alumni"

    @property
    def words(self) -> str:
        """The audience as its readers see it."""
        return {
            "everyone": "Everyone in the programme",
            "cohort": "One cohort",
            "facilitators": "Facilitators",
            "alumni": "People who have completed the programme",
        }[self.value]


class Label(StrEnum):
    """What may be done with what is read on a board. All but the open one are acknowledged before the first reading."""

    OPEN = "open"
    CHATHAM_HOUSE = "chatham_house"
    BOARD_ONLY = "board_only"

    @property
    def words(self) -> str:
        """The label as it stands beside the board's name."""
        return {"open": "Open", "chatham_house": "Chatham House Rule", "board_only": "Stays on this board"}[self.value]

    @property
    def promise(self) -> str:
        """What a reader agrees to."""
        return {
            "open": "You can talk about what you read here, without anything that identifies a patient or a colleague.",
            "chatham_house": "You can use what you learn here. Never say who said it, or where they work.",
            "board_only": "What is said here stays here. Do not repeat it, copy it or pass it on outside this board.",
        }[self.value]

    @property
    def is_acknowledged(self) -> bool:
        """Whether a reader has to agree to it first."""
        return self is not Label.OPEN


class TopicKind(StrEnum):
    """What a topic is for."""

    DISCUSSION = "discussion"
    QUESTION = "question"  # one of its posts can be accepted as the answer


class PostState(StrEnum):
    """Whether a post (or a topic as a whole) can be read."""

    PUBLISHED = "published"
    HELD = "held"  # kept back by screening or pre-approval; nobody but its author and moderators has seen it
    HIDDEN = "hidden"  # was there, and is kept back while moderators look at it
    REMOVED = "removed"  # by a moderator
    DELETED = "deleted"  # by its author


WAITING = frozenset({PostState.HELD, PostState.HIDDEN})  # its author and moderators read it
GONE = frozenset({PostState.REMOVED, PostState.DELETED})  # moderators read it; for the others a line says it was there


class Follow(StrEnum):
    """How much of a topic somebody wants to hear."""

    FOLLOWING = "following"  # each new post is a notice
    NORMAL = "normal"  # only mentions and replies to oneself
    MUTED = "muted"  # nothing, and it counts as read


class ReactionKind(StrEnum):
    """What somebody says with one press. There is no way to mark a post down."""

    THANKS = "thanks"
    WITH_YOU = "with_you"
    HELPED = "helped"

    @property
    def words(self) -> str:
        """The reaction as its button says it."""
        return {"thanks": "Thank you", "with_you": "I am with you", "helped": "This helped me"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Whoever asks, as the forums of one programme see them; made once for each request (queries.readers)."""

    member_id: int
    programme_id: int
    roles: frozenset[Role] = frozenset()
    cohort_ids: frozenset[int] = frozenset()
    is_alumnus: bool = False  # one of their cohorts has finished
    shut_out: bool = False  # suspended, or their account is closed
    joined_at: datetime | None = None  # what was written before is not new to them

    @property
    def shape(self) -> "Reader":
        """The same for everybody who may do the same: a query is built once for each of them."""
        as_many = frozenset(range(len(self.cohort_ids)))
        return replace(self, member_id=0, programme_id=0, cohort_ids=as_many, joined_at=None)

    @property
    def takes_part(self) -> bool:
        """Staff, and participants who belong to a cohort (also after it is over); nobody while suspended."""
        participates = Role.PARTICIPANT in self.roles and bool(self.cohort_ids)
        return not self.shut_out and (participates or not STAFF.isdisjoint(self.roles))

    @property
    def moderates(self) -> bool:
        """Whether they keep the programme's boards safe: moderators read every board and what is held or hidden."""
        return not self.shut_out and Role.MODERATOR in self.roles

    @property
    def leads(self) -> bool:
        """Whether they lead the programme: leads set boards up; a cohort's own board is not theirs to read."""
        return not self.shut_out and Role.LEAD in self.roles

    @property
    def facilitates(self) -> bool:
        """Whether the facilitators' board is meant for them."""
        return not self.shut_out and not self.roles.isdisjoint({Role.FACILITATOR, Role.LEAD})


def first_on_page(number: int) -> int:
    """The number of the first post on the page that a post's number falls on."""
    return (max(number, 1) - 1) // PAGE * PAGE + 1


def pages_of(newest: int) -> int:
    """How many pages a topic has whose newest post has this number; an empty one has one."""
    return max(1, -(-newest // PAGE))
