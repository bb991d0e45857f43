"""`flask scenarios load`."""

import shutil

import pytest
from sqlalchemy import select

from app.core.db import db
from app.scenarios.models import Scenario
from tests.scenarios.conftest import SLUG, STORIES


@pytest.fixture
def run(app):
    """Run the command; gives its result."""
    return lambda *arguments: app.test_cli_runner().invoke(args=["scenarios", "load", *map(str, arguments)])


def slugs(app):
    with app.app_context():
        return set(db.session.scalars(select(Scenario.slug)))


def test_a_folder_is_loaded_and_loaded_again(app, run):
    first, second = run(STORIES), run(STORIES)
    assert (first.exit_code, first.output) == (0, f"{SLUG}: added\n")
    assert (second.exit_code, second.output) == (0, f"{SLUG}: as it was\n")
    assert slugs(app) == {SLUG}


def test_the_scenarios_of_the_project_are_loaded_unless_told(app, run):
    assert run().exit_code == 0
    assert {"ward-handover", "care-home-tea", "ambulance-station"} <= slugs(app)


def test_nothing_is_loaded_when_one_file_has_an_error(app, run, tmp_path):
    sound = shutil.copy(STORIES / f"{SLUG}.twee", tmp_path / "sound.twee")
    (tmp_path / "broken.twee").write_text(sound.read_text().replace("->Silence]]", "->Nowhere]]", 1))
    result = run(tmp_path)
    assert result.exit_code == 1
    assert "broken.twee:" in result.output
    assert "S201" in result.output
    assert slugs(app) == set()


def test_a_folder_that_is_not_there_is_wrong_use(run, tmp_path):
    assert run(tmp_path / "nothing").exit_code == 2
