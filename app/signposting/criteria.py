"""What somebody looks for, and who they are as far as the directory needs to know. Nothing of it is ever kept."""

from dataclasses import dataclass, field

from app.signposting.kinds import Way

CONTACT = frozenset({Way.CALL, Way.TEXT, Way.CHAT, Way.EMAIL, Way.IN_PERSON})
"""Ways of which one is enough; of all others, each that is asked for must be there."""


@dataclass(frozen=True, slots=True)
class Seeker:
    """Whoever looks: the programme in sight, and for a member the organisation where they work."""

    programme_id: int | None = None
    organisation_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """What is asked for. What is left empty takes nothing away."""

    need: str = ""
    words: str = ""
    ways: frozenset[Way] = field(default=frozenset())
    profession: str = ""
    organisation_kind: str = ""
    manages: bool | None = None
    free: bool = False
    confidential: bool = False
    open_now: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked for at all."""
        return self == Criteria()

    @property
    def only_need(self) -> "Criteria":
        """The need alone, for a wider look."""
        return Criteria(need=self.need)
