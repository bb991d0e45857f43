"""What is kept of playing, on both databases."""

import shutil
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from app.core.db import db, transaction
from app.scenarios import engine, operations, policies, queries
from app.scenarios.engine import ChoiceNotOffered, NotOffered, Step, StepKind
from app.scenarios.models import RunReflection, RunStep, RunWords, Scenario, ScenarioRun, ScenarioSource
from app.scenarios.operations import Kept, MovedOn, NoSuchRun
from tests.scenarios.conftest import SLUG, STORIES

pytestmark = pytest.mark.both_databases


@pytest.fixture
def inside(app, loaded):
    """An app context; the people of the programme."""
    with app.app_context():
        yield loaded


def scenario():
    return db.session.scalar(select(Scenario).where(Scenario.slug == SLUG))


def start(person, key=None):
    with transaction():
        return operations.start_run(person.id, scenario().id, str(key or uuid4()), None)


def chose(choice):
    return Step(StepKind.CHOOSE, choice)


def take(person, run_id, *steps):
    """Take steps from where the run is."""
    for step in steps:
        position = count(RunStep, RunStep.run_id == run_id) - 1
        with transaction():
            operations.take_step(person.id, run_id, position, step)


def say(person, run_id, position, words="I saw that."):
    with transaction():
        operations.write_words(person.id, run_id, position, words)


def count(table, *where):
    return db.session.scalar(select(func.count()).select_from(table).where(*where))


@pytest.mark.usefixtures("inside")
def test_loading_lists_the_scenario():
    kept = scenario()
    assert (kept.title, kept.minutes, kept.content_notes) == ("The lunch break", 3, ["a colleague is belittled"])
    assert kept.setting == "A staff room, ten past one"
    assert queries.story_of(kept.source_hash).title == "The lunch break"


@pytest.mark.usefixtures("inside")
def test_loading_again_changes_nothing():
    before = (scenario().changed_at, count(ScenarioSource))
    with transaction():
        assert operations.load_folder(STORIES) == {SLUG: Kept.AS_IT_WAS}
    assert (scenario().changed_at, count(ScenarioSource)) == before


def test_a_new_version_is_for_new_runs_only(inside, tmp_path):
    run_id = start(inside.owner)
    take(inside.owner, run_id, chose("breathe"))
    shutil.copytree(STORIES, tmp_path / "new")
    file = tmp_path / "new" / f"{SLUG}.twee"
    file.write_text(file.read_text().replace("The lunch break", "Ten past one").replace("id: yes", "id: steady"))
    with transaction():
        assert operations.load_folder(tmp_path / "new") == {SLUG: Kept.CHANGED}
    take(inside.owner, run_id, chose("yes"))
    assert queries.play(inside.owner.id, run_id).story.title == "The lunch break"
    newer = start(inside.owner)
    assert queries.play(inside.owner.id, newer).story.title == "Ten past one"
    assert count(ScenarioSource) == 2


def test_a_step_is_a_row_at_the_next_position(inside):
    run_id = start(inside.owner)
    take(inside.owner, run_id, chose("breathe"), Step(StepKind.BACK, to=0), Step(StepKind.SKIP))
    rows = db.session.execute(
        select(RunStep.position, RunStep.kind, RunStep.choice, RunStep.to_position, RunStep.passage)
        .where(RunStep.run_id == run_id)
        .order_by(RunStep.position)
    )
    assert [tuple(row) for row in rows] == [
        (0, "start", None, None, "Staff room"),
        (1, "choose", "breathe", None, "Is it safe?"),
        (2, "back", None, 0, "Staff room"),
        (3, "skip", None, None, "Afterwards"),
    ]
    assert queries.play(inside.owner.id, run_id).run.now.passage == "Afterwards"


def test_the_same_start_again_is_the_same_run(inside):
    key = uuid4()
    assert start(inside.owner, key) == start(inside.owner, key)
    assert start(inside.peer, key) != start(inside.owner, key)
    assert count(ScenarioRun) == 2


def test_the_same_step_again_is_the_same_click(inside):
    run_id = start(inside.owner)
    for _ in range(2):
        with transaction():
            operations.take_step(inside.owner.id, run_id, 0, chose("breathe"))
    assert count(RunStep) == 2


def test_another_step_from_a_position_that_was_left_is_refused(inside):
    run_id = start(inside.owner)
    take(inside.owner, run_id, chose("breathe"))
    with pytest.raises(MovedOn), transaction():
        operations.take_step(inside.owner.id, run_id, 0, chose("seat"))
    with pytest.raises(MovedOn), transaction():
        operations.take_step(inside.owner.id, run_id, 7, chose("seat"))
    assert count(RunStep) == 2


def test_what_is_not_open_is_refused(inside):
    run_id = start(inside.owner)
    with pytest.raises(ChoiceNotOffered), transaction():
        operations.take_step(inside.owner.id, run_id, 0, chose("ask"))
    assert count(RunStep) == 1


def test_an_ending_is_noted_once_and_one_may_go_back_from_it(inside):
    run_id = start(inside.owner)
    take(inside.owner, run_id, chose("seat"), chose("ask"))
    record = db.session.get(ScenarioRun, run_id)
    first = record.finished_at
    assert record.at_ending
    assert queries.run_to_resume(inside.owner.id, scenario().id) is None
    take(inside.owner, run_id, Step(StepKind.BACK, to=1))
    db.session.expire_all()
    assert (record.at_ending, record.finished_at) == (False, first)
    assert queries.run_to_resume(inside.owner.id, scenario().id).id == run_id
    take(inside.owner, run_id, chose("stairs"))
    db.session.expire_all()
    assert (record.at_ending, record.finished_at) == (True, first)


def test_own_words_are_kept_encrypted_and_can_be_written_again(inside):
    run_id = start(inside.owner)
    take(inside.owner, run_id, chose("breathe"), chose("yes"))
    for words in ("Please leave it.", "Let’s leave it."):
        with transaction():
            operations.write_words(inside.owner.id, run_id, 2, words)
    assert queries.play(inside.owner.id, run_id).words == {2: "Let’s leave it."}
    stored = db.session.execute(text("SELECT text FROM run_words")).scalars().all()
    assert len(stored) == 1
    assert "leave" not in stored[0]


def test_words_are_asked_for_at_words_passages_only(inside):
    run_id = start(inside.owner)
    with pytest.raises(NotOffered), transaction():
        operations.write_words(inside.owner.id, run_id, 0, "x")
    take(inside.owner, run_id, chose("breathe"), chose("yes"))
    with pytest.raises(MovedOn), transaction():
        operations.write_words(inside.owner.id, run_id, 1, "x")
    assert count(RunWords) == 0


def test_a_reflection_is_kept_encrypted_and_replaced(inside):
    run_id = start(inside.owner)
    for intention in ("Say hello", "Ask first"):
        with transaction():
            operations.reflect(inside.owner.id, run_id, "It was quiet.", intention)
    noted = queries.reflection_on(run_id)
    assert (noted.thoughts, noted.intention) == ("It was quiet.", "Ask first")
    stored = db.session.execute(text("SELECT thoughts, intention FROM run_reflection")).one()
    assert not any("quiet" in column or "Ask" in column for column in stored)


def test_deleting_a_run_leaves_nothing_of_it(inside):
    run_id, other = start(inside.owner), start(inside.owner)
    take(inside.owner, run_id, chose("breathe"), chose("yes"))
    with transaction():
        operations.write_words(inside.owner.id, run_id, 2, "x")
        operations.reflect(inside.owner.id, run_id, "x", "x")
    with transaction():
        operations.delete_run(inside.owner.id, run_id)
    assert [count(table) for table in (ScenarioRun, RunStep, RunWords, RunReflection)] == [1, 1, 0, 0]
    assert queries.play(inside.owner.id, other) is not None


def test_a_run_goes_when_its_member_goes(inside):
    start(inside.owner)
    with transaction():
        db.session.execute(text("DELETE FROM role_grant WHERE member_id = :id"), {"id": inside.owner.id})
        db.session.execute(text("DELETE FROM cohort_membership WHERE member_id = :id"), {"id": inside.owner.id})
        db.session.execute(text("DELETE FROM member WHERE id = :id"), {"id": inside.owner.id})
    assert count(ScenarioRun) == count(RunStep) == 0


@pytest.mark.parametrize("role", ["peer", "outsider", "facilitator", "moderator", "lead", "author", "stranger"])
def test_nobody_else_can_do_anything_with_a_run(inside, role):
    other, run_id = getattr(inside, role), start(inside.owner)
    attempts = [
        lambda: operations.take_step(other.id, run_id, 0, chose("breathe")),
        lambda: operations.write_words(other.id, run_id, 0, "x"),
        lambda: operations.reflect(other.id, run_id, "x", "x"),
        lambda: operations.delete_run(other.id, run_id),
    ]
    for attempt in attempts:
        with pytest.raises(NoSuchRun), transaction():
            attempt()
    assert queries.play(other.id, run_id) is None
    assert (count(ScenarioRun), count(RunStep)) == (1, 1)


CHANGE_TAKEN = "INSERT INTO run_step VALUES (:run, 3, 'back', NULL, 2, 'x', '2026-01-01 00:00:00')"
CHANGES_REFUSED = [
    "UPDATE run_step SET choice = 'tell' WHERE position = 1",
    "UPDATE scenario_source SET text = ''",
    "UPDATE run SET source_hash = source_hash",
    "UPDATE run SET member_id = member_id + 1",
    "UPDATE run SET at_ending = true",
    "UPDATE run SET finished_at = '1999-01-01 00:00:00'",
    "DELETE FROM scenario_source",
    "DELETE FROM scenario",
    "INSERT INTO run_step VALUES (:run, 2, 'skip', NULL, NULL, 'x', '2026-01-01 00:00:00')",
    "INSERT INTO run_step VALUES (:run, 3, 'start', NULL, NULL, 'x', '2026-01-01 00:00:00')",
    "INSERT INTO run_step VALUES (:run, 3, 'choose', NULL, NULL, 'x', '2026-01-01 00:00:00')",
    "INSERT INTO run_step VALUES (:run, 3, 'skip', 'yes', NULL, 'x', '2026-01-01 00:00:00')",
    "INSERT INTO run_step VALUES (:run, 3, 'back', NULL, NULL, 'x', '2026-01-01 00:00:00')",
    "INSERT INTO run_step VALUES (:run, 3, 'back', NULL, 3, 'x', '2026-01-01 00:00:00')",
    "INSERT INTO run_step VALUES (:run, 3, 'fly', NULL, NULL, 'x', '2026-01-01 00:00:00')",
    "INSERT INTO run_step VALUES (:run, -1, 'skip', NULL, NULL, 'x', '2026-01-01 00:00:00')",
    "INSERT INTO run_step VALUES (:run, 500, 'skip', NULL, NULL, 'x', '2026-01-01 00:00:00')",
    "INSERT INTO run_words VALUES (:run, 9, 'x', '2026-01-01 00:00:00')",
]


def test_the_tables_refuse_what_must_never_be(inside):
    run_id = start(inside.owner)
    take(inside.owner, run_id, chose("breathe"), chose("yes"))
    for change in CHANGES_REFUSED:
        with pytest.raises(DatabaseError), transaction():
            db.session.execute(text(change), {"run": run_id} if ":run" in change else {})
    with transaction():  # the same, but as it may be
        db.session.execute(text(CHANGE_TAKEN), {"run": run_id})


def test_policy_and_queries_agree_on_scenarios(inside):
    with transaction():
        source = scenario().source_hash
        for programme_id in (inside.programme_id, inside.other_programme_id):
            other = dict.fromkeys(("title", "setting", "you_are"), "x") | {"content_notes": [], "position": 9}
            db.session.add(
                Scenario(
                    slug=f"of-{programme_id}",
                    programme_id=programme_id,
                    source_hash=source,
                    changed_at=scenario().changed_at,
                    **other,
                )
            )
    every = db.session.scalars(select(Scenario)).all()
    for name in ("owner", "peer", "suspended", "moderator", "lead", "sponsor", "stranger", "other_lead"):
        member = getattr(inside, name).member
        listed = set(db.session.scalars(queries.scenarios_open_to(member)))
        assert listed == {each for each in every if policies.can_play(member, each)}, name
        assert all((queries.playable(member, each.slug) is each) == (each in listed) for each in every)


def test_policy_and_queries_agree_on_runs(inside):
    every = [db.session.get(ScenarioRun, start(person)) for person in (inside.owner, inside.peer, inside.lead)]
    for name in ("owner", "peer", "outsider", "moderator", "lead", "other_lead"):
        member = getattr(inside, name).member
        listed = {row.id for row in db.session.execute(queries.runs_of(member.id))}
        assert listed == {each.id for each in every if policies.can_see_run(member, each)}
    assert not policies.can_see_run(inside.suspended.member, ScenarioRun(member_id=inside.suspended.id))


def test_the_gallery_knows_how_far_one_is(inside):
    def said(person):
        return [str(listed.progress) for listed in queries.gallery(person.member)]

    assert said(inside.owner) == ["not yet"]
    run_id = start(inside.owner)
    assert said(inside.owner) == ["under way"]
    take(inside.owner, run_id, chose("seat"), chose("ask"))
    start(inside.owner)
    assert (said(inside.owner), said(inside.peer)) == (["practised"], ["not yet"])


def test_runs_are_listed_by_pages(inside, monkeypatch):
    monkeypatch.setattr(queries, "RUNS_ON_A_PAGE", 2)
    runs = [start(inside.owner) for _ in range(5)]
    start(inside.peer)
    pages, before = [], 2**31 - 1
    while True:
        page, before = queries.page_of_runs(inside.owner.id, before)
        pages.append([row.id for row in page])
        if before is None:
            break
    assert pages == [[runs[4], runs[3]], [runs[2], runs[1]], [runs[0]]]


def test_the_engine_is_what_is_recorded(inside):
    run_id = start(inside.owner)
    steps = [chose("breathe"), chose("yes"), chose("leave-that"), Step(StepKind.BACK, to=2), chose("nothing")]
    take(inside.owner, run_id, *steps[:2])
    say(inside.owner, run_id, 2)
    take(inside.owner, run_id, *steps[2:4])
    say(inside.owner, run_id, 4)
    take(inside.owner, run_id, *steps[4:])
    play = queries.play(inside.owner.id, run_id)
    assert play.run == engine.replay(play.story, steps)


def test_own_words_come_before_those_of_others(inside):
    """A page that hides the choices is not enough: a form posted by hand would spoil one's own words as well."""
    run_id = start(inside.owner)
    take(inside.owner, run_id, chose("breathe"), chose("yes"))
    with pytest.raises(NotOffered, match="own words come first"):
        take(inside.owner, run_id, chose("leave-that"))
    say(inside.owner, run_id, 2, words="")
    take(inside.owner, run_id, chose("leave-that"))
    assert queries.play(inside.owner.id, run_id).run.position == 3
