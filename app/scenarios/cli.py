"""`flask scenarios …`: what can be done with scenarios from a terminal."""

from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup

from app.config import ROOT
from app.core.db import transaction
from app.scenarios import operations, reports
from app.scenarios.format.checker import check_file, scenario_files
from app.scenarios.format.diagnostics import Diagnostic
from app.scenarios.format.source import MAX_BYTES
from app.scenarios.shelf import ScenariosRefused, read_folder

scenarios = AppGroup("scenarios", help="Scenario files: check them, load them.")

ERRORS = 1
FORMS = {"text": reports.as_text, "json": reports.as_json, "sarif": reports.as_sarif}


def init_app(app: Flask) -> None:
    """Add the commands to `flask`."""
    app.cli.add_command(scenarios)


@scenarios.command("check")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--format", "form", type=click.Choice([*FORMS]), default="text", show_default=True)
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option("--max-bytes", type=click.IntRange(min=1), default=MAX_BYTES, show_default=True, help="The largest file.")
def check_paths(paths: tuple[Path, ...], form: str, *, strict: bool, max_bytes: int) -> None:
    """Check files, and all .twee and .tw files in folders: exit 0 clean, 1 errors, 2 wrong use."""
    files = _each_once(paths)
    if not files:
        raise click.UsageError(f"no .twee or .tw file in {', '.join(map(str, paths))}")
    found: list[Diagnostic] = []
    for file in files:
        try:
            found += check_file(file, strict=strict, max_bytes=max_bytes)
        except OSError as reason:
            found.append(_unreadable(file, reason))
    click.echo(FORMS[form](len(files), found).encode("utf-8", "backslashreplace"))
    if any(diagnostic.is_error for diagnostic in found):
        raise click.exceptions.Exit(ERRORS)


@scenarios.command("load")
@click.argument("path", type=click.Path(exists=True, path_type=Path), default=ROOT / "scenarios")
def load(path: Path) -> None:
    """Let members play the scenarios of a folder (or one file); runs under way stay on the version they began with."""
    try:
        files = read_folder(path)
    except ScenariosRefused as refused:
        raise click.ClickException(str(refused)) from refused
    with transaction():
        kept = operations.keep_scenarios(files)
    for slug, became in kept.items():
        click.echo(f"{slug}: {became}")


def _each_once(paths: tuple[Path, ...]) -> list[Path]:
    return list(dict.fromkeys(file for path in paths for file in scenario_files(path)))


def _unreadable(file: Path, reason: OSError) -> Diagnostic:
    message = f"The file cannot be read ({reason.strerror}). Check that it exists and that you may read it."
    return Diagnostic(code="S106", severity="error", path=str(file), line=1, column=1, passage=None, message=message)
