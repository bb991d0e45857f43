"""A product with kinds of notice to tell, a clock to set, and the mail that came of it."""

from contextlib import contextmanager

import pytest

from app.core import clock
from app.core.db import transaction
from app.notifications import kinds
from app.notifications.operations import notices
from app.notifications.rules import ALWAYS, Delivery, Kind
from tests.mailbox import Mailbox
from tests.notifications.telling import START, a_notice


@pytest.fixture
def app(app):
    """The product, with a kind for each default."""
    kinds.register(
        app,
        [
            Kind("offers", "Offers of a free place"),
            Kind("replies", "Replies to you", Delivery.DAILY),
            Kind("news", "News of the programme", Delivery.WEEKLY),
            Kind("decisions", "Decisions about what you wrote", deliveries=ALWAYS),
        ],
    )
    return app


@pytest.fixture
def mailbox(app):
    """What was sent."""
    return Mailbox(app)


@pytest.fixture
def at(app):
    """`with at(moment):` an app context in which it is then."""

    @contextmanager
    def at(moment=START):
        with clock.frozen(moment), app.app_context():
            yield

    return at


@pytest.fixture
def tell(at):
    """`tell(person, kind=…)`: they are told, at a moment; gives the ids of those who had not been told."""

    def tell(*people, moment=START, **about):
        with at(moment), transaction():
            return notices.notify(a_notice(**about), *(person.id for person in people))

    return tell
