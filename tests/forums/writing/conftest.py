"""A board to write on."""

import pytest

from tests.forums.writing.talk import Talk


@pytest.fixture
def talk(app, people):
    """A board that everybody reads."""
    return Talk.of(app, people)
