"""`flask catchups run-again`: a round is explained by pairing it again."""

from sqlalchemy import select

from app.catchups.rounds.models import RoundSnapshot
from app.core.db import db, transaction


def test_the_same_inputs_give_the_same_groups_and_no_name_is_said(app, table):
    crowd = table.crowd(7)
    table.keep_apart(crowd[0], crowd[1])
    round_id = table.paired(*crowd)
    done = app.test_cli_runner().invoke(args=["catchups", "run-again", str(round_id)])
    assert (done.exit_code, done.output) == (0, "The same 3 groups.\n")


def test_groups_that_are_not_the_same_are_said(app, table):
    round_id = table.paired(*table.crowd(4))
    with app.app_context(), transaction():
        kept = db.session.scalars(select(RoundSnapshot)).one()
        kept.inputs = kept.inputs | {"seed": kept.inputs["seed"] + 1, "people": kept.inputs["people"][:2]}
    done = app.test_cli_runner().invoke(args=["catchups", "run-again", str(round_id)])
    assert done.exit_code == 1
    assert "not the same" in done.output


def test_a_round_of_which_nothing_is_kept(app, table):
    done = app.test_cli_runner().invoke(args=["catchups", "run-again", str(table.open())])
    assert done.exit_code == 2
    assert "Nothing is kept" in done.output
