"""Sign-in: Flask-Security on Flask-Login, told what this product wants of it.

Its other ways (codes, passkeys, authenticator apps) are off until they are restyled and tested here.
"""

from datetime import timedelta

from flask import Flask
from flask_security import Security, SQLAlchemyUserDatastore

from app.accounts.models import Member
from app.config import Settings
from app.core.db import db
from app.core.web import even_suspended, public

SHORTEST_PASSWORD = 10
SESSION = timedelta(hours=8)  # a long shift's half: ward computers are shared

LIBRARY_ACCESS = {
    "security.login": public,
    "security.logout": public,
    "security.forgot_password": public,
    "security.reset_password": public,
    "security.verify": even_suspended,
}


def init_app(app: Flask, settings: Settings) -> None:
    """Set up sign-in by email and password, and the reset of a forgotten one."""
    app.config.update(
        SECURITY_PASSWORD_SALT=settings.secret_key,
        SECURITY_PASSWORD_LENGTH_MIN=SHORTEST_PASSWORD,
        SECURITY_RETURN_GENERIC_RESPONSES=True,
        SECURITY_RECOVERABLE=True,
        SECURITY_RESET_PASSWORD_WITHIN=timedelta(hours=4),
        SECURITY_RESET_URL="/forgotten-password",
        SECURITY_POST_LOGIN_VIEW="/home",
        SECURITY_POST_RESET_VIEW="/login",
        SECURITY_LOGOUT_CSRF=True,
        SECURITY_FRESHNESS=timedelta(minutes=15),
        SECURITY_API_ENABLED_METHODS=["session"],
        SECURITY_EMAIL_SENDER=settings.mail_from,
        SECURITY_STATIC_FOLDER=None,
        PERMANENT_SESSION_LIFETIME=SESSION,
    )
    if settings.testing:
        # The strength of the hash is the library's to test; here it would cost minutes.
        app.config["SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS"] = {
            "argon2__rounds": 1,
            "argon2__memory_cost": 8,
            "argon2__parallelism": 1,
        }
    Security(app, SQLAlchemyUserDatastore(db, Member, None))
