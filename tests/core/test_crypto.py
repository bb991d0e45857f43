import pytest
from cryptography.fernet import Fernet
from flask import Flask
from sqlalchemy import select, text

from app.core import crypto, outbox
from app.core.crypto import EncryptedJson, EncryptedText
from app.core.db import db, transaction


def ring(*keys: str) -> Flask:
    app = Flask("keys")
    crypto.init_app(app, keys)
    return app


def test_words_are_not_readable_where_they_are_kept():
    with ring(Fernet.generate_key().decode()).app_context():
        column = EncryptedText()
        kept = column.process_bind_param("I froze, and I wish I had spoken.", None)
        assert "froze" not in kept
        assert column.process_result_value(kept, None) == "I froze, and I wish I had spoken."
        assert column.process_bind_param(None, None) is None
        assert column.process_result_value(None, None) is None


def test_the_same_words_look_different_each_time():
    with ring(Fernet.generate_key().decode()).app_context():
        column = EncryptedText()
        assert column.process_bind_param("yes", None) != column.process_bind_param("yes", None)


def test_an_older_key_opens_and_the_newest_closes():
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    with ring(old).app_context():
        kept = EncryptedText().process_bind_param("words", None)
    with ring(new, old).app_context():
        assert EncryptedText().process_result_value(kept, None) == "words"
        closed_again = EncryptedText().process_bind_param("words", None)
    with ring(new).app_context():
        assert EncryptedText().process_result_value(closed_again, None) == "words"
        with pytest.raises(ValueError, match="DATA_KEYS"):
            EncryptedText().process_result_value(kept, None)


@pytest.mark.both_databases
def test_a_column_is_closed_in_the_database_itself(app):
    app.extensions["outbox"]["letter"] = print
    with app.app_context():
        with transaction():
            outbox.put("letter", "key-1", {"to": "someone@demo.example"})
        raw = db.session.execute(text("SELECT payload FROM outbox_message")).scalar_one()
        assert "someone" not in raw
        assert db.session.scalar(select(outbox.OutboxMessage.payload)) == {"to": "someone@demo.example"}


def test_json_round_trip():
    with ring(Fernet.generate_key().decode()).app_context():
        column = EncryptedJson()
        assert column.process_result_value(column.process_bind_param({"a": [1, None]}, None), None) == {"a": [1, None]}
