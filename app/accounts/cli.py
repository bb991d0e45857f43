"""Commands about people."""

import click
from email_validator import EmailNotValidError, validate_email
from flask import Flask, current_app
from flask.cli import AppGroup

from app.accounts import links
from app.accounts.operations import invitations
from app.accounts.operations.invitations import Invitee
from app.accounts.rules import Role
from app.accounts.seams import seams
from app.core import outbox
from app.core.db import transaction

accounts = AppGroup("accounts", help="People and what they may do.")


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(accounts)


@accounts.command("invite")
@click.option("--programme", "slug", required=True, help="The slug of the programme.")
@click.option("--email", required=True, help="The address of the person.")
@click.option("--name", required=True, help="Their name.")
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.LEAD.value, show_default=True)
def invite(slug: str, email: str, name: str, role: str) -> None:
    """Invite somebody: by mail, and with the link printed here. This is how a programme gets its first lead."""
    programme_id = seams().programme_id(slug)
    if programme_id is None:
        raise click.BadParameter(f"there is no programme with the slug {slug!r}", param_hint="--programme")
    try:
        address = validate_email(email, check_deliverability=False).normalized
    except EmailNotValidError as wrong:
        raise click.BadParameter(str(wrong), param_hint="--email") from wrong
    with transaction() as after:
        invitation = invitations.invite(Invitee(email=address, name=name, role=Role(role)), programme_id, by=None)
        after.append(outbox.wake)
    path = current_app.url_map.bind("").build("joining.accept", {"token": links.invitation_token(invitation)})
    click.echo(f"{invitation.name} is invited as {invitation.role.words}. The same link is on its way by mail:")
    click.echo(current_app.extensions["settings"].public_url + path)
