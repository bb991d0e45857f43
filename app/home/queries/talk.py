"""What the first page says of forums, rooms and, for moderators, of what waits."""

from collections.abc import Iterator

from app.accounts.models import Member
from app.accounts.rules import Role
from app.forums.queries import boards, readers
from app.home.rules import Card
from app.rooms import queries as rooms


def forums(member: Member, programme_id: int | None) -> Iterator[Card]:
    """Everybody with a part in the programme: how many topics have something new, where they read."""
    if programme_id is None:
        return
    reader = readers.reader(member, programme_id)
    if not reader.takes_part:
        return
    found = boards.listed(reader)
    unread = sum(listed.unread for listed in found if listed.board.is_read)
    if found:
        text = "Ask, share what worked, and find people who have been there."
        new = {0: "", 1: " One topic has something new."}.get(unread, f" {unread} topics have something new.")
        yield Card(title="Forums", text=text + new, endpoint="forums.index")


def talking(member: Member, programme_id: int | None) -> Iterator[Card]:
    """Everybody: the rooms in which somebody is now; nothing when nobody is."""
    for listed in rooms.rooms(member, programme_id):
        if listed.here and not listed.room.closed_at:
            people = "Somebody is" if listed.here == 1 else f"{listed.here} people are"
            yield Card(
                title=f"{people} in “{listed.room.name}” now",
                text="Drop in, or just listen for a while.",
                endpoint="rooms.show",
                values={"slug": listed.room.slug},
            )
            return


def moderating(member: Member, programme_id: int | None) -> Iterator[Card]:
    """Moderators: the queue. How much waits there stands in the navigation."""
    if Role.MODERATOR in member.roles_in(programme_id):
        text = "What was reported or held, the urgent first. Nobody decides about their own words or people near them."
        yield Card(title="Moderation", text=text, endpoint="moderation.index")
