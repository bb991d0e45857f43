"""What people do about cases, each in a transaction of its own, as the views do it."""

from app.core.db import db, transaction
from app.core.outbox import sweep
from app.moderation.cases.models import ModerationCase
from app.moderation.cases.operations import claiming, deciding
from app.moderation.cases.operations.opening import Raised, open_case
from app.moderation.cases.queries.scope import reviewer
from app.moderation.cases.rules import Outcome, Reason, Source
from app.moderation.cases.verdicts import usual
from tests.moderation.cases.board import TYPE


def report(number, by=None, reason=Reason.HARASSMENT, **more):
    """Somebody reports a message; nobody: screening holds it. Gives the id of the case."""
    with transaction():
        return open_case(
            Raised(
                subject_type=TYPE,
                subject_id=number,
                source=Source.MEMBER if by else Source.HOLD,
                reason=reason,
                reporter_id=by and by.id,
                **more,
            )
        ).case_id


def a_verdict(outcome=Outcome.REMOVE, reason=Reason.HARASSMENT, **changed):
    """A whole decision."""
    made = usual(outcome, reason, None)
    return made.__class__(**{name: getattr(made, name) for name in made.__slots__} | changed)


def decide(people, case_id, who, outcome=Outcome.REMOVE, **changed):
    """Somebody decides, having seen all there is; gives the id of the decision."""
    with transaction():
        me = reviewer(who.id, people.programme_id)
        version = db.session.get_one(ModerationCase, case_id).version
        return deciding.decide(case_id, version, a_verdict(outcome, **changed), me).id


def claim(people, case_id, who):
    """Somebody takes a case."""
    with transaction():
        claiming.claim(case_id, reviewer(who.id, people.programme_id))


def case(case_id):
    """The case as it is now."""
    db.session.rollback()
    return db.session.get_one(ModerationCase, case_id, populate_existing=True)


def tell_all():
    """The worker does what is due."""
    return sweep()
