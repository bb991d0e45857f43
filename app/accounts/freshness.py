"""Asking for the password again where much depends on who it really is."""

from datetime import timedelta

from flask import flash, redirect
from flask.typing import ResponseReturnValue
from flask_security import url_for_security
from flask_security.utils import check_and_update_authn_fresh

FRESH = timedelta(minutes=15)  # since the password was typed


def is_fresh() -> bool:
    """Whether the member typed their password a short while ago, in this browser."""
    return bool(check_and_update_authn_fresh(FRESH, timedelta(0)))


def ask_again(back: str) -> ResponseReturnValue:
    """Ask for the password, and lead back to a page of ours."""
    flash("Enter your password again. This step asks for it, because a screen may have been left open.")
    return redirect(url_for_security("verify", next=back), 303)
