"""Who may reach a page: each view says so, and what says nothing is closed.

A rule looks at the signed-in member (or Flask-Login's anonymous one) and says "yes", "sign in" or "no".
"""

from collections.abc import Callable
from typing import Literal, Protocol, TypeVar, cast

from flask import Flask, Response, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.routing import BuildError

Answer = Literal["yes", "sign in", "no"]


class Reader(Protocol):
    """What an access rule needs to know of whoever asks."""

    @property
    def is_authenticated(self) -> bool:
        """Whether they have signed in."""

    @property
    def suspended(self) -> bool:
        """Whether they are suspended now (asked of members only)."""


class Rule(Protocol):
    """A sentence about who may come in."""

    __name__: str

    def __call__(self, reader: Reader) -> Answer:
        """Whether this reader may."""


View = TypeVar("View", bound=Callable[..., object])


def public(reader: Reader) -> Answer:  # noqa: ARG001 - everybody
    """Anybody, signed in or not."""
    return "yes"


def even_suspended(reader: Reader) -> Answer:
    """Every member: suspension never closes support, own data or an appeal."""
    return "yes" if reader.is_authenticated else "sign in"


def signed_in(reader: Reader) -> Answer:
    """Every member who is not suspended."""
    if not reader.is_authenticated:
        return "sign in"
    return "no" if reader.suspended else "yes"


def access(rule: Rule) -> Callable[[View], View]:
    """Declare who may reach the view below."""

    def declare(view: View) -> View:
        view.access = rule  # type: ignore[attr-defined]
        return view

    return declare


def declared_rule(app: Flask, endpoint: str) -> Rule | None:
    """The rule of an endpoint: the view's own, or the one that create_app lists for a library's views."""
    view = app.view_functions[endpoint]
    of_libraries: dict[str, Rule] = app.extensions["library_access"]
    return getattr(view, "access", None) or of_libraries.get(endpoint)


def init_app(app: Flask, library_access: dict[str, Rule]) -> None:
    """Put the gate before every view; `library_access` names the rule of each endpoint that a library brings."""
    app.extensions["library_access"] = {"static": public, **library_access}
    app.before_request(_gate)


def _gate() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None  # no such address: Flask answers 404 or 405
    rule = declared_rule(current_app, request.endpoint)
    if rule is None:
        abort(403)
    if rule is public:
        return None  # nobody is looked up for what everybody may see
    answer = rule(cast("Reader", current_user))
    if answer == "no":
        abort(403)
    return to_sign_in() if answer == "sign in" else None


def to_sign_in() -> Response:
    """Send the visitor to sign in, and back afterwards where that is a page and not a form's answer."""
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    try:
        return cast("Response", redirect(url_for("security.login", next=back)))
    except BuildError:
        abort(401)
