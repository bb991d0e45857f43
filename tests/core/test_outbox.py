"""The outbox: nothing that must happen is lost, and nothing that was recorded as sent happens twice."""

import threading
from collections import Counter
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from cryptography.fernet import Fernet, MultiFernet
from sqlalchemy import select, text

from app.core import clock, outbox
from app.core.clock import in_london
from app.core.db import db, transaction
from app.core.outbox import LEASE, MOST_ATTEMPTS, OutboxMessage, Refused

START = in_london(2025, 3, 3, 9)


class Killed(BaseException):
    """What happens to a worker that is killed: nothing after it runs."""


class Recipient:
    """Whoever a message is for: remembers what came, and may fail first."""

    def __init__(self) -> None:
        self.got: list[tuple[str, dict]] = []
        self.failures: list[BaseException] = []
        self.before = lambda: None

    def __call__(self, message: outbox.Message) -> None:
        self.before()
        if self.failures:
            raise self.failures.pop(0)
        self.got.append((message.key, message.payload))

    @property
    def keys(self) -> list[str]:
        return [key for key, _ in self.got]


@pytest.fixture
def recipient(app):
    recipient = Recipient()
    outbox.register(app, "test", recipient)
    return recipient


@pytest.fixture
def at(app):
    """`with at(moment):` an app context in which it is then."""

    @contextmanager
    def at(moment: datetime = START):
        with app.app_context(), clock.frozen(moment):
            yield

    return at


def put(*keys: str, **options) -> None:
    with transaction():
        for key in keys:
            assert outbox.put("test", key, {"for": key}, **options)


def row(key: str) -> OutboxMessage:
    db.session.rollback()
    return db.session.scalars(select(OutboxMessage).where(OutboxMessage.key == key)).one()


class TestPutting:
    def test_a_kind_that_nobody_acts_on_is_refused_at_once(self, at):
        with at(), transaction(), pytest.raises(ValueError, match="unheard-of"):
            outbox.put("unheard-of", "key", {})

    @pytest.mark.both_databases
    def test_a_key_is_good_for_one_message(self, at, recipient):
        with at():
            put("one")
            with transaction():
                assert not outbox.put("test", "one", {"for": "somebody else"})
            outbox.sweep()
            with transaction():
                assert not outbox.put("test", "one", {"for": "somebody else"})
            outbox.sweep()
        assert recipient.got == [("one", {"for": "one"})]

    def test_a_message_of_a_transaction_that_fails_never_was(self, at, recipient):
        with at():
            with pytest.raises(ZeroDivisionError), transaction():
                outbox.put("test", "one", {})
                1 / 0  # noqa: B018
            assert outbox.sweep() == 0
        assert recipient.got == []

    @pytest.mark.usefixtures("recipient")
    def test_what_it_says_cannot_be_read_in_the_database(self, at):
        with at():
            put("one")
            stored = db.session.scalar(text("SELECT payload FROM outbox_message"))
        assert "one" not in stored


class TestSending:
    @pytest.mark.both_databases
    def test_what_is_due_is_sent_once_in_order_and_its_words_are_forgotten(self, at, recipient):
        with at():
            put("later", due_at=START + timedelta(seconds=1))
            put("b", "c")
            put("a", due_at=START - timedelta(seconds=1))
            assert outbox.sweep() == 3
            assert outbox.sweep() == 0
            assert recipient.keys == ["a", "b", "c"]
            assert row("a").payload == {}
            assert row("a").sent_at == START
        with at(START + timedelta(seconds=1)):
            assert outbox.sweep() == 1
        assert recipient.keys[-1] == "later"

    def test_enough_ends_a_sweep_between_two_messages(self, at, recipient):
        with at():
            put("a", "b", "c")
            assert outbox.sweep(enough=lambda: len(recipient.got) == 2) == 2
            assert outbox.sweep() == 1

    @pytest.mark.usefixtures("recipient")
    def test_an_idle_worker_asks_for_nothing(self, at):
        """Else each worker would hold up the writers of the installation every second."""
        with at():
            other = db.engine.connect()
            other.exec_driver_sql("COMMIT")  # the one of SQLAlchemy
            other.exec_driver_sql("BEGIN IMMEDIATE")
            assert outbox.sweep() == 0
            other.close()

    def test_words_that_no_key_opens_any_more_hold_up_nobody_else(self, app, at, recipient):
        with at():
            put("lost")
            app.extensions["keyring"] = MultiFernet([Fernet(Fernet.generate_key())])
            put("fine")
            assert outbox.sweep() == 1
            assert recipient.keys == ["fine"]
            failed = db.session.execute(text("SELECT last_error FROM outbox_message WHERE \"key\" = 'lost'")).scalar()
            assert failed == "ValueError"


class TestFailing:
    @pytest.mark.both_databases
    def test_it_is_tried_again_after_a_delay_that_grows_until_it_is_given_up(self, at, recipient):
        moment, waits = START, []
        with at(moment):
            put("one")
        for _ in range(MOST_ATTEMPTS):
            recipient.failures = [ConnectionRefusedError("nobody@there.example")]
            with at(moment - timedelta(milliseconds=1)):
                outbox.sweep()  # too early
                assert recipient.failures
            with at(moment):
                assert outbox.sweep() == 0
                assert not recipient.failures, "it was not tried when it was due"
                found = row("one")
                waits.append(found.due_at - moment)
                moment = found.due_at
        with at(moment + timedelta(days=30)):
            assert row("one").dead_at is not None
            assert row("one").last_error == "ConnectionRefusedError"
            assert outbox.sweep() == 0
        assert waits[:3] == [timedelta(seconds=30), timedelta(minutes=1), timedelta(minutes=2)]
        assert all(shorter <= longer for shorter, longer in pairwise(waits[:-1]))
        assert timedelta(hours=10) < sum(waits, timedelta()) < timedelta(days=1), "a server may be down for a night"
        assert recipient.got == []

    def test_a_refusal_for_good_is_given_up_at_once(self, at, recipient):
        refusal = Refused()
        refusal.__cause__ = PermissionError("550 no such mailbox")
        recipient.failures = [refusal]
        with at():
            put("one")
            outbox.sweep()
            assert row("one").dead_at == START
            assert row("one").last_error == "PermissionError"

    def test_what_was_given_up_gets_all_its_attempts_back(self, at, recipient):
        recipient.failures = [Refused()]
        with at():
            put("one")
            outbox.sweep()
            with transaction():
                outbox.resend(row("one").id)
            assert row("one").attempts == 0
            assert outbox.sweep() == 1
        assert recipient.keys == ["one"]

    @pytest.mark.usefixtures("recipient")
    def test_what_is_not_dead_cannot_be_sent_again(self, at):
        with at():
            put("one")
            outbox.sweep()
            with transaction():
                outbox.resend(row("one").id)
            assert outbox.sweep() == 0

    def test_one_that_fails_does_not_hold_up_the_next(self, at, recipient):
        recipient.failures = [ValueError()]
        with at():
            put("a", "b")
            assert outbox.sweep() == 1
        assert recipient.keys == ["b"]


class TestWorkersThatDie:
    @pytest.mark.both_databases
    def test_a_message_in_the_hands_of_a_dead_worker_is_sent_when_its_lease_has_run_out(self, at, recipient):
        recipient.failures = [Killed()]
        with at():
            put("one", "two")
            with pytest.raises(Killed):
                outbox.sweep()
            db.session.rollback()
            assert outbox.sweep() == 1, "the other message is held up by nothing"
        with at(START + LEASE):
            assert outbox.sweep() == 0
        with at(START + LEASE + timedelta(seconds=1)):
            assert outbox.sweep() == 1
        assert recipient.keys == ["two", "one"]

    def test_a_message_that_kills_each_worker_is_given_up(self, at, recipient):
        moment = START
        with at():
            put("one")
        for _ in range(MOST_ATTEMPTS):
            recipient.failures = [Killed()]
            with at(moment), pytest.raises(Killed):
                outbox.sweep()
            moment += LEASE + timedelta(seconds=1)
        with at(moment):
            assert outbox.sweep() == 0
            assert row("one").last_error == "WorkerDied"
            assert row("one").dead_at == moment
        assert recipient.got == []

    def test_a_worker_that_comes_back_too_late_changes_nothing(self, at, recipient):
        """It lost its lease while it was stuck; meanwhile another one has sent the message."""
        late = START + LEASE + timedelta(seconds=1)

        def meanwhile() -> None:
            recipient.before = lambda: None
            other = threading.Thread(target=other_worker)
            other.start()
            other.join(10)

        def other_worker() -> None:
            with at(late):
                assert outbox.sweep() == 1

        recipient.before = meanwhile
        with at():
            put("one")
            assert outbox.sweep() == 0
            assert row("one").sent_at == late
            assert row("one").attempts == 2


@pytest.mark.both_databases
def test_workers_side_by_side_share_the_work_and_send_each_message_once(app, recipient):
    everyone = [f"message {number}" for number in range(40)]
    sent_by: Counter[str] = Counter()
    together = threading.Barrier(2, timeout=10)
    first_turn = threading.local()

    def wait_for_the_other() -> None:
        if not getattr(first_turn, "over", False):
            first_turn.over = True
            together.wait()  # breaks unless both are at work at the same time
        sent_by[threading.current_thread().name] += 1

    recipient.before = wait_for_the_other
    with app.app_context():
        put(*everyone)

    def work() -> None:
        with app.app_context():
            outbox.sweep()

    workers = [threading.Thread(target=work, name=name) for name in ("first", "second")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert sorted(recipient.keys) == sorted(everyone)
    assert sent_by["first"] > 0
    assert sent_by["second"] > 0
    assert not together.broken
