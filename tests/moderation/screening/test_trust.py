"""How far an author is trusted, and how often they may post."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.moderation.screening.trust import PACES, Standing, Trust, may_post_from

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "published", "upheld", "trust"),
    [
        (0, 0, 0, Trust.NEW),
        (0, 3, 0, Trust.SETTLED),
        (3, 0, 0, Trust.SETTLED),
        (60, 29, 0, Trust.SETTLED),
        (60, 30, 0, Trust.REGULAR),
        (60, 30, 1, Trust.SETTLED),
        (900, 900, 2, Trust.WATCHED),
    ],
)
def test_time_posts_and_decisions_make_trust(days, published, upheld, trust):
    assert Standing(joined_for=timedelta(days=days), published=published, upheld=upheld).trust is trust


def test_staff_are_trusted_from_the_first_day():
    assert Standing(joined_for=timedelta(0), staff=True).trust is Trust.REGULAR


def test_nobody_waits_who_has_not_posted():
    assert may_post_from(Trust.WATCHED, [], NOW) is None


@given(st.sampled_from(Trust), st.lists(st.integers(0, 90_000), max_size=60))
def test_whoever_has_to_wait_may_post_then(trust, ago):
    posted = [NOW - timedelta(seconds=seconds) for seconds in ago]
    until = may_post_from(trust, posted, NOW)
    if until is not None:
        assert NOW < until <= NOW + timedelta(days=1)
        assert may_post_from(trust, posted, until) is None
    else:
        assert sum(seconds < 600 for seconds in ago) < PACES[trust].in_a_burst
