"""Commands about the directory, for whoever runs the installation."""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from app.accounts.seams import seams
from app.core.db import transaction
from app.signposting.openreferral.files import to_json, to_table
from app.signposting.openreferral.queries.pages import every_public
from app.signposting.openreferral.writing import written
from app.signposting.upkeep import checks
from app.signposting.upkeep.checks import Fault, Severity
from app.signposting.upkeep.operations import batches, importing
from app.signposting.upkeep.operations.editing import today
from app.signposting.upkeep.queries import entries, imports
from app.signposting.upkeep.rules import Stage

directory = AppGroup("directory", help="The directory of support: checking it, importing, exporting.")


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(directory)


@directory.command("check")
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", help="How faults are printed.")
def check(shape: str) -> None:
    """Look at every entry for numbers, addresses, hours, dates, links and duplicates that cannot be right.

    Exit code 0: no errors (there may be warnings), 1: errors, 2: wrong use.
    """
    kept = list(entries.to_check())
    found = checks.faults(kept, today())
    errors = sum(fault.severity is Severity.ERROR for fault in found)
    if shape == "json":
        click.echo(json.dumps({"entries": len(kept), "errors": errors, "faults": [asdict(each) for each in found]}))
    else:
        for line in _told(found):
            click.echo(line)
        click.echo(f"{len(kept)} entries, {errors} errors, {len(found) - errors} warnings")
    sys.exit(1 if errors else 0)


@directory.command("import")
@click.argument("origin", metavar="FILE|URL")
@click.option("--source", help="The name of the feed; the same one every time. By default the file or host.")
@click.option("--programme", help="The slug of the programme that the entries are for; none: for all.")
@click.option("--publish", is_flag=True, help="Show new entries at once, marked as not checked yet. Else drafts.")
@click.option("--ours", is_flag=True, help="An export of this product: known by its own ids, crisis lines believed.")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
def import_(
    origin: str, *, source: str | None, programme: str | None, publish: bool, ours: bool, dry_run: bool
) -> None:
    """Import CSV, Open Referral JSON or a paged Open Referral API. Every change and refusal is printed."""
    content = None if origin.startswith(("http://", "https://")) else _text(origin)
    with transaction():
        batch_id = batches.start(
            programme_id=_programme(programme),
            name=source or Path(origin.partition("?")[0].rstrip("/")).name,
            origin=origin,
            content=content,
            ours=ours,
            publish=publish,
            by=None,
        ).id
    _work(batch_id)
    batch = imports.by_id(batch_id)
    if batch.stage is Stage.FAILED:
        raise click.ClickException(batch.fault)
    if not dry_run:
        with transaction():
            importing.begin(imports.by_id(batch_id), Stage.KEEPING, [Stage.READ])
        _work(batch_id)
    _report(batch_id, dry_run=dry_run)


@directory.command("undo")
@click.argument("batch_id", type=int)
def undo(batch_id: int) -> None:
    """Undo an import by its number; entries that somebody changed since are left alone."""
    with transaction():
        batch = imports.by_id_or_none(batch_id)
        if batch is None or not importing.begin(batch, Stage.UNDOING, [Stage.KEPT]):
            raise click.ClickException("There is no such import that could be undone.")
    _work(batch_id)
    _report(batch_id, dry_run=False)


@directory.command("export")
@click.option("--format", "shape", type=click.Choice(["json", "csv"]), default="json", help="Of the file.")
def export(shape: str) -> None:
    """Print every public entry as Open Referral JSON or CSV; both can be imported again with --ours."""
    documents = map(written, every_public())
    click.echo(to_json(documents) if shape == "json" else to_table(documents), nl=False)


def _told(found: list[Fault]) -> Iterator[str]:
    last = None
    for fault in sorted(found, key=lambda each: (each.name, each.slug)):
        if fault.slug != last:
            yield f"{fault.name} ({fault.slug})"
            last = fault.slug
        yield f"  {fault.severity.value}: {fault.where}: {fault.what}"


def _work(batch_id: int) -> None:
    batches.work(batch_id, local=current_app.extensions["settings"].local_feeds)


def _report(batch_id: int, *, dry_run: bool) -> None:
    rows = list(imports.all_rows(batch_id))
    for row in rows:
        for finding in row.findings:
            click.echo(f"{row.number} {row.name or '(no name)'}: {_sentence(finding)}")
        if row.fault:
            click.echo(f"{row.number} {row.name}: {row.fault}")
    plans = Counter(row.plan.value for row in rows)
    outcomes = Counter(row.outcome.value for row in rows)
    summary = ", ".join(f"{count} {plan}" for plan, count in sorted(plans.items()))
    state = "nothing was kept" if dry_run else ", ".join(f"{n} {outcome}" for outcome, n in sorted(outcomes.items()))
    click.echo(f"Import {batch_id}: {summary or 'nothing'}; {state}")


def _sentence(finding: dict[str, Any]) -> str:
    where = f"{finding['where']}: " if finding["where"] else ""
    return f"{where}{finding['did']}. {finding['why']}"


def _text(origin: str) -> str:
    try:
        return Path(origin).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as wrong:
        raise click.BadParameter(f"{origin} cannot be read: {wrong}", param_hint="FILE") from wrong


def _programme(slug: str | None) -> int | None:
    if slug is None:
        return None
    found = seams().programme_id(slug)
    if found is None:
        raise click.BadParameter(f"there is no programme with the slug {slug}", param_hint="--programme")
    return found
