"""A real browser for journeys, and what a journey asserts of every page it sees."""

import atexit
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, sync_playwright

from tests.journeys.product import DEMO_PASSWORD, ROOT
from tests.services import find_chromium

NARROW, WIDE = 320, 1280
SCREENSHOTS = ROOT / "screenshots"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PATIENCE = 10_000  # milliseconds for anything a page has to show
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Trouble:
    """What the browser complained about; `expected` are patterns of complaints that belong to the journey.

    A form that is refused comes back with 422, which Chromium calls a file that could not be loaded: that is expected.
    """

    heard: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=lambda: [r"status of 422"])

    def on_console(self, message: ConsoleMessage) -> None:
        """Keep errors: a refused script or style (the content security policy) and a missing file are errors too."""
        if message.type == "error":
            self.heard.append(f"{message.text} ({message.location.get('url', '')})")

    def unexpected(self) -> list[str]:
        """The complaints that nobody announced."""
        return [said for said in self.heard if not any(re.search(pattern, said) for pattern in self.expected)]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium without a window."""
    browser = _driver().chromium.launch(executable_path=find_chromium(), args=OPTIONS)
    yield browser
    browser.close()


@cache
def _driver() -> Playwright:
    """One for each process of a test run: a second one refuses to start beside it."""
    driver = sync_playwright().start()
    atexit.register(driver.stop)
    return driver


def new_context(browser: Browser, address: str, *, width: int, javascript: bool = True) -> BrowserContext:
    """A browser profile of its own, with nobody signed in; pages are asked for by their path."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": 800},
        java_script_enabled=javascript,
        locale="en-GB",
        timezone_id="Europe/London",
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    return context


def sign_in(page: Page, who: str) -> None:
    """Sign in as a demo account: "participant", "moderator2" and so on."""
    page.goto("/login")
    page.get_by_label("Email").fill(f"{who}@demo.example")
    page.get_by_label("Password", exact=True).fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/login" not in url)


def assert_accessible(page: Page) -> None:
    """Fail with a list of what axe holds against the page (WCAG 2.2 AA), or when it is wider than its window."""
    page.wait_for_load_state()
    assert not page.evaluate("() => matchMedia('(scripting: none)').matches"), "axe needs scripts: use assert_fits here"
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_axe())
    options = {"runOnly": {"type": "tag", "values": STANDARDS}, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(document, options)", options)
    faults = [_described(violation) for violation in found["violations"]]
    assert not faults, f"{page.url} has faults:\n" + "\n".join(faults)
    assert_fits(page)


def assert_fits(page: Page) -> None:
    """Fail when the page is wider than its window, so that a person would have to scroll sideways to read."""
    too_wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert too_wide <= 0, f"{page.url} is {too_wide} pixels wider than its window: {', '.join(_widest(page))}"


def picture(page: Page, name: str) -> Path:
    """Keep a picture of the whole page in screenshots/."""
    SCREENSHOTS.mkdir(exist_ok=True)
    path = SCREENSHOTS / f"{re.sub(r'[^a-zA-Z0-9-]+', '-', name).strip('-')}.png"
    page.screenshot(path=path, full_page=True)
    return path


def _axe() -> str:
    (script,) = sorted((ROOT / "tests" / "vendor").glob("axe*/axe.min.js")) or [ROOT / "tests/vendor/axe.min.js"]
    return script.read_text(encoding="utf-8")


def _described(violation: dict[str, Any]) -> str:
    places = [
        f"    {' '.join(map(str, node['target']))}\n      {node['html'][:160]}" for node in violation["nodes"][:5]
    ]
    return f"- {violation['id']} ({violation['impact']}): {violation['help']}\n" + "\n".join(places)


def _widest(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        """() => [...document.body.querySelectorAll("*")]
            .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
            .slice(0, 5).map(e => e.tagName.toLowerCase() + (e.className ? "." + e.className : ""))"""
    )
    return found
