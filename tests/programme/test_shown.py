"""What the shell keeps of programmes is never older than the request."""

import pytest
from sqlalchemy import delete, update

from app import create_app
from app.core import clock
from app.core.db import db, transaction
from app.programme.models import Page, Programme

pytestmark = pytest.mark.both_databases


@pytest.fixture
def contact(app, people):
    with app.app_context(), transaction():
        db.session.add(
            Page(
                programme_id=people.programme_id, slug="contact", title="Write to us", body="Do", html="<p>Do</p>",
                cook_version=1, updated_at=clock.now(),
            )
        )  # fmt: skip


def change(app, statement):
    with app.app_context(), transaction():
        db.session.execute(statement)


def test_a_new_name_and_a_new_title_are_there_at_once_for_members_and_visitors(app, people, contact, client_for):
    member, visitor = client_for(people.owner.email), app.test_client()
    for browser in (member, visitor):
        page = browser.get("/contact").text
        assert "Programme here" in page
        assert "Write to us" in page
    change(app, update(Programme).where(Programme.id == people.programme_id).values(name="Another name"))
    change(app, update(Page).values(title="Ring us"))
    for browser in (member, visitor):
        page = browser.get("/contact").text
        assert "Another name" in page
        assert "Programme here" not in page
        assert "Ring us" in page
        assert "Write to us" not in page
    change(app, delete(Page))
    assert "Ring us" not in member.get("/home").text


def test_a_change_made_by_another_process_is_seen(app, settings, people, contact, client_for):
    member = client_for(people.owner.email)
    assert "Programme here" in member.get("/home").text
    other = create_app(settings)
    change(other, update(Programme).values(name="From elsewhere"))
    with other.app_context():
        db.engine.dispose()
    assert "From elsewhere" in member.get("/home").text


def test_who_signs_out_is_shown_no_menu_of_members(app, people, client_for):
    member = client_for(people.owner.email)
    assert "Sign out" in member.get("/home").text
    member.submit("/logout", page="/home")
    assert "Sign out" not in member.get("/").text
    assert "/inbox" not in member.get("/").text
