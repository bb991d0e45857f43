"""Quarantine in one action; the record of the incident; opening the evidence, which takes two."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import update

from app.core import audit, clock
from app.core.crypto import fingerprint
from app.core.db import db
from app.core.html import cook
from app.moderation.breaches import queries, seams
from app.moderation.breaches.models import EvidenceOpening, Incident, SealedEvidence
from app.moderation.breaches.rules import TAKEN_AWAY, TAKEN_AWAY_HTML, Shown, is_open_to, may_agree, sealed
from app.moderation.breaches.seams import Taken
from app.moderation.cases.models import CaseSnapshot

CASES = "Copies in cases that were cleared"


class NothingThereError(Exception):
    """There is no such thing in the programme, or it cannot be quarantined."""


class NotTheirsError(Exception):
    """Somebody takes a step that is not theirs to take; the message is a sentence for them."""


def quarantine(
    subject_type: str, subject_id: int, shown: Collection[Shown], notes: str, *, programme_id: int, by_id: int
) -> Incident:
    """Take something away wherever it stands and seal what it was; gives the incident, also one that is there already.

    Raises NothingThereError.
    """
    how = seams.named(subject_type)
    place = how.find(subject_id) if how else None
    if how is None or place is None or place.programme_id != programme_id:
        raise NothingThereError
    # Two moderators who act at once take turns here: the audit chain has one head.
    _log("begin_quarantine", subject_type, subject_id, by_id, programme_id)
    if there := queries.about(subject_type, subject_id):
        return there
    taken = how.take(subject_id, by_id)
    kept = _clear_cases(place.cases, taken, programme_id)
    taken = replace(taken, evidence={**taken.evidence, "cases": kept}, counts={**taken.counts, CASES: len(kept)})
    text, digest = sealed(taken.evidence)
    incident = Incident(
        programme_id=programme_id,
        subject_type=subject_type,
        subject_id=subject_id,
        where_label=place.where,
        path=place.path,
        shown=sorted(each.value for each in shown),
        shown_since=taken.shown_since,
        counts=dict(taken.counts),
        notes=notes,
        digest=digest,
        opened_by_id=by_id,
        opened_at=clock.now(),
    )
    db.session.add(incident)
    db.session.flush()
    db.session.add(SealedEvidence(incident_id=incident.id, programme_id=programme_id, contents=text))
    _log("seal_evidence", "incident", incident.id, by_id, programme_id, digest=digest)
    return incident


def note(incident: Incident, words: str, *, close: bool, by_id: int) -> None:
    """Keep what is known now, and close the record when everything is done."""
    incident.notes = words
    if close and incident.closed_at is None:
        incident.closed_at, incident.closed_by_id = clock.now(), by_id
    db.session.flush()
    _log("close_incident" if close else "note_incident", "incident", incident.id, by_id, incident.programme_id)


def ask_to_open(incident: Incident, why: str, *, by_id: int) -> EvidenceOpening:
    """Ask that the evidence is opened; somebody else has to agree."""
    asked = EvidenceOpening(
        programme_id=incident.programme_id, incident_id=incident.id, why=why, asked_by_id=by_id, asked_at=clock.now()
    )
    db.session.add(asked)
    db.session.flush()
    _log("ask_to_open_evidence", "incident", incident.id, by_id, incident.programme_id)
    return asked


def agree_to_open(opening: EvidenceOpening, *, by_id: int) -> None:
    """Open the evidence as the second person, for both and for a short while; raises NotTheirsError."""
    now = clock.now()
    if not may_agree(by_id, opening.asked_by_id, opening.asked_at, now):
        raise NotTheirsError("Somebody else has to agree, within a day of the question.")
    agreed = db.session.scalar(
        update(EvidenceOpening)
        .where(EvidenceOpening.id == opening.id, EvidenceOpening.agreed_at.is_(None))
        .values(agreed_by_id=by_id, agreed_at=now)
        .returning(EvidenceOpening.id)
    )
    if agreed is None:
        raise NotTheirsError("Somebody has agreed to this before.")
    _log("open_evidence", "incident", opening.incident_id, by_id, opening.programme_id, first=opening.asked_by_id)


def read_evidence(opening: EvidenceOpening, *, by_id: int) -> str:
    """What was sealed, with a row in the log that it was read; raises NotTheirsError."""
    if not is_open_to(by_id, opening.asked_by_id, opening.agreed_by_id, opening.agreed_at, clock.now()):
        raise NotTheirsError("This is open to the two who opened it, for an hour.")
    _log("read_evidence", "incident", opening.incident_id, by_id, opening.programme_id)
    return queries.evidence(opening.incident_id)


def _clear_cases(subjects: Iterable[tuple[str, int]], taken: Taken, programme_id: int) -> list[dict[str, Any]]:
    """Take the words out of what cases keep, about it and around their own subjects; gives what was there."""
    case_ids, kept = queries.case_ids(subjects), []
    for snapshot in queries.snapshots(programme_id):
        if snapshot.case_id in case_ids:
            kept.append({"case": snapshot.case_id, "title": snapshot.title, "body": snapshot.body})
            _empty(snapshot)
        elif _has_some(snapshot, taken):
            kept.append({"case": snapshot.case_id, "title": snapshot.title, "body": snapshot.body, "beside": True})
            _clean(snapshot, taken)
    for decision in queries.decisions(case_ids):
        if "body" in decision.before:
            decision.before = {**decision.before, "body": TAKEN_AWAY}
    db.session.flush()
    return kept


def _empty(snapshot: CaseSnapshot) -> None:
    snapshot.title, snapshot.body, snapshot.html = "", TAKEN_AWAY, TAKEN_AWAY_HTML
    snapshot.seen = fingerprint(f"{snapshot.case_id}\n{snapshot.id}\n{TAKEN_AWAY}")
    snapshot.surroundings = {"neighbours": []}


def _has_some(snapshot: CaseSnapshot, taken: Taken) -> bool:
    around = any(each.get("html") in taken.copies for each in snapshot.surroundings.get("neighbours", []))
    return around or snapshot.title in taken.titles or taken.clean(snapshot.body) != snapshot.body


def _clean(snapshot: CaseSnapshot, taken: Taken) -> None:
    """Take out what a case about something else has of it."""
    if snapshot.title in taken.titles:
        snapshot.title = ""
    body = taken.clean(snapshot.body)
    if body != snapshot.body:
        snapshot.body, snapshot.html = body, cook(body)
    neighbours = [_without(each, taken.copies) for each in snapshot.surroundings.get("neighbours", [])]
    snapshot.surroundings = {**snapshot.surroundings, "neighbours": neighbours}


def _without(neighbour: dict[str, Any], copies: frozenset[str]) -> dict[str, Any]:
    return {**neighbour, "html": TAKEN_AWAY_HTML} if neighbour.get("html") in copies else neighbour


def _log(
    action: str, subject_type: str, subject_id: int, by_id: int, programme_id: int, **detail: str | int | None
) -> None:
    audit.record(action, subject_type, subject_id, actor_id=by_id, programme_id=programme_id, **detail)
