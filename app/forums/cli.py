"""Commands of forums."""

import click
from flask import Flask
from flask.cli import AppGroup

from app.core.db import transaction
from app.forums.operations import rebaking, reconciling

group = AppGroup("forums", help="Boards, topics and posts.")


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(group)


@group.command("rebake")
def rebake() -> None:
    """Make the HTML of posts again that an earlier version made. It can be stopped and begun again at any time."""
    done = 0
    while True:
        with transaction():
            some = rebaking.rebake_some()
        done += some
        if not some:
            break
        click.echo(f"  {done:,} posts")
    click.echo(f"{done:,} posts were made again." if done else "Every post is up to date.")


@group.command("reconcile")
def reconcile() -> None:
    """Count again what the counters of topics and boards say; mend and name each that was wrong."""
    with transaction():
        found = reconciling.mend()
    for wrong in found:
        click.echo(f"{wrong.thing} {wrong.thing_id}: counted {wrong.counted}, there were {wrong.there}")
    click.echo(f"{len(found)} counters were wrong." if found else "Every counter is right.")
