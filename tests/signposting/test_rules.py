"""Links that dial."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.signposting.kinds import Profession, Way
from app.signposting.needs import BY_CODE, known
from app.signposting.rules import dialled, texted
from app.signposting.telephones import complaint
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
    for phone in service.get("phones", ()):
        assert complaint(phone["number"]) == ""
        assert dialled(phone["number"])
    assert service.get("url", "https://").startswith("https://")
    assert set(service.get("ways", ())) <= set(Way)
    assert set(service.get("professions", ())) <= set(Profession)
    assert known(service["needs"]) == sorted(service["needs"], key=list(BY_CODE).index)


def test_the_demonstration_has_something_for_every_need():
    assert len(SERVICES) >= 40
    assert {need for service in SERVICES for need in service["needs"]} == set(BY_CODE)


def test_each_urgent_telephone_line_has_a_way_without_speaking_on_the_page():
    urgent = [service for service in SERVICES if service.get("urgent")]
    assert any(texted(phone.get("label", "")) for service in urgent for phone in service["phones"])
