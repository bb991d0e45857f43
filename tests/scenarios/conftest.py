"""A small story with every kind of passage, the same in the database, and somebody who plays it."""

import re
from pathlib import Path

import pytest

from app.core.db import transaction
from app.scenarios import operations
from app.scenarios.format.reading import parse
from tests.scenarios.playing import Player

STORIES = Path(__file__).parent / "stories"
SLUG = "lunch-break"


@pytest.fixture(scope="session")
def story():
    """The story of the lunch break."""
    return parse((STORIES / f"{SLUG}.twee").read_bytes()).story


@pytest.fixture
def loaded(app, people):
    """The lunch break in the database of the test, and the people of tests.people."""
    with app.app_context(), transaction():
        operations.load_folder(STORIES)
    return people


@pytest.fixture
def player(client_for, loaded):
    """The owner's browser, at the beginning of a run."""
    return Player.begin(client_for(loaded.owner.email))


@pytest.fixture
def text_of():
    """What a page says, without markup and with single blanks."""
    return lambda answer: " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())
