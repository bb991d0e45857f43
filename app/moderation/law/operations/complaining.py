"""A complaint by anybody: it becomes a case, and whoever left an address is told that it arrived."""

from dataclasses import dataclass

from sqlalchemy import select

from app.core import mail
from app.core.db import db
from app.moderation.cases import answers
from app.moderation.cases.models import Concern
from app.moderation.cases.operations.opening import Place, open_in_own_words
from app.moderation.cases.rules import Reason, Source
from app.moderation.law.rules import reference


@dataclass(frozen=True, slots=True)
class Complaint:
    """What somebody complains about, where they saw it, and where they want the answer, if they want one."""

    what: str
    where: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """The number of a complaint, and the secret part of the address at which its answer will stand."""

    reference: str
    token: str


def complain(programme_id: int, complaint: Complaint) -> Received:
    """Let a complaint become a case; wake the outbox after the transaction."""
    words = f"Where: {complaint.where}\n\n{complaint.what}" if complaint.where else complaint.what
    opened = open_in_own_words(
        Reason.COMPLAINT,
        words,
        Place(programme_id, "The complaints form", "/complaints"),
        source=Source.VISITOR,
        contact=complaint.contact or None,
    )
    concern_id = db.session.scalars(select(Concern.id).where(Concern.case_id == opened.case_id)).one()
    received = Received(reference(opened.case_id), answers.token(concern_id))
    if complaint.contact:
        mail.put(
            "complaint_received",
            to=complaint.contact,
            subject="We have received what you wrote to us",
            key=f"complaint-received:{concern_id}",
            programme_id=programme_id,
            reference=received.reference,
            token=received.token,
        )
    return received
