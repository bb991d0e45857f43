"""`flask moderation screen`: what screening finds in a text, for scripts and for whoever tunes it."""

import json
import sys
from typing import NoReturn

import click
from sqlalchemy.exc import DBAPIError

from app.moderation.cli import moderation
from app.moderation.screening.detection import screen
from app.moderation.screening.detection.finding import Finding
from app.moderation.screening.queries.published import screen_with_directory

WRONG_USE = 2


@moderation.command("screen")
@click.option("--lines", is_flag=True, help="One JSON string a line in, one list a line out.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def screen_input(lines: bool, form: str) -> None:  # noqa: FBT001 - click passes it by name
    """Screen standard input: what could tell who somebody is, with its place in the text; the words are never shown."""
    if not lines:
        click.echo(_shown(_found(_text(sys.stdin.buffer.read())), form))
        return
    for number, line in enumerate(sys.stdin.buffer, start=1):
        click.echo(_shown(_found(_string(line, number)), form))
        sys.stdout.flush()


def _found(text: str) -> list[Finding]:
    """What is found, leaving out what the directory publishes; without a database nothing is known to be published."""
    try:
        return screen_with_directory(text)
    except DBAPIError:
        return screen(text)


def _text(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as mistake:
        _wrong_use(f"The text is not UTF-8: {mistake.reason} at byte {mistake.start}.")


def _string(line: bytes, number: int) -> str:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, str):
        _wrong_use(f"Line {number} is not a JSON string.")
    return said


def _shown(findings: list[Finding], form: str) -> str:
    if form == "json":
        return json.dumps([found._asdict() for found in findings])
    words = "; ".join(f"{found.kind.words} ({found.confidence}) at {found.start}-{found.end}" for found in findings)
    return words or "Nothing found."


def _wrong_use(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    raise click.exceptions.Exit(WRONG_USE)
