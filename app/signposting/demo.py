"""Puts a directory into the demonstration, from a list as app/demo/content/services.toml has it."""

from collections.abc import Mapping, Sequence
from datetime import time, timedelta
from typing import Any

from sqlalchemy import select

from app.accounts.models import Organisation
from app.core import clock
from app.core.db import db
from app.signposting.introductions import operations as introductions
from app.signposting.introductions.models import CoachProfile
from app.signposting.introductions.rules import Reader
from app.signposting.kinds import PhoneKind
from app.signposting.models import (
    Location,
    Provider,
    Schedule,
    ServiceAtLocation,
    ServiceContact,
    ServicePhone,
    ServiceSource,
    SupportService,
)
from app.signposting.operations.indexing import index
from app.signposting.operations.terms import set_needs

Listed = Mapping[str, Any]

# What stands in the list as it stands in the table.
AS_IT_IS = (
    "slug", "name", "summary", "what_happens", "template", "state", "urgent", "reach", "independent", "area", "url",
    "chat_url", "email", "always_open", "bank_holidays", "hours_words", "free", "fees", "confidential",
    "confidential_words", "eligibility", "minimum_age", "maximum_age", "for_managers", "alert",
)  # fmt: skip

# About, topics, places, whether they coach, whether they mentor.
COACHES = {
    "facilitator": (
        "I ask questions and leave the answers to you. Twelve years on wards, five as a facilitator.",
        "After an incident, speaking up to somebody senior, finding your own way to step in",
        3,
        True,
        False,
    ),
    "sponsor": (
        "I have sat in the meetings that people are afraid of. I share what helped and what did not.",
        "First steps as a manager, raising a concern formally, when somebody you manage is accused",
        1,
        False,
        True,
    ),
}


def load(listed: Sequence[Listed], programmes: Mapping[str, int]) -> int:
    """Add what is not there yet; gives how many the list has. `programmes` are ids by slug, for what is local."""
    known = set(db.session.scalars(select(SupportService.slug)))
    new = [_service(entry, position, programmes) for position, entry in enumerate(listed) if entry["slug"] not in known]
    index(service.id for service in new)
    return len(listed)


def load_coaches(programme_id: int, **ids: int) -> int:
    """Members who coach, and somebody who asked; `ids` are those of the demo accounts. Gives the number of offers."""
    if db.session.scalar(select(CoachProfile.id).limit(1)) is None:
        for who, (about, topics, capacity, coaches, mentors) in COACHES.items():
            reader = Reader(ids[who], programme_id)
            introductions.offer(reader, about, topics, capacity, coaches=coaches, mentors=mentors)
        asked_of = select(CoachProfile.id).where(CoachProfile.member_id == ids["facilitator"])
        note = "I stepped in on my ward and it went badly. I would like to think it through with somebody."
        introductions.ask(Reader(ids["participant"], programme_id), db.session.scalars(asked_of).one(), note)
    return len(COACHES)


def _service(entry: Listed, position: int, programmes: Mapping[str, int]) -> SupportService:
    programme_id = programmes[entry["local"]] if "local" in entry else None
    service = SupportService(
        **{name: entry[name] for name in AS_IT_IS if name in entry},
        position=position,
        programme_id=programme_id,
        organisation_id=_organisation(programme_id, entry.get("organisation")),
        provider=_provider(entry["provider"]) if "provider" in entry else None,
        ways=frozenset(entry.get("ways", ())),
        professions=frozenset(entry.get("professions", ())),
        organisation_kinds=frozenset(entry.get("organisation_kinds", ())),
        phones=[
            ServicePhone(
                number=phone["number"],
                kind=PhoneKind(phone.get("kind", "voice")),
                label=phone.get("label", ""),
                position=place,
            )
            for place, phone in enumerate(entry.get("phones", ()))
        ],
        schedules=[
            Schedule(
                byday=hours["days"],
                opens_at=time.fromisoformat(hours["opens"]),
                closes_at=time.fromisoformat(hours["closes"]),
            )
            for hours in entry.get("hours", ())
        ],
        sources=[ServiceSource(**source) for source in entry.get("sources", ())],
        contacts=[ServiceContact(**entry["contact"])] if "contact" in entry else [],
        at_locations=[ServiceAtLocation(location=Location(**entry["place"]))] if "place" in entry else [],
    )
    _check(service, entry)
    db.session.add(service)
    db.session.flush()
    set_needs(service, entry.get("needs", ()))
    return service


def _check(service: SupportService, entry: Listed) -> None:
    """Say when it was checked, where a made-up organisation has done so."""
    if "checked_ago" in entry:
        today = clock.london(clock.now()).date()
        service.needs_checking = False
        service.checked_on = today - timedelta(days=entry["checked_ago"])
        service.next_check_on = today + timedelta(days=entry["next_in"])


def _organisation(programme_id: int | None, slug: str | None) -> int | None:
    if slug is None:
        return None
    named = select(Organisation.id).where(Organisation.programme_id == programme_id, Organisation.slug == slug)
    return db.session.scalars(named).one()


def _provider(name: str) -> Provider:
    found = db.session.scalar(select(Provider).where(Provider.name == name, Provider.source == ""))
    return found or Provider(name=name, description=name)
