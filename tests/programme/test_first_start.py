"""An installation that has no programme yet."""

import pytest


@pytest.mark.parametrize("address", ["/", "/support", "/programmes", "/login"])
def test_it_says_what_to_do_or_what_it_can(anonymous, address):
    assert anonymous.get(address).status_code == 200


def test_the_first_page_names_the_command(anonymous):
    assert "programme add" in anonymous.get("/").text


@pytest.mark.parametrize("address", ["/role", "/dates", "/eligibility", "/dates/spring.ics", "/programmes/llr/"])
def test_what_needs_a_programme_is_not_there(anonymous, address):
    assert anonymous.get(address).status_code == 404
