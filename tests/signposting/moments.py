"""Moments that hours stumble over."""

from datetime import UTC, datetime

from hypothesis import strategies as st


def between(first, last):
    """Moments of a stretch of time, named as in 2026-03-28T20:00, in UTC."""
    return st.datetimes(datetime.fromisoformat(first), datetime.fromisoformat(last), timezones=st.just(UTC))


SPRING = between("2026-03-28T20:00", "2026-03-29T08:00")
AUTUMN = between("2026-10-24T20:00", "2026-10-25T08:00")
CHRISTMAS = between("2026-12-23T00:00", "2027-01-03T00:00")
MOMENTS = st.one_of(between("2026-01-01T00:00", "2028-12-31T00:00"), SPRING, AUTUMN, CHRISTMAS)
