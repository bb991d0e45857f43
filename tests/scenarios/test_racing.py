"""Two tabs, a double click, an impatient phone: a run is never forked and never lost, on either database."""

import threading
from collections import Counter
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from app.core.db import db
from app.scenarios import queries
from app.scenarios.models import RunStep, ScenarioRun
from tests.scenarios.playing import hidden, token

pytestmark = pytest.mark.both_databases

AT_ONCE = 8


@pytest.fixture
def at_once(app):
    """Post many forms at the same moment, each from a tab of the same browser; gives the answers."""

    def post(browser, forms):
        cookie = browser.get_cookie("session").value
        start, answers = threading.Barrier(len(forms)), [None] * len(forms)

        def press(number, address, form):
            tab = app.test_client()
            tab.set_cookie("session", cookie)
            start.wait(timeout=10)
            answers[number] = tab.post(address, data=form)

        tabs = [threading.Thread(target=press, args=(number, *form)) for number, form in enumerate(forms)]
        for tab in tabs:
            tab.start()
        for tab in tabs:
            tab.join(timeout=30)
        assert None not in answers
        return answers

    return post


def positions(app, run_id):
    with app.app_context():
        steps = select(RunStep.position, RunStep.choice).where(RunStep.run_id == run_id).order_by(RunStep.position)
        return [tuple(row) for row in db.session.execute(steps)]


def test_many_clicks_on_one_choice_are_one_step(app, player, at_once):
    form = {"csrf_token": token(player.page), "position": 0, "choice": "breathe"}
    answers = at_once(player.browser, [(f"{player.address}/choose", form)] * AT_ONCE)
    assert Counter(answer.status_code for answer in answers) == {303: AT_ONCE}
    assert positions(app, player.run_id) == [(0, None), (1, "breathe")]


def test_of_different_choices_one_counts_and_the_others_are_told(app, player, at_once):
    form = {"csrf_token": token(player.page), "position": 0}
    wanted = ["breathe", "seat", "tell", "breathe", "seat", "tell"]
    answers = at_once(player.browser, [(f"{player.address}/choose", form | {"choice": each}) for each in wanted])
    steps = positions(app, player.run_id)
    assert [position for position, _ in steps] == [0, 1]
    winner = steps[1][1]
    for choice, answer in zip(wanted, answers, strict=True):
        assert answer.status_code == (303 if choice == winner else 409), choice
    assert "You have moved on in another tab" in next(a for a in answers if a.status_code == 409).text


def test_choosing_skipping_and_going_back_at_once_leave_one_line(app, player, at_once):
    player.choose("seat")
    player.post("back", to=0)
    form = {"csrf_token": token(player.page), "position": 2}
    verbs = [("choose", {"choice": "breathe"}), ("skip", {}), ("back", {"to": 1})] * 2
    answers = at_once(player.browser, [(f"{player.address}/{verb}", form | more) for verb, more in verbs])
    assert Counter(answer.status_code for answer in answers) == {303: 2, 409: 4}
    assert [position for position, _ in positions(app, player.run_id)] == [0, 1, 2, 3]
    with app.app_context():
        member_id = db.session.get(ScenarioRun, player.run_id).member_id
        assert queries.play(member_id, player.run_id).run.position == 3


def test_starting_many_times_at_once_starts_once(app, player, at_once):
    page = player.browser.get("/scenarios/lunch-break")
    form = {"csrf_token": token(page), "key": hidden(page)["key"]}
    answers = at_once(player.browser, [("/scenarios/lunch-break/start", form)] * AT_ONCE)
    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.location for answer in answers}) == 1
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(ScenarioRun)) == 2


def test_different_runs_do_not_wait_for_each_other_in_vain(app, player, at_once):
    token_of_page = {"csrf_token": token(player.page)}
    starts = [("/scenarios/lunch-break/start", token_of_page | {"key": str(uuid4())}) for _ in range(AT_ONCE)]
    runs = [answer.location.partition("#")[0] for answer in at_once(player.browser, starts)]
    assert len(set(runs)) == AT_ONCE
    choose = token_of_page | {"position": 0, "choice": "seat"}
    answers = at_once(player.browser, [(f"{run}/choose", choose) for run in runs])
    assert {answer.status_code for answer in answers} == {303}
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(RunStep)) == 1 + 2 * AT_ONCE


def test_words_and_notes_written_at_once_are_kept_whole(app, player, at_once):
    player.choose("breathe", "yes")
    form = {"csrf_token": token(player.page), "position": 2}
    said = [f"Version {number} of my words" for number in range(AT_ONCE)]
    answers = at_once(player.browser, [(f"{player.address}/words", form | {"words": words}) for words in said])
    assert {answer.status_code for answer in answers} == {303}
    noted = [(f"{player.address}/debrief", form | {"thoughts": words, "intention": words}) for words in said]
    assert {answer.status_code for answer in at_once(player.browser, noted)} == {303}
    with app.app_context():
        assert queries.words_of(player.run_id)[2] in said
        reflection = queries.reflection_on(player.run_id)
        assert reflection.thoughts == reflection.intention
        assert reflection.thoughts in said


def test_deleting_while_playing_leaves_nothing_or_all(app, player, at_once):
    form = {"csrf_token": token(player.page)}
    step = (f"{player.address}/choose", form | {"position": 0, "choice": "breathe"})
    answers = at_once(player.browser, [step, (f"{player.address}/delete", form), step])
    assert answers[1].status_code == 303
    assert {answers[0].status_code, answers[2].status_code} <= {303, 404}
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(RunStep)) == 0
