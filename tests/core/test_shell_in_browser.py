"""What only a browser can show of the shell: the quick exit, the policy at work, and accessibility at two widths."""

import logging
from threading import Thread

import pytest
from werkzeug.serving import make_server

from app.core.shell import Branding
from tests.core.tiny_app import make
from tests.journeys import browser as browsers

pytestmark = pytest.mark.journey

at_a_desk = pytest.mark.parametrize("page", [browsers.WIDE], ids=["1280px"], indirect=True)

ELSEWHERE = "https://weather.example/"
STATUS_OF_AN_ERROR_PAGE = r"the server responded with a status of (404|422|500)"


@pytest.fixture(scope="module")
def address():
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    branding = Branding(organisation="Leicester, Leicestershire and Rutland ICB", exit_url=ELSEWHERE, demo=True)
    server = make_server("127.0.0.1", 0, make(lambda: branding), threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def chromium():
    with browsers.chromium() as running:
        yield running


@pytest.fixture(params=[browsers.NARROW, browsers.WIDE], ids=["320px", "1280px"])
def page(request, chromium, address):
    context = browsers.new_context(chromium, address, width=request.param)
    page = context.new_page()
    trouble = browsers.Trouble(expected=[STATUS_OF_AN_ERROR_PAGE])
    page.on("console", trouble.on_console)
    page.on("pageerror", lambda error: trouble.heard.append(str(error)))
    yield page
    context.close()
    assert trouble.unexpected() == []


@pytest.fixture
def weather(page):
    """The site that the quick exit leads to, and what each visitor told it of where they came from."""
    told = []

    def answer(route):
        told.append(route.request.headers.get("referer"))
        route.fulfill(body="<title>Weather</title>", content_type="text/html")

    page.route(f"{ELSEWHERE}**", answer)
    return told


@pytest.mark.parametrize("path", ["/", "/members", "/form", "/say/success", "/nowhere", "/crash"])
def test_pages_are_accessible(page, path):
    page.goto("/enter")
    page.goto(path)
    browsers.assert_accessible(page)


def test_a_refused_form_takes_the_reader_to_what_is_wrong(page):
    page.goto("/form")
    page.get_by_role("button", name="Send it").click()
    page.locator(".nhsuk-error-summary:focus").wait_for()
    browsers.assert_accessible(page)
    page.get_by_role("link", name="Choose how we reach you").click()
    page.locator("#how:focus").wait_for()


def test_a_choice_opens_its_question(page):
    page.goto("/form")
    question = page.get_by_label("Telephone number")
    assert not question.is_visible()
    page.get_by_label("By phone").check()
    assert question.is_visible()
    browsers.assert_accessible(page)


@at_a_desk
def test_a_word_too_many_is_counted(page):
    page.goto("/form")
    page.get_by_label("What happened").fill("a\nb" + "c" * 200)
    page.get_by_text("You have 3 characters too many").wait_for()


class TestQuickExit:
    def leave_and_look_back(self, page, leave):
        page.goto("/")
        page.goto("/form")
        leave()
        page.wait_for_url(ELSEWHERE)
        page.go_back()
        page.wait_for_url("**/")
        assert page.get_by_role("heading", name="A page").is_visible()

    @at_a_desk
    def test_a_click_leaves_and_back_does_not_return(self, page, weather):
        self.leave_and_look_back(page, lambda: page.get_by_role("link", name="Leave this page").click())
        assert weather == [None]

    @at_a_desk
    def test_shift_three_times_leaves_from_anywhere(self, page, weather):
        def press():
            page.get_by_label("Full name").click()
            for _ in range(3):
                page.keyboard.press("Shift")

        self.leave_and_look_back(page, press)
        assert weather == [None]

    @at_a_desk
    def test_a_screen_reader_hears_how_many_presses_are_left(self, page, weather):
        page.goto("/form")
        page.keyboard.press("Shift")
        page.get_by_text("press 2 more times to leave").wait_for(state="attached")
        page.keyboard.press("Shift")
        page.get_by_text("press once more to leave").wait_for(state="attached")
        assert weather == []

    @at_a_desk
    def test_capital_letters_are_no_call_for_help(self, page, weather):
        page.goto("/form")
        name = page.get_by_label("Full name")
        name.click()
        for letter in "ADA L":
            page.keyboard.press(f"Shift+{letter}")
        page.keyboard.press("Shift")
        page.keyboard.press("a")
        page.keyboard.press("Shift")
        assert name.input_value() == "ADA La"
        page.get_by_text("press 2 more times to leave").wait_for(state="attached")
        assert weather == []

    @at_a_desk
    def test_the_page_is_blank_while_the_other_site_is_slow(self, page, weather):
        page.goto("/form")
        shown = page.evaluate(
            """() => {
                document.querySelector(".app-exit a").click();
                return [document.title, getComputedStyle(document.body).display, location.pathname];
            }"""
        )
        assert shown == ["Loading", "none", "/"]
        page.wait_for_url(ELSEWHERE)
        assert weather == [None]

    def test_it_stays_in_reach_and_hides_nothing_that_has_the_focus(self, page):
        page.goto("/form")
        page.get_by_role("button", name="Give up my place").scroll_into_view_if_needed()
        assert page.get_by_role("link", name="Leave this page").is_visible()
        link = page.locator(".app-exit").bounding_box()
        assert link["y"] == 0
        for _ in range(12):
            page.keyboard.press("Shift+Tab")
            focused = page.evaluate("document.activeElement.getBoundingClientRect().bottom")
            assert focused > link["height"]


def test_without_a_script_the_exit_is_a_link_and_every_question_shows(chromium, address):
    context = browsers.new_context(chromium, address, width=browsers.NARROW, javascript=False)
    page = context.new_page()
    page.goto("/form")
    assert page.get_by_label("Telephone number").is_visible()
    assert not page.get_by_text("Press Shift 3 times").is_visible()
    page.route(f"{ELSEWHERE}**", lambda route: route.fulfill(body="weather"))
    page.get_by_role("link", name="Leave this page").click()
    page.wait_for_url(ELSEWHERE)
    context.close()
