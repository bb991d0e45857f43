"""HTTP for people who play: the gallery and one's own runs, and practice without a record."""

from flask import Flask

from app.config import Settings
from app.scenarios.sealed import Sealer
from app.scenarios.views import runs, stage, unrecorded


def init_app(app: Flask, settings: Settings) -> None:
    """Let the pages be found, and make the key that closes practice without a record."""
    app.extensions[unrecorded.SEALER] = Sealer(settings.secret_key)
    app.add_template_filter(stage.prose_filter, "prose")
    app.register_blueprint(runs.bp)
    app.register_blueprint(unrecorded.bp)
