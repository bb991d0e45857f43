"""Descriptions of real feeds are HTML; ours are words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.signposting.openreferral.plain import has_markup, line, paragraphs

PIECES = [
    "<p>",
    "</p>",
    "<",
    ">",
    "&amp;",
    "&lt;",
    "b",
    "script",
    "/",
    "\u202e",
    "\x00",
    "\n",
    " ",
    "&",
    ";",
    "#60",
    "<!--",
]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("<p>We listen.</p><p>Any <b>time</b>.</p>", "We listen.\n\nAny time."),
        ("<ul><li>Chat</li><li>Text</li></ul>", "- Chat\n- Text"),
        ("Tea &amp; talk", "Tea & talk"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Hello", "Hello"),
        ("<style>p {}</style>Hello<script>alert(1)</script>", "Hello"),
        ("Aged 5 < 10 and > 3, R&D", "Aged 5 < 10 and > 3, R&D"),
        ("a\u00a0 \t b \r\n\r\n\r\n\r\n c\x00", "a b\n\nc"),
        ("\u202eevil", "evil"),
    ],
)
def test_what_a_person_would_read_is_kept(given, kept):
    assert paragraphs(given) == kept


@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=30).map("".join)))
def test_what_is_plain_stays_as_it_is(text):
    once = paragraphs(text)
    assert paragraphs(once) == once
    assert line(line(text)) == line(text)
    assert not has_markup(once)


def test_a_text_escaped_many_times_comes_to_an_end():
    nested = "<b>x</b>"
    for _ in range(30):
        nested = nested.replace("&", "&amp;").replace("<", "&lt;")
    assert not has_markup(paragraphs(nested))
