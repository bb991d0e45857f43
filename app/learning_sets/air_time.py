"""The ledger of air time over the sessions of a set: who has brought an issue, and who not yet. Pure.

It is shown at the bids as a picture, and picks nothing by itself: people decide.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Share:
    """One member's part: in which sessions they brought an issue (counted from 1), and in which they were there."""

    member_id: int
    brought: tuple[int, ...]
    present: tuple[int, ...]

    @property
    def turns(self) -> int:
        """How often they brought an issue."""
        return len(self.brought)


def ledger(
    members: Sequence[int], brought: Iterable[tuple[int, int]], present: Iterable[tuple[int, int]] = ()
) -> list[Share]:
    """Each member's share, whoever had least first, then as they are listed.

    `brought` and `present` are pairs of session number and member; what concerns others is left out.
    """
    turns, there = list(brought), list(present)
    shares = [
        Share(
            member,
            tuple(sorted(session for session, who in turns if who == member)),
            tuple(sorted({session for session, who in there if who == member})),
        )
        for member in members
    ]
    return sorted(shares, key=lambda share: share.turns)


def is_fair(shares: Sequence[Share]) -> bool:
    """Whether nobody is more than one turn ahead of anybody else."""
    turns = [share.turns for share in shares]
    return not turns or max(turns) - min(turns) <= 1
