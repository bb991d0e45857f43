"""The inbox asks the database a fixed number of questions, however much is in it."""

import pytest
from sqlalchemy import event

from app.core.db import db, transaction
from app.notifications.operations import notices
from tests.notifications.telling import a_notice


@pytest.fixture
def questions(app):
    """`questions(browser, address)`: how many statements a page costs."""

    def count(browser, address):
        statements = []

        def note(_connection, _cursor, statement, *_rest):
            statements.append(statement)

        with app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            assert browser.get(address).status_code == 200
        finally:
            event.remove(engine, "before_cursor_execute", note)
        return len(statements)

    return count


def test_a_full_inbox_costs_as_much_as_one_notice(app, people, client_for, questions):
    browser, costs = client_for(people.owner.email), []
    for number in (1, 60):
        with app.app_context(), transaction():
            for each in range(number):
                about = (people.peer, people.outsider, people.lead)[each % 3].id
                notices.notify(a_notice(key=f"{number}:{each}", body="{name}", about_id=about), people.owner.id)
        costs.append(questions(browser, "/inbox"))
    assert costs[0] == costs[1] <= 12


def test_telling_many_asks_no_more_than_their_mail_takes(app, people):
    """One question for what they chose, one to write; and one for each mail."""
    everybody = [people.owner, people.peer, people.outsider, people.lead, people.author, people.sponsor]
    statements = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *asked: statements.append(asked[2]))
        with transaction():
            notices.notify(a_notice(), *(person.id for person in everybody))
    assert len(statements) - statements.count("BEGIN IMMEDIATE") <= 2 + len(everybody)
