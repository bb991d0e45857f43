"""A small feature whose things cases are about: messages in memory, as any feature would register its own."""

from dataclasses import dataclass, field

from app.core.html import cook
from app.moderation.cases.rules import Outcome
from app.moderation.cases.subjects import CannotApplyError, Neighbour, Snapshot, SubjectType

TYPE = "message"
OUTCOMES = frozenset({Outcome.PUBLISH, Outcome.EDIT, Outcome.HIDE, Outcome.REMOVE, Outcome.MOVE})


@dataclass
class Message:
    """Something that somebody said."""

    author_id: int
    programme_id: int
    body: str
    state: str = "published"
    shown_as: str | None = None
    place: int = 1


@dataclass
class Board:
    """Messages by their numbers, and what was carried out."""

    messages: dict[int, Message] = field(default_factory=dict)
    orders: list = field(default_factory=list)
    locked: bool = False

    def say(self, author, programme_id, body="Something was said.", **more):
        """A new message; gives its number."""
        number = len(self.messages) + 1
        self.messages[number] = Message(author.id, programme_id, body, **more)
        return number

    @property
    def type(self):
        """As it is registered."""
        return SubjectType(
            code=TYPE,
            words="message",
            snapshot=self.snapshot,
            may_report=lambda member, number: (
                number in self.messages
                and member.roles_in(self.messages[number].programme_id) != frozenset()
                and self.messages[number].author_id != member.id
            ),
            outcomes=OUTCOMES,
            apply=self.apply,
            reverse=self.reverse,
            targets=lambda outcome, number: [(1, "Quiet corner"), (2, "Practice")],
        )

    def snapshot(self, number):
        said = self.messages.get(number)
        if said is None:
            return None
        return Snapshot(
            programme_id=said.programme_id,
            author_id=said.author_id,
            shown_as=said.shown_as,
            body=said.body,
            html=cook(said.body),
            title="A morning on the ward",
            where="Quiet corner",
            path=f"/home?message={number}",
            surroundings=[
                Neighbour(cook("What came before."), said.author_id),
                Neighbour(cook("And after."), after=True),
            ],
        )

    def apply(self, order):
        if self.locked:
            raise CannotApplyError("This message was deleted meanwhile.")
        said = self.messages[order.subject_id]
        before = {"state": said.state, "body": said.body, "place": said.place}
        self.orders.append(order)
        if order.outcome is Outcome.EDIT:
            said.body = order.text
        if order.outcome is Outcome.MOVE:
            said.place = order.target_id
        said.state = {Outcome.HIDE: "hidden", Outcome.REMOVE: "removed"}.get(order.outcome, "published")
        return before

    def reverse(self, order, before):
        said = self.messages[order.subject_id]
        said.state, said.body, said.place = before["state"], before["body"], before["place"]
