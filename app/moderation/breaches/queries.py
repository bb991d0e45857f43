"""Incidents of a programme, for its moderators and leads."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select, tuple_
from sqlalchemy.orm import joinedload

from app.core import pages
from app.core.db import db
from app.core.pages import Page
from app.moderation.breaches.models import EvidenceOpening, Incident, SealedEvidence
from app.moderation.cases.models import CaseSnapshot, Decision, ModerationCase


def incidents(programme_id: int, page: int) -> Page[Incident]:
    """The newest first."""
    found = select(Incident).where(Incident.programme_id == programme_id).order_by(Incident.id.desc())
    return pages.page(found.options(joinedload(Incident.opened_by)), page)


def incident(programme_id: int, incident_id: int) -> Incident | None:
    """One of them."""
    found = select(Incident).where(Incident.id == incident_id, Incident.programme_id == programme_id)
    return db.session.scalar(found)


def about(subject_type: str, subject_id: int) -> Incident | None:
    """The incident about something, if there is one."""
    found = select(Incident).where(Incident.subject_type == subject_type, Incident.subject_id == subject_id)
    return db.session.scalar(found)


def openings(incident_id: int) -> Sequence[EvidenceOpening]:
    """Every time that somebody asked to open the evidence, the newest first."""
    found = select(EvidenceOpening).where(EvidenceOpening.incident_id == incident_id)
    both = found.options(joinedload(EvidenceOpening.asked_by), joinedload(EvidenceOpening.agreed_by))
    return db.session.scalars(both.order_by(EvidenceOpening.id.desc())).all()


def opening(programme_id: int, opening_id: int) -> EvidenceOpening | None:
    """One of them."""
    found = select(EvidenceOpening).where(
        EvidenceOpening.id == opening_id, EvidenceOpening.programme_id == programme_id
    )
    return db.session.scalar(found)


def evidence(incident_id: int) -> str:
    """What was sealed; only for those to whom it is open."""
    return db.session.get_one(SealedEvidence, incident_id).contents


def snapshots(programme_id: int) -> Iterable[CaseSnapshot]:
    """Everything that cases of a programme keep; closed columns can only be looked through one by one."""
    found = select(CaseSnapshot).where(CaseSnapshot.programme_id == programme_id).order_by(CaseSnapshot.id)
    return db.session.scalars(found)


def case_ids(subjects: Iterable[tuple[str, int]]) -> set[int]:
    """The cases about some subjects."""
    subject = tuple_(ModerationCase.subject_type, ModerationCase.subject_id)
    return set(db.session.scalars(select(ModerationCase.id).where(subject.in_(list(subjects)))))


def decisions(case_ids: Iterable[int]) -> Sequence[Decision]:
    """The decisions of some cases."""
    return db.session.scalars(select(Decision).where(Decision.case_id.in_(list(case_ids)))).all()
