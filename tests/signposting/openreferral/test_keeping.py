"""From values to rows and back: what is kept is what was said."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from app.core.db import transaction
from app.signposting.openreferral.listing import Listing, Provider
from app.signposting.openreferral.operations.feeds import Feed
from app.signposting.openreferral.operations.keeping import TEAM, fill, new_service
from app.signposting.openreferral.queries.listings import fresh, listing_of
from app.signposting.openreferral.reading import read
from app.signposting.openreferral.writing import written
from tests.signposting.openreferral.entries import listings

QUIET = settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a database makes shrinking slow
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)


class Enough(Exception):  # noqa: N818
    """Ends a transaction without keeping it."""


@pytest.mark.both_databases
@QUIET
@given(first=listings(), second=listings())
def test_rows_say_what_the_listing_said_also_after_a_change(app, first, second):
    with app.app_context(), pytest.raises(Enough), transaction():
        service = new_service(first, TEAM, "")
        kept = listing_of(fresh(service.id))
        assert replace(kept, updated_at=first.updated_at) == first
        fill(service, second)
        kept = listing_of(fresh(service.id))
        assert replace(kept, uuid=second.uuid, updated_at=second.updated_at, checked_on=second.checked_on) == second
        raise Enough


@QUIET
@given(listing=listings())
def test_the_same_words_from_two_feeds_become_two_entries_that_share_nothing(app, listing):
    with app.app_context(), pytest.raises(Enough), transaction():
        mine = new_service(listing, TEAM, "")
        theirs = new_service(listing, Feed("council"), "7")
        fill(theirs, replace(listing, name="Changed", provider=None, places=()), Feed("council"))
        kept = listing_of(fresh(mine.id))
        assert replace(kept, updated_at=listing.updated_at) == listing
        raise Enough


def test_a_description_that_is_the_name_again_comes_back_the_same(app):
    """The standard wants one, so the name is written there; reading takes it off again."""
    provider = Provider(uuid=str(UUID(int=5)), name="Charity", description="Charity")
    with app.app_context(), transaction():
        service = new_service(Listing(uuid=str(UUID(int=6)), name="Line", provider=provider), TEAM, "")
        kept = listing_of(fresh(service.id))
        assert read(written(kept), seed="", ours=True) == (kept, [])
