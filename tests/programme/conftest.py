"""A programme with pages, cohorts and dates, beside another one."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event

from app.core import clock
from app.core.db import db, transaction
from app.programme.models import Cohort, CohortEvent, Page, Programme
from app.programme.rules import CohortState, EventKind
from tests.people import a_cohort
from tests.programme.site import PAGES, a_date, a_page


@pytest.fixture
def site(app, people):
    """Pages in both programmes; here a cohort that is open, with workshops ahead, and a set for its members."""
    with app.app_context(), transaction():
        here = db.session.get_one(Programme, people.programme_id)
        there = db.session.get_one(Programme, people.other_programme_id)
        for programme in (here, there):
            for slug, words in PAGES.items():
                a_page(programme, slug, *words)
        spring = db.session.get_one(Cohort, people.cohort_id)
        ahead = clock.in_london(2031, 3, 6, 8, 45)
        a_date(spring, EventKind.WORKSHOP_ONE, "Workshop one", ahead, 8)
        a_date(spring, EventKind.WORKSHOP_TWO, "Workshop two", ahead + timedelta(days=7), 4)
        a_date(spring, EventKind.LEARNING_SET, "Set one", ahead + timedelta(days=40))
        spring.state = CohortState.OPEN
        secret = a_cohort(here, "secret")
        secret.state = CohortState.PLANNED
        a_date(secret, EventKind.WORKSHOP_ONE, "Not announced", ahead)
    return people


@pytest.fixture
def look(app):
    """`look(function)`: what it finds in the database, in a context of its own."""

    def found(function):
        with app.app_context():
            return function()

    return found


@pytest.fixture
def page_of(site, look):
    """`page_of("role")`: a page of the programme here, or of `programme_id`, as it stands in the database."""

    def found(slug, programme_id=None):
        query = db.select(Page).filter_by(programme_id=programme_id or site.programme_id, slug=slug)
        return look(lambda: db.session.scalars(query).one())

    return found


@pytest.fixture
def event_of(site, look):
    """`event_of("Workshop one")`: a date by its title."""
    return lambda title: look(lambda: db.session.scalars(db.select(CohortEvent).filter_by(title=title)).one_or_none())


@pytest.fixture
def asked(app):
    """`with asked() as statements:` collects what the database is asked."""

    @contextmanager
    def listening():
        statements = []

        def note(_connection, _cursor, statement, *_rest):
            statements.append(statement)

        with app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            yield statements
        finally:
            event.remove(engine, "before_cursor_execute", note)

    return listening
