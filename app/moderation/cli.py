"""`flask moderation …`: the group; the parts of the feature add their commands to it."""

import sys

import click
from flask import Flask
from flask.cli import AppGroup

from app.core import audit

moderation = AppGroup("moderation", help="Screening of texts, and the audit log.")


def init_app(app: Flask) -> None:
    """Add the commands to `flask`."""
    app.cli.add_command(moderation)


@moderation.command("verify-log")
def verify_log() -> None:
    """Check the chain of the audit log: exit code 0 when it is whole, 1 when something was altered or cut off."""
    verdict = audit.verify()
    if verdict.sound:
        click.echo(f"The audit log is whole: {verdict.events} events.")
        return
    where = f"at event {verdict.broken_at}" if verdict.broken_at else "at its end: events were cut off or added"
    click.echo(f"The audit log was altered {where}. {verdict.events} events before that are as they were written.")
    sys.exit(1)
