"""Programmes are added by whoever runs the installation."""

import pytest

from app.core.db import db, transaction
from app.programme import queries
from app.programme.models import Page

ABOUT = ["--name", "New programme", "--team", "The team", "--area", "Far away", "--email", "team@new.example"]
PAGE = '+++\nslug = "{slug}"\ntitle = "Title"\n+++\nWrite to {{{{ programme.contact_email }}}}.\n'


@pytest.fixture
def run(app):
    return lambda *words: app.test_cli_runner().invoke(args=["programme", *words])


@pytest.fixture
def folder(tmp_path):
    for slug in ("role", "apply"):
        (tmp_path / f"{slug}.md").write_text(PAGE.format(slug=slug))
    return tmp_path


def test_a_programme_is_added_with_its_pages(app, run, folder, anonymous):
    said = run("add", "far", *ABOUT, "--host", "Far.example", "--pages", str(folder))
    assert said.exit_code == 0, said.output
    assert "flask accounts invite --programme far" in said.output
    shown = anonymous.get("/apply", base_url="http://far.example").text
    assert "mailto:team@new.example" in shown


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["add", "Far Away", *ABOUT], "small letters, digits and hyphens"),
        (["add", "far", *ABOUT[:-1], "nobody"], "An email address must have an @-sign"),
        (["pages", "nowhere", "static"], "no programme with the slug nowhere"),
    ],
)
def test_what_is_wrong_is_said(run, words, sentence):
    said = run(*words)
    assert said.exit_code != 0
    assert sentence in said.output


def test_a_slug_is_given_once(run):
    assert run("add", "far", *ABOUT).exit_code == 0
    assert "already" in run("add", "far", *ABOUT).output


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Just words", "begins with a line +++"),
        ('+++\nslug = "role"\ntitle = "x"\n+++\n{{ who }}', "There is no fact called {{ who }}"),
        ('+++\nslug = "login"\ntitle = "x"\n+++\nx', "another page has that address"),
    ],
)
def test_a_folder_is_taken_whole_or_not_at_all(app, run, folder, text, sentence):
    (folder / "wrong.md").write_text(text)
    said = run("add", "far", *ABOUT, "--pages", str(folder))
    assert said.exit_code == 1
    assert sentence in said.output
    with app.app_context():
        assert queries.programmes() == []


def test_only_missing_pages_are_added(app, run, folder):
    run("add", "far", *ABOUT, "--pages", str(folder))
    with app.app_context(), transaction():
        db.session.scalars(db.select(Page).filter_by(slug="role")).one().body = "Our own words."
    (folder / "contact.md").write_text(PAGE.format(slug="contact"))
    assert "Pages added: 1. There already: 2." in run("pages", "far", str(folder)).output
    with app.app_context():
        assert db.session.scalars(db.select(Page.body).filter_by(slug="role")).one() == "Our own words."


def test_every_page_can_be_cooked_again(app, run, folder):
    run("add", "far", *ABOUT, "--pages", str(folder))
    with app.app_context(), transaction():
        for page in db.session.scalars(db.select(Page)):
            page.html = "old"
    assert "Pages cooked again: 2." in run("cook").output
    with app.app_context():
        assert "old" not in db.session.scalars(db.select(Page.html)).all()
