"""Who may reach what: every member may play, nobody but its owner sees a run, suspended members wait."""

from datetime import timedelta
from uuid import uuid4

import pytest

from app.core import clock
from app.core.db import transaction
from tests.scenarios.playing import Player, heading, token

PAGES = ["", "/debrief", "/delete"]
ACTIONS = {
    "choose": {"position": 0, "choice": "breathe"},
    "skip": {"position": 0},
    "back": {"position": 0, "to": 0},
    "words": {"position": 0, "words": "x"},
    "debrief": {"thoughts": "x", "intention": "x"},
    "delete": {},
}
OTHERS = ["peer", "outsider", "facilitator", "moderator", "lead", "author", "reviewer", "sponsor", "stranger"]


@pytest.mark.parametrize("role", ["owner", *OTHERS])
def test_members_of_every_role_may_play(client_for, loaded, role):
    player = Player.begin(client_for(getattr(loaded, role).email))
    assert heading(player.choose("seat", "ask")).endswith("Heard")


@pytest.mark.parametrize("role", OTHERS)
def test_a_run_of_somebody_else_does_not_exist(client_for, loaded, player, role):
    browser = client_for(getattr(loaded, role).email)
    for page in PAGES:
        assert browser.get(f"{player.address}{page}").status_code == 404, page
    form = {"csrf_token": token(browser.get("/scenarios/lunch-break"))}
    for verb, sent in ACTIONS.items():
        assert browser.post(f"{player.address}/{verb}", data=form | sent).status_code == 404, verb
    assert "lunch break" not in browser.get("/scenarios/runs").text
    assert heading(player.look()) == "Staff room"


def test_a_visitor_is_asked_to_sign_in(anonymous, player):
    pages = ["/scenarios", "/scenarios/lunch-break", "/scenarios/runs", *(f"{player.address}{page}" for page in PAGES)]
    for page in pages:
        answer = anonymous.get(page)
        assert answer.status_code == 302, page
        assert "/login" in answer.location
    form = {"csrf_token": token(anonymous.get("/login"))}
    for verb, sent in ACTIONS.items():
        assert "/login" in anonymous.post(f"{player.address}/{verb}", data=form | sent).location, verb
    for address in ("/scenarios/lunch-break/start", "/scenarios/practice", "/scenarios/practice/choose"):
        assert "/login" in anonymous.post(address, data=form).location, address


def test_a_member_who_is_suspended_may_not_play(app, loaded, player):
    with app.app_context(), transaction():
        loaded.owner.member.suspended_until = clock.now() + timedelta(days=1)
    form = {"csrf_token": token(player.page)}
    for page in ("/scenarios", "/scenarios/lunch-break", "/scenarios/runs", player.address):
        assert player.browser.get(page).status_code == 403, page
    for verb, sent in ACTIONS.items():
        assert player.browser.post(f"{player.address}/{verb}", data=form | sent).status_code == 403, verb
    for address in ("/scenarios/lunch-break/start", "/scenarios/practice", "/scenarios/practice/choose"):
        assert player.browser.post(address, data=form | {"key": str(uuid4())}).status_code == 403, address


def test_no_action_is_taken_without_the_token_of_a_page(player):
    for verb, sent in ACTIONS.items():
        assert player.browser.post(f"{player.address}/{verb}", data=sent).status_code == 400, verb
    assert heading(player.look()) == "Staff room"


@pytest.mark.parametrize("run_id", ["0", "999999", "2147483648", str(10**30), "x"])
def test_a_run_that_was_never_begun_does_not_exist(player, run_id):
    assert player.browser.get(f"/scenarios/runs/{run_id}").status_code == 404
