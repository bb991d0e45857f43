"""The two questions: answered in the address, kept nowhere, working without scripts."""

import pytest

from app.core.db import db, transaction
from app.programme.models import Programme

pytestmark = pytest.mark.usefixtures("site")


def ask(browser, workplace="health", area="here", where=""):
    return browser.get(f"{where}/eligibility", query_string={"workplace": workplace, "area": area})


def test_the_questions_are_in_the_words_of_the_programme(anonymous):
    shown = anonymous.get("/eligibility").text
    assert "In Area here" in shown
    assert 'method="get"' in shown
    assert "Yes, you can apply" not in shown


@pytest.mark.parametrize(
    ("workplace", "area", "answer"),
    [
        ("charity", "here", "Yes, you can apply"),
        ("unsure", "here", "Perhaps: please ask us"),
        ("other", "unsure", "Perhaps: please ask us"),
        ("health", "elsewhere", "Our places are for another area"),
        ("health", "neighbour", "Our places are for another area"),
    ],
)
def test_each_answer_leads_on(anonymous, workplace, area, answer):
    shown = ask(anonymous, workplace, area)
    assert shown.status_code == 200
    assert answer in shown.text
    assert "We have not kept them." in shown.text


def test_neighbours_may_apply_where_the_programme_says_so(site, app, anonymous):
    with app.app_context(), transaction():
        db.session.get_one(Programme, site.programme_id).wider_area = "the wider Midlands"
    shown = ask(anonymous, "health", "neighbour").text
    assert "Yes, you can apply" in shown
    assert "In a neighbouring area, in the wider Midlands" in shown


@pytest.mark.parametrize(
    "answers", [{"check": "1"}, {"workplace": "health"}, {"area": "here"}, {"workplace": "x", "area": "here"}]
)
def test_half_an_answer_is_asked_again(anonymous, answers):
    answer = anonymous.get("/eligibility", query_string=answers)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert "<title>Error: " in " ".join(answer.text.split())


def test_nothing_is_kept(anonymous, asked):
    with asked() as statements:
        answer = ask(anonymous)
    assert "Set-Cookie" not in answer.headers
    assert all(statement.startswith(("SELECT", "BEGIN", "PRAGMA")) for statement in statements)
