"""A member at play: a browser, and the run that it is in."""

import re
from dataclasses import dataclass

from tests.clients import TOKEN, HonestClient

HIDDEN = re.compile(r'name="(position|key|sealed)" value="([^"]*)"')
CHOICE = re.compile(r'name="choice" value="([^"]*)"')
HEADING = re.compile(r"<h1[^>]*>(?:<span[^>]*>[^<]*</span>)?\s*(.*?)\s*</h1>", re.DOTALL)


def hidden(answer):
    """The hidden fields of a page that say where it was shown, or what it carries."""
    return dict(HIDDEN.findall(answer.text))


def choices(answer):
    """The ids of the choices on a page."""
    return CHOICE.findall(answer.text)


def heading(answer):
    """The h1 of a page."""
    return HEADING.search(answer.text)[1]


def token(answer):
    """The CSRF token of a page."""
    return TOKEN.search(answer.text)[1]


@dataclass
class Player:
    """Posts what the buttons of the page at hand post; `page` is the page it has come to."""

    browser: HonestClient
    address: str
    page: object = None

    @classmethod
    def begin(cls, browser, slug="lunch-break"):
        """Start a run as the pre-brief offers it."""
        before = browser.get(f"/scenarios/{slug}")
        form = {"csrf_token": token(before), "key": hidden(before)["key"]}
        answer = browser.post(f"/scenarios/{slug}/start", data=form)
        assert answer.status_code == 303, answer.text
        player = cls(browser, answer.location.partition("#")[0])
        player.look()
        return player

    @property
    def run_id(self):
        return int(self.address.rpartition("/")[2])

    def look(self):
        self.page = self.browser.get(self.address)
        return self.page

    def post(self, verb, **form):
        """Press a button; follows a redirect to the run."""
        position = hidden(self.page).get("position", "")
        sent = {"csrf_token": token(self.page), "position": position, **form}
        answer = self.browser.post(f"{self.address}/{verb}", data=sent)
        if answer.status_code == 303:
            self.look()
        return answer

    def choose(self, *ids):
        """Choose one after another."""
        for choice in ids:
            answer = self.post("choose", choice=choice)
            assert answer.status_code == 303, answer.text
        return self.page
