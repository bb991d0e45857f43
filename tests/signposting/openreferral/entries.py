"""Entries of the directory made up by hypothesis: everything that an entry of ours can say."""

from dataclasses import replace
from datetime import date, time, timedelta
from uuid import UUID

from hypothesis import strategies as st

from app.core import clock
from app.signposting.kinds import (
    BankHolidays,
    Confidential,
    LocationType,
    PhoneKind,
    Profession,
    Reach,
    ServiceStatus,
    Way,
)
from app.signposting.openreferral import plain
from app.signposting.openreferral.listing import (
    Area,
    Hours,
    Language,
    Listing,
    Phone,
    Place,
    Provider,
    Source,
    Term,
    Vocabulary,
)
from app.signposting.openreferral.reading import WORKERS

SIGNS = "ab Zé<>&;/'=+-@#|,🙂\n\t"
NUMBERS = [
    "116 123",
    "111",
    "999",
    "85258",
    "0300 123 1100",
    "0808 800 3302",
    "+44 300 123 1100",
    "18001 0300 123 1100",
]
URLS = ["https://www.mind.org.uk/", "http://example.org/a?b=c&d=%20e#f", "https://xn--caf-dma.example/x;y=1"]
NOW = clock.in_london(2026, 11, 22, 3)
EMAILS = ["help@example.org", "first.last+tag@mail.example.co.uk"]
UUIDS = st.uuids(version=4).map(str)


def line(longest, smallest=0):
    text = st.text(SIGNS, min_size=smallest, max_size=12).map(plain.line)
    return text.filter(lambda words: len(words) >= smallest and plain.line(words) == words)


def words(longest):
    return st.lists(line(30), max_size=4).map(lambda rows: plain.paragraphs("\n".join(rows))[:longest])


def days():
    return st.dates(date(2000, 1, 1), date(2099, 12, 31))


def byday(freq):
    order = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
    chosen = st.sets(st.sampled_from(order)).map(lambda found: ",".join(sorted(found, key=order.index)))
    return st.sampled_from(["1MO", "-1FR"]) if freq == "MONTHLY" else chosen


@st.composite
def hours(draw, links):
    freq = draw(st.sampled_from(["WEEKLY", "MONTHLY"]))
    opens, closes = draw(st.just((None, None)) | st.tuples(*[st.times().map(lambda t: time(t.hour, t.minute))] * 2))
    first, last = draw(st.tuples(st.none() | days(), st.none() | days()))
    if first and last and last < first:
        first, last = last, first
    return Hours(
        uuid=draw(UUIDS),
        freq=freq,
        interval=draw(st.integers(1, 52)),
        byday=draw(byday(freq)),
        bymonthday=draw(st.sampled_from(["", "1", "2,3,31"])),
        opens_at=opens,
        closes_at=closes,
        valid_from=first,
        valid_to=last,
        description=draw(words(500).filter(bool)),
        place=draw(st.sampled_from(["", *links])),
        extra=draw(st.sampled_from([{}, {"notes": "Shut for lunch", "dtstart": "2026-01-05"}])),
    )


@st.composite
def places(draw):
    point = draw(st.none() | st.tuples(st.floats(-89, 89), st.floats(0.5, 179)))
    parts = draw(st.fixed_dictionaries({name: line(120) for name in ("address", "city", "region", "county")}))
    some = any(parts.values())
    return Place(
        link=draw(UUIDS),
        note=draw(words(200)),
        uuid=draw(UUIDS),
        kind=draw(st.sampled_from(LocationType)),
        name=draw(line(200)),
        description=draw(words(200)),
        **parts,
        postcode=draw(st.sampled_from(["", "LE1 5WW", "M1 1AE"])) if some else "",
        country=draw(st.sampled_from(["GB", "IE"])) if some else "GB",
        latitude=point and point[0],
        longitude=point and point[1],
        accessibility=draw(words(200)),
        extra=draw(st.sampled_from([{}, {"external_identifier": "10092", "external_identifier_type": "UPRN"}])),
    )


@st.composite
def described(draw, make, **parts):
    """What the standard wants described: where the description is the name again, ours is blank."""
    made = draw(st.builds(make, uuid=UUIDS, name=line(200, 1), description=words(300), **parts))
    return made if made.description != made.name else made.__class__(uuid=made.uuid, name=f"{made.name} 2")


def providers():
    identifiers = [
        {"id": str(UUID(int=7)), "identifier_scheme": "GB-COH", "identifier_type": "Company", "identifier": "1"}
    ]
    extra = st.sampled_from([{}, {"logo": URLS[0]}, {"organization_identifiers": identifiers}])
    return described(Provider, url=st.sampled_from(["", *URLS]), email=st.sampled_from(["", *EMAILS]), extra=extra)


@st.composite
def terms(draw):
    vocabulary = draw(described(Vocabulary, uri=st.sampled_from(["", *URLS]), version=line(40)))
    vocabulary = replace(vocabulary, name=f"{vocabulary.name} {vocabulary.uuid}")  # names of vocabularies are unique
    name, description = draw(line(200, 1)), draw(words(300))
    return Term(
        link=draw(UUIDS),
        link_type=draw(line(80)),
        uuid=draw(UUIDS),
        code=draw(line(200, 1)),
        name=name,
        description="" if description == name else description,
        uri=draw(st.sampled_from(["", *URLS])),
        parent=draw(st.just("") | UUIDS),
        vocabulary=vocabulary,
    )


def several(kind, by="uuid", most=3):
    once = (lambda each: each.uuid, lambda each: getattr(each, by))
    return st.lists(kind, max_size=most, unique_by=once).map(
        lambda found: tuple(sorted(found, key=lambda each: getattr(each, by)))
    )


@st.composite
def listings(draw):
    """Any entry of ours."""
    ages = sorted(draw(st.lists(st.integers(0, 120), min_size=2, max_size=2)))
    found = draw(several(places(), by="link", most=2))
    phones = st.builds(
        Phone,
        uuid=UUIDS,
        number=st.sampled_from(NUMBERS),
        kind=st.sampled_from(PhoneKind),
        extension=st.sampled_from(["", "12"]),
        label=line(200),
    )
    languages = st.builds(Language, uuid=UUIDS, code=st.sampled_from(["en", "bfi"]), name=line(80), note=line(200))
    areas = st.builds(
        Area, uuid=UUIDS, name=words(200).filter(bool), extra=st.just({}) | st.just({"extent_type": "text"})
    )
    sources = st.builds(Source, title=line(200, 1), url=st.sampled_from(["", *URLS]), read_on=st.none() | days())
    cost = {"id": str(UUID(int=9)), "option": "Under 18", "amount": 0, "valid_from": "2026-01-01"}
    return Listing(
        uuid=draw(UUIDS),
        name=draw(line(200, 1)),
        status=draw(st.sampled_from(ServiceStatus)),
        summary=draw(line(500)),
        description=draw(words(300)),
        what_happens=draw(words(500)),
        alert=draw(words(300)),
        url=draw(st.sampled_from(["", *URLS])),
        chat_url=draw(st.sampled_from(["", *URLS])),
        email=draw(st.sampled_from(["", *EMAILS])),
        urgent=draw(st.booleans()),
        independent=draw(st.booleans()),
        reach=draw(st.sampled_from([Reach.LOCAL, Reach.NATIONAL])),
        eligibility=draw(words(300)),
        minimum_age=draw(st.sampled_from([None, float(ages[0])])),
        maximum_age=draw(st.sampled_from([None, float(ages[1])])),
        area=draw(line(200)),
        organisation_kinds=draw(st.frozensets(st.sampled_from(sorted(WORKERS)))),
        professions=draw(st.frozensets(st.sampled_from([each.value for each in Profession]))),
        for_managers=draw(st.none() | st.booleans()),
        ways=draw(st.frozensets(st.sampled_from([each.value for each in Way]))),
        always_open=draw(st.booleans()),
        bank_holidays=draw(st.sampled_from(BankHolidays)),
        hours_words=draw(line(300)),
        free=draw(st.none() | st.booleans()),
        fees=draw(words(300)),
        confidential=draw(st.none() | st.sampled_from(Confidential)),
        confidential_words=draw(words(300)),
        checked_on=draw(st.none() | days()),
        updated_at=draw(st.none() | st.timedeltas(timedelta(0), timedelta(days=9_000)).map(lambda gone: NOW - gone)),
        provider=draw(st.none() | providers()),
        phones=tuple(draw(st.lists(phones, max_size=3, unique_by=lambda phone: phone.uuid))),
        hours=draw(several(hours([place.link for place in found]))),
        terms=draw(several(terms(), by="link")),
        languages=draw(several(languages)),
        areas=draw(several(areas)),
        places=found,
        sources=tuple(draw(st.lists(sources, max_size=2))),
        extra=draw(st.sampled_from([{}, {"accreditations": "Accredited"}, {"cost_options": [cost]}])),
    )
