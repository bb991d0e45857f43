"""Selects of playing, already scoped to the reader: the gallery, one's own runs, and a run as it stands."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Select, and_, false, func, or_, select

from app.accounts.models import Member
from app.core.db import db
from app.scenarios import engine
from app.scenarios.engine import Run, Step
from app.scenarios.format.model import Kind, Story
from app.scenarios.format.reading import parse
from app.scenarios.models import RunReflection, RunStep, RunWords, Scenario, ScenarioRun, ScenarioSource
from app.scenarios.rules import Progress, progress

RUNS_ON_A_PAGE = 20
STORIES_KEPT = 64


class OwnRun(NamedTuple):
    """A run of the reader, with the slug and the title of its scenario."""

    id: int
    source_hash: str
    started_at: datetime
    finished_at: datetime | None
    at_ending: bool
    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A scenario in the gallery, and how far the reader is with it."""

    scenario: Scenario
    progress: Progress


@dataclass(frozen=True, slots=True)
class Play:
    """A run of the reader as it stands. `words` has what they wrote, by position."""

    record: OwnRun
    story: Story
    run: Run
    words: dict[int, str]


def scenarios_open_to(member: Member) -> Select[Scenario]:
    """What the member may play (policies.can_play says the same of one scenario), in the order of the gallery."""
    mine = {grant.programme_id for grant in member.grants}
    open_to_them = or_(Scenario.programme_id.is_(None), Scenario.programme_id.in_(mine))
    everything = select(Scenario).order_by(Scenario.position, Scenario.title, Scenario.id)
    return everything.where(false() if member.suspended else open_to_them)


def gallery(member: Member) -> list[Listed]:
    """Every scenario the member may play, with how far they are. Two queries."""
    own = select(ScenarioRun.scenario_id, func.count(ScenarioRun.finished_at) > 0)
    rows = db.session.execute(own.where(ScenarioRun.member_id == member.id).group_by(ScenarioRun.scenario_id))
    finished = {scenario_id: bool(once) for scenario_id, once in rows}
    return [
        Listed(scenario, progress(begun=scenario.id in finished, finished=finished.get(scenario.id, False)))
        for scenario in db.session.scalars(scenarios_open_to(member))
    ]


def playable(member: Member, slug: str) -> Scenario | None:
    """The scenario with this slug, if the member may play it."""
    return db.session.scalar(scenarios_open_to(member).where(Scenario.slug == slug))


def runs_of(member_id: int) -> Select[int, str, datetime, datetime | None, bool, str, str]:
    """The member's own runs (policies.can_see_run says the same of one), newest first."""
    return (
        select(
            ScenarioRun.id,
            ScenarioRun.source_hash,
            ScenarioRun.started_at,
            ScenarioRun.finished_at,
            ScenarioRun.at_ending,
            Scenario.slug,
            Scenario.title,
        )
        .join(Scenario)
        .where(ScenarioRun.member_id == member_id)
        .order_by(ScenarioRun.id.desc())
    )


def own_run(member_id: int, run_id: int) -> OwnRun | None:
    """A run, if it is the member's own."""
    return _first(runs_of(member_id).where(ScenarioRun.id == run_id))


def page_of_runs(member_id: int, before: int) -> tuple[list[OwnRun], int | None]:
    """The member's newest runs before an id, and the id before which the next page begins (none: that was all)."""
    runs = runs_of(member_id).where(ScenarioRun.id < before).limit(RUNS_ON_A_PAGE + 1)
    rows = db.session.execute(runs).all()
    shown = [OwnRun(*row) for row in rows[:RUNS_ON_A_PAGE]]
    return shown, shown[-1].id if len(rows) > len(shown) else None


def run_to_resume(member_id: int, scenario_id: int) -> OwnRun | None:
    """The member's newest run of a scenario that is not at an ending."""
    unfinished = and_(ScenarioRun.scenario_id == scenario_id, ScenarioRun.at_ending.is_(False))
    return _first(runs_of(member_id).where(unfinished).limit(1))


def play(member_id: int, run_id: int, *, all_words: bool = False) -> Play | None:
    """A run of the member as it stands: with what they wrote where they are now, or with all of it."""
    record = own_run(member_id, run_id)
    if record is None:
        return None
    story = story_of(record.source_hash)
    run = engine.replay(story, recorded_steps(run_id))
    asks = engine.passage_of(story, run.now).kind is Kind.WORDS
    return Play(record, story, run, words_of(run_id, None if all_words else run) if all_words or asks else {})


def recorded_steps(run_id: int) -> list[Step]:
    """The steps of a run after its start, in order."""
    steps = select(RunStep.kind, RunStep.choice, RunStep.to_position).where(RunStep.run_id == run_id)
    rows = db.session.execute(steps.where(RunStep.position > 0).order_by(RunStep.position))
    return [Step(kind, choice, to) for kind, choice, to in rows]


def words_of(run_id: int, run: Run | None = None) -> dict[int, str]:
    """What was written, by position: at the moment a run is in (and where it was first lived), else everywhere."""
    words = select(RunWords.position, RunWords.text).where(RunWords.run_id == run_id)
    if run is not None:
        words = words.where(RunWords.position.in_({run.position, run.origin(run.position)}))
    return dict(db.session.execute(words).all())


def reflection_on(run_id: int) -> RunReflection | None:
    """What the member noted at the debrief."""
    return db.session.get(RunReflection, run_id)


@lru_cache(maxsize=STORIES_KEPT)
def story_of(source_hash: str) -> Story:
    """The story of a source, read once: its hash says what is in it. Raises LookupError for one that is not kept."""
    text = db.session.scalar(select(ScenarioSource.text).where(ScenarioSource.hash == source_hash))
    story = None if text is None else parse(text).story
    if story is None:
        raise LookupError(f"no scenario source with the hash {source_hash}")
    return story


def _first(runs: Select[int, str, datetime, datetime | None, bool, str, str]) -> OwnRun | None:
    row = db.session.execute(runs).first()
    return OwnRun(*row) if row else None
