"""Keeping what was said as it stood when somebody raised a concern."""

from dataclasses import asdict

from sqlalchemy import select

from app.core import clock
from app.core.crypto import fingerprint
from app.core.db import db
from app.core.html import COOK_VERSION, sanitise
from app.moderation.cases.models import CaseSnapshot, ModerationCase
from app.moderation.cases.rules import LONGEST_LABEL
from app.moderation.cases.subjects import Snapshot


def keep(case: ModerationCase, shown: Snapshot) -> int:
    """Keep what is to be seen now, once for the same words; gives the id of the row."""
    seen = fingerprint(f"{case.id}\n{shown.title}\n{shown.body}")
    kept = select(CaseSnapshot.id).where(CaseSnapshot.case_id == case.id, CaseSnapshot.seen == seen)
    known = db.session.scalar(kept)
    if known is not None:
        return known
    row = CaseSnapshot(
        programme_id=case.programme_id,
        case_id=case.id,
        taken_at=clock.now(),
        seen=seen,
        title=shown.title,
        body=shown.body,
        html=sanitise(shown.html),
        cook_version=COOK_VERSION,
        shown_as=shown.shown_as,
        where_label=shown.where[:LONGEST_LABEL],
        path=shown.path,
        surroundings={"neighbours": [asdict(each) | {"html": sanitise(each.html)} for each in shown.surroundings]},
    )
    db.session.add(row)
    db.session.flush()
    return row.id
