"""`flask catchups pair`: the same groups on every machine, and sentences for files that are wrong."""

import json
import os
import subprocess
import sys

import pytest

from app.catchups.pairing import RoundInputs, pair, read_inputs
from app.config import ROOT
from tests.catchups.pairing.crowds import crowd

TRIO = {
    "seed": 1,
    "group_size": 2,
    "people": [
        {"id": "ann", "organisation": "A", "profession": "nurse", "area": "north"},
        {"id": 2, "organisation": "B", "profession": "nurse", "area": "north"},
        {"id": "çem", "organisation": "B", "profession": "doctor", "area": "south"},
    ],
    "met": [],
    "not_with": [["ann", "çem"], [2, "çem"]],
}


@pytest.fixture
def pair_file(app, tmp_path):
    """Runs the command on a file with this content."""

    def run(content, *options):
        path = tmp_path / "people.json"
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return app.test_cli_runner().invoke(args=["catchups", "pair", "--input", str(path), *options])

    return run


def test_json_says_who_meets_why_and_who_is_left(pair_file):
    result = pair_file(TRIO, "--format", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "groups": [
            {
                "members": [2, "ann"],
                "reasons": [
                    "You have not been put together in a round before.",
                    "You work in different organisations.",
                    "You are in the same area.",
                ],
            }
        ],
        "unpaired": ["çem"],
        "weight": 120,
    }


def test_text_says_the_same(pair_file):
    assert pair_file(TRIO).stdout.splitlines() == [
        "2, ann",
        "  You have not been put together in a round before.",
        "  You work in different organisations.",
        "  You are in the same area.",
        "Nobody could be found for: çem",
        "Groups: 1. People in them: 2. Weight: 120.",
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"{", "The file is not JSON: "),
        (b"\xff\xfe\x00", "The file is not JSON: "),
        (b"[" * 100_000, "The file is not JSON: "),
        (b"", "The file is not JSON: "),
        ({**TRIO, "group_size": 1}, "The group size is 1."),
        ({**TRIO, "people": TRIO["people"] * 2}, "'ann' is in “people” twice."),
        ({**TRIO, "not_with": [["ann", "bo"]]}, "“not_with” names 'bo', who is not in “people”."),
        ({**TRIO, "met": [["\ud800", 2, 1]]}, "“met” names "),
        ({"people": []}, "The file has no "),
    ],
)
@pytest.mark.parametrize("form", ["json", "text"])
def test_a_file_that_is_wrong_gets_a_sentence(pair_file, content, sentence, form):
    result = pair_file(content, "--format", form)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith(sentence)
    assert len(result.stderr.splitlines()) == 1


def test_a_file_that_is_not_there_is_wrong_use(app):
    result = app.test_cli_runner().invoke(args=["catchups", "pair", "--input", "nowhere.json"])
    assert result.exit_code == 2
    assert "nowhere.json" in result.stderr


def in_another_process(command, inputs, **environment):
    return subprocess.run(
        [sys.executable, *command],
        input=json.dumps(inputs).encode(),
        capture_output=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, **environment},
    ).stdout


@pytest.fixture
def sixty_three():
    """People who are alike enough for many equally good pairings."""
    inputs = RoundInputs(7, 2, crowd(63, organisations=2)).as_plain()
    for person in inputs["people"]:
        person["id"] = f"m{person['id']}"
    return {**inputs, "not_with": [["m1", "m2"]]}


def test_every_process_finds_the_same_groups(sixty_three):
    """Hashes of texts differ between processes, as they do between machines."""
    program = (
        "import json, sys; from app.catchups.pairing import pair, read_inputs;"
        "print(json.dumps(pair(read_inputs(json.load(sys.stdin))).as_plain()))"
    )
    said = [in_another_process(["-c", program], sixty_three, PYTHONHASHSEED=seed) for seed in ("1", "2")]
    assert json.loads(said[0]) == json.loads(said[1]) == pair(read_inputs(sixty_three)).as_plain()


def test_a_database_is_not_needed(sixty_three, tmp_path):
    command = ["-m", "flask", "--app", "wsgi", "catchups", "pair", "--input", "-", "--format", "json"]
    never = tmp_path / "never-made.db"
    said = in_another_process(
        command, sixty_three, DEMO_MODE="1", INSTANCE_PATH=str(tmp_path), DATABASE_URL=f"sqlite:///{never}"
    )
    assert json.loads(said) == pair(read_inputs(sixty_three)).as_plain()
    assert not never.exists()
