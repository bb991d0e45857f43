"""The ledger of air time."""

from hypothesis import given
from hypothesis import strategies as st

from app.learning_sets.air_time import is_fair, ledger


def test_who_had_least_stands_first_then_as_listed():
    shares = ledger([3, 1, 2], brought=[(1, 1), (2, 2), (3, 1), (3, 9)], present=[(1, 3), (2, 3), (2, 3)])
    assert [(share.member_id, share.brought, share.present) for share in shares] == [
        (3, (), (1, 2)),
        (2, (2,), ()),
        (1, (1, 3), ()),
    ]
    assert not is_fair(shares)


@given(st.lists(st.integers(1, 8), unique=True), st.lists(st.tuples(st.integers(1, 6), st.integers(1, 10))))
def test_every_turn_counts_once_for_whose_it_was(members, brought):
    shares = ledger(members, brought)
    assert sorted(share.member_id for share in shares) == sorted(members)
    assert sum(share.turns for share in shares) == sum(who in members for _session, who in brought)
    assert [share.turns for share in shares] == sorted(share.turns for share in shares)


def test_an_empty_set_is_fair():
    assert is_fair(ledger([], []))
