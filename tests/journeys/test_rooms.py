"""Rooms in a browser: people talk, one loses the connection, a moderator looks after it, and without a script."""

from tests.journeys.browser import NARROW, WIDE, assert_accessible, assert_fits, sign_in

ROOM = "/rooms/community"


def lines(page):
    return page.get_by_role("list", name="Messages").get_by_role("listitem")


def say(page, words):
    page.get_by_label("Your message").fill(words)
    page.get_by_role("button", name="Send").click()


def test_two_people_talk_and_nothing_is_lost_when_the_connection_is(open_page):
    amina, grace = open_page(width=NARROW), open_page(width=WIDE)
    # Chromium says so when the line is cut, which is what the journey does.
    amina.trouble.expected += [r"ERR_INTERNET_DISCONNECTED", r"WebSocket"]
    for page, who in ((amina, "participant"), (grace, "moderator")):
        sign_in(page, who)
        page.goto(ROOM)
    grace.get_by_text("Here now (2)").wait_for()

    say(amina, "A word from the ward")
    lines(grace).filter(has_text="A word from the ward").wait_for()
    grace.locator("[data-announce]", has_text="Amina Yusuf: A word from the ward").wait_for(state="attached")
    assert_accessible(amina)
    assert_accessible(grace)

    amina.get_by_label("Your message").press_sequentially("Wri")
    grace.locator("[data-typing]", has_text="Amina Yusuf is writing").wait_for()
    amina.get_by_label("Your message").fill("")
    amina.get_by_role("button", name="Raise your hand").click()
    grace.get_by_text("would like to speak").wait_for()

    amina.context.set_offline(True)
    amina.evaluate("() => dispatchEvent(new Event('offline'))")
    amina.get_by_text("The connection is lost").wait_for()
    say(amina, "Written without a connection")
    amina.get_by_text("Waiting for the connection").wait_for()
    say(grace, "Said while somebody was away")
    grace.locator(".app-said:not(.app-said--waiting)", has_text="Said while somebody was away").wait_for()
    amina.context.set_offline(False)
    lines(amina).filter(has_text="Said while somebody was away").wait_for()
    lines(grace).filter(has_text="Written without a connection").wait_for()
    last = [lines(page).locator(".app-said__body").all_inner_texts()[-2:] for page in (amina, grace)]
    assert last[0] == last[1] == ["Said while somebody was away", "Written without a connection"]

    line = lines(amina).filter(has_text="Said while somebody was away")
    line.get_by_text("More").click()
    line.get_by_role("button", name="Thank you").click()
    grace.get_by_text("Thank you: 1").wait_for(state="attached")


def test_what_cannot_be_sent_comes_back_with_a_reason(page):
    sign_in(page, "participant")
    page.goto(ROOM)
    page.get_by_text("Here now (").wait_for()
    say(page, "x" * 2001)
    page.get_by_role("alert").get_by_text("2,000 characters or fewer").wait_for()
    assert page.get_by_label("Your message").input_value() == "x" * 2001
    assert_accessible(page)


def test_a_moderator_looks_after_a_room(open_page):
    amina, grace = open_page(width=NARROW), open_page(width=NARROW)
    for page, who in ((amina, "outsider"), (grace, "moderator2")):
        sign_in(page, who)
        page.goto(ROOM)
    amina.get_by_text("Here now (2)").wait_for()
    say(amina, "Something that must not stay")
    line = lines(grace).filter(has_text="Something that must not stay")
    line.get_by_text("More").click()
    line.get_by_role("link", name="Remove").click()
    assert_accessible(grace)
    grace.get_by_role("button", name="Remove the message").click()
    amina.get_by_text("A moderator removed this message.").wait_for()
    assert amina.get_by_text("Something that must not stay").count() == 0

    grace.get_by_role("link", name="Mute or remove somebody").click()
    assert_accessible(grace)
    grace.get_by_role("button", name="Remove from the room Tom Hartley").click()
    amina.get_by_text("A moderator has ended your part in this room.").wait_for()
    assert lines(amina).count() == 0
    grace.get_by_role("button", name="Let them in again Tom Hartley").click()
    amina.goto(ROOM)
    say(amina, "Back again")
    lines(amina).filter(has_text="Back again").wait_for()


def test_a_room_without_javascript(without_javascript):
    page = without_javascript
    sign_in(page, "participant")
    page.goto("/rooms")
    page.get_by_role("link", name="Community room").click()
    page.get_by_text("This page runs no script").wait_for()
    say(page, "Sent without a script")
    lines(page).filter(has_text="Sent without a script").wait_for()
    say(page, "   ")
    page.get_by_text("Write something first").first.wait_for()
    assert_fits(page)
