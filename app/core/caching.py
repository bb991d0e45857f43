"""Pages that are the same for every visitor may be kept by browsers and proxies for a short while."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import ParamSpec

from flask import Response, make_response, request, session
from flask.typing import ResponseReturnValue

Given = ParamSpec("Given")
View = Callable[Given, ResponseReturnValue]


def for_visitors(seconds: int) -> Callable[[View[Given]], Callable[Given, Response]]:
    """Let the answer be kept for some seconds, and asked for again by its ETag.

    Only where nobody has signed in and the session holds nothing: no message, no token of a form.
    """

    def decorate(view: View[Given]) -> Callable[Given, Response]:
        @wraps(view)
        def answer(*args: Given.args, **kwargs: Given.kwargs) -> Response:
            nobody = not session
            response = make_response(view(*args, **kwargs))
            if nobody and not session and response.status_code == HTTPStatus.OK:
                response.headers["Cache-Control"] = f"public, max-age={seconds}"
                response.add_etag()
                response.make_conditional(request)
            return response

        return answer

    return decorate
