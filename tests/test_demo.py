"""The demonstration is loaded once, the same every time, and only where it belongs."""

import dataclasses
from datetime import date

import pytest
from sqlalchemy import func

from app.accounts.models import Member
from app.core import audit
from app.core.db import db, transaction
from app.demo.cast import FAMILY_NAMES, FIRST_NAMES, colleagues
from app.demo.timetable import cohorts, thursday_in
from app.programme.models import Cohort, CohortEvent, CohortMembership, Page, Programme
from app.signposting.models import SupportService
from tests.databases import test_settings

PASSWORD = "canal boats at dawn"
BY_CONTRACT = [
    "participant", "outsider", "moderator", "moderator2", "facilitator", "lead", "sponsor", "author", "reviewer",
    "reviewer2",
]  # fmt: skip
SHAPES = (Programme, Page, Cohort, CohortEvent, CohortMembership, Member, SupportService)


@pytest.fixture
def settings(database, tmp_path):
    return test_settings(database, tmp_path, demo=True, demo_password=PASSWORD)


@pytest.fixture
def run(app):
    return lambda *words: app.test_cli_runner().invoke(args=["demo", *words])


@pytest.fixture
def loaded(run):
    said = run("load", "--size", "small")
    assert said.exit_code == 0, said.output
    return said.output


def counts(app):
    with app.app_context():
        return [db.session.scalar(db.select(func.count()).select_from(shape)) for shape in SHAPES]


# -- the command -------------------------------------------------------------------------------------------------------


def test_it_tells_what_it_does_and_loading_again_changes_nothing(app, run, loaded):
    assert "2 programmes" in loaded
    assert "scenarios" in loaded
    before = counts(app)
    for words in (["load"], ["load", "--if-empty"]):
        assert run(*words).exit_code == 0
        assert counts(app) == before
    with app.app_context():
        assert audit.verify().sound


def test_what_somebody_changed_stays_changed(app, run, loaded):
    with app.app_context(), transaction():
        db.session.scalars(db.select(Page).filter_by(slug="role")).first().title = "Ours"
    run("load")
    with app.app_context():
        assert "Ours" in db.session.scalars(db.select(Page.title)).all()


def test_where_something_is_already_nothing_is_loaded(app, run):
    with app.app_context(), transaction():
        about = {
            "name": "Real",
            "short_name": "Real",
            "team_name": "Us",
            "area": "Here",
            "contact_email": "us@real.example",
        }
        db.session.add(Programme(slug="real", **about))
    assert run("load", "--if-empty").exit_code == 0
    with app.app_context():
        assert db.session.scalars(db.select(Programme.slug)).all() == ["real"]


def test_the_welcome_names_address_accounts_and_password(run, loaded):
    said = run("welcome").output
    assert "http://localhost" in said
    assert PASSWORD in said
    assert all(f"{name}@demo.example" in said for name in BY_CONTRACT)


class TestOutsideDemoMode:
    @pytest.fixture
    def settings(self, database, tmp_path):
        return test_settings(database, tmp_path)

    @pytest.mark.parametrize("words", [["load"], ["load", "--if-empty"], ["welcome"]])
    def test_nobody_made_up_is_let_in(self, app, run, words):
        said = run(*words)
        assert said.exit_code == 1
        assert "This is not a demonstration" in said.output
        assert counts(app) == [0] * len(SHAPES)


def test_a_new_password_in_the_settings_opens_the_accounts_again(app, run, loaded, client_for, settings):
    app.extensions["settings"] = dataclasses.replace(settings, demo_password="another walk by the canal")
    assert "11 demo accounts" in run("load", "--if-empty").output
    assert client_for("lead@demo.example", "another walk by the canal").get("/lead").status_code == 200
    assert "demo accounts" not in run("load", "--if-empty").output


# -- what it is made of ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("today", [date(year, month, 28) for year in (2026, 2027) for month in range(1, 13)])
def test_at_any_time_of_the_year_one_cohort_runs_and_one_is_ahead(today):
    *_finished, running, coming = cohorts(today, "The hall")
    begun, ahead = list(running.dates()), list(coming.dates())
    assert begun[1].day < today < begun[-1].day
    assert today < ahead[0].day
    for dates in (begun, ahead):
        assert [dated.day.weekday() for dated in dates] == [3] * 8
        assert len({(dated.day.year, dated.day.month) for dated in dates[2:]}) == 6
        assert not [dated.day for dated in dates if (dated.day.month, dated.day.day) in {(12, 25), (12, 26), (1, 1)}]


def test_months_are_counted_over_the_turn_of_the_year():
    assert str(thursday_in(date(2026, 11, 21), 2)) == "2027-01-14"
    assert str(thursday_in(date(2027, 1, 3), -2)) == "2026-11-12"


def test_everybody_has_a_name_of_their_own():
    people = colleagues(len(FIRST_NAMES) * 3)
    assert len({colleague.email for colleague in people}) == len(people)
    assert FAMILY_NAMES[0] in people[0].name
    assert colleagues(5) == people[:5]
