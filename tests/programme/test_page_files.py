"""A page as a file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.programme.page_files import ADDRESSES, PageFileError, read_page
from tests.architecture.sources import ROOT

CONTENT = sorted((ROOT / "app" / "demo" / "content").glob("*/*.md"))


def file(about='slug = "role"\ntitle = "The role"', body="Words.\n"):
    return f"+++\n{about}\n+++\n{body}"


def test_it_says_what_the_page_is():
    page = read_page(
        file('slug = "role"\ntitle = "The role"\norder = 3\nin_menu = false\nvideo = "film"', "\nHello\n\n")
    )
    assert (page.slug, page.title, page.order, page.in_menu, page.video) == ("role", "The role", 3, False, "film")
    assert page.body == "Hello\n"


def test_what_is_not_said_has_a_default():
    page = read_page(file())
    assert (page.summary, page.order, page.in_menu, page.video, page.transcript) == ("", 0, True, "", "")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Just words", "begins with a line"),
        (file("slug ="), "not valid TOML"),
        (file('slug = "role"'), "needs a title"),
        (file('title = "The role"'), "needs a title, and a slug"),
        (file('title = "The role"\nslug = "The Role"'), "small letters"),
        (file('title = "x"\nslug = "role"\nauthor = "me"'), "has no author"),
        (file('title = "x"\nslug = "role"\norder = "first"'), "order of a page must be a number"),
        (file('title = "x"\nslug = "role"\norder = true'), "order of a page must be a number"),
        (file('title = 3\nslug = "role"'), "title of a page must be text"),
        (file('title = "x"\nslug = "role"\nin_menu = "no"'), "in_menu of a page must be true or false"),
    ],
)
def test_what_is_wrong_is_said(text, sentence):
    with pytest.raises(PageFileError, match=sentence):
        read_page(text)


@pytest.mark.parametrize("slug", sorted(ADDRESSES))
def test_a_page_never_hides_behind_another_address(slug):
    with pytest.raises(PageFileError, match="another page has that address"):
        read_page(file(f'title = "x"\nslug = "{slug}"'))


@given(text=st.text())
def test_any_text_is_a_page_or_gets_a_sentence(text):
    for candidate in (text, file(text), file(body=text)):
        try:
            assert read_page(candidate).title
        except PageFileError as wrong:
            assert str(wrong).endswith(".")  # noqa: PT017 - most texts are pages only by chance


@pytest.mark.parametrize("path", CONTENT, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_pages_of_the_demonstration_are_pages(path):
    assert read_page(path.read_text("utf-8")).slug == path.stem


def test_addresses_are_really_taken(app):
    """Each word that pages may not use begins an address of the product, or will by its contract."""
    first_words = {rule.rule.split("/")[1] for rule in app.url_map.iter_rules()}
    later = {"catchups", "evaluation", "forums", "inbox", "learning-sets", "moderation", "openreferral", "rooms"}
    words_below = {"search", "topics", "workbook"}
    assert first_words >= ADDRESSES - later - words_below
