"""Every change of an entry is a version of it, with who and why, so that what it said before can be put back."""

from datetime import date
from typing import Any

from sqlalchemy import select

from app.core import audit, clock
from app.core.db import db
from app.signposting.kinds import ServiceState
from app.signposting.models import SupportService
from app.signposting.openreferral.listing import Listing
from app.signposting.openreferral.operations.keeping import fill
from app.signposting.openreferral.queries.listings import fresh, listing_of
from app.signposting.openreferral.reading import read
from app.signposting.openreferral.writing import written
from app.signposting.operations.indexing import index
from app.signposting.upkeep.models import ServiceVersion
from app.signposting.upkeep.rules import Change


class ChangedMeanwhileError(Exception):
    """Somebody else saved the entry since it was opened; nothing was overwritten."""


def hold(service: SupportService, seen_version: int | None = None) -> None:
    """Keep others from changing an entry until the end of the transaction, and make sure that its past is known.

    Raises ChangedMeanwhileError when it is not the version that was seen.
    """
    # NO KEY UPDATE of the row alone: its provider, which is read with it, is not kept from anybody.
    mine = select(SupportService.id).where(SupportService.id == service.id)
    db.session.execute(mine.with_for_update(key_share=True))
    db.session.refresh(service)
    if seen_version is not None and service.version != seen_version:
        raise ChangedMeanwhileError
    known = select(ServiceVersion.id).where(ServiceVersion.service_id == service.id).limit(1)
    if db.session.scalar(known) is None:
        _keep_version(service, Change.ADDED, "", by=None)


def remember(service: SupportService, change: Change, why: str, *, by: int | None) -> None:
    """Keep what an entry says now as its next version, let the search find it so, and note who did it."""
    next_version(service, change, why, by=by)
    index([service.id])
    audit.record(
        f"service_{change.value}",
        "support_service",
        service.id,
        actor_id=by,
        programme_id=service.programme_id,
        version=service.version,
    )


def next_version(service: SupportService, change: Change, why: str, *, by: int | None) -> None:
    """Keep what an entry says now as its next version, for those who tell search and log of many at once."""
    service.version += 1
    service.updated_at, service.updated_by_id = clock.now(), by
    _keep_version(service, change, why, by=by)


def put_back(service: SupportService, earlier: ServiceVersion, *, seen_version: int, by: int) -> None:
    """Let an entry say what it said in an earlier version. Whether it is shown, and its dates, stay as they are."""
    hold(service, seen_version)
    fill(service, said_in(earlier.document))
    remember(service, Change.PUT_BACK, "", by=by)


def said_in(document: dict[str, Any]) -> Listing:
    """What a version says; raises ValueError for a document that cannot be read, which none of ours is."""
    found, _findings = read(document, seed="version", ours=True)
    if found is None:
        raise ValueError("this version cannot be read")
    return found


def snapshot(service: SupportService) -> dict[str, Any]:
    """All that `restore` needs: what it says, and where it stands."""
    said = written(listing_of(fresh(service.id)))
    return {"document": said, "standing": _standing(service), "version": service.version}


def restore(service: SupportService, before: dict[str, Any]) -> None:
    """Let an entry be what it was, whether it is shown and its dates too."""
    fill(service, said_in(before["document"]))
    standing = before["standing"]
    service.state = ServiceState(standing["state"])
    service.needs_checking, service.owner_id = standing["needs_checking"], standing["owner_id"]
    service.checked_on, service.next_check_on = (_day(standing[name]) for name in ("checked_on", "next_check_on"))
    db.session.flush()


def _keep_version(service: SupportService, change: Change, why: str, *, by: int | None) -> None:
    now = snapshot(service)
    db.session.add(
        ServiceVersion(
            service_id=service.id,
            version=service.version,
            change=change,
            why=why,
            document=now["document"],
            standing=now["standing"],
            saved_at=clock.now(),
            saved_by_id=by,
        )
    )
    db.session.flush()


def _standing(service: SupportService) -> dict[str, Any]:
    return {
        "state": service.state.value,
        "needs_checking": service.needs_checking,
        "owner_id": service.owner_id,
        "checked_on": service.checked_on.isoformat() if service.checked_on else None,
        "next_check_on": service.next_check_on.isoformat() if service.next_check_on else None,
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
