"""How often something may be tried: low for one account from one address, high for the address alone.

A hospital comes from one address, so good sign-ins are never counted. Redis, where there is one, holds digests only.
"""

from collections.abc import Callable
from typing import Any

from flask import Flask, Response, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import current_user

from app.accounts.rules import normalise_email
from app.config import Settings
from app.core.crypto import fingerprint

SIGN_IN = "5 per 15 minutes"
SIGN_INS_FROM_ONE_ADDRESS = "300 per hour"
RESET = "5 per hour"
RESETS_FROM_ONE_ADDRESS = "60 per hour"
TRIED_LINKS = "100 per hour"
SEARCHES_FOR_PEOPLE = "60 per hour"
BROKER_PATIENCE = 0.5  # seconds

Key = Callable[[], str]


def init_app(app: Flask, settings: Settings) -> None:
    """Limit the views that tell who somebody is; they must be registered by now."""
    waits: Any = {"socket_timeout": BROKER_PATIENCE, "socket_connect_timeout": BROKER_PATIENCE}
    limiter = Limiter(
        by_address,
        app=app,
        storage_uri=settings.redis_url or "memory://",
        storage_options=waits if settings.redis_url else {},
        strategy="moving-window",
        key_prefix="upstander",
        in_memory_fallback_enabled=True,  # a broker that is down neither opens the door nor locks it
        swallow_errors=True,
    )
    app.extensions["limits"] = limiter

    limit(app, "security.login", SIGN_IN, by_account_and_address, deduct_when=failed)
    limit(app, "security.login", SIGN_INS_FROM_ONE_ADDRESS, by_address, deduct_when=failed)
    limit(app, "security.verify", SIGN_IN, by_member, deduct_when=failed)
    limit(app, "passwords.change", SIGN_IN, by_member, deduct_when=failed)
    limit(app, "passwords.forgotten", RESET, by_account_and_address)
    limit(app, "passwords.forgotten", RESETS_FROM_ONE_ADDRESS, by_address)
    limit(app, "passwords.choose", TRIED_LINKS, by_address, deduct_when=failed)
    limit(app, "joining.accept", TRIED_LINKS, by_address, deduct_when=failed)
    limit(app, "not_with.find", SEARCHES_FOR_PEOPLE, by_member)


def limit(app: Flask, endpoint: str, words: str, key: Key, *, method: str = "POST", **when: Any) -> None:  # noqa: ANN401
    """Let a view be tried only so often; `words` and `when` are Flask-Limiter's, features name views of theirs."""
    limiter: Limiter = app.extensions["limits"]
    view = app.view_functions[endpoint]
    app.view_functions[endpoint] = limiter.limit(words, key_func=key, methods=[method], **when)(view)  # type: ignore[assignment]


def by_address() -> str:
    """The address of whoever asks; a proxy's word counts only when TRUSTED_PROXIES says so."""
    return fingerprint(get_remote_address())


def by_account_and_address() -> str:
    """The account that is named in the form, whether or not it exists, and the address together."""
    return fingerprint(f"{normalise_email(request.form.get('email', ''))} {get_remote_address()}")


def by_member() -> str:
    """Whoever is signed in, wherever they are."""
    return fingerprint(f"member {current_user.get_id()}")


def failed(response: Response) -> bool:
    """Whether an attempt did not lead on: what does, redirects."""
    return response.status_code not in {302, 303, 429}
