"""Error pages: what happened, that it is (mostly) not the reader's fault, and how to go on.

A view may say more: `abort(409, "Someone has just taken the last place.")` shows that sentence.
"""

import math
import time
from typing import cast
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, render_template, request
from flask_limiter import Limiter
from flask_wtf.csrf import CSRFError
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException, ServiceUnavailable, TooManyRequests

from app.core.db import DatabaseBusy

PAGES = {400, 403, 404, 405, 409, 413, 422, 429, 500, 503}
MAY_EXPLAIN = {403, 404, 409, 413, 422, 503}
FIRST_ERROR, FIRST_OF_OURS = 400, 500
SECRET = ("password", "passphrase", "token", "code", "secret")
MINUTE, HOUR = 60, 3600


def init_app(app: Flask) -> None:
    """Answer every error with a page that stands in the shell."""
    app.register_error_handler(HTTPException, page)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(TooManyRequests, _too_many)
    app.register_error_handler(DatabaseBusy, _busy)


def wait_words(seconds: float) -> str:
    """How long to wait, rounded up to what people say: "a minute", "5 minutes", "2 hours"."""
    if seconds <= MINUTE:
        return "a minute"
    if seconds <= HOUR:
        return f"{-int(-seconds // MINUTE)} minutes"
    hours = -int(-seconds // HOUR)
    return "an hour" if hours == 1 else f"{hours} hours"


def written_words(posted: MultiDict[str, str]) -> list[str]:
    """What a person wrote in a form that cannot be taken any more: texts of several words, no secrets."""
    return [
        text
        for name, text in posted.items(multi=True)
        if len(text.split()) > 1 and not any(secret in name.lower() for secret in SECRET)
    ]


def page(error: HTTPException) -> Response:
    """The page of an error."""
    if error.response is not None or not error.code or error.code < FIRST_ERROR:
        return cast("Response", error.get_response(request.environ))
    code = error.code if error.code in PAGES else (400 if error.code < FIRST_OF_OURS else 500)
    own_words = error.description != type(error).description and code in MAY_EXPLAIN
    sentence = error.description if own_words else ""
    if code >= FIRST_OF_OURS:
        # Nobody is looked up here, and no context processor runs: the database may be what is broken.
        return _answer(
            error, current_app.jinja_env.get_template(f"errors/{code}.html").render(sentence=sentence, bare=True)
        )
    return _answer(error, render_template(f"errors/{code}.html", sentence=sentence))


def _stale_form(error: CSRFError) -> Response:
    sent_from = urlsplit(request.referrer or "")
    ours = sent_from.netloc == request.host
    # Only what this site's own page sent is shown again: another site must not put words here.
    words = written_words(request.form) if ours else []
    page = sent_from._replace(scheme="", netloc="").geturl() if ours else "/"
    response = _answer(error, render_template("errors/stale_form.html", words=words, page=page))
    response.headers["Cache-Control"] = "no-store"
    return response


def _too_many(error: TooManyRequests) -> Response:
    seconds = _seconds_to_wait(error)
    page = render_template("errors/429.html", wait=wait_words(seconds) if seconds is not None else "")
    response = _answer(error, page)
    if seconds is not None:
        response.headers["Retry-After"] = str(seconds)
    return response


def _busy(error: DatabaseBusy) -> Response:
    return page(ServiceUnavailable(str(error)))


def _seconds_to_wait(error: TooManyRequests) -> int | None:
    if isinstance(error.retry_after, int):
        return error.retry_after
    for limiter in current_app.extensions.get("limiter", ()):
        limit = limiter.current_limit if isinstance(limiter, Limiter) else None
        if limit is not None and limit.breached:
            return max(1, math.ceil(limit.window.reset_time - time.time()))
    return None


def _answer(error: HTTPException, page: str) -> Response:
    """The page with the status and the headers (Allow, Retry-After) of the error."""
    response = cast("Response", error.get_response(request.environ))
    response.set_data(page)
    return response
