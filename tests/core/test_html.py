"""Hostile text comes out harmless. The list has an attack of each family that the public cheat sheets know."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import html

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    "[x](//evil.example 'onmouseover=alert(1)')",
    "![x](javascript:alert(1))",
    "![x](https://tracker.example/pixel.png)",
    '<https://good.example/" onmouseover="alert(1)>',
    "<javascript:alert(1)>",
    '```"><script>alert(1)</script>\nx\n```',
    '``` x" onclick="alert(1)\nx\n```',
    "<style>body{display:none}</style>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<form action=/logout><button>press</button></form>",
    "<base href=https://evil.example>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "| a |\n|---|\n| <img src=x onerror=alert(1)> |",
    "# <script>alert(1)</script>",
    '[ref]\n\n[ref]: javascript:alert(1) "onload=alert(1)"',
    "\u202e<script>\u202c",
]

TAG = re.compile(r"<[^>]*>")
PLAIN_TAG = re.compile(
    r"</?(?:a|blockquote|br|code|del|em|h[2-4]|hr|li|ol|p|pre|s|strong|table|tbody|td|th|thead|tr|ul)"
    r"(?: (?:href|title|rel|start|align|class)=\"[^\"]*\")*>"
)


def assert_only_the_allow_list(cooked: str) -> None:
    for tag in TAG.findall(cooked):
        assert PLAIN_TAG.fullmatch(tag), f"{tag} is not on the allow-list"
    for address in re.findall(r'href="([^"]*)"', cooked):
        assert re.match(r"(?:https?:|mailto:|tel:|/|#|[^:]*\Z)", address), (
            f"{address} is not an address people may follow"
        )
    for name in re.findall(r'class="([^"]*)"', cooked):
        assert re.fullmatch(r"language-[a-z0-9+-]{1,30}", name)


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_leaves_only_the_allow_list(attack):
    assert_only_the_allow_list(html.cook(attack))


@given(st.lists(st.sampled_from([*ATTACKS, "<", ">", '"', "`", "[", "](", "\n\n", "- ", "> ", "word"]), max_size=8))
def test_attacks_put_together_leave_only_the_allow_list(parts):
    assert_only_the_allow_list(html.cook("".join(parts)))


@given(st.text(max_size=300))
def test_any_text_comes_out_the_same_however_often_it_is_sanitised(text):
    cooked = html.cook(text)
    assert_only_the_allow_list(cooked)
    assert html.sanitise(cooked) == cooked


def test_what_people_use_is_kept():
    cooked = html.cook(
        "# Title\n\n**Stop** and [read](/support), call [116 123](tel:116123).\n\n| a | b |\n|---|:-:|\n| 1 | 2 |"
    )
    assert "<h2>Title</h2>" in cooked, "the page has the only first heading"
    assert "<strong>Stop</strong>" in cooked
    assert 'href="tel:116123"' in cooked
    assert 'rel="nofollow ugc noopener noreferrer"' in cooked
    assert "<td" in cooked


def test_raw_html_is_text():
    assert "&lt;b&gt;" in html.cook("<b>bold</b>")


def test_a_text_beyond_the_limit_is_refused():
    with pytest.raises(ValueError, match="20000"):
        html.cook("x" * (html.LONGEST + 1))
