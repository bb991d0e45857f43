"""What is in the demonstration: everything that its accounts and pages promise."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import func

from app import create_app
from app.accounts.models import Member
from app.accounts.rules import OrganisationKind, Role
from app.core import clock
from app.core.db import db
from app.demo.cast import ACCOUNTS
from app.programme.models import Cohort, CohortMembership, Page, Programme
from app.programme.rules import CohortState
from tests import databases
from tests.test_demo import BY_CONTRACT, PASSWORD


@pytest.fixture(scope="module")
def loaded(sqlite_template, tmp_path_factory):
    """A database with the demonstration, to be copied."""
    folder = tmp_path_factory.mktemp("demo")
    address = databases.copy_of(sqlite_template, folder)
    app = create_app(databases.test_settings(address, folder, demo=True, demo_password=PASSWORD))
    said = app.test_cli_runner().invoke(args=["demo", "load"])
    assert said.exit_code == 0, said.output
    with app.app_context():
        db.engine.dispose()
    assert not (folder / "test.db-wal").exists(), "a connection to the template is still open"
    return folder / "test.db"


@pytest.fixture
def database(loaded, tmp_path):
    return databases.copy_of(loaded, tmp_path)


@pytest.fixture
def settings(database, tmp_path):
    return databases.test_settings(database, tmp_path, demo=True, demo_password=PASSWORD)


@pytest.mark.parametrize("name", BY_CONTRACT)
def test_every_account_signs_in_with_one_form_post(client_for, name):
    browser = client_for(f"{name}@demo.example", PASSWORD)
    assert browser.get("/home").status_code == 200


def test_the_accounts_hold_what_their_names_say(app):
    with app.app_context():
        people = {member.email: member for member in db.session.scalars(db.select(Member))}
        llr = db.session.scalars(db.select(Programme).filter_by(slug="llr")).one()
        for name in BY_CONTRACT:
            role = Role(name.rstrip("2").replace("outsider", "participant").replace("lead", "programme_lead"))
            member = people[f"{name}@demo.example"]
            assert member.roles_in(llr.id) == {role}
            assert member.organisation
            assert member.profession
        far = people["northfolk.lead@demo.example"]
        assert far.roles_in(llr.id) == frozenset()
        assert {grant.role for grant in far.grants} == {Role.LEAD}
        assert {member.organisation.kind for member in people.values()} == set(OrganisationKind)
        with_password = {member.email for member in people.values() if member.password}
        assert with_password == {account.email for account in ACCOUNTS}


def test_the_cohorts_are_two_of_the_seeds_one_running_and_one_open(app, anonymous):
    with app.app_context():
        found = {cohort.slug: cohort for cohort in db.session.scalars(db.select(Cohort))}
        assert {slug: cohort.state for slug, cohort in found.items()} == {
            "december-2024": CohortState.FINISHED,
            "january-2025": CohortState.FINISHED,
            "running": CohortState.RUNNING,
            "next": CohortState.OPEN,
        }
        workshops = [event.starts_at for event in found["january-2025"].events if event.kind.name.startswith("WORK")]
        assert workshops == [datetime(2025, 1, day, 8, 45, tzinfo=UTC) for day in (9, 16)]
        assert found["next"].events[0].starts_at > clock.now() > found["running"].events[1].starts_at
        sizes = {
            cohort.slug: db.session.scalar(
                db.select(func.count()).select_from(CohortMembership).filter_by(cohort_id=cohort.id)
            )
            for cohort in found.values()
        }
        assert all(12 <= sizes[slug] <= 20 for slug in ("december-2024", "january-2025", "running"))
        assert sizes["next"] == 0
    shown = anonymous.get("/dates").text
    assert "Thursday 5 December 2024, 8:45am to 4:30pm" in shown
    assert "Thursday 16 January 2025, 8:45am to 1pm" in shown


def test_participant_and_outsider_share_no_cohort(app):
    def cohort_of(name):
        query = (
            db.select(Cohort.slug)
            .join(CohortMembership, CohortMembership.cohort_id == Cohort.id)
            .join(Member, Member.id == CohortMembership.member_id)
            .where(Member.email == f"{name}@demo.example")
        )
        return db.session.scalars(query).all()

    with app.app_context():
        assert cohort_of("participant") == ["running"]
        assert cohort_of("outsider") == ["january-2025"]


@pytest.mark.parametrize(
    "address",
    ["/", "/programme", "/role", "/eligibility", "/commitments", "/benefits", "/dates", "/apply", "/resources",
     "/contact", "/accessibility", "/privacy", "/cookies", "/support", "/programmes", "/programmes/northfolk/"],
)  # fmt: skip
def test_every_public_page_is_there(anonymous, address):
    shown = anonymous.get(address)
    assert shown.status_code == 200
    assert "{{" not in shown.text


def test_every_link_of_a_public_page_leads_somewhere(app, anonymous):
    with app.app_context():
        pages = db.session.execute(db.select(Programme.slug, Page.slug).join(Programme)).all()
    links = set()
    for programme, page in pages:
        links |= set(re.findall(r'<a [^>]*href="(/[^"#]*)', anonymous.get(f"/programmes/{programme}/{page}").text))
    for link in sorted(links):
        assert anonymous.get(link).status_code in {200, 302, 308, 301}, link


def test_the_film_has_captions_a_poster_and_a_transcript(anonymous):
    shown = anonymous.get("/programme").text
    for pattern in (
        r'<source src="([^"]+)" type="video/webm">',
        r'<track kind="captions" src="([^"]+)"',
        r'poster="([^"]+)"',
    ):
        found = re.search(pattern, shown)
        assert found, pattern
        with anonymous.get(found[1]) as answer:
            assert answer.status_code == 200
    assert 'href="/programme-video-transcript"' in shown
    assert "autoplay" not in shown
