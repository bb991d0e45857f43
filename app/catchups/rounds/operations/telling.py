"""What people are told about rounds. Subjects are neutral and name nobody; no words tell why somebody has no group."""

from collections.abc import Collection
from datetime import datetime

from app.catchups.rounds.models import MeetingTime, Round, RoundGroup
from app.core.clock import datetime_words, span_words
from app.notifications.operations import bookings
from app.notifications.operations.notices import notify
from app.notifications.rules import NO_DIGEST, Booking, Kind, Notice

OPENED = Kind("round_opened", "Coffee rounds: a round that you are in opens")
GROUP = Kind("round_group", "Coffee rounds: your group, and times to meet", deliveries=NO_DIGEST)
HAPPENED = Kind("round_happened", "Coffee rounds: did it happen?")
KINDS = (OPENED, GROUP, HAPPENED)

SUBJECT = "round_group"  # what calendar entries call a group
TITLE = "Coffee catch-up"
OVERVIEW = "/catchups/rounds"
NO_MATCH = "We could not find a match for you this time. It happens, and it is nobody’s fault."


def path_of(group: RoundGroup) -> str:
    """The page of a group."""
    return f"{OVERVIEW}/groups/{group.id}"


def opened(round_: Round, member_ids: Collection[int]) -> None:
    """A round has opened that they are in by their own choice."""
    body = f"You are in it. If it does not suit you, sit this one out until {datetime_words(round_.closes_at)}."
    _tell_of_round(OPENED, round_, "opened", "A coffee round has opened", body, member_ids, round_.closes_at)


def called_off(round_: Round, member_ids: Collection[int]) -> None:
    """The round will not take place."""
    body = "The programme team called it off. You are in the next one if you take part regularly."
    _tell_of_round(OPENED, round_, "cancelled", "A coffee round was called off", body, member_ids)


def no_match(round_: Round, member_ids: Collection[int]) -> None:
    """They have no group. The same words to everybody, whatever the reason."""
    body = f"{NO_MATCH} If somebody else becomes free, you can be matched with them: see the page."
    _tell_of_round(GROUP, round_, "none", "About this coffee round", body, member_ids)


def grouped(group: RoundGroup, member_ids: Collection[int]) -> None:
    """They have a group."""
    body = "You have a group for this round. The page says who it is, why you, and how to find a time."
    _tell(GROUP, group, "grouped", "Whom you meet in this coffee round", body, member_ids)


def joined(group: RoundGroup, newcomer_id: int, member_ids: Collection[int]) -> None:
    """Somebody joins a pair."""
    body = "{name} joins you. See the page."
    _tell(GROUP, group, f"joined:{newcomer_id}", "One more in your coffee round", body, member_ids, newcomer_id)


def is_away(group: RoundGroup, away_id: int, member_ids: Collection[int]) -> None:
    """Somebody in the group cannot meet."""
    body = "{name} cannot meet this time."
    if len(member_ids) == 1:
        body += " If you like, we look for somebody else: see the page."
    _tell(GROUP, group, f"away:{away_id}", "A change in your coffee round", body, member_ids, away_id)


def time_offered(group: RoundGroup, time: MeetingTime, member_ids: Collection[int]) -> None:
    """Somebody offers a time."""
    body = f"{{name}} offers {span_words(time.starts_at, time.ends_at)}. Say whether you can."
    subject = "A time for your coffee round"
    _tell(GROUP, group, f"time:{time.id}", subject, body, member_ids, time.by_id, time.starts_at)


def agreed(group: RoundGroup, time: MeetingTime, member_ids: Collection[int]) -> None:
    """A time suits everybody; it is in their calendars."""
    body = f"{span_words(time.starts_at, time.ends_at)}. It is on its way to your calendar."
    _tell(GROUP, group, f"agreed:{time.id}", "You have a time for your coffee round", body, member_ids)


def ask(group: RoundGroup, member_ids: Collection[int]) -> None:
    """Did it happen? Each is asked by themselves."""
    body = "One press is enough. What you answer is not shown to the others."
    notice = Notice(
        kind=HAPPENED.code,
        key=f"round-group:{group.id}:happened",
        subject="Your coffee round: did it happen?",
        body=body,
        path=f"{path_of(group)}/happened",
        programme_id=group.programme_id,
    )
    notify(notice, *member_ids)


def book(group: RoundGroup, member_ids: Collection[int], by: int) -> None:
    """Put the agreed time into calendars, or move it there."""
    if group.starts_at is None or group.ends_at is None:
        raise ValueError("a group without a time is in no calendar")
    booking = Booking(
        subject_type=SUBJECT,
        subject_id=group.id,
        title=TITLE,
        place=group.place,
        starts_at=group.starts_at,
        ends_at=group.ends_at,
        path=path_of(group),
        programme_id=group.programme_id,
    )
    bookings.move(booking, by=by)
    bookings.book(booking, *member_ids)


def _tell_of_round(
    kind: Kind,
    round_: Round,
    what: str,
    subject: str,
    body: str,
    member_ids: Collection[int],
    until: datetime | None = None,
) -> None:
    notice = Notice(
        kind=kind.code,
        key=f"round:{round_.id}:{what}",
        subject=subject,
        body=body,
        path=OVERVIEW,
        until=until,
        programme_id=round_.programme_id,
    )
    notify(notice, *member_ids)


def _tell(
    kind: Kind,
    group: RoundGroup,
    what: str,
    subject: str,
    body: str,
    member_ids: Collection[int],
    about_id: int | None = None,
    until: datetime | None = None,
) -> None:
    notice = Notice(
        kind=kind.code,
        key=f"round-group:{group.id}:{what}",
        subject=subject,
        body=body,
        about_id=about_id,
        path=path_of(group),
        until=until,
        programme_id=group.programme_id,
    )
    notify(notice, *member_ids)
