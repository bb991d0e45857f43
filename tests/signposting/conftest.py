"""A small directory to test with."""

from datetime import time

import pytest

from app.core.db import db, transaction
from app.signposting.kinds import BankHolidays, Confidential, PhoneKind, Reach, ServiceState, Template
from app.signposting.models import Schedule, ServiceContact, ServicePhone, SupportService
from app.signposting.operations.indexing import index
from app.signposting.operations.terms import set_needs

WEEKDAYS = "MO,TU,WE,TH,FR"


def a_service(slug, *, needs=(), phones=(), hours=(), **about):
    """Keep a service in the caller's transaction; `phones` are numbers, or kind and number and label."""
    numbers = [phone if isinstance(phone, tuple) else (PhoneKind.VOICE, phone, "") for phone in phones]
    service = SupportService(
        slug=slug,
        **{"name": slug.replace("-", " ").capitalize(), "needs_checking": False, **about},
        phones=[ServicePhone(kind=kind, number=number, label=label) for kind, number, label in numbers],
        schedules=[Schedule(byday=days, opens_at=opens, closes_at=closes) for days, opens, closes in hours],
    )
    db.session.add(service)
    db.session.flush()
    set_needs(service, needs)
    index([service.id])
    return service


@pytest.fixture
def directory(app, people):
    """Crisis lines, what organisations have, and services near and far; gives the people."""
    text = (PhoneKind.TEXT, "85258", "Text SHOUT to 85258")
    with app.app_context(), transaction():
        a_service("samaritans", phones=["116 123"], urgent=True, always_open=True, needs=["help-now"], free=True)
        a_service("shout", phones=[text], urgent=True, always_open=True, needs=["help-now"], position=1)
        a_service(
            "acas",
            phones=["0300 123 1100"],
            needs=["rights", "happened-to-me"],
            independent=True,
            confidential=Confidential.YES,
            ways={"call"},
            hours=[(WEEKDAYS, time(8), time(18))],
            bank_holidays=BankHolidays.CLOSED,
            url="https://acas.example/",
        )
        a_service(
            "guardian", template=Template.GUARDIAN, reach=Reach.ORGANISATION, needs=["raise-a-concern"], position=2
        )
        a_service("people-services", template=Template.PEOPLE_SERVICES, reach=Reach.ORGANISATION, needs=["rights"])
        own = a_service(
            "trust-guardian",
            template=Template.GUARDIAN,
            organisation_id=people.organisation_id,
            programme_id=people.programme_id,
            reach=Reach.ORGANISATION,
            needs=["raise-a-concern"],
            email="guardian@trust.example",
        )
        own.contacts.append(ServiceContact(name="Greta Guardian", email="greta@trust.example"))
        a_service("protect", needs=["raise-a-concern"], independent=True, phones=["020 3117 2520"], free=True)
        a_service("sleep-clinic", needs=["sleep"], ways={"in_person", "bsl"}, professions={"nurses"}, free=False)
        a_service("sleep-tips", needs=["sleep"], url="https://tips.example/", ways={"text"}, free=True)
        a_service("team-talk", needs=["someone-i-manage"], for_managers=True)
        a_service("near-by", needs=["money"], reach=Reach.LOCAL, programme_id=people.programme_id, area="Here")
        a_service("far-line", needs=["money"], reach=Reach.LOCAL, programme_id=people.other_programme_id)
        a_service("draft", needs=["sleep"], state=ServiceState.DRAFT)
        a_service("hubs", needs=["sleep"], state=ServiceState.EXPIRED, alert="It ended in March 2024.")
    return people
