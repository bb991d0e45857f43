"""A small directory for tests of what other systems see: made of plain values, the same every time."""

from datetime import date, time
from uuid import UUID

from app.accounts.models import Organisation
from app.core.db import db, transaction
from app.signposting.kinds import ServiceState, Template
from app.signposting.models import ServiceContact, SupportService
from app.signposting.openreferral.listing import (
    Area,
    Hours,
    Language,
    Listing,
    Phone,
    Place,
    Provider,
    Term,
    Vocabulary,
)
from app.signposting.openreferral.operations.keeping import TEAM, new_service
from app.signposting.operations.indexing import index_all

HOW_MANY = 105
COLOURS = Vocabulary(uuid=str(UUID(int=900)), name="Colours", description="What it is painted in")
SECRET = "Ann Persona"


def uuid(kind, number):
    """An id that tells what it is of."""
    return str(UUID(int=kind * 10_000 + number))


def listing(number, **about):
    """The entry with this number: every second one has a place, every third one hours."""
    place = Place(
        link=uuid(2, number),
        uuid=uuid(3, number),
        name=f"House {number}",
        address=f"{number} High Street",
        city="Leicester",
        county="Leicestershire",
        postcode="LE1 5WW" if number % 4 else "LE2 1AA",
        latitude=52.63 + number / 1_000,
        longitude=-1.13,
        accessibility="Step-free",
    )
    hours = Hours(uuid=uuid(4, number), byday="MO,TU", opens_at=time(9), closes_at=time(17))
    term = Term(link=uuid(5, number), uuid=uuid(6, number % 3), code=f"c{number % 3}", name="Blue", vocabulary=COLOURS)
    return Listing(
        **{
            "uuid": uuid(1, number),
            "name": f"Service {number:03}",
            "summary": f"Helps with thing {number}",
            "url": "https://www.example.org/",
            "email": "help@example.org",
            "minimum_age": 18.0 if number % 5 == 0 else None,
            "maximum_age": 25.0 if number % 5 == 0 else None,
            "always_open": number == 1,
            "checked_on": date(2026, 11, 1),
            "provider": Provider(uuid=uuid(7, number % 2), name="Example charity"),
            "phones": (Phone(uuid=uuid(8, number), number="116 123"),),
            "languages": (Language(uuid=uuid(9, number), code="en", name="English"),),
            "areas": (Area(uuid=uuid(10, number), name="Leicester"),),
            "places": (place,) if number % 2 == 0 else (),
            "hours": (hours,) if number % 3 == 0 else (),
            "terms": (term,),
            **about,
        }
    )


def fill(people, how_many=HOW_MANY):
    """Put it into the database, with entries beside it that nobody else may see."""
    with transaction():
        for number in range(1, how_many + 1):
            service = new_service(listing(number), TEAM, "")
            service.contacts = [ServiceContact(name=SECRET, email="ann@example.org")]
        hidden = {"state": ServiceState.HIDDEN}, {"state": ServiceState.DRAFT}, {"state": ServiceState.EXPIRED}
        organisation = db.session.get_one(Organisation, people.organisation_id)
        own = {"programme_id": organisation.programme_id, "organisation_id": organisation.id}
        for number, about in enumerate((*hidden, own, {"template": Template.GUARDIAN}), 500):
            new_service(listing(number, name=f"Not for others {number}", terms=()), TEAM, "", **about)
        index_all()


def ids():
    """The ids of what is public, in the order of the pages."""
    return [uuid(1, number) for number in range(1, HOW_MANY + 1)]


def count():
    """How many entries there are in all."""
    return db.session.query(SupportService).count()
