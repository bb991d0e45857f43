"""Whom a member would rather not meet: it holds for both, and each sees their own wishes only."""

import pytest
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from app.accounts.models import Member
from app.accounts.not_with.models import NotWith
from app.accounts.not_with.operations import take_back, wish_apart
from app.accounts.not_with.queries import apart_from, couples_among, wishes_of
from app.core import clock
from app.core.audit import AuditEvent
from app.core.db import db, transaction

pytestmark = pytest.mark.both_databases


@pytest.fixture
def wished(app, people):
    """The owner would rather not meet the peer."""
    with app.app_context(), transaction():
        wish_apart(people.owner.id, people.peer.id)
    return people


def test_it_holds_for_both(app, wished):
    with app.app_context():
        assert apart_from(wished.owner.id) == {wished.peer.id}
        assert apart_from(wished.peer.id) == {wished.owner.id}
        assert apart_from(wished.outsider.id) == frozenset()


def test_only_who_wished_it_sees_it(app, wished):
    with app.app_context():
        assert wishes_of(wished.owner.id) == [(wished.peer.id, "Petra Peer")]
        assert wishes_of(wished.peer.id) == []


def test_the_couples_among_some_people(app, wished):
    with app.app_context():
        both = {wished.owner.id, wished.peer.id}
        assert couples_among(both | {wished.outsider.id}) == {frozenset(both)}
        assert couples_among({wished.owner.id, wished.outsider.id}) == set()


def test_wishing_twice_is_one_wish_and_can_be_taken_back(app, wished):
    with app.app_context():
        with transaction():
            wish_apart(wished.owner.id, wished.peer.id)
            wish_apart(wished.peer.id, wished.owner.id)
        with transaction():
            take_back(wished.owner.id, wished.peer.id)
        assert apart_from(wished.owner.id) == {wished.peer.id}, "the other one's wish stays"
        with transaction():
            take_back(wished.peer.id, wished.owner.id)
        assert apart_from(wished.owner.id) == frozenset()


def test_it_leaves_nothing_in_the_log_that_leads_read(app, wished):
    with app.app_context():
        assert db.session.query(AuditEvent).count() == 0


def test_nobody_is_kept_apart_from_themselves(app, people):
    with app.app_context():
        with pytest.raises(ValueError, match="themselves"), transaction():
            wish_apart(people.owner.id, people.owner.id)
        with pytest.raises(IntegrityError), transaction():
            db.session.add(NotWith(member_id=people.owner.id, other_id=people.owner.id, wished_at=clock.now()))
            db.session.flush()


def test_a_wish_goes_when_either_of_them_goes(app, wished):
    with app.app_context():
        with transaction():
            db.session.execute(delete(Member).where(Member.id == wished.peer.id))
        assert apart_from(wished.owner.id) == frozenset()
