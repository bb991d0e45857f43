"""Assessing risks: rows that change, and records that never do. Every step leaves an audit row."""

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import func, select, update

from app.accounts.rules import MODERATING, Role
from app.core import audit, clock
from app.core.db import db
from app.moderation.cases.queries.people import holders
from app.moderation.law import queries
from app.moderation.law.models import Risk, RiskRecord
from app.moderation.law.rules import REMIND_BEFORE, USUAL_HARMS, Level, Occasion, review_on
from app.notifications.operations.notices import notify
from app.notifications.rules import Kind, Notice

REVIEW = Kind("risk_review", "Moderation: the assessment of risks has to be reviewed", roles=MODERATING)


class ChangedElsewhereError(Exception):
    """Somebody else saved the row since its page was opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """What is said of a risk."""

    harm: str
    how: str = ""
    likelihood: Level = Level.UNKNOWN
    impact: Level = Level.UNKNOWN
    measures: str = ""
    owner: str = ""


def begin(programme_id: int, *, by_id: int) -> None:
    """Put the usual harms down, where nothing is assessed yet; nothing happens where something is."""
    if queries.risks(programme_id):
        return
    for harm in USUAL_HARMS:
        add(programme_id, Assessed(harm=harm.name, how=harm.how, measures=harm.measures), by_id=by_id)


def add(programme_id: int, assessed: Assessed, *, by_id: int) -> Risk:
    """Put another risk down."""
    row = Risk(programme_id=programme_id, **asdict(assessed), updated_at=clock.now(), updated_by_id=by_id)
    db.session.add(row)
    db.session.flush()
    audit.record("add_risk", "risk", row.id, actor_id=by_id, programme_id=programme_id)
    return row


def change(row: Risk, assessed: Assessed, seen_version: int, *, by_id: int) -> None:
    """Say something else of a risk; raises ChangedElsewhereError when somebody else did since the page was opened."""
    changed = db.session.scalar(
        update(Risk)
        .where(Risk.id == row.id, Risk.version == seen_version)
        .values(**asdict(assessed), version=Risk.version + 1, updated_at=clock.now(), updated_by_id=by_id)
        .returning(Risk.id)
        .execution_options(synchronize_session=False)
    )
    if changed is None:
        raise ChangedElsewhereError
    db.session.expire(row)
    audit.record("change_risk", "risk", changed, actor_id=by_id, programme_id=row.programme_id)


def remove(row: Risk, *, by_id: int) -> None:
    """Take a risk out; the records that have it keep it."""
    audit.record("remove_risk", "risk", row.id, actor_id=by_id, programme_id=row.programme_id)
    db.session.delete(row)
    db.session.flush()


def keep(programme_id: int, occasion: Occasion, note: str, *, by_id: int) -> RiskRecord:
    """Keep the assessment as it stands today, for good. Raises ValueError, with a sentence, while it is incomplete."""
    rows = queries.risks(programme_id)
    if not rows:
        raise ValueError("Put at least one risk down first")
    open_rows = [row.harm for row in rows if Level.UNKNOWN in {row.likelihood, row.impact}]
    if open_rows:
        raise ValueError(f"Say how likely and how bad each risk is first. Not assessed yet: {'; '.join(open_rows)}")
    last = db.session.scalar(select(func.max(RiskRecord.number)).where(RiskRecord.programme_id == programme_id)) or 0
    now = clock.now()
    kept = RiskRecord(
        programme_id=programme_id,
        number=last + 1,
        occasion=occasion,
        note=note,
        risks={"risks": [_plain(row) for row in rows]},
        kept_at=now,
        kept_by_id=by_id,
        review_on=review_on(clock.london(now).date()),
    )
    db.session.add(kept)
    db.session.flush()
    audit.record(
        "keep_risk_record", "risk_record", kept.id, actor_id=by_id, programme_id=programme_id, occasion=occasion.value
    )
    return kept


def changed_since(record: RiskRecord) -> bool:
    """Whether the rows say something else now than the record does."""
    return bool(record.risks["risks"] != [_plain(row) for row in queries.risks(record.programme_id)])


def remind(today: date) -> None:
    """Tell moderators and leads that the yearly review comes near, once; and once more when it is overdue."""
    for record in queries.to_review(today + REMIND_BEFORE):
        overdue = record.review_on < today
        notice = Notice(
            kind=REVIEW.code,
            key=f"risk-review:{record.id}:{'overdue' if overdue else 'soon'}",
            subject="The assessment of risks has to be reviewed",
            body=f"It {'was' if overdue else 'is'} due by {record.review_on.day} {record.review_on:%B %Y}.",
            path="/moderation/risks",
            programme_id=record.programme_id,
        )
        people = {*holders(Role.LEAD, record.programme_id), *holders(Role.MODERATOR, record.programme_id)}
        notify(notice, *sorted(people))


def _plain(row: Risk) -> dict[str, str]:
    return {
        "harm": row.harm,
        "how": row.how,
        "likelihood": row.likelihood.value,
        "impact": row.impact.value,
        "measures": row.measures,
        "owner": row.owner,
    }
