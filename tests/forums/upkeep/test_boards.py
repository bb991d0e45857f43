"""Boards are made, changed, ordered and closed; what was promised to those who have written stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.accounts.rules import Role
from app.core.audit import AuditEvent
from app.core.db import db, transaction
from app.forums.models import Board
from app.forums.queries.readers import reader
from app.forums.rules import RESERVED, Audience, Label
from app.forums.upkeep import queries, rules
from app.programme.models import Cohort, Programme
from app.programme.rules import CohortState
from tests.forums.said import a_board, a_post, a_topic
from tests.people import a_person

BOARDS = "/lead/boards"
A_BOARD = {"name": "Night shifts", "audience": "everyone", "label": "open"}


def boards(app):
    with app.app_context():
        return {board.slug: board for board in db.session.scalars(select(Board).order_by(Board.position))}


def actions(app):
    with app.app_context():
        return list(db.session.scalars(select(AuditEvent.action).where(AuditEvent.subject_type == "board")))


@pytest.mark.parametrize("who", ["lead", "moderator"])
def test_those_who_look_after_boards_make_change_order_and_close_them(app, people, client_for, who):
    client = client_for(getattr(people, who).email)
    assert "There is no board yet" in client.get(BOARDS).text
    for name in ("Night shifts", "Day shifts"):
        assert client.submit(f"{BOARDS}/new", {**A_BOARD, "name": name}).status_code == 303
    made = boards(app)
    assert list(made) == ["night-shifts", "day-shifts"]
    page = f"{BOARDS}/{made['day-shifts'].id}"
    assert client.submit(page, {**A_BOARD, "name": "Days", "slug": "days", "sensitive": "y"}).status_code == 303
    for step in ("up", "close"):
        client.submit(f"{page}/{step}", page=BOARDS)
    changed = boards(app)
    assert list(changed) == ["days", "night-shifts"]
    assert (changed["days"].sensitive, changed["days"].closed) == (True, True)
    assert "Closed" in client.get(BOARDS).text
    client.submit(f"{page}/open", page=BOARDS)
    client.submit(f"{page}/down", page=BOARDS)
    assert list(boards(app)) == ["night-shifts", "days"]
    assert actions(app) == [
        "create_board", "create_board", "change_board", "move_board", "close_board", "open_board", "move_board",
    ]  # fmt: skip


@pytest.mark.parametrize("who", ["owner", "suspended", "facilitator", "author", "sponsor", "stranger", None])
def test_nobody_else_looks_after_boards(app, people, client_for, anonymous, who):
    client = client_for(getattr(people, who).email) if who else anonymous
    assert {client.get(page).status_code for page in (BOARDS, f"{BOARDS}/new")} <= {302, 403}


def test_leads_of_another_programme_have_no_part_in_it(app, people, client_for):
    with app.app_context():
        board_id = a_board(people)
    client = client_for(people.other_lead.email)
    assert client.get(f"{BOARDS}/{board_id}").status_code == 404
    assert "Quiet" not in client.get(BOARDS).text
    for step in ("close", "up"):
        assert client.submit(f"{BOARDS}/{board_id}/{step}", page=f"{BOARDS}/new").status_code == 404
    form = {**A_BOARD, "audience": "cohort", "cohort_id": str(people.cohort_id)}
    assert client.submit(f"{BOARDS}/new", form).status_code == 422


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "Enter a name"),
        ({"slug": "search"}, "is a page of its own"),
        ({"slug": "Night Shifts"}, "Use small letters"),
        ({"slug": "quiet"}, "Another board has this address"),
        ({"audience": "cohort"}, "Choose which cohort it is for"),
        ({"audience": "nobody"}, "Choose who it is for"),
        ({"label": ""}, "Choose what readers may do"),
        ({"anonymity": "y"}, "This board would have 9 readers"),
    ],
)
def test_what_no_board_may_be_is_refused_in_a_sentence(app, people, client_for, change, words):
    with app.app_context():
        a_board(people)
    page = client_for(people.lead.email).submit(f"{BOARDS}/new", {**A_BOARD, **change})
    assert page.status_code == 422
    assert words in page.text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"audience": "alumni"}, "Make a new board for somebody else"),
        ({"label": "open"}, "The label can only become stricter"),
        ({"sensitive": ""}, "This has to stay"),
    ],
)
def test_promises_to_those_who_have_written_are_kept(app, people, client_for, change, words):
    with app.app_context():
        board_id = a_board(people, label=Label.CHATHAM_HOUSE, sensitive=True)
    client = client_for(people.lead.email)
    form = {"name": "Quiet", "slug": "quiet", "audience": "everyone", "label": "chatham_house", "sensitive": "y"}
    wanted = {name: value for name, value in {**form, **change}.items() if value}
    page = f"{BOARDS}/{board_id}"
    with app.app_context():
        a_topic(board_id, people.owner)
    refused = client.submit(page, wanted)
    assert refused.status_code == 422
    assert words in refused.text
    assert client.submit(page, {**form, "label": "board_only"}).status_code == 303


def test_an_empty_board_can_still_become_anything(app, people, client_for):
    with app.app_context():
        board_id = a_board(people, label=Label.BOARD_ONLY, sensitive=True)
    answer = client_for(people.lead.email).submit(f"{BOARDS}/{board_id}", {**A_BOARD, "audience": "alumni"})
    assert answer.status_code == 303


def test_readers_are_those_whom_a_board_is_meant_for(app, people):
    with app.app_context():
        count = lambda audience, cohort=None: queries.readers_of(people.programme_id, audience, cohort)  # noqa: E731
        assert count(Audience.COHORT, people.cohort_id) == 3  # owner, peer, suspended; the closed account is not
        assert count(Audience.FACILITATORS) == 2
        assert count(Audience.ALUMNI) == 0
        with transaction():
            db.session.get_one(Cohort, people.other_cohort_id).state = CohortState.FINISHED
        assert count(Audience.ALUMNI) == 1
        assert queries.readers_of(people.other_programme_id, Audience.EVERYONE, None) == 2


def test_aliases_need_fifty_readers_when_set_and_when_posting(app, people, client_for):
    client = client_for(people.lead.email)
    with app.app_context(), transaction():
        programme = db.session.get_one(Programme, people.programme_id)
        crowd = [a_person(f"P{number} Erson", programme, Role.FACILITATOR) for number in range(41)]
    assert client.submit(f"{BOARDS}/new", {**A_BOARD, "anonymity": "y"}).status_code == 303
    with app.app_context():
        board = db.session.scalars(select(Board)).one()
        me = reader(people.owner.member, people.programme_id)
        assert queries.may_post_anonymously(me, board)
        with transaction():
            crowd[0].member.active = False
        assert not queries.may_post_anonymously(me, db.session.scalars(select(Board)).one())


def test_turning_anonymity_off_never_unmasks(app, people, client_for):
    with app.app_context():
        board_id = a_board(people, anonymity=True)
        a_post(a_topic(board_id, people.owner, anonymous=True), people.owner, alias="Heron")
    client = client_for(people.lead.email)
    form = {"name": "Quiet", "slug": "quiet", "audience": "everyone", "label": "open"}
    assert client.submit(f"{BOARDS}/{board_id}", form).status_code == 303
    with app.app_context():
        board = db.session.get_one(Board, board_id)
        assert not board.anonymity
        assert not queries.may_post_anonymously(reader(people.owner.member, people.programme_id), board)
    assert "Olu" not in client_for(people.peer.email).get("/forums").text


@given(st.text(max_size=90))
def test_an_address_made_of_a_name_is_one_or_empty(name):
    slug = rules.slug_of(name)
    assert slug == "" or rules.slug_complaint(slug) is None or slug in RESERVED
