"""HTTP for people: joining and passwords, their own account, and what programme leads do."""

from flask import Flask, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.exceptions import Forbidden

from app.accounts.not_with import views as not_with
from app.accounts.views import invitations, joining, me, passwords, people
from app.core import errors


def init_app(app: Flask) -> None:
    """Let the pages be found."""
    for feature in (passwords, joining, me, not_with, people, invitations):
        app.register_blueprint(feature.bp)
    app.register_error_handler(Forbidden, _forbidden)


def _forbidden(error: Forbidden) -> ResponseReturnValue:
    """Tell somebody who is suspended until when, and whom to ask; everybody else gets the plain page."""
    if current_user.is_authenticated and current_user.suspended:
        return render_template("accounts/suspended.html"), 403
    return errors.page(error)
