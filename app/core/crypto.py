"""Columns that only their owner may read: encrypted with the keys of the settings, the newest first.

Older keys still open what they closed, so that keys can be rotated.
"""

import hashlib
import hmac
import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from flask import Flask, current_app
from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator


def init_app(app: Flask, keys: tuple[str, ...]) -> None:
    """Give the app its ring of keys (each 32 bytes, url-safe base64)."""
    app.extensions["keyring"] = MultiFernet([Fernet(key) for key in keys])


def _keyring() -> MultiFernet:
    ring: MultiFernet = current_app.extensions["keyring"]
    return ring


def fingerprint(text: str) -> str:
    """Tells whether two texts are the same, and without our secret nothing else: for keys made of addresses."""
    return hmac.new(current_app.config["SECRET_KEY"].encode(), text.encode(), hashlib.sha256).hexdigest()[:32]


class EncryptedText(TypeDecorator[str]):
    """Text that is not readable in the database, its backups or its write-ahead log."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Close the text with the newest key."""
        return None if value is None else _keyring().encrypt(value.encode()).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Open the text with whichever key closed it; raises ValueError when none does."""
        if value is None:
            return None
        try:
            return _keyring().decrypt(value.encode()).decode()
        except InvalidToken as wrong:
            raise ValueError("no key in DATA_KEYS opens this column: was a key removed too early?") from wrong


class EncryptedJson(TypeDecorator[dict[str, Any]]):
    """A small JSON object, closed as EncryptedText is."""

    impl = EncryptedText
    cache_ok = True

    def process_bind_param(self, value: dict[str, Any] | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Write the object as JSON."""
        return None if value is None else json.dumps(value, separators=(",", ":"))

    def process_result_value(self, value: Any, dialect: Dialect) -> dict[str, Any] | None:  # noqa: ANN401, ARG002
        """Read the object back."""
        return None if value is None else json.loads(value)
