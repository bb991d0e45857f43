"""What happens to entries while they are kept: the words for it, and when an entry is overdue."""

from datetime import date, timedelta
from enum import StrEnum

HIDDEN_AFTER = timedelta(days=90)  # overdue by more than this, an entry is not shown any more
CHECK_EVERY = timedelta(days=182)
CRISIS_CHECK_EVERY = timedelta(days=91)  # source: an assured date older than three months counts as stale


class Change(StrEnum):
    """Why an entry has another version."""

    ADDED = "added"
    EDITED = "edited"
    CHECKED = "checked"
    SHOWN = "shown"
    HIDDEN = "hidden"
    EXPIRED = "expired"
    PUT_BACK = "put_back"
    IMPORTED = "imported"
    UNDONE = "undone"

    @property
    def words(self) -> str:
        """The change as a history tells it."""
        return {
            "added": "Added",
            "edited": "Changed",
            "checked": "Checked: still right",
            "shown": "Shown again",
            "hidden": "Hidden",
            "expired": "Marked as ended",
            "put_back": "An earlier text was put back",
            "imported": "Changed by an import",
            "undone": "An import was undone",
        }[self.value]


class Stage(StrEnum):
    """Where an import stands."""

    WAITING = "waiting"
    READ = "read"  # there is a preview
    KEEPING = "keeping"
    KEPT = "kept"
    UNDOING = "undoing"
    UNDONE = "undone"
    FAILED = "failed"

    @property
    def words(self) -> str:
        """The stage as people read it."""
        return {
            "waiting": "Being read",
            "read": "Waits for you to look at it",
            "keeping": "Being imported",
            "kept": "Imported",
            "undoing": "Being undone",
            "undone": "Undone",
            "failed": "Could not be read",
        }[self.value]

    @property
    def is_at_work(self) -> bool:
        """Whether the worker has it."""
        return self in {Stage.WAITING, Stage.KEEPING, Stage.UNDOING}


class Plan(StrEnum):
    """What an entry of a feed means for ours."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


class Outcome(StrEnum):
    """What became of an entry of an import."""

    WAITING = "waiting"
    KEPT = "kept"
    FAILED = "failed"
    UNDONE = "undone"
    LEFT = "left"  # somebody changed the entry after the import, so undoing left it alone


class Verdict(StrEnum):
    """How a suggestion was settled."""

    DONE = "done"
    DECLINED = "declined"


class Due(StrEnum):
    """How an entry stands to its next check."""

    FINE = "fine"
    OVERDUE = "overdue"
    PAST_LIMIT = "past limit"


def due(next_check_on: date | None, today: date) -> Due:
    """Whether an entry is overdue on a day in London. Without a date it was never checked."""
    if next_check_on is None or next_check_on < today:
        late = next_check_on is not None and today - next_check_on > HIDDEN_AFTER
        return Due.PAST_LIMIT if late else Due.OVERDUE
    return Due.FINE


def next_check(today: date, *, urgent: bool) -> date:
    """When an entry that was checked today is to be checked again."""
    return today + (CRISIS_CHECK_EVERY if urgent else CHECK_EVERY)
