"""Hostile posts, cooked and with names put in: nothing but the allow-list is left (browsers: tests/journeys)."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest

from app.core.html import ATTRIBUTES, SCHEMES, TAGS, cook
from app.forums import mentions
from tests.forums.writing import attacks

NAMES = {17: '"><img src=x onerror=window.caught=1>'}
ALLOWED = {tag: set(names) for tag, names in ATTRIBUTES.items()} | {"b": set()}
ALLOWED["a"] = ALLOWED["a"] | {"rel"}


class Allowed(HTMLParser):
    """Fails on the first thing that is not on the list."""

    def handle_starttag(self, tag, attrs):
        assert tag in TAGS | {"b"}, self.get_starttag_text()
        for name, value in attrs:
            assert name in ALLOWED.get(tag, set()), self.get_starttag_text()
            if name == "href":
                assert urlsplit(value or "").scheme in SCHEMES | {""}, value


@pytest.mark.parametrize("page", list(attacks.posts()), ids=lambda page: str(len(page)))
def test_only_the_allow_list_is_left(page):
    for body in (page, mentions.refer(page, {}), f"> {page}", page.replace("\n\n", "\n")):
        html = mentions.show(cook(body), NAMES)
        Allowed().feed(html)


def test_each_attack_alone():
    for attack in attacks.every():
        Allowed().feed(mentions.show(cook(attack), NAMES))
