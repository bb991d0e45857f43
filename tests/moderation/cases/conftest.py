"""A feature to moderate, and people who moderate it."""

import pytest

from app.accounts.rules import Role
from app.core.db import db, transaction
from app.moderation.cases import subjects
from app.programme.models import Programme
from tests.moderation.cases.board import Board
from tests.people import a_person


@pytest.fixture
def board(app):
    """Messages that cases can be about."""
    board = Board()
    subjects.register(app, board.type)
    return board


@pytest.fixture
def second(app, people):
    """Another moderator of the same programme."""
    with app.app_context(), transaction():
        return a_person("Mira Second", db.session.get_one(Programme, people.programme_id), Role.MODERATOR)


@pytest.fixture
def elsewhere(app, people):
    """A moderator of another programme."""
    with app.app_context(), transaction():
        return a_person("Elis Elsewhere", db.session.get_one(Programme, people.other_programme_id), Role.MODERATOR)
