"""Verbs of playing: load scenarios, start a run, take a step in it, keep and delete what a member wrote.

They flush and never commit. Whoever writes to a run first holds its row, so steps of two tabs come one after the other.
"""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from sqlalchemy import delete, insert, select

from app.accounts.models import Member
from app.core import clock
from app.core.db import db
from app.scenarios import engine, queries
from app.scenarios.engine import NotOffered, Run, Step, StepKind
from app.scenarios.format.model import Kind, Story
from app.scenarios.models import RunReflection, RunStep, RunWords, Scenario, ScenarioRun, ScenarioSource
from app.scenarios.shelf import ScenarioFile, read_folder


class NoSuchRun(LookupError):  # noqa: N818 - what a person is told
    """The member has no such run (it may be somebody else's)."""


class MovedOn(NotOffered):
    """The page was shown at a position that the run has left: another tab, or the Back button of the browser."""


class Kept(StrEnum):
    """What became of a scenario that was loaded."""

    ADDED = "added"
    CHANGED = "changed"
    AS_IT_WAS = "as it was"


def load_folder(path: Path) -> dict[str, Kept]:
    """Load every scenario of a folder; tells by slug what became of each.

    Loading again changes nothing, and runs stay on the version they began with. Raises what shelf.read_folder raises.
    """
    return keep_scenarios(read_folder(path))


def keep_scenarios(files: Sequence[ScenarioFile]) -> dict[str, Kept]:
    """Keep the source of each file by its hash, and list its scenario; the gallery has them in this order."""
    return {file.slug: _keep_scenario(file, position) for position, file in enumerate(files)}


def _keep_scenario(file: ScenarioFile, position: int) -> Kept:
    scenario = db.session.scalar(select(Scenario).where(Scenario.slug == file.slug))
    kept = Kept.CHANGED if scenario else Kept.ADDED
    if scenario and (scenario.source_hash, scenario.position) == (file.hash, position):
        return Kept.AS_IT_WAS
    if db.session.get(ScenarioSource, file.hash) is None:
        db.session.add(ScenarioSource(hash=file.hash, text=file.text, added_at=clock.now()))
        db.session.flush()
    if scenario is None:
        scenario = Scenario(slug=file.slug)
        db.session.add(scenario)
    story = file.story
    scenario.title, scenario.setting, scenario.you_are = story.title, story.setting, story.you_are
    scenario.minutes, scenario.content_notes = story.minutes, list(story.content_notes)
    scenario.source_hash, scenario.position, scenario.changed_at = file.hash, position, clock.now()
    db.session.flush()
    return kept


def start_run(member_id: int, scenario_id: int, start_key: str, programme_id: int | None) -> int:
    """Begin a run of the scenario's present version and return its id; the same key again gives the same run."""
    # Two clicks of one member come one after the other.
    db.session.execute(select(Member.id).where(Member.id == member_id).with_for_update(key_share=True))
    same = (ScenarioRun.member_id == member_id, ScenarioRun.start_key == start_key)
    begun = db.session.scalar(select(ScenarioRun.id).where(*same))
    if begun is not None:
        return begun
    scenario = db.session.get_one(Scenario, scenario_id)
    story = queries.story_of(scenario.source_hash)
    record = ScenarioRun(
        programme_id=programme_id,
        member_id=member_id,
        scenario_id=scenario.id,
        source_hash=scenario.source_hash,
        start_key=start_key,
        started_at=clock.now(),
    )
    db.session.add(record)
    db.session.flush()
    _record_now(record, story, engine.begin(story))
    return record.id


def take_step(member_id: int, run_id: int, position: int, step: Step) -> None:
    """Take a step from the position that the page was shown at, and record it at the next one.

    The same step from the same position again is the same click: nothing happens. Raises MovedOn for another one,
    NotOffered for what is not open there, NoSuchRun.
    """
    record, story, run = _held(member_id, run_id)
    if position < run.position and run.moments[position + 1].step == step:
        return
    if position != run.position:
        raise MovedOn(f"the run is at {run.position}, the page was at {position}")
    if step.kind is StepKind.CHOOSE and _owes_words(story, run, run_id):
        raise NotOffered("one's own words come first, even if they are none")
    _record_now(record, story, engine.take(story, run, step))


def write_words(member_id: int, run_id: int, position: int, text: str) -> None:
    """Keep what a member would say at the `words` passage they are at; writing again replaces it.

    Raises MovedOn when the run is elsewhere, NotOffered when the passage does not ask for words, NoSuchRun.
    """
    _record, story, run = _held(member_id, run_id)
    if position != run.position:
        raise MovedOn(f"the run is at {run.position}, the page was at {position}")
    if engine.passage_of(story, run.now).kind is not Kind.WORDS:
        raise NotOffered("this passage does not ask for words")
    db.session.merge(RunWords(run_id=run_id, position=position, text=text, written_at=clock.now()))
    db.session.flush()


def reflect(member_id: int, run_id: int, thoughts: str, intention: str) -> None:
    """Keep what a member noted at the debrief; saving again replaces it. Raises NoSuchRun."""
    _held_record(member_id, run_id)
    noted = RunReflection(run_id=run_id, thoughts=thoughts, intention=intention, written_at=clock.now())
    db.session.merge(noted)
    db.session.flush()


def delete_run(member_id: int, run_id: int) -> None:
    """Delete a run with its steps and all that was written in it. Raises NoSuchRun."""
    _held_record(member_id, run_id)
    db.session.execute(delete(ScenarioRun).where(ScenarioRun.id == run_id))


def _held(member_id: int, run_id: int) -> tuple[ScenarioRun, Story, Run]:
    record = _held_record(member_id, run_id)
    story = queries.story_of(record.source_hash)
    return record, story, engine.replay(story, queries.recorded_steps(run_id))


def _held_record(member_id: int, run_id: int) -> ScenarioRun:
    own = select(ScenarioRun).where(ScenarioRun.id == run_id, ScenarioRun.member_id == member_id)
    record = db.session.scalar(own.with_for_update())
    if record is None:
        raise NoSuchRun
    return record


def _owes_words(story: Story, run: Run, run_id: int) -> bool:
    """Whether the passage asks for words and this moment has none yet: how others say it would spoil one's own."""
    asks = engine.passage_of(story, run.now).kind is Kind.WORDS
    return asks and db.session.get(RunWords, (run_id, run.position)) is None


def _record_now(record: ScenarioRun, story: Story, run: Run) -> None:
    """Write down the moment that the run has come to."""
    now, at = run.now, clock.now()
    step = {"kind": now.step.kind, "choice": now.step.choice, "to_position": now.step.to}
    row = {"run_id": record.id, "position": run.position, "passage": now.passage, "taken_at": at}
    db.session.execute(insert(RunStep).values(step | row))
    record.at_ending = engine.has_ended(story, run)
    if record.at_ending and record.finished_at is None:
        record.finished_at = max(at, record.started_at)
    db.session.flush()
