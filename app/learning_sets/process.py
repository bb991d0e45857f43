"""A session as it moves: from the lobby to the close, with a facilitator who holds a lease, pauses and stops. Pure.

Each move gives a new session with the next version. Who moves says which version they saw: of two at once one wins, and
the other sees the new state. Timers start with a stage; at zero nothing happens by itself, stages never pass alone.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from app.learning_sets.stages import LOBBY, OVERTIME, Stage, Step, minutes

LEASE = timedelta(seconds=60)  # a facilitator who is away longer may be stood in for
MOST_EXTENSIONS = 2  # of one stage
EXTENSION = timedelta(minutes=2)


class Hold(StrEnum):
    """Why the process stands still."""

    PAUSE = "process_pause"  # the facilitator looks at how the set works
    STOP = "stop_please"  # any member, at any time
    LOST = "facilitator_lost"

    @property
    def sentence(self) -> str:
        """What everybody is told."""
        return {
            "process_pause": "The facilitator has paused to look at how we work together.",
            "stop_please": "Somebody asked to stop. Nothing is posted until we go on together.",
            "facilitator_lost": "The facilitator has lost the connection. We wait for them or for the deputy.",
        }[self]


class Refused(Exception):  # noqa: N818 - it is an answer, not a mistake
    """A move that is not possible; the message is a sentence for whoever tried."""


class Stale(Refused):
    """Somebody else moved first: the page shows what was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One meeting of a set. `at` is the place in the steps: -2 scheduled, -1 lobby, then 0 and on.

    `leads` is who holds the lease, until `leased_until`; `presenters` are chosen at the bids, one for each issue.
    `spent` is how much of the stage's time had passed when it was held.
    """

    steps: tuple[Step, ...]
    starts_at: datetime
    facilitator: int
    deputy: int | None = None
    at: int = -2
    version: int = 0
    stage_began: datetime | None = None
    extensions: int = 0
    hold: Hold | None = None
    held_at: datetime | None = None
    leads: int | None = None
    leased_until: datetime | None = None
    presenters: tuple[int, ...] = ()
    ended: Stage | None = None

    @property
    def stage(self) -> Stage:
        """Where it is."""
        if self.ended:
            return self.ended
        if self.at == -2:  # noqa: PLR2004 - see `at`
            return Stage.SCHEDULED
        return Stage.LOBBY if self.at == -1 else self.steps[self.at].stage

    @property
    def presenter(self) -> int | None:
        """Whose issue it is, in a stage that belongs to one."""
        issue = None if self.ended or self.at < 0 else self.steps[self.at].issue
        return self.presenters[issue] if issue is not None and issue < len(self.presenters) else None

    @property
    def deadline(self) -> datetime | None:
        """When the time of the stage is up; while the process stands still, as if it went on now."""
        if self.ended or self.at < 0 or self.stage_began is None:
            return None
        return self.stage_began + timedelta(minutes=self.steps[self.at].minutes) + self.extensions * EXTENSION

    def ends_by_itself(self) -> datetime:
        """When it is closed if nobody closes it."""
        return self.starts_at + timedelta(minutes=minutes(self.steps)) + OVERTIME


def open_lobby(session: Session, now: datetime) -> Session:
    """Let people in, ten minutes before the start at the earliest."""
    _must(session.stage is Stage.SCHEDULED, "The lobby is open already.")
    _must(now >= session.starts_at - LOBBY, "The lobby opens ten minutes before the start.")
    return _moved(session, at=-1, stage_began=now)


def take_lead(session: Session, by: int, now: datetime) -> Session:
    """Hold the lease: the facilitator at any time, the deputy when the facilitator has been away too long.

    A refresh of the page keeps it; nobody is elected.
    """
    _must_go_on(session)
    if by == session.leads and session.hold is not Hold.LOST:
        return replace(session, leased_until=now + LEASE)
    if by != session.facilitator:
        _must(by == session.deputy, "Only the facilitator and the named deputy can lead this session.")
        _must(_is_free(session, now), "The facilitator is here and leads the session.")
    hold, held_at = (None, None) if session.hold is Hold.LOST else (session.hold, session.held_at)
    back = _resumed(session, now) if session.hold is Hold.LOST else session
    return _moved(back, leads=by, leased_until=now + LEASE, hold=hold, held_at=held_at)


def keep_lead(session: Session, by: int, now: datetime) -> Session:
    """Say that whoever leads is still there. No move: the version stays."""
    _must(session.leads == by and not session.stage.is_over, "Somebody else leads the session now.")
    return replace(session, leased_until=now + LEASE)


def notice_loss(session: Session, now: datetime) -> Session:
    """Hold the process when whoever leads has been away too long; unchanged otherwise."""
    running = not session.stage.is_over and session.at >= 0
    if running and session.hold is None and _is_free(session, now):
        return _moved(session, hold=Hold.LOST, held_at=now)
    return session


def go_on(session: Session, by: int, seen: int, now: datetime) -> Session:
    """Go on to the next stage, or close after the last one."""
    _must_lead(session, by, seen, now)
    _must(session.stage is not Stage.SCHEDULED, "Open the lobby first.")
    _must(session.hold is None, "The process stands still. Go on together first.")
    if session.stage is Stage.BIDS:
        wanted = 1 + max(step.issue or 0 for step in session.steps)
        _must(len(session.presenters) == wanted, "Choose who brings an issue first.")
    if session.at + 1 == len(session.steps):
        return _moved(session, ended=Stage.CLOSED, stage_began=now)
    return _moved(session, at=session.at + 1, stage_began=now, extensions=0)


def choose_presenters(session: Session, by: int, seen: int, presenters: tuple[int, ...], now: datetime) -> Session:
    """Settle who brings an issue, one for each; the air-time ledger is shown and decides nothing."""
    _must_lead(session, by, seen, now)
    _must(session.stage is Stage.BIDS, "Presenters are chosen at the bids.")
    wanted = 1 + max(step.issue or 0 for step in session.steps)
    _must(len(presenters) == wanted, f"Choose {wanted}: one for each issue.")
    _must(len(set(presenters)) == wanted, "Choose different people: each brings one issue.")
    _must(not {session.facilitator, session.leads} & set(presenters), "Whoever guides the session brings no issue.")
    return _moved(session, presenters=presenters)


def extend(session: Session, by: int, seen: int, now: datetime) -> Session:
    """Give the stage two minutes more, twice at most."""
    _must_lead(session, by, seen, now)
    _must(session.at >= 0, "There is no time to extend yet.")
    _must(session.extensions < MOST_EXTENSIONS, "This stage was extended twice. Go on, and come back to it at the end.")
    return _moved(session, extensions=session.extensions + 1)


def pause(session: Session, by: int, seen: int, now: datetime) -> Session:
    """Look at how the set works: the clock stands still."""
    _must_lead(session, by, seen, now)
    _must(session.at >= 0 and session.hold is None, "The process stands still already, or has not begun.")
    return _moved(session, hold=Hold.PAUSE, held_at=now)


def stop(session: Session, now: datetime) -> Session:
    """Stop, please: any member, at any time, whatever version they saw. Stopping twice is stopping once."""
    _must_go_on(session)
    _must(session.at >= 0, "The session has not begun. You can simply leave.")
    if session.hold is Hold.STOP:
        return session
    return _moved(session, hold=Hold.STOP, held_at=session.held_at or now)


def resume(session: Session, by: int, seen: int, now: datetime) -> Session:
    """Go on together after a pause or a stop: the time that passed meanwhile is not counted."""
    _must_lead(session, by, seen, now)
    _must(session.hold in {Hold.PAUSE, Hold.STOP}, "Nothing is held.")
    return _moved(_resumed(session, now), hold=None, held_at=None)


def end_early(session: Session, by: int, seen: int, now: datetime) -> Session:
    """End a session that cannot go on."""
    _must_lead(session, by, seen, now)
    return _moved(session, ended=Stage.ABANDONED, stage_began=now)


def end_by_itself(session: Session, now: datetime) -> Session:
    """Close a session that ran half an hour past its plan; unchanged before. One that never began is abandoned."""
    if session.stage.is_over or now < session.ends_by_itself():
        return session
    return _moved(session, ended=Stage.CLOSED if session.at >= 0 else Stage.ABANDONED, stage_began=now)


def _is_free(session: Session, now: datetime) -> bool:
    return session.leads is None or session.leased_until is None or now > session.leased_until


def _resumed(session: Session, now: datetime) -> Session:
    if session.held_at is None or session.stage_began is None:
        return session
    return replace(session, stage_began=session.stage_began + (now - session.held_at))


def _moved(session: Session, **changes: object) -> Session:
    return replace(session, version=session.version + 1, **changes)  # type: ignore[arg-type]


def _must_go_on(session: Session) -> None:
    _must(not session.stage.is_over, "This session is over.")


def _must_lead(session: Session, by: int, seen: int, now: datetime) -> None:
    _must_go_on(session)
    _must(by == session.leads and not _is_free(session, now), "Only whoever leads the session can do this.")
    if seen != session.version:
        raise Stale("Somebody else was faster. This is how it stands now.")


def _must(true: object, sentence: str) -> None:
    if not true:
        raise Refused(sentence)
