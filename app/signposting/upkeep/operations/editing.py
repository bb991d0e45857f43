"""What leads do to an entry: change its words, check it, hide it, show it again, mark it as ended."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.accounts.models import Organisation
from app.core import clock
from app.core.db import db
from app.signposting.kinds import Reach, ServiceState, Template
from app.signposting.models import ServiceContact, SupportService
from app.signposting.openreferral.listing import Listing
from app.signposting.openreferral.operations.feeds import TEAM
from app.signposting.openreferral.operations.keeping import fill, new_service
from app.signposting.operations.indexing import index
from app.signposting.operations.terms import set_needs
from app.signposting.upkeep.operations.history import hold, remember
from app.signposting.upkeep.rules import Change, next_check

CHANGE_TO = {
    ServiceState.HIDDEN: Change.HIDDEN,
    ServiceState.EXPIRED: Change.EXPIRED,
    ServiceState.PUBLISHED: Change.SHOWN,
    ServiceState.DRAFT: Change.HIDDEN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What the form of an entry says: its public words, its needs, and what only the team sees."""

    listing: Listing
    needs: tuple[str, ...]
    owner_id: int | None
    next_check_on: date | None
    contact_name: str = ""
    contact_email: str = ""
    why: str = ""


def today() -> date:
    """The day in London."""
    return clock.london(clock.now()).date()


def add(draft: Draft, *, programme_id: int, state: ServiceState, by: int) -> SupportService:
    """A new entry of the programme's own."""
    service = new_service(draft.listing, TEAM, "", programme_id=programme_id, state=state)
    _set(service, draft)
    service.version = 0
    remember(service, Change.ADDED, draft.why, by=by)
    return service


def edit(service: SupportService, draft: Draft, *, seen_version: int, by: int) -> None:
    """Save an entry; raises ChangedMeanwhileError when somebody else did meanwhile."""
    hold(service, seen_version)
    fill(service, draft.listing)
    _set(service, draft)
    remember(service, Change.EDITED, draft.why, by=by)


def check(service: SupportService, *, by: int) -> None:
    """Somebody has looked today, and everything is still right. Without a date set, the next check is a while away."""
    hold(service)
    day = today()
    service.checked_on, service.needs_checking = day, False
    service.next_check_on = next_check(day, urgent=service.urgent)
    remember(service, Change.CHECKED, "", by=by)


def move(service: SupportService, state: ServiceState, why: str, *, by: int | None) -> None:
    """Hide an entry, show it again, or say that the service has ended."""
    hold(service)
    service.state = state
    remember(service, CHANGE_TO[state], why, by=by)


def fill_template(template: SupportService, organisation: Organisation, draft: Draft, *, by: int) -> SupportService:
    """An organisation's own entry for what every organisation has; the one there is, is changed."""
    own = own_entry(organisation.id, template.template)
    if own is not None:
        edit(own, draft, seen_version=own.version, by=by)
        return own
    service = new_service(
        draft.listing,
        TEAM,
        "",
        programme_id=organisation.programme_id,
        organisation_id=organisation.id,
        template=template.template,
        state=ServiceState.PUBLISHED,
    )
    service.reach = Reach.ORGANISATION
    _set(service, draft)
    service.version = 0
    remember(service, Change.ADDED, draft.why, by=by)
    return service


def own_entry(organisation_id: int, template: Template | None) -> SupportService | None:
    """What an organisation has filled in for a template."""
    return db.session.scalar(
        select(SupportService).where(
            SupportService.organisation_id == organisation_id, SupportService.template == template
        )
    )


def _set(service: SupportService, draft: Draft) -> None:
    service.owner_id, service.next_check_on = draft.owner_id, draft.next_check_on
    if service.checked_on and service.next_check_on and service.next_check_on < service.checked_on:
        service.checked_on = None
    set_needs(service, draft.needs)
    named = bool(draft.contact_name or draft.contact_email)
    service.contacts = [ServiceContact(name=draft.contact_name, email=draft.contact_email)] if named else []
    db.session.flush()
    index([service.id])
