"""Links that dial."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.signposting.rules import dialled, said_by_all, texted
from tests.architecture.sources import ROOT

SERVICES = tomllib.loads((ROOT / "app" / "demo" / "content" / "services.toml").read_text("utf-8"))["service"]


@pytest.mark.parametrize(
    ("printed", "address"),
    [
        ("116 123", "tel:116123"),
        ("999", "tel:999"),
        ("111", "tel:111"),
        ("0808 800 3302", "tel:08088003302"),
        ("0300 123 1100", "tel:03001231100"),
        ("111, option 2", "tel:111"),
        ("+44 20 7946 0000", "tel:+442079460000"),
        ("ask your manager", None),
        ("", None),
    ],
)
def test_a_number_is_dialled_as_it_is_printed(printed, address):
    assert dialled(printed) == address


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("Text SHOUT to 85258", "sms:85258"),
        ("If you cannot speak: text REGISTER to 999 before you need it", None),
        ("", None),
    ],
)
def test_a_message_begins_only_where_one_helps_now(words, address):
    assert texted(words) == address


@given(printed=st.text())
def test_a_link_holds_nothing_but_a_number(printed):
    for address in (dialled(printed), texted(f"Text {printed}")):
        scheme, _, number = (address or "tel:0").partition(":")
        assert scheme in {"tel", "sms"}
        assert number.isascii()
        assert number.lstrip("+").isdecimal()


@given(digits=st.text("0123456789", min_size=3, max_size=15), data=st.data())
def test_no_country_code_is_added_and_no_digit_lost(digits, data):
    cut = data.draw(st.integers(1, len(digits) - 1))
    assert dialled(f"{digits[:cut]} {digits[cut:]}") == f"tel:{digits}"


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service["slug"])
def test_every_way_in_the_demonstration_can_be_followed(service):
    assert "telephone" not in service or dialled(service["telephone"])
    assert service.get("url", "https://").startswith("https://")


def test_each_urgent_telephone_line_has_a_way_without_speaking_on_the_page():
    urgent = [service for service in SERVICES if service["urgent"]]
    assert any(texted(service.get("text", "")) for service in urgent)


def test_a_note_is_said_once_only_when_all_entries_carry_it():
    assert said_by_all(["needs checking"] * 3) == "needs checking"
    assert said_by_all(["needs checking", "checked in May"]) == ""
    assert said_by_all(["", ""]) == ""
    assert said_by_all([]) == ""
