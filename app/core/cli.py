"""Commands of the core."""

from flask import Flask, current_app

from app.core import jobs


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.command("worker")(worker)


def worker() -> None:
    """Send what is in the outbox and keep the timetable, until told to stop."""
    jobs.run_worker(current_app._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001 - Flask's own way
