"""The service worker, which keeps the crisis page for when there is no network."""

from hashlib import sha256

from flask import Blueprint, Response, current_app, render_template

from app.core.web import access, public

bp = Blueprint("offline", __name__)

KEPT_WITH_IT = (
    "vendor/nhsuk-frontend-10.6.1/nhsuk-frontend.min.css",
    "core/app.css",
    "signposting/support.css",
    "core/exit.js",
    "signposting/now.js",
    "core/favicon.svg",
)


@bp.get("/sw.js")
@access(public)
def worker() -> Response:
    """The worker of this release: it lists what it keeps, so a new release is a new worker."""
    static_url = current_app.jinja_env.globals["static_url"]
    script = render_template("signposting/sw.js", files=[static_url(name) for name in KEPT_WITH_IT])  # type: ignore[operator]
    answer = Response(script, mimetype="text/javascript")
    answer.headers["Cache-Control"] = "no-cache"
    answer.set_etag(sha256(script.encode()).hexdigest()[:16])
    return answer
