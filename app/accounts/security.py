"""Sign-in: Flask-Security on Flask-Login, told what this product wants of it.

Its other ways (codes, passkeys, authenticator apps) are off until they are restyled and tested here. Forgotten and
changed passwords have views of our own: the library's tell by their time whether an account exists, and commit alone.
"""

import secrets
from datetime import timedelta
from typing import Any, cast

from flask import Flask, abort, after_this_request, flash, g, request, session
from flask.typing import ResponseReturnValue
from flask_login import user_logged_in, user_logged_out
from flask_security import LoginForm, MailUtil, Security, SQLAlchemyUserDatastore, uia_email_mapper
from sqlalchemy import inspect, select, update
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from app.accounts.models import Member
from app.accounts.rules import LONGEST_PASSWORD, SHORTEST_PASSWORD, normalise_email
from app.config import Settings
from app.core import live
from app.core.db import db, transaction
from app.core.web import even_suspended, public

SESSION = timedelta(hours=8)  # a long shift's half: ward computers are shared
OF_THE_SIGN_IN = ("_user_id", "_fresh", "_id")  # what Flask-Login has just put into the session

LIBRARY_ACCESS = {
    "security.login": public,
    "security.logout": public,
    "security.verify": even_suspended,
}


class Mailboxes(MailUtil):
    """How addresses are spelt here. The library sends no mail: all of it goes through the outbox."""

    def normalize(self, email: str) -> str:
        """One spelling for each mailbox; raises ValueError for what is no address."""
        return normalise_email(super().normalize(normalise_email(email)))

    def send_mail(self, template: str, *_words: object, **_context: object) -> None:
        """Refuse: a mail that the library thinks of needs words of ours first."""
        raise RuntimeError(f"mail goes through the outbox: {template} has no words of ours")


class Members(SQLAlchemyUserDatastore):
    """How the library changes a member: it notes values while it works, and commits when its view is done.

    It reads first, and on SQLite a read cannot become a write. So what it changed is kept aside and then written in a
    transaction of ours, unless somebody else has changed the same thing in between.
    """

    def __init__(self) -> None:
        # No model of roles: here they are granted for a programme.
        super().__init__(db, Member, None)  # type: ignore[arg-type]

    def find_user(self, case_insensitive: bool = False, **asked: Any) -> Member | None:  # noqa: ANN401, FBT001, FBT002
        """Whom the library asks for; the one of a session, whom every page asks for, with their grants at once."""
        if asked.keys() != {"fs_uniquifier"}:
            return cast("Member | None", super().find_user(case_insensitive, **asked))
        theirs = select(Member).where(Member.fs_uniquifier == asked["fs_uniquifier"])
        return db.session.scalars(theirs.options(joinedload(Member.grants))).unique().one_or_none()

    def put(self, member: Member) -> Member:
        """Keep aside what was changed."""
        for attribute in inspect(member).attrs:
            added, _same, removed = attribute.history
            if added and removed:
                _kept_aside().append((member.id, attribute.key, removed[0], added[0]))
                set_committed_value(member, attribute.key, added[0])
        return member

    def delete(self, member: Member) -> None:
        """Refuse: members are removed by our own operations."""
        raise RuntimeError(f"member {member.id} is not removed here: our own operations do that")

    def commit(self) -> None:
        """Write what was kept aside."""
        changes = _kept_aside()
        if not changes:
            return
        with transaction():
            for member_id, name, old, new in changes:
                column = getattr(Member, name)
                db.session.execute(update(Member).where(Member.id == member_id, column == old).values({name: new}))
        changes.clear()


class SignInForm(LoginForm):
    """Email and password. No "remember me": the computer may be the ward's."""

    remember = None


def init_app(app: Flask, settings: Settings) -> None:
    """Set up sign-in by email and password."""
    app.config.update(
        SECURITY_PASSWORD_SINGLE_HASH=True,  # argon2 has a salt of its own, and a new SECRET_KEY must lock nobody out
        SECURITY_PASSWORD_LENGTH_MIN=SHORTEST_PASSWORD,
        SECURITY_PASSWORD_NORMALIZE_FORM="NFKC",  # noqa: S106 - a form of Unicode
        SECURITY_INPUT_NORMALIZE_FORM="NFKC",
        SECURITY_USER_IDENTITY_ATTRIBUTES=[{"email": {"mapper": uia_email_mapper, "case_insensitive": False}}],
        SECURITY_JOIN_USER_ROLES=False,  # roles are granted for a programme
        SECURITY_RETURN_GENERIC_RESPONSES=True,
        SECURITY_MSG_GENERIC_AUTHN_FAILED=("The email address or the password is not right", "error"),
        SECURITY_MSG_EMAIL_NOT_PROVIDED=("Enter your email address", "error"),
        SECURITY_MSG_INVALID_EMAIL_ADDRESS=("The email address or the password is not right", "error"),
        SECURITY_MSG_PASSWORD_NOT_PROVIDED=("Enter your password", "error"),
        SECURITY_MSG_INVALID_PASSWORD=("The password is not right", "error"),
        SECURITY_POST_LOGIN_VIEW="/home",
        SECURITY_LOGOUT_METHODS=["POST"],
        SECURITY_FRESHNESS=timedelta(minutes=15),
        SECURITY_FRESHNESS_ALLOW_AUTH_TOKEN=False,
        SECURITY_API_ENABLED_METHODS=["session"],
        SECURITY_STATIC_FOLDER=None,
        SECURITY_CLI_USERS_NAME=False,  # its commands know neither programmes nor the audit log
        SECURITY_CLI_ROLES_NAME=False,
        PERMANENT_SESSION_LIFETIME=SESSION,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a long answer must not be lost
    )
    if settings.testing:
        # The strength of the hash is the library's to test; here it would cost minutes.
        cheap = {"argon2__rounds": 1, "argon2__memory_cost": 8, "argon2__parallelism": 1}
        app.config["SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS"] = cheap
    security = Security(app, Members(), mail_util_cls=Mailboxes, login_form=SignInForm)
    security.want_json(lambda _request: False)  # else a sign-in could ask for a token that outlives signing out
    security.login_manager.request_loader(lambda _request: None)
    security.principal.identity_loaders.clear()  # roles are ours; it would look the member up for every public page
    app.before_request(_refuse_what_is_no_form)
    user_logged_in.connect(_begin_session, app)
    user_logged_out.connect(_end_session, app)


def _kept_aside() -> list[tuple[int, str, Any, Any]]:
    kept: list[tuple[int, str, Any, Any]] = g.setdefault("changed_members", [])
    return kept


def _refuse_what_is_no_form() -> None:
    if request.blueprint == "security" and request.method == "POST":
        if request.is_json:
            abort(400)
        if len(request.form.get("password", "")) > LONGEST_PASSWORD:
            abort(413)


def _begin_session(_app: Flask, **_about: object) -> None:
    """Keep nothing of the session before: somebody else may have begun it."""
    kept = {name: session[name] for name in OF_THE_SIGN_IN if name in session}
    session.clear()
    session.update(kept)
    session[live.BROWSER] = secrets.token_urlsafe(12)
    g.pop("csrf_token", None)


def _end_session(_app: Flask, **_about: object) -> None:
    browser = session.get(live.BROWSER)
    session.clear()
    g.pop("csrf_token", None)
    flash("You have signed out.", "success")

    @after_this_request
    def _close_sockets(response: ResponseReturnValue) -> ResponseReturnValue:
        if browser:
            live.evict_browser(browser, "signed out")
        return response
