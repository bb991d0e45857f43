"""Puts the keeping of the directory, and its face to other systems, into the app."""

from flask import Flask
from huey import crontab

from app.core import outbox
from app.core.jobs import timetable
from app.notifications import kinds
from app.signposting.openreferral import api
from app.signposting.upkeep import cli, jobs
from app.signposting.upkeep.operations import batches, looking_after
from app.signposting.upkeep.views import bp, editing, importing, reports, suggesting

PAGES = (editing, importing, reports)  # importing them adds their views to the blueprint


def init_app(app: Flask) -> None:
    """Add the addresses for other systems, the pages of leads, the commands and the worker's part."""
    api.init_app(app)
    app.register_blueprint(bp)
    app.register_blueprint(suggesting.bp)
    cli.init_app(app)
    kinds.register(app, looking_after.KINDS)
    outbox.register(app, batches.KIND, jobs.run_import)
    timetable(app, "tend_directory", crontab(hour="3", minute="20"), jobs.tend_directory)
