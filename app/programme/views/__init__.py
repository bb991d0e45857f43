"""HTTP for people: the public pages, and where programme leads change them."""

from flask import Flask
from werkzeug.routing import BaseConverter

from app.programme import current
from app.programme.views import cohorts, pages, public, settings


class SlugConverter(BaseConverter):
    """Small letters, digits and hyphens: what never fits is answered without asking the database."""

    regex = "[a-z][a-z0-9-]{0,59}"


def init_app(app: Flask) -> None:
    """Let the pages be found; the public ones twice, see app.programme.views.public."""
    app.url_map.converters["slug"] = SlugConverter
    app.register_blueprint(public.everything)
    app.register_blueprint(public.bp, name=current.SITE)
    app.register_blueprint(public.bp, name=current.NAMED, url_prefix=f"/programmes/<slug:{current.SLUG}>")
    for feature in (pages, settings, cohorts):
        app.register_blueprint(feature.bp)
