"""Practice without a record: it works as any other, and leaves nothing behind."""

import re
from datetime import timedelta

import pytest
from flask import request
from sqlalchemy import func, inspect, select, table

from app.core import clock
from app.core.db import db, transaction
from app.scenarios.models import Scenario, ScenarioSource
from app.scenarios.sealed import Practice, Sealer
from tests.scenarios.playing import choices, heading, hidden, token


class Practising:
    """A browser that practises without a record; `page` is the page it has come to."""

    def __init__(self, browser, slug="lunch-break"):
        self.browser = browser
        before = browser.get(f"/scenarios/{slug}")
        self.page = browser.post("/scenarios/practice", data={"csrf_token": token(before), "slug": slug})

    def post(self, verb, **form):
        sent = {"csrf_token": token(self.page), "sealed": hidden(self.page).get("sealed", ""), **form}
        answer = self.browser.post(f"/scenarios/practice/{verb}", data=sent)
        if answer.status_code == 200:
            self.page = answer
        return answer

    def choose(self, *ids):
        for choice in ids:
            assert self.post("choose", choice=choice).status_code == 200
        return self.page


@pytest.fixture
def practising(client_for, loaded):
    return Practising(client_for(loaded.owner.email))


def everything_stored():
    """Every row of every table."""
    names = sorted(inspect(db.engine).get_table_names())
    return {name: db.session.execute(select("*").select_from(table(name))).all() for name in names}


def session_of(browser):
    with browser.session_transaction() as session:
        return dict(session)


def whole_practice(practising):
    """All there is to do, one after the other."""
    practising.choose("breathe", "yes")
    practising.post("words", words="Nobody shall ever read this sentence.")
    practising.choose("leave-that")
    practising.post("back", to=2)
    practising.post("words", words="")
    practising.choose("nothing", "ask")
    practising.post("debrief")


def test_it_plays_like_any_other(practising, text_of):
    assert heading(practising.page) == "Staff room"
    assert choices(practising.page) == ["breathe", "seat", "tell"]
    page = practising.choose("tell")
    assert heading(page) == "Silence"
    assert "Your own safety went down a lot" in text_of(page)
    assert choices(page) == ["turn", "leave"]


def test_nothing_is_stored(app, client_for, loaded):
    browser = client_for(loaded.owner.email)
    browser.get("/scenarios/lunch-break")
    with app.app_context():
        before = everything_stored()
    session = session_of(browser)
    practising = Practising(browser)
    whole_practice(practising)
    assert "How it ended: Heard" in practising.page.text
    assert session_of(browser) == session
    with app.app_context():
        assert everything_stored() == before


def test_no_address_and_no_title_says_what_is_practised(practising):
    seen = []
    asked = practising.browser.application.before_request_funcs.setdefault(None, [])
    asked.append(lambda: seen.append(request.full_path))
    whole_practice(practising)
    assert seen
    assert not any("lunch" in address or "break" in address for address in seen)
    for page in (practising.page, practising.post("back", to=0)):
        assert re.search(r"<title>\s*Practice\s*</title>", page.text), page.text[:200]


def test_no_page_is_kept_by_the_browser(practising):
    assert practising.page.headers["Cache-Control"] == "no-store"


def test_own_words_reach_the_debrief_and_go_no_further(practising, text_of):
    practising.choose("breathe", "yes")
    assert choices(practising.page) == []
    practising.post("words", words="Could we leave that?")
    assert "Could we leave that?" in text_of(practising.page)
    practising.choose("nothing", "ask")
    debrief = practising.post("debrief")
    assert "You wrote: Could we leave that?" in text_of(debrief)
    assert "<textarea" not in debrief.text
    assert "Nothing is kept here" in text_of(debrief)
    again = Practising(practising.browser)
    assert "Could we leave that?" not in again.choose("breathe", "yes").text


def test_the_way_back_from_the_debrief(practising):
    practising.choose("seat", "ask")
    practising.post("debrief")
    assert heading(practising.post("back", to=0)) == "Staff room"


def test_words_that_are_too_long_are_given_back(practising, text_of):
    practising.choose("breathe", "yes")
    answer = practising.post("words", words="long " * 500)
    assert answer.status_code == 422
    assert "Keep it to 2,000 characters or fewer" in text_of(answer)
    assert hidden(answer)["sealed"]


def test_skipping_and_refusals(practising):
    assert heading(practising.post("skip")) == "Afterwards"
    assert practising.post("skip").status_code == 422
    assert practising.post("choose", choice="tell").status_code == 422
    for to in ("1", "-1", "x", "", str(10**30)):
        assert practising.post("back", to=to).status_code == 422
    assert heading(practising.choose("ask")).endswith("Heard")


@pytest.mark.parametrize("sealed", ["", "x", "gAAAAABmmm", "é" * 50, "A" * 5000])
def test_what_was_not_sealed_here_is_refused(practising, text_of, sealed):
    answer = practising.post("choose", choice="breathe", sealed=sealed)
    assert answer.status_code == 422
    assert "This practice is over" in text_of(answer)


def test_steps_that_the_story_does_not_allow_are_refused_even_when_sealed(app, practising):
    """A page is trusted no further than the story allows."""
    with app.app_context():
        source = db.session.scalars(select(Scenario.source_hash)).one()
    sealer = Sealer(app.config["SECRET_KEY"])
    opened = sealer.open(hidden(practising.choose("seat"))["sealed"])
    assert opened.source_hash == source
    forged = sealer.seal(Practice("lunch-break", source, (*opened.steps, *opened.steps)))
    assert practising.post("choose", choice="ask", sealed=forged).status_code == 422


def test_a_version_that_is_not_kept_ends_the_practice(app, practising, text_of):
    forged = Sealer(app.config["SECRET_KEY"]).seal(Practice("lunch-break", "f" * 64))
    answer = practising.post("choose", choice="breathe", sealed=forged)
    assert answer.status_code == 422
    assert "This practice is over" in text_of(answer)


def test_a_scenario_that_is_not_open_to_the_member_is_not_found(app, loaded, practising):
    with app.app_context(), transaction():
        db.session.scalars(select(Scenario)).one().programme_id = loaded.other_programme_id
    assert practising.post("choose", choice="breathe").status_code == 404
    page = practising.browser.get("/scenarios/runs")
    begun = practising.browser.post("/scenarios/practice", data={"csrf_token": token(practising.page), "slug": "x"})
    assert (page.status_code, begun.status_code) == (200, 404)


def test_an_address_by_itself_leads_to_the_gallery(practising):
    for address in ("/scenarios/practice", "/scenarios/practice/choose", "/scenarios/practice/debrief"):
        answer = practising.browser.get(address)
        assert (answer.status_code, answer.location) == (303, "/scenarios")


def test_it_needs_the_token_of_a_page(practising):
    sealed = hidden(practising.page)["sealed"]
    answer = practising.browser.post("/scenarios/practice/choose", data={"sealed": sealed, "choice": "seat"})
    assert answer.status_code == 400


def test_it_can_be_gone_on_with_when_a_new_version_was_loaded(app, practising):
    practising.choose("breathe")
    with app.app_context(), transaction():
        db.session.add(ScenarioSource(hash="0" * 64, text="", added_at=clock.now() - timedelta(days=1)))
        db.session.flush()
        db.session.scalars(select(Scenario)).one().source_hash = "0" * 64
        assert db.session.scalar(select(func.count()).select_from(ScenarioSource)) == 2
    assert heading(practising.choose("not-now")) == "Afterwards"
