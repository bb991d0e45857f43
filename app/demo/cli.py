"""Commands of the demonstration."""

from functools import partial
from typing import cast

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from flask_security import hash_password, verify_password

from app.config import ROOT, Settings
from app.core.db import transaction
from app.demo import operations
from app.demo.cast import ACCOUNTS
from app.forums.demo.sizes import SIZES
from app.scenarios.shelf import read_folder

group = AppGroup("demo", help="The demonstration: made-up people in a made-up place.")


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(group)


@group.command("load")
@click.option("--size", type=click.Choice(["small", *SIZES]), default="small", help="How much of it.")
@click.option("--if-empty", is_flag=True, help="Only when there is nothing yet; the password is looked after anyway.")
def load(size: str, *, if_empty: bool) -> None:
    """Put the demonstration into the database. Loading it again changes nothing; a larger one comes on top."""
    settings = _demonstration()
    if if_empty and not operations.is_empty():
        _let_in(settings)
        return
    click.echo("Loading the demonstration")
    scenarios = read_folder(ROOT / "scenarios")
    password_hash = hash_password(settings.demo_password)
    with transaction():
        operations.load(scenarios, password_hash, tell=_tell)
    if size in SIZES:
        with transaction():
            operations.load_large(SIZES[size], tell=_tell)
    _let_in(settings)


@group.command("welcome")
def welcome() -> None:
    """Say where the demonstration is and who can sign in."""
    settings = _demonstration()
    click.echo(f"\nThe demonstration is at {settings.public_url}\n")
    click.echo("Sign in as")
    for account in ACCOUNTS:
        click.echo(f"  {account.email:<28} {account.name}, {account.role.words}")
    click.echo(f"with the password  {settings.demo_password}\n")


def _tell(step: str) -> None:
    click.echo(f"  {step}")


def _let_in(settings: Settings) -> None:
    """The password is the one of the settings, whatever it was when the accounts were made."""
    shut_out = [member.id for member in operations.shut_out(partial(_opens, settings.demo_password))]
    if shut_out:
        password_hash = hash_password(settings.demo_password)
        with transaction():
            operations.set_passwords(shut_out, password_hash)
        click.echo(f"{len(shut_out)} demo accounts have the present password again.")


def _opens(password: str, kept: str) -> bool:
    return bool(kept) and bool(verify_password(password, kept))


def _demonstration() -> Settings:
    settings = cast("Settings", current_app.extensions["settings"])
    if not settings.demo:
        raise click.ClickException(
            "This is not a demonstration, so no made-up people are let in. "
            "DEMO_MODE=1 starts one; it cannot be combined with production settings."
        )
    return settings
