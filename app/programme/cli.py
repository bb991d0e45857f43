"""Commands about programmes, for whoever runs the installation."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from email_validator import EmailNotValidError, validate_email
from flask import Flask
from flask.cli import AppGroup

from app.core.db import transaction
from app.programme import operations, queries
from app.programme.operations import TextRefusedError
from app.programme.page_files import SLUG, PageFile, PageFileError, read_page
from app.programme.rules import Targets

programme = AppGroup("programme", help="Programmes and their public pages.")

folder = click.Path(exists=True, file_okay=False, path_type=Path)


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(programme)


@programme.command("add")
@click.argument("slug")
@click.option("--name", prompt=True, help='As in "Active Bystander Programme".')
@click.option("--team", prompt="Name of the team", help="Who runs it.")
@click.option("--area", prompt=True, help="Whose colleagues it is for.")
@click.option("--email", prompt="Email address for questions", help="Everybody can see it.")
@click.option("--host", help="The host name under which its pages are found, if it has one of its own.")
@click.option("--pages", "pages_folder", type=folder, help="A folder of Markdown files that become its pages.")
def add(slug: str, name: str, team: str, area: str, email: str, host: str | None, pages_folder: Path | None) -> None:
    """Add a programme. Its team changes everything but SLUG and host later, on the pages for leads."""
    if not SLUG.fullmatch(slug):
        raise click.BadParameter("use small letters, digits and hyphens", param_hint="SLUG")
    if queries.programme_by_slug(slug):
        raise click.BadParameter(f"there is a programme with the slug {slug} already", param_hint="SLUG")
    about = {
        "name": name,
        "short_name": name[:60],
        "team_name": team,
        "area": area,
        "contact_email": _address(email),
        "host": host.lower() if host else None,
    }
    files = _pages(pages_folder) if pages_folder else []
    with _saying_what_is_wrong(), transaction():
        operations.add_programme(slug, about, Targets(), files)
    click.echo(f"{name} was added. Invite its first lead: flask accounts invite --programme {slug} --email … --name …")


@programme.command("pages")
@click.argument("slug")
@click.argument("pages_folder", type=folder)
def pages(slug: str, pages_folder: Path) -> None:
    """Add the pages of a folder that the programme SLUG does not have yet; those it has stay as they are."""
    files = _pages(pages_folder)
    with _saying_what_is_wrong(), transaction():
        found = queries.programme_by_slug(slug)
        if found is None:
            raise click.BadParameter(f"there is no programme with the slug {slug}", param_hint="SLUG")
        known = {page.slug for page in queries.pages(found.id)}
        new = [file for file in files if file.slug not in known]
        for file in new:
            operations.add_page(found, file)
    click.echo(f"Pages added: {len(new)}. There already: {len(files) - len(new)}.")


@programme.command("cook")
def cook() -> None:
    """Make the HTML of every page again, after a change to how text is cooked."""
    with transaction():
        count = sum(operations.cook_pages(found) for found in queries.programmes())
    click.echo(f"Pages cooked again: {count}.")


def _pages(path: Path) -> list[PageFile]:
    files = []
    for each in sorted(path.glob("*.md")):
        try:
            files.append(read_page(each.read_text("utf-8")))
        except (PageFileError, UnicodeDecodeError) as wrong:
            raise click.ClickException(f"{each}: {wrong}") from wrong
    return files


def _address(email: str) -> str:
    try:
        return validate_email(email, check_deliverability=False).normalized
    except EmailNotValidError as wrong:
        raise click.BadParameter(str(wrong), param_hint="--email") from wrong


@contextmanager
def _saying_what_is_wrong() -> Iterator[None]:
    try:
        yield
    except TextRefusedError as refused:
        raise click.ClickException(str(refused)) from refused
