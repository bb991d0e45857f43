"""Who can find a board, asked of everybody at once, agrees with what the policy says of one."""

import pytest
from sqlalchemy import select, update

from app.accounts.models import Member
from app.core.db import db, transaction
from app.forums import policies
from app.forums.models import Board
from app.forums.queries import audience, readers
from app.forums.rules import Audience
from app.programme.models import Cohort
from app.programme.rules import CohortState
from tests.forums.writing.talk import a_board
from tests.people import Person

pytestmark = pytest.mark.both_databases


@pytest.mark.parametrize("whose", list(Audience))
def test_the_policy_and_the_query_agree(app, people, whose):
    with app.app_context():
        cohort_id = people.cohort_id if whose is Audience.COHORT else None
        board_id = a_board(people.programme_id, "some", audience=whose, cohort_id=cohort_id)
        with transaction():
            db.session.execute(
                update(Cohort).where(Cohort.id == people.other_cohort_id).values(state=CohortState.FINISHED)
            )
        board = db.session.get_one(Board, board_id)
        everybody = [getattr(people, name) for name in type(people).__annotations__]
        members = [each.member for each in everybody if isinstance(each, Person)]
        found = {each.id for each in members if policies.can_find(readers.reader(each, people.programme_id), board)}
        assert set(db.session.scalars(select(Member.id).where(audience.of(board)))) == found
        assert found


def test_a_name_that_two_have_means_nobody(app, people):
    with app.app_context():
        board = db.session.get_one(Board, a_board(people.programme_id))
        assert audience.by_slug(board, ["petra-peer"]) == {"petra-peer": people.peer.id}
        with transaction():
            people.outsider.member.name = "Petra  Peer"
        board = db.session.scalars(select(Board)).one()
        assert audience.by_slug(board, ["petra-peer", "nobody"]) == {}


@pytest.mark.parametrize(("begun", "who"), [("pe", {"peer"}), ("ow", {"owner"}), ("zz", set())])
def test_completion_offers_names_by_their_beginnings(app, people, begun, who):
    with app.app_context():
        board = db.session.get_one(Board, a_board(people.programme_id))
        offered = {member_id for member_id, _name in audience.offered(board, begun, besides=people.lead.id)}
        named = {getattr(people, name).id for name in who}
        assert offered == named
