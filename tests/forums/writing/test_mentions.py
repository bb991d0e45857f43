"""Who is named with an @: outside code, by reference, shown in words only."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.html import cook
from app.forums import mentions
from app.forums.mentions import AtName, Mentioned, at_name_of, at_names, editable, mentioned, refer, show

NAMES = {17: "Petra Peer", 4: "Zoë O’Neil"}


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("Thanks @petra-peer-17!", [AtName("petra-peer-17", "petra-peer", 17)]),
        ("(@Petra-Peer), hello", [AtName("Petra-Peer", "petra-peer", None)]),
        ("@zoë-oneil-4 and @zoë-oneil-4", [AtName("zoë-oneil-4", "zoë-oneil", 4)]),
        ("Write to petra@peer.example", []),
        ("https://social.example/@petra-peer-17", []),
        ("@2 @- @", []),
        ("`@petra-peer-17` in code", []),
        ("```\n@petra-peer-17\n```", []),
        ("    @petra-peer-17", []),
        ("> @petra-peer-17", [AtName("petra-peer-17", "petra-peer", 17)]),
        ("one ` tick @petra-peer-17\n\nand ` another", [AtName("petra-peer-17", "petra-peer", 17)]),
        ("a\u2028```\n@petra-peer-17", [AtName("petra-peer-17", "petra-peer", 17)]),
    ],
)
def test_at_names_are_found_where_they_are_words(body, found):
    assert at_names(body) == found


def test_what_is_kept_names_nobody_and_comes_back_for_editing():
    written = "Ask @petra-peer-17 or `@petra-peer-17`, not @nobody-9."
    kept = refer(written, {"petra-peer-17": 17})
    assert kept == "Ask @{17} or `@petra-peer-17`, not @nobody-9."
    assert editable(kept, NAMES) == written
    assert editable(kept, {}) == "Ask @somebody or `@petra-peer-17`, not @nobody-9."


def test_a_name_cannot_be_asked_for_by_number():
    kept = refer("@{17} @{4}", {})
    assert mentioned(kept) == Mentioned(frozenset(), ())
    assert "Petra" not in show(cook(kept), NAMES)


def test_those_in_a_quote_are_named_but_not_addressed():
    kept = "> @{17} said\n\nI agree with @{4}, @{4}\n\n    @{9}"
    assert mentioned(kept) == Mentioned(frozenset({17, 4}), (4,))


def test_no_more_are_addressed_than_a_post_may():
    assert len(mentioned(" ".join(f"@{{{number}}}" for number in range(50))).addressed) == mentions.MOST


def test_names_are_shown_and_escaped():
    assert show(cook("Hello @{17}"), NAMES) == "<p>Hello <b>@Petra Peer</b></p>\n"
    assert show(cook("Hello @{8}"), NAMES) == "<p>Hello <b>@somebody</b></p>\n"
    assert show(cook("Hello @{1}"), {1: "<img src=x>"}) == "<p>Hello <b>@&lt;img src=x&gt;</b></p>\n"


def test_attributes_are_left_alone():
    html = cook('[x](https://a.example "@{17} > @{17}") @{17}')
    shown = show(html, {17: 'x" onmouseover="alert(1)'})
    assert shown.count("<b>") == 1
    assert _attributes(shown) == _attributes(html)


hostile = st.text(alphabet="@{}17<>\"'=&; \n>`[]()!abc/:-*_#|~\\", max_size=200)


@given(hostile, hostile)
def test_showing_names_changes_no_tag(body, name):
    html = cook(body)
    shown = show(html, {1: name, 7: name, 17: name})
    assert [each for each in _tags(shown) if each != "b"] == _tags(html)
    assert _attributes(shown) == _attributes(html)


@given(hostile)
def test_without_anybody_known_nothing_but_numbers_changes(body):
    kept = refer(body, {})
    assert mentioned(kept) == Mentioned(frozenset(), ())
    assert kept.replace("@ {", "@{") == body.replace("@ {", "@{")


@given(st.text(min_size=1, max_size=60), st.integers(min_value=1, max_value=999_999_999))
def test_what_completion_writes_is_read_as_that_member(name, member_id):
    at_name = at_name_of(name, member_id)
    read = at_names(f"Hello @{at_name}.")
    if read:  # a name of digits alone begins no at-name
        assert read[0].member_id == member_id


@pytest.mark.parametrize("body", ["@a-" * 6000, "`" * 20_000, "@{1" * 5000, "``a`" * 5000, "> " * 10_000, "@" * 20_000])
def test_long_bodies_take_no_time(body):
    refer(body, {})
    assert mentioned(body).addressed == ()


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.attributes = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs


def _read(html):
    reader = _Reader()
    reader.feed(html)
    return reader


def _tags(html):
    return _read(html).tags


def _attributes(html):
    return _read(html).attributes
