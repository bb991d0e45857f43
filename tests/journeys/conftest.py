"""Journeys: a person, a browser, and the product as `make run` starts it.

`page` visits at 320 and at 1280 pixels; `open_page(width=…, javascript=False)` opens what else a journey needs.
A journey fails when the browser complains, and leaves a picture in screenshots/ when it fails.
"""

import pytest

from tests.journeys import browser as browsers
from tests.journeys import product

FAILED = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items):
    """Everything in this folder is a journey (tests/run_rules.py has them begin a run)."""
    for item in items:
        if item.path.is_relative_to(product.ROOT / "tests" / "journeys"):
            item.add_marker(pytest.mark.journey)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if call.when == "call":
        item.stash[FAILED] = report.failed
    return report


@pytest.fixture(scope="package")
def server(tmp_path_factory):
    """The product with its demonstration, started once for the journeys of a process."""
    with product.started(tmp_path_factory.mktemp("product")) as running:
        yield running


@pytest.fixture(scope="package")
def browser():
    """Chromium, started once for the journeys of a process."""
    with browsers.chromium() as running:
        yield running


@pytest.fixture
def open_page(request, server, browser):
    """A function that opens a page in a browser profile of its own; `page.trouble.expected` announces complaints."""
    opened = []

    def open_one(width=browsers.WIDE, *, javascript=True):
        context = browsers.new_context(browser, server.address, width=width, javascript=javascript)
        page = context.new_page()
        page.trouble = browsers.Trouble()
        page.on("console", page.trouble.on_console)
        page.on("pageerror", lambda error: page.trouble.heard.append(f"{error} (a script of the page failed)"))
        opened.append(page)
        return page

    yield open_one
    complaints = [said for page in opened for said in page.trouble.unexpected()]
    if complaints or request.node.stash.get(FAILED, False):
        for number, page in enumerate(opened):
            browsers.picture(page, f"{request.node.name}-{number}")
    for page in opened:
        page.context.close()
    assert complaints == []


@pytest.fixture(params=[browsers.NARROW, browsers.WIDE], ids=["320px", "1280px"])
def page(request, open_page):
    """A page at the width of a small phone, and at the width of a desk."""
    return open_page(width=request.param)


@pytest.fixture
def without_javascript(open_page):
    """A small page in a browser that runs no script, as on some ward computers."""
    return open_page(width=browsers.NARROW, javascript=False)
