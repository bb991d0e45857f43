"""What an author is shown when something was found: which choices there are, and nothing executes."""

import pytest
from flask import render_template_string
from flask_wtf import FlaskForm

from app.moderation.screening import screen
from app.moderation.screening.forms import AnswerMixin
from app.moderation.screening.trust import Trust
from app.moderation.screening.watchwords import Effect, Watched, find
from app.moderation.screening.weighing import Answer, Author, Looked, rule

PAGE = """{% from "moderation/screening/_asked.html" import asked %}{{ asked(ruling, form, cancel="/back") }}"""
TAKE_OUT, EXPLAIN, KEEP = "Take out what is marked", "let a moderator look first", "Keep it as it is, and post"


class PostForm(AnswerMixin, FlaskForm):
    pass


def shown(app, body, watched=()):
    looked = Looked(texts={"body": body}, findings={"body": screen(body)}, matches={"body": find(body, watched)})
    with app.test_request_context():
        ruling = rule(looked, Author(trust=Trust.SETTLED), Answer.NONE, "", screen)
        return render_template_string(PAGE, ruling=ruling, form=PostForm())


@pytest.mark.parametrize(
    ("body", "choices"),
    [
        ("NHS number 999 653 1597", {TAKE_OUT}),
        ("Ring 07700 900123", {TAKE_OUT, EXPLAIN}),
        ("Dr Khan was kind", {TAKE_OUT, KEEP}),
        ("NHS number 999 653 1597, ring 07700 900123, Dr Khan", {TAKE_OUT}),
        ("We lack manpower", {KEEP}),
    ],
)
def test_the_choices_fit_what_was_found(app, body, choices):
    page = shown(app, body, [Watched("manpower", Effect.SUGGEST, "workforce")])
    assert {choice for choice in (TAKE_OUT, EXPLAIN, KEEP) if choice in page} == choices
    assert ('name="explanation"' in page) is (EXPLAIN in choices)
    assert 'href="/back"' in page


def test_the_first_button_of_the_form_takes_nothing_out(app):
    page = shown(app, "Ring 07700 900123")
    assert page.index('name="submit"') < page.index('value="redact"')


def test_what_was_written_stays_text(app):
    page = shown(app, "<script>alert(1)</script> 07700 900123 <img src=x onerror=alert(1)>")
    assert "<script>" not in page
    assert "<img" not in page
    assert "<mark>07700 900123</mark>" in page


def test_the_answer_is_that_of_the_button(app):
    with app.test_request_context(method="POST", data={"answer": "redact"}):
        assert PostForm(meta={"csrf": False}).answered is Answer.REDACT
    with app.test_request_context(method="POST", data={"answer": "anything"}):
        assert PostForm(meta={"csrf": False}).answered is Answer.NONE
