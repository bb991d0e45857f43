"""Messages of the outbox that are put off by whoever acts on them, or taken back."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core import clock, outbox
from app.core.clock import in_london
from app.core.db import db, transaction
from app.core.outbox import LEASE, MOST_ATTEMPTS, Later, OutboxMessage

START = in_london(2025, 3, 3, 9)
AN_HOUR = timedelta(hours=1)

pytestmark = pytest.mark.both_databases


@pytest.fixture
def acted(app):
    """What was acted on; before nine in the evening, each is put off by an hour."""
    acted = []

    def act(message):
        if clock.now() < START + 12 * AN_HOUR:
            raise Later(clock.now() + AN_HOUR)
        acted.append((message.key, message.payload))

    outbox.register(app, "evening", act)
    return acted


def put(app, key="a", **when):
    with app.app_context(), clock.frozen(START), transaction():
        assert outbox.put("evening", key, {"is": key}, **when)


def row():
    return db.session.scalars(select(OutboxMessage)).one()


def test_what_is_put_off_is_asked_again_then_and_keeps_its_words(app, acted):
    put(app)
    with app.app_context():
        for hours in range(12):
            with clock.frozen(START + hours * AN_HOUR):
                assert outbox.sweep() == 0
                assert row().due_at == START + (hours + 1) * AN_HOUR
        with clock.frozen(START + 12 * AN_HOUR):
            assert outbox.sweep() == 1
    assert acted == [("a", {"is": "a"})]


def test_putting_off_is_no_attempt_and_no_error(app, acted):
    """However often it happens: a week of nights is more than MOST_ATTEMPTS."""
    put(app)
    with app.app_context():
        for hours in range(12):
            for minutes in (0, 30):
                with clock.frozen(START + hours * AN_HOUR + timedelta(minutes=minutes)):
                    outbox.sweep()
        assert MOST_ATTEMPTS <= 12
        found = row()
        assert (found.attempts, found.last_error, found.dead_at, found.lease) == (0, None, None, None)


def test_what_waits_can_be_taken_back_once_and_put_again(app, acted):
    put(app, due_at=START + 20 * AN_HOUR)
    with app.app_context():
        with transaction():
            assert outbox.withdraw("a")
            assert not outbox.withdraw("a")
            assert not outbox.withdraw("unknown")
        with clock.frozen(START + 21 * AN_HOUR):
            assert outbox.sweep() == 0
    put(app, due_at=START + 20 * AN_HOUR)
    with app.app_context(), clock.frozen(START + 21 * AN_HOUR):
        assert outbox.sweep() == 1
    assert acted == [("a", {"is": "a"})]


def test_what_was_sent_stays(app, acted):
    put(app)
    with app.app_context(), clock.frozen(START + 12 * AN_HOUR):
        outbox.sweep()
        with transaction():
            assert not outbox.withdraw("a")
        assert row().sent_at is not None


def test_what_is_being_sent_stays_until_its_lease_is_over(app, acted):
    put(app)
    with app.app_context(), clock.frozen(START):
        with transaction():
            leased = row()
            leased.lease, leased.leased_until = "somebody", START + LEASE
        with transaction():
            assert not outbox.withdraw("a")
    with app.app_context(), clock.frozen(START + LEASE + AN_HOUR), transaction():
        assert outbox.withdraw("a")


def test_what_was_sent_long_ago_is_forgotten_and_nothing_else(app, acted):
    evening = START + 13 * AN_HOUR
    put(app, "sent")
    with app.app_context(), clock.frozen(evening):
        assert outbox.sweep() == 1
    put(app, "waiting")
    with app.app_context():
        for after, left in ((outbox.KEPT, {"sent", "waiting"}), (outbox.KEPT + AN_HOUR, {"waiting"})):
            with clock.frozen(evening + after), transaction():
                outbox.forget()
            assert set(db.session.scalars(select(OutboxMessage.key))) == left
