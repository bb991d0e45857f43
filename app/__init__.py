"""The community-of-practice platform for active bystanders."""

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from app.config import Settings


def create_app(settings: "Settings | None" = None) -> "Flask":
    """Wire the product together: the only place that knows every part.

    Everything is imported in here, because importing `app.x.rules` runs this file, and rules know no Flask.
    Raises ConfigError when a setting is missing or unsafe.
    """
    from flask import Flask
    from flask_migrate import Migrate
    from flask_wtf import CSRFProtect
    from werkzeug.middleware.proxy_fix import ProxyFix

    from app.accounts import models as _people  # noqa: F401
    from app.accounts import wiring as accounts
    from app.accounts.seams import Seams
    from app.accounts.security import LIBRARY_ACCESS
    from app.catchups import wiring as catchups
    from app.config import ROOT, Settings
    from app.core import assets, cli, crypto, db, headers, health, jobs, live, outbox, shell, web
    from app.core import audit as _audit  # noqa: F401
    from app.demo import cli as demo
    from app.forums import wiring as forums
    from app.home import wiring as home
    from app.moderation import wiring as moderation
    from app.moderation.cases.seams import Seams as ModerationSeams
    from app.notifications import wiring as notifications
    from app.programme import belonging, current
    from app.programme import wiring as programme
    from app.rooms import wiring as rooms
    from app.scenarios import wiring as scenarios
    from app.signposting import wiring as signposting
    from app.signposting.upkeep import wiring as upkeep

    settings = settings or Settings.from_env(os.environ)
    app = Flask(
        "app",
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
        instance_path=str(settings.instance.resolve()),
    )
    app.config.update(settings.flask)
    app.extensions["settings"] = settings

    # What every feature stands on
    crypto.init_app(app, settings.data_keys)
    db.init_app(app)
    Migrate(app, db.db, directory=str(ROOT / "migrations"), render_as_batch=True)
    CSRFProtect(app)
    health.init_app(app, settings)
    outbox.init_app(app, {})
    jobs.init_app(app, settings)
    live.init_app(app, settings)
    cli.init_app(app)
    # The page of a failed request asks neither database nor programme who we are.
    shell.init_app(
        app,
        current.branding,
        current.menu,
        plain=shell.Branding(service_name=settings.service_name, exit_url=settings.exit_url, demo=settings.demo),
    )
    headers.init_app(app)
    assets.init_app(app)

    # The features, from the lowest
    accounts.init_app(
        app,
        settings,
        Seams(
            programmes=belonging.programmes,
            programme_id=belonging.programme_id,
            cohorts=belonging.cohorts,
            welcome=belonging.welcome,
            departures=(*catchups.DEPARTURES, *signposting.DEPARTURES),
        ),
    )
    notifications.init_app(app, settings)
    signposting.init_app(app, current.id_in_sight)
    upkeep.init_app(app)
    moderation.init_app(app, ModerationSeams(share_a_cohort=belonging.share_a_cohort))
    programme.init_app(app)
    rooms.init_app(app)
    scenarios.init_app(app, settings)
    home.init_app(app)
    catchups.init_app(app)
    forums.init_app(app)
    demo.init_app(app)
    waiting = notifications.WAITING | moderation.WAITING
    for label, endpoint in home.NAVIGATION:
        shell.nav(app, label, endpoint, waiting=waiting.get(endpoint))
    web.init_app(app, LIBRARY_ACCESS)

    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=settings.proxies
        )
    return app
