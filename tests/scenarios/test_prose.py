"""Passages as HTML: harmless, with pictures from the scenarios' own folder and from nowhere else."""

import pytest

from app.core import html
from app.scenarios.prose import prose


def media(name):
    return f"/media/{name}"


def test_markdown_becomes_html_and_html_stays_text():
    assert prose("She puts *down* her <b>fork</b>.", media) == (
        "<p>She puts <em>down</em> her &lt;b&gt;fork&lt;/b&gt;.</p>\n"
    )


def test_a_picture_comes_from_the_folder_with_its_text():
    assert prose('Look: ![A "bay" & a bed](bay-four.png)', media) == (
        '<p>Look: <img class="app-scene__picture" src="/media/bay-four.png" alt="A &#34;bay&#34; &amp; a bed"></p>\n'
    )


@pytest.mark.parametrize(
    "text",
    [
        "![x](https://example.org/x.png)",
        "![x](../secret.png)",
        "![x](a/b.png)",
        "![x](page.html)",
        "![](x.png)",
        "\ue0000\ue000 and \ue0009\ue000",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
    ],
)
def test_nothing_else_becomes_a_picture_or_a_script(text):
    made = prose(text, media)
    assert "<img" not in made
    assert "javascript:" not in made.replace("(javascript:alert(1))", "")


def test_a_text_too_long_to_cook_is_shown_plainly():
    made = prose("<i>\n\n" + "word " * html.LONGEST, media)
    assert made.startswith("<p>&lt;i&gt;</p><p>word ")
