"""`flask catchups …`: what can be done with catch-ups from a terminal."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, NoReturn

import click
from flask import Flask
from flask.cli import AppGroup

if TYPE_CHECKING:
    from app.catchups.pairing import Pairing

catchups = AppGroup("catchups", help="Coffee catch-ups: slots and rounds.")

WRONG_USE = 2


def init_app(app: Flask) -> None:
    """Add the commands to `flask`."""
    app.cli.add_command(catchups)


@catchups.command("pair")
@click.option("--input", "source", type=click.File("rb"), required=True, help="A JSON file of people; - for stdin.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def pair_people(source: BinaryIO, form: str) -> None:
    """Pair a file of people; docs/catchups.md says what it holds. The same file always gives the same groups."""
    # Imported here: the server needs none of it to answer pages.
    from app.catchups.pairing import InputError, pair, read_inputs

    try:
        pairing = pair(read_inputs(_parsed(source.read())))
    except InputError as mistake:
        _wrong_use(str(mistake))
    text = json.dumps(pairing.as_plain(), indent=2) if form == "json" else "\n".join(_lines(pairing))
    click.echo(text.encode("utf-8", "backslashreplace"))


@catchups.command("run-again")
@click.argument("round_id", metavar="ROUND", type=int)
def run_again(round_id: int) -> None:
    """Pair a round again from what was kept when it closed, and say whether the groups are the same. Names nobody."""
    from app.catchups.pairing import pair, read_inputs
    from app.catchups.rounds.queries.inputs import snapshot

    kept = snapshot(round_id)
    if kept is None or kept.outcome is None:
        _wrong_use(f"Nothing is kept of the pairing of round {round_id}.")
    if pair(read_inputs(kept.inputs)).as_plain() != kept.outcome:
        click.echo("The groups are not the same. Was the way of pairing changed since?", err=True)
        raise click.exceptions.Exit(1)
    click.echo(f"The same {len(kept.outcome['groups'])} groups.")


def _parsed(content: bytes) -> object:
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as mistake:
        _wrong_use(f"The file is not JSON: {mistake}.")


def _wrong_use(sentence: str) -> NoReturn:
    click.echo(sentence.encode("utf-8", "backslashreplace"), err=True)
    raise click.exceptions.Exit(WRONG_USE)


def _lines(pairing: "Pairing") -> Iterator[str]:
    for group in pairing.groups:
        yield ", ".join(map(str, group.members))
        yield from (f"  {reason.words}" for reason in group.reasons)
    if pairing.unpaired:
        yield f"Nobody could be found for: {', '.join(map(str, pairing.unpaired))}"
    placed = sum(len(group.members) for group in pairing.groups)
    yield f"Groups: {len(pairing.groups)}. People in them: {placed}. Weight: {pairing.weight}."
