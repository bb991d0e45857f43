"""Signed links with which mail is turned off, without signing in and for as long as the mail is kept."""

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

EVERY_DIGEST = "*"  # in place of a kind: all kinds whose mail is collected


def unsubscribe_token(member_id: int, code: str) -> str:
    """The token of a link that turns off mail about a kind for a member."""
    return _signer().dumps([member_id, code])


def read_unsubscribe(token: str) -> tuple[int, str] | None:
    """The member's id and the kind in a token; None for one that we did not sign."""
    try:
        member_id, code = _signer().loads(token)
    except (BadData, ValueError, TypeError):
        return None
    return member_id, code


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="upstander-unsubscribe")
