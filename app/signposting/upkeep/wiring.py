"""Puts the keeping of the directory, and its face to other systems, into the app."""

from flask import Flask

from app.core import outbox
from app.signposting.openreferral import api
from app.signposting.upkeep import cli, jobs
from app.signposting.upkeep.operations import batches


def init_app(app: Flask) -> None:
    """Add the addresses for other systems, the commands and the worker's part."""
    api.init_app(app)
    cli.init_app(app)
    outbox.register(app, batches.KIND, jobs.run_import)
