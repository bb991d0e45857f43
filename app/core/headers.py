"""Security headers on every answer of Flask; static files get theirs in app/core/assets.py."""

import re
from base64 import b64encode
from hashlib import sha256

from flask import Flask, Response, g, request, session
from flask_login import user_logged_out
from jinja2 import Environment

INLINE_SCRIPT = re.compile(r"<script[^>]*>(.+?)</script>", re.DOTALL)


def init_app(app: Flask) -> None:
    """Add the headers. The templates must be reachable by now (app/core/shell.py): the policy is made from one."""
    policy = content_security_policy(app.jinja_env)

    @app.after_request
    def add_headers(response: Response) -> Response:
        headers = response.headers
        headers["Content-Security-Policy"] = policy
        headers["X-Content-Type-Options"] = "nosniff"
        # Not "no-referrer": over TLS the CSRF check compares the referrer with our own host.
        headers["Referrer-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if request.is_secure:
            headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
        if is_personal():
            headers["Cache-Control"] = "no-store"
        if g.get("signed_out", False):
            # Ward computers are shared. "cookies" is left out: it would take the message that says goodbye with it,
            # and the cookies of every other service under the same domain.
            headers["Clear-Site-Data"] = '"cache", "storage"'
            headers["Cache-Control"] = "no-store"
        return response

    user_logged_out.connect(_remember_sign_out, app)


def content_security_policy(env: Environment) -> str:
    """The policy: everything from this site, no inline script but the one of the NHS page template, by its digest.

    No nonce: a page with a nonce can be neither kept by a cache nor shown by a service worker.
    """
    source, _name, _fresh = env.loader.get_source(env, "nhsuk/template.jinja") if env.loader else ("", None, None)
    digests = " ".join(f"'sha256-{_digest(script)}'" for script in INLINE_SCRIPT.findall(source))
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {digests}",
            "worker-src 'self'",
            "style-src 'self'",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def is_personal() -> bool:
    """Whether the answer is for somebody signed in. The session tells; nobody is looked up for it."""
    if "_user_id" in session:
        return True
    member = g.get("_login_user")  # signed in by a token, without a session
    return member is not None and bool(member.is_authenticated)


def _digest(script: str) -> str:
    return b64encode(sha256(script.encode()).digest()).decode()


def _remember_sign_out(_app: Flask, **_about: object) -> None:
    g.signed_out = True
