"""The pages of moderators ask the database a fixed number of questions, however much there is."""

import pytest
from sqlalchemy import event

from app.core.db import db
from app.moderation.cases.rules import Reason
from tests.moderation.cases.deskwork import report


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


def test_a_long_queue_costs_as_much_as_a_short_one(app, people, board, client_for, questions):
    browser, costs = client_for(people.moderator.email), []
    for more in (1, 20):
        with app.app_context():
            for _ in range(more):
                report(board.say(people.owner, people.programme_id), people.peer, Reason.SPAM)
        costs.append([questions(browser, f"/moderation{path}") for path in ("", "/spam")])
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 22


def test_a_case_that_many_raised_costs_as_much_as_one(app, people, board, client_for, questions):
    browser, costs = client_for(people.moderator.email), []
    reporters = [people.peer, people.outsider, people.lead, people.author, people.sponsor]
    with app.app_context():
        number = board.say(people.owner, people.programme_id)
        case_id = report(number, reporters[0])
    costs.append(questions(browser, f"/moderation/cases/{case_id}"))
    with app.app_context():
        for reporter in reporters[1:]:
            report(number, reporter)
    costs.append(questions(browser, f"/moderation/cases/{case_id}"))
    assert costs[0] == costs[1] <= 22
