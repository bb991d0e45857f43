"""Who may apply, as far as two answers can tell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.programme.eligibility import Area, Verdict, Workplace, decide

workplaces = st.sampled_from(Workplace)
areas = st.sampled_from(Area)
FOUR_KINDS = {Workplace.HEALTH, Workplace.SOCIAL_CARE, Workplace.EMERGENCY, Workplace.CHARITY}


@pytest.mark.parametrize("workplace", sorted(FOUR_KINDS))
def test_the_four_kinds_of_organisation_in_the_area_may_apply(workplace):
    assert decide(workplace, Area.HERE, open_to_neighbours=False) is Verdict.YES


@given(workplace=workplaces)
def test_neighbours_may_apply_exactly_where_places_are_kept_for_them(workplace):
    kept = decide(workplace, Area.NEIGHBOUR, open_to_neighbours=True)
    assert kept is decide(workplace, Area.HERE, open_to_neighbours=True)
    assert decide(workplace, Area.NEIGHBOUR, open_to_neighbours=False) is Verdict.NOT_HERE


@given(workplace=workplaces, area=areas, neighbours=st.booleans())
def test_doubt_is_never_a_yes_and_never_a_no(workplace, area, neighbours):
    verdict = decide(workplace, area, open_to_neighbours=neighbours)
    if verdict is Verdict.YES:
        assert workplace in FOUR_KINDS
        assert area in {Area.HERE, Area.NEIGHBOUR}
    if verdict is Verdict.NOT_HERE:
        assert area in {Area.NEIGHBOUR, Area.ELSEWHERE}
    if Area.UNSURE is area:
        assert verdict is Verdict.ASK


@given(workplace=workplaces, neighbours=st.booleans())
def test_a_place_elsewhere_leads_to_other_programmes(workplace, neighbours):
    assert decide(workplace, Area.ELSEWHERE, open_to_neighbours=neighbours) is Verdict.NOT_HERE
