"""`flask moderation screen`: the command of the contract, on texts and on streams of lines."""

import json
from io import BytesIO

import pytest

from app.core.db import db
from app.signposting.models import ServicePhone, SupportService

NHS_NUMBER = "999 653 1597"


@pytest.fixture
def screen_command(app):
    """Runs the command with this as its standard input."""

    def run(content, *options):
        stdin = BytesIO(content if isinstance(content, bytes) else content.encode())
        return app.test_cli_runner().invoke(args=["moderation", "screen", *options], input=stdin)

    return run


def test_a_text_gives_a_list_without_the_words(screen_command):
    result = screen_command(f"Her NHS number is {NHS_NUMBER}.\n", "--format", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == [{"kind": "nhs_number", "confidence": "high", "start": 18, "end": 30}]
    assert NHS_NUMBER not in result.output


def test_line_ends_count_as_they_stand(screen_command):
    result = screen_command(f"One\r\ntwo\r\n{NHS_NUMBER}", "--format", "json")
    assert json.loads(result.stdout)[0]["start"] == 10


def test_each_line_gives_a_list(screen_command):
    lines = [f"NHS number {NHS_NUMBER}", "Nothing here", "two\nlines é \ud800", ""]
    result = screen_command("\n".join(map(json.dumps, lines)), "--lines", "--format", "json")
    assert result.exit_code == 0
    assert [len(json.loads(line)) for line in result.stdout.splitlines()] == [1, 0, 0, 0]


@pytest.mark.parametrize("wrong", ["not json", "12", "null", '["a"]', "", '"open', '{"a": 1}', "[" * 100_000])
def test_a_line_that_is_no_string_is_said_with_its_number(screen_command, wrong):
    result = screen_command(f'"fine"\n{wrong}\n"never read"\n', "--lines", "--format", "json")
    assert result.exit_code == 2
    assert result.stdout == "[]\n"
    assert result.stderr == "Line 2 is not a JSON string.\n"


def test_bytes_that_are_no_text_are_wrong_use(screen_command):
    result = screen_command(b"caf\xe9", "--format", "json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "not UTF-8" in result.stderr


def test_words_for_people(screen_command):
    assert screen_command(f"NHS number {NHS_NUMBER}").stdout == "NHS number (high) at 11-23\n"
    assert screen_command("A quiet day").stdout == "Nothing found.\n"


def test_what_the_directory_publishes_is_no_finding(app, screen_command):
    text = "Ring 0116 496 0123, or 0116 496 0999"
    before = json.loads(screen_command(text, "--format", "json").stdout)
    with app.app_context():
        service = SupportService(slug="line", name="A line", summary="Somebody listens")
        service.phones = [ServicePhone(number="0116 496 0123")]
        db.session.add(service)
        db.session.commit()
    after = json.loads(screen_command(text, "--format", "json").stdout)
    assert [(found["kind"], found["start"]) for found in before] == [("phone", 5), ("phone", 23)]
    assert [found["start"] for found in after] == [23]


def test_without_a_database_screening_still_works(settings, screen_command, app):
    with app.app_context():
        db.drop_all()
    assert len(json.loads(screen_command("Ring 0116 496 0123", "--format", "json").stdout)) == 1
