"""Whose words are kept, and ids that no two services share."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.core.db import db
from app.signposting.models import SupportService
from app.signposting.openreferral.several import made


@dataclass(frozen=True, slots=True)
class Feed:
    """Whose words are kept: the name of another directory's feed, or "" for our own team's.

    A feed reaches what came by it and nothing else; our own words reach everything.
    """

    source: str = ""


TEAM = Feed()


def taken_ids(kind: Any, service: SupportService, uuids: Sequence[str]) -> set[str]:  # noqa: ANN401 - a table
    """Those of the ids that belong to another service."""
    if not uuids:
        return set()
    return set(db.session.scalars(select(kind.uuid).where(kind.uuid.in_(uuids), kind.service_id != service.id)))


def own_id(service: SupportService, uuid: str, taken: set[str]) -> str:
    """The id, or one made of it where another service has it."""
    return made(service.uuid, uuid) if uuid in taken else uuid
