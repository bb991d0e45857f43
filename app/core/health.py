"""Whether the product lives, whether it can serve, and what it counts, for whoever runs it."""

import hmac
import time
from functools import cache

from alembic.config import Config
from alembic.script import ScriptDirectory
from flask import Blueprint, Flask, Response, abort, current_app, g, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from app.config import ROOT, Settings
from app.core.db import db
from app.core.outbox import OutboxMessage
from app.core.web import access, public

bp = Blueprint("health", __name__)

LOOPBACK = frozenset({"127.0.0.1", "::1"})


class Meters:
    """What is counted: requests by view and status, and the outbox. No address, no member, no path with an id."""

    def __init__(self) -> None:
        """Make the meters of one app."""
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "http_requests", "Requests answered", ["endpoint", "method", "status"], registry=self.registry
        )
        self.seconds = Histogram("http_request_seconds", "Time to answer", ["endpoint"], registry=self.registry)
        self.outbox = Gauge("outbox_messages", "Messages by state", ["state"], registry=self.registry)


def init_app(app: Flask, settings: Settings) -> None:
    """Register the three addresses, and the counting."""
    meters = app.extensions["meters"] = Meters()
    app.config["METRICS_TOKEN"] = settings.metrics_token
    app.register_blueprint(bp)

    @app.before_request
    def _start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def _count(response: Response) -> Response:
        endpoint = request.endpoint or "none"
        meters.requests.labels(endpoint, request.method, response.status_code).inc()
        meters.seconds.labels(endpoint).observe(time.perf_counter() - g.get("started", time.perf_counter()))
        return response


@bp.get("/healthz")
@access(public)
def healthz() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@bp.get("/readyz")
@access(public)
def readyz() -> tuple[dict[str, str], int]:
    """The database answers and stands at the newest migration."""
    try:
        found = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    except SQLAlchemyError:
        return {"status": "the database does not answer, or was never migrated"}, 503
    if found != newest_migration():
        return {"status": "the database is not at the newest migration: run flask db upgrade"}, 503
    return {"status": "ok"}, 200


@bp.get("/metrics")
@access(public)
def metrics() -> Response:
    """For Prometheus: with METRICS_TOKEN as bearer token, or from this machine itself in demo mode."""
    token = current_app.config["METRICS_TOKEN"]
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    from_here = current_app.config["DEMO"] and request.remote_addr in LOOPBACK
    if not (from_here or (token and hmac.compare_digest(given.encode(), token.encode()))):
        abort(404)
    meters: Meters = current_app.extensions["meters"]
    for state, column in (("dead", OutboxMessage.dead_at), ("sent", OutboxMessage.sent_at)):
        meters.outbox.labels(state).set(db.session.scalar(select(func.count(column))) or 0)
    waiting = select(func.count()).where(OutboxMessage.sent_at.is_(None), OutboxMessage.dead_at.is_(None))
    meters.outbox.labels("waiting").set(db.session.scalar(waiting) or 0)
    return Response(generate_latest(meters.registry), content_type=CONTENT_TYPE_LATEST)


@cache
def newest_migration() -> str | None:
    """The revision that the code expects of its database."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    return ScriptDirectory.from_config(config).get_current_head()
