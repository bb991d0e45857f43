"""The secret address at which a visitor without an account reads the answer to their complaint."""

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer


def token(concern_id: int) -> str:
    """What stands in the mail."""
    return str(_signer().dumps(concern_id))


def read(token: str) -> int | None:
    """The concern that a token is about; None for one that we did not sign."""
    try:
        return int(_signer().loads(token))
    except (BadData, ValueError, TypeError):
        return None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="upstander-complaint")
