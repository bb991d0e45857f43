"""Playing over HTTP, from the gallery to the debrief."""

import re
from uuid import uuid4

import pytest
from sqlalchemy import select

from app.core.db import db, transaction
from app.scenarios.models import RunStep, Scenario
from app.scenarios.views import runs
from app.signposting.models import SupportService
from tests.scenarios.playing import Player, choices, heading, hidden, token


def test_the_gallery_tells_what_one_lets_oneself_in_for(client_for, loaded, text_of):
    said = text_of(client_for(loaded.owner.email).get("/scenarios"))
    for words in ("The lunch break", "A staff room, ten past one", "A physiotherapist", "3 minutes", "Not yet"):
        assert words in said
    assert "a colleague is belittled" in said


def test_the_pre_brief_prepares_and_offers_both_ways(client_for, loaded, text_of):
    answer = client_for(loaded.owner.email).get("/scenarios/lunch-break")
    said = text_of(answer)
    for words in (
        "In this scenario a colleague is belittled",
        "There is no score",
        "You can stop at any time",
        "Practise without a record",
        "Support you can turn to",
    ):
        assert words in said
    assert "Go on where you were" not in said
    assert "app-exit" in answer.text


def test_a_run_under_way_can_be_gone_on_with(player, text_of):
    player.choose("breathe")
    before = player.browser.get("/scenarios/lunch-break")
    assert f'href="{player.address}#now"' in before.text
    assert "Go on where you were" in text_of(before)
    assert "Under way" in text_of(player.browser.get("/scenarios"))


def test_an_unknown_scenario_is_not_found(client_for, loaded):
    browser = client_for(loaded.owner.email)
    assert browser.get("/scenarios/no-such-thing").status_code == 404
    assert browser.submit("/scenarios/x/start", {"key": str(uuid4())}, page="/scenarios/lunch-break").status_code == 404


def test_a_scenario_of_another_programme_is_not_found(app, client_for, loaded):
    with app.app_context(), transaction():
        db.session.scalars(select(Scenario)).one().programme_id = loaded.other_programme_id
    assert client_for(loaded.owner.email).get("/scenarios/lunch-break").status_code == 404
    assert client_for(loaded.stranger.email).get("/scenarios/lunch-break").status_code == 200


def test_a_moment_shows_passage_choices_and_where_things_stand(player, text_of):
    said = text_of(player.page)
    assert heading(player.page) == "Staff room"
    assert choices(player.page) == ["breathe", "seat", "tell"]
    assert "<strong>Sunita</strong>" in player.page.text
    assert "&lt;b&gt;Nobody&lt;/b&gt;" in player.page.text
    assert "Your own safety high" in said
    assert "told" not in said.lower()
    assert "Direct" not in said  # what a choice calls itself is for the debrief


def test_what_changed_is_told_with_the_heading_that_takes_the_focus(player, text_of):
    page = player.choose("tell")
    h1 = re.search(r"<h1[^>]*>", page.text)[0]
    assert 'id="now"' in h1
    assert 'tabindex="-1"' in h1
    assert 'aria-describedby="what-changed"' in h1
    said = text_of(page)
    assert "You chose: Tell them that it was not funny" in said
    assert "Your colleague's dignity and control went up" in said.replace("&#39;", "'")
    assert "Your own safety went down a lot" in said


def test_each_step_leads_to_the_heading(player):
    answer = player.post("choose", choice="breathe")
    assert (answer.status_code, answer.location) == (303, f"{player.address}#now")


def test_no_number_is_shown_as_a_score(player, text_of):
    player.choose("seat", "ask")
    said = text_of(player.browser.get(f"{player.address}/debrief"))
    assert not re.search(r"\bscore:|\bpoints?\b|\d\s*(?:/|out of)\s*\d|\bcorrect\b", said, re.IGNORECASE)


def test_a_safety_check_looks_like_one(player, text_of):
    page = player.choose("breathe")
    assert "Is it safe enough: physically, psychologically, professionally?" in text_of(page)
    assert "app-scene--check" in page.text


def test_ones_own_words_come_before_those_of_others(player, text_of):
    page = player.choose("breathe", "yes")
    assert choices(page) == []
    assert "<textarea" in page.text
    answer = player.post("words", words="Could we\r\nleave that?")
    assert (answer.status_code, answer.location) == (303, f"{player.address}#choices")
    assert choices(player.page) == ["leave-that", "nothing"]
    assert "Could we\nleave that?" in player.page.text
    player.choose("nothing", "ask")
    debrief = text_of(player.browser.get(f"{player.address}/debrief"))
    assert "You wrote: Could we leave that? You chose: Nothing, for now" in debrief


def test_one_may_go_on_without_writing(player):
    player.choose("breathe", "yes")
    assert player.post("words", words="").status_code == 303
    assert choices(player.page) == ["leave-that", "nothing"]
    assert "You wrote:" not in player.page.text


def test_words_that_are_too_long_are_given_back(player, text_of):
    player.choose("breathe", "yes")
    answer = player.post("words", words="long " * 500)
    assert answer.status_code == 422
    assert "Keep it to 2,000 characters or fewer" in text_of(answer)
    assert "<title>Error: " in answer.text
    assert "long long" in answer.text


def test_words_come_back_when_one_comes_back(player):
    player.choose("breathe", "yes")
    player.post("words", words="Not like that.")
    player.choose("nothing")
    player.post("back", to=2)
    assert "Not like that.</textarea>" in player.page.text


def test_a_passage_can_be_skipped_where_its_author_says_so(player, text_of):
    assert "Skip this part" in text_of(player.page)
    assert player.post("skip").status_code == 303
    assert heading(player.page) == "Afterwards"
    assert "You skipped a part" in text_of(player.page)
    assert "Skip this part" not in text_of(player.page)
    assert player.post("skip").status_code == 422


def test_going_back_is_a_step_that_names_where_it_went(app, player, text_of):
    player.choose("breathe", "not-now")
    assert player.post("back", to=1).status_code == 303
    assert heading(player.page).endswith("Is it safe?")
    assert "You went back. Everything is as it was then." in text_of(player.page)
    with app.app_context():
        last = db.session.scalars(select(RunStep).order_by(RunStep.position.desc())).first()
        assert (last.position, last.kind, last.to_position) == (3, "back", 1)


@pytest.mark.parametrize("to", ["2", "99", "-1", "x", "", str(10**20)])
def test_one_cannot_go_back_to_where_one_has_not_been(player, to):
    player.choose("breathe", "not-now")
    assert player.post("back", to=to).status_code == 422
    assert hidden(player.look())["position"] == "2"


def test_a_stale_page_leads_to_where_the_run_is_now(player, text_of):
    stale = player.page
    player.choose("breathe")
    answer = player.browser.post(
        f"{player.address}/choose", data={"csrf_token": token(stale), "position": 0, "choice": "seat"}
    )
    assert answer.status_code == 409
    assert "You have moved on in another tab" in text_of(answer)
    assert f'href="{player.address}#now"' in answer.text


def test_a_double_click_is_one_click(player):
    form = {"csrf_token": token(player.page), "position": 0, "choice": "breathe"}
    answers = [player.browser.post(f"{player.address}/choose", data=form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert hidden(player.look())["position"] == "1"


def test_what_was_written_on_a_stale_page_is_not_lost(player):
    player.choose("breathe", "yes")
    stale = player.page
    player.post("words", words="")
    player.choose("nothing")
    form = {"csrf_token": token(stale), "position": 2, "words": "I had <more> to say"}
    answer = player.browser.post(f"{player.address}/words", data=form)
    assert answer.status_code == 409
    assert "I had &lt;more&gt; to say" in answer.text


@pytest.mark.parametrize("choice", ["ask", "again", "", "x" * 201, "'; DROP TABLE run", "Is it safe?"])
def test_a_choice_that_is_not_open_is_refused(player, choice):
    answer = player.post("choose", choice=choice)
    assert answer.status_code == 422
    assert hidden(player.look())["position"] == "0"


@pytest.mark.parametrize("position", ["", "x", "-1", "500", str(10**30)])
def test_a_position_that_no_page_had_is_refused(player, position):
    assert player.post("choose", choice="breathe", position=position).status_code == 422


def test_starting_twice_with_one_page_starts_once(client_for, loaded):
    browser = client_for(loaded.owner.email)
    page = browser.get("/scenarios/lunch-break")
    form = {"csrf_token": token(page), "key": hidden(page)["key"]}
    addresses = {browser.post("/scenarios/lunch-break/start", data=form).location for _ in range(2)}
    assert len(addresses) == 1
    assert browser.post("/scenarios/lunch-break/start", data=form | {"key": "mine"}).status_code == 422


def test_the_debrief_tells_why_what_else_was_open_and_how_others_saw_it(player, text_of):
    player.choose("seat", "ask")
    assert player.page.text.count(f'href="{player.address}/debrief"') == 1
    said = text_of(player.browser.get(f"{player.address}/debrief"))
    for words in (
        "How it ended: Heard",
        "What did you notice first?",
        "You turn to the person targeted &amp; not to the one who spoke.",
        "Distract",
        "Delay",
        "What else was open in moment 1",
        "Short, and it names what happened.",
        "How Sunita saw this moment",
        "I counted the peas.",
        "How the porter saw this moment",
        "Where things stood in the end",
        "What will you try at work?",
    ):
        assert words in said, words


def test_the_path_is_a_picture_with_a_twin_in_words(player):
    player.choose("breathe", "not-now", "ask")
    page = player.browser.get(f"{player.address}/debrief").text
    svg = re.search(r'<svg class="app-picture__svg".*?</svg>', page, re.DOTALL)[0]
    assert 'role="img"' in svg
    assert "style=" not in page
    for name in ("Staff room", "Is it safe?", "Afterwards", "Heard"):
        assert f">{name}</text>" in svg
    twin = re.search(r'<ol class="app-path">.*?</ol>', page, re.DOTALL)[0]
    assert twin.count('class="app-path__moment') == 4


def test_one_can_look_back_before_an_ending(player, text_of):
    player.choose("breathe")
    assert "Stop here and go to the debrief" in text_of(player.page)
    said = text_of(player.browser.get(f"{player.address}/debrief"))
    assert "You stopped before an ending, and that is all right." in said


def test_from_the_debrief_another_way_can_be_tried(player, text_of):
    player.choose("seat", "ask")
    player.page = player.browser.get(f"{player.address}/debrief")
    assert "Try another way from here (moment 1)" in text_of(player.page)
    assert player.post("back", to=0).status_code == 303
    assert choices(player.page) == ["breathe", "seat", "tell"]


def test_support_stands_at_the_end_crisis_lines_first(app, player, text_of):
    with app.app_context(), transaction():
        for slug, name, urgent in (
            ("freedom-to-speak-up-guardian", "The Guardian", False),
            ("samaritans", "Samaritans", True),
            ("occupational-health", "Occupational health", False),
        ):
            db.session.add(SupportService(slug=slug, name=name, summary="…", urgent=urgent))
    player.choose("seat", "ask")
    said = text_of(player.browser.get(f"{player.address}/debrief"))
    assert said.index("Samaritans") < said.index("The Guardian")
    assert "Occupational health" not in said
    player.post("back", to=1)
    player.choose("stairs")
    elsewhere = text_of(player.browser.get(f"{player.address}/debrief"))
    assert "Occupational health" in elsewhere
    assert "The Guardian" not in elsewhere


def test_a_reflection_is_saved_and_shown_again(player, text_of):
    player.choose("seat", "ask")
    player.page = player.browser.get(f"{player.address}/debrief")
    answer = player.browser.post(
        f"{player.address}/debrief",
        data={"csrf_token": token(player.page), "thoughts": "The <fork>.", "intention": "Sit beside."},
    )
    assert (answer.status_code, answer.location) == (303, f"{player.address}/debrief?saved=1#reflection")
    again = player.browser.get(answer.location.partition("#")[0])
    assert "Your notes are saved." in text_of(again)
    assert "The &lt;fork&gt;.</textarea>" in again.text
    assert "Sit beside.</textarea>" in again.text


def test_a_script_that_saves_gets_a_short_answer(player):
    player.page = player.browser.get(f"{player.address}/debrief")
    answer = player.browser.post(
        f"{player.address}/debrief",
        data={"csrf_token": token(player.page), "thoughts": "x", "intention": ""},
        headers={"Accept": "application/json"},
    )
    assert answer.status_code == 200
    assert re.fullmatch(r"Saved at [\d:]+[ap]m|Saved at mid(?:day|night)", answer.json["saved"])


def test_a_reflection_that_is_too_long_is_given_back(player, text_of):
    player.page = player.browser.get(f"{player.address}/debrief")
    sent = {"csrf_token": token(player.page), "thoughts": "long " * 500, "intention": "short"}
    answer = player.browser.post(f"{player.address}/debrief", data=sent)
    assert answer.status_code == 422
    assert "Keep it to 2,000 characters or fewer" in text_of(answer)
    assert "short</textarea>" in answer.text


def test_ones_own_runs_are_listed_and_deleted_after_a_question(player, text_of):
    listed = player.browser.get("/scenarios/runs")
    assert "The lunch break" in text_of(listed)
    assert "Under way" in text_of(listed)
    question = player.browser.get(f"{player.address}/delete")
    assert "This cannot be undone" in text_of(question)
    answer = player.browser.post(f"{player.address}/delete", data={"csrf_token": token(question)})
    assert answer.status_code == 303
    assert "The run is deleted" in text_of(player.browser.get(answer.location))
    assert player.browser.get(player.address).status_code == 404


def test_my_practice_has_pages(player, monkeypatch):
    monkeypatch.setattr("app.scenarios.queries.RUNS_ON_A_PAGE", 2)
    for _ in range(2):
        Player.begin(player.browser)
    first = player.browser.get("/scenarios/runs")
    (older,) = re.findall(r'href="(/scenarios/runs\?before=\d+)"', first.text)
    second = player.browser.get(older)
    assert [page.text.count("app-runs__one") for page in (first, second)] == [2, 1]
    assert "before=" not in second.text
    for odd in ("0", "-3", "x", str(10**30)):
        assert player.browser.get(f"/scenarios/runs?before={odd}").status_code == 200


def test_pictures_come_from_the_folder_of_the_scenarios(player, tmp_path, monkeypatch):
    (tmp_path / "bay.png").write_bytes(b"\x89PNG")
    monkeypatch.setattr(runs, "MEDIA", tmp_path)
    with player.browser.get("/scenarios/media/bay.png") as answer:
        assert answer.content_type == "image/png"
    assert player.browser.get("/scenarios/media/..%2f..%2fpyproject.toml").status_code == 404


def test_every_page_of_playing_has_the_quick_exit(player):
    pages = ["/scenarios/lunch-break", "/scenarios/runs"]
    pages += [f"{player.address}{page}" for page in ("", "/debrief", "/delete")]
    for page in pages:
        assert 'data-module="app-exit"' in player.browser.get(page).text, page
    assert 'data-module="app-exit"' in player.post("choose", choice="ask").text
