"""What the first pages say, from what the features below offer. Each offer costs a query or two, whatever there is."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from app.accounts.models import Invitation, Member
from app.accounts.rules import STAFF, Role
from app.catchups.rounds.queries import standing as rounds
from app.catchups.rounds.queries.standing import Standing
from app.catchups.slots.queries import lists as slots
from app.catchups.slots.queries.lists import Shown
from app.catchups.slots.rules import SignUpState
from app.core import clock
from app.core.db import db
from app.core.outbox import OutboxMessage
from app.home.rules import Card
from app.programme import queries as programmes
from app.programme.models import CohortEvent
from app.scenarios import queries as scenarios
from app.scenarios.rules import Progress

SOON = timedelta(days=3)
DATES_SHOWN = 3

Offer = Callable[[Member, int | None], Iterator[Card]]


@dataclass(frozen=True, slots=True)
class Dates:
    """The next dates: one's own, or for staff without a cohort those of the whole programme."""

    ahead: Sequence[CohortEvent]
    own: bool
    in_cohort: bool


@dataclass(frozen=True, slots=True)
class Awaiting:
    """What a lead has to look at."""

    unsent: int
    expiring: int
    expired: int


def dates(member: Member, programme_id: int | None) -> Dates:
    """What comes next for somebody."""
    if programme_id is None:
        return Dates([], own=True, in_cohort=False)
    mine = programmes.dates_of(member.id, programme_id)
    if mine or member.roles_in(programme_id).isdisjoint(STAFF):
        now = clock.now()
        ahead = [event for event in mine if event.ends_at > now]
        return Dates(ahead[:DATES_SHOWN], own=True, in_cohort=bool(mine))
    return Dates(programmes.next_dates(programme_id, DATES_SHOWN), own=False, in_cohort=False)


def awaiting(programme_id: int) -> Awaiting:
    """What waits for the leads of a programme."""
    now = clock.now()
    unsent = select(func.count()).where(OutboxMessage.programme_id == programme_id, OutboxMessage.dead_at.is_not(None))
    unanswered = (
        Invitation.programme_id == programme_id,
        Invitation.accepted_at.is_(None),
        Invitation.withdrawn_at.is_(None),
    )
    expiring = select(func.count()).where(*unanswered, Invitation.expires_at.between(now, now + SOON))
    expired = select(func.count()).where(*unanswered, Invitation.expires_at < now)
    row = db.session.execute(select(unsent.scalar_subquery(), expiring.scalar_subquery(), expired.scalar_subquery()))
    return Awaiting(*row.one())


def leading(member: Member, programme_id: int | None) -> Iterator[Card]:
    """Leads: their programme, and how much of it waits for them."""
    if programme_id is not None and Role.LEAD in member.roles_in(programme_id):
        found = awaiting(programme_id)
        waiting = found.unsent + found.expiring + found.expired
        text = "Invitations, people, pages, cohorts and dates."
        yield Card(title="Look after the programme", text=text, endpoint="lead.index", waiting=waiting)


def practising(member: Member, _programme_id: int | None) -> Iterator[Card]:
    """Everybody: the scenario that is under way, else all of them."""
    listed = scenarios.gallery(member)
    for found in listed:
        if found.progress is Progress.UNDER_WAY:
            yield Card(
                title=f"Go on with “{found.scenario.title}”",
                text="You have begun this scenario. It waits where you left it.",
                endpoint="scenarios.before",
                values={"slug": found.scenario.slug},
            )
            return
    if listed:
        new = sum(found.progress is Progress.NOT_YET for found in listed)
        text = "Made-up moments at work, to try out what you could say or do. Nobody is told how you play."
        more = f" {new} of {len(listed)} are new to you." if 0 < new < len(listed) else ""
        yield Card(title="Practise a scenario", text=text + more, endpoint="scenarios.index")


def meeting(member: Member, programme_id: int | None) -> Iterator[Card]:
    """Whoever may take part in catch-ups: what waits for an answer, then the one thing that comes next."""
    if programme_id is None:
        return
    reader = slots.reader(member.id, programme_id)
    if not reader.is_trusted:
        return
    now, mine = rounds.standing(reader), slots.mine(reader, 1).rows
    for asked in now.asked[:1]:
        text = "You were introduced to somebody in a coffee round. One press is enough."
        group = {"group_id": asked.group.id}
        yield Card(title="Did it happen?", text=text, endpoint="rounds.happened", values=group, waiting=len(now.asked))
    for held in [shown for shown in mine if shown.has_offer][:1]:
        until = clock.datetime_words(held.offer_expires_at or held.slot.starts_at)
        text = f"A place in a catch-up has come free. It is held for you until {until}."
        yield Card(
            title="A place for you", text=text, endpoint="slots.show", values={"slot_id": held.slot.id}, waiting=1
        )
    booked = [shown for shown in mine if shown.is_open and _is_theirs(shown, reader.member_id)]
    cards = [*_next_booked(now, booked), *_next_in_rounds(now)]
    text = "A coffee with somebody who does the same elsewhere."
    yield from cards or [Card(title="Catch-ups", text=text, endpoint="slots.index")]


def _is_theirs(shown: Shown, member_id: int) -> bool:
    return shown.mine is SignUpState.BOOKED or shown.slot.host_id == member_id


def _next_booked(now: Standing, booked: Sequence[Shown]) -> Iterator[Card]:
    """What is in one's calendar next: a slot, or the time that a group agreed on."""
    agreed = [
        (group.group.starts_at, "rounds.show", {"group_id": group.group.id})
        for group in now.groups
        if group.can_meet and group.group.starts_at and group.group.starts_at > clock.now()
    ]
    ahead = [*agreed, *((shown.slot.starts_at, "slots.show", {"slot_id": shown.slot.id}) for shown in booked)]
    if ahead:
        starts_at, endpoint, values = min(ahead, key=lambda each: each[0])
        text = f"{clock.weekday_words(starts_at)}, {clock.time_words(starts_at)}."
        yield Card(title="Your next catch-up", text=text, endpoint=endpoint, values=values)


def _next_in_rounds(now: Standing) -> Iterator[Card]:
    """A group that has no time yet; else the round that is open."""
    without_time = (
        each for each in now.groups if each.can_meet and each.group.starts_at is None and each.answer is None
    )
    for shown in without_time:
        text = "You have been introduced to somebody in a coffee round. Find a time that suits you both."
        group = {"group_id": shown.group.id}
        yield Card(title="Find a time to meet", text=text, endpoint="rounds.show", values=group)
        return
    if now.open_round:
        closes = f"Sign-up closes on {clock.datetime_words(now.open_round.closes_at)}."
        text = f"You are in it. {closes}" if now.is_in else f"We introduce you to somebody new. {closes}"
        yield Card(title="A coffee round is open", text=text, endpoint="rounds.index")


def sponsoring(member: Member, programme_id: int | None) -> Iterator[Card]:
    """Internal sponsors: what active bystanders may expect of them."""
    if Role.SPONSOR in member.roles_in(programme_id):
        yield Card(
            title="Your part as a sponsor",
            text="In your organisation you are the first to turn to for active bystanders. See what their role asks.",
            endpoint="home.programme",
            values={"page_slug": "role"},
        )


def support(_member: Member, _programme_id: int | None) -> Iterator[Card]:
    """Everybody: where to turn."""
    text = "Where you can turn when something has stayed with you, the urgent first."
    yield Card(title="Support", text=text, endpoint="signposting.directory")


def reading(_member: Member, programme_id: int | None) -> Iterator[Card]:
    """Everybody: what the programme says of itself."""
    if programme_id is not None:
        text = "What it is, the role, what it asks of you, and whom to ask."
        yield Card(title="About the programme", text=text, endpoint="home.programme", values={"page_slug": "programme"})
