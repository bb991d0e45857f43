"""A directory of any size, the same every time: written in bulk, as fast as the database takes it."""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from app.core.db import db, transaction
from app.signposting.kinds import BankHolidays, PhoneKind, Profession, Reach, Way
from app.signposting.models import (
    Provider,
    Schedule,
    SearchWord,
    ServiceIndex,
    ServicePhone,
    ServiceTerm,
    SupportService,
    TaxonomyTerm,
)
from app.signposting.needs import NEEDS
from app.signposting.operations.terms import need_terms
from app.signposting.words import words_of

WORDS = [word for need in NEEDS for synonym in (need.words, *need.synonyms) for word in words_of(synonym)]
TOWNS = ("Leicester", "Loughborough", "Hinckley", "Melton", "Oakham", "Coalville", "Wigston", "Lutterworth")
WHAT = ("line", "group", "advice", "counselling", "drop-in", "network", "service", "circle")
CRISIS = 6
CHUNK = 1_000
NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


def fill(count: int) -> None:
    """Put so many services into an empty directory, six of them crisis lines."""
    chance = random.Random(count)
    with transaction():
        terms = {term.code: term.id for term in need_terms()}
        providers = [{"uuid": str(UUID(int=10**9 + n)), "name": f"Charity {n}"} for n in range(max(1, count // 10))]
        _insert(Provider, providers)
        words: set[str] = set()
        for start in range(1, count + 1, CHUNK):
            numbers = range(start, min(start + CHUNK, count + 1))
            _some(numbers, chance, terms, len(providers), words)
        _insert(SearchWord, [{"word": word} for word in sorted(words)])


def _some(
    numbers: Sequence[int], chance: random.Random, terms: dict[str, int], providers: int, words: set[str]
) -> None:
    services, phones, hours, ties, index = [], [], [], [], []
    for number in numbers:
        needs = chance.sample(NEEDS, 2)
        town = chance.choice(TOWNS)
        name = f"{town} {chance.choice(WORDS)} {chance.choice(WHAT)} {number}"
        summary = " ".join(chance.choices(WORDS, k=12))
        services.append(_service(number, name, summary, town, chance, providers))
        phones.append(
            {"uuid": _uuid(2, number), "service_id": number, "number": "0300 123 1100", "kind": PhoneKind.VOICE}
        )
        hours.append(
            {
                "uuid": _uuid(3, number),
                "service_id": number,
                "byday": "MO,TU,WE,TH,FR",
                "opens_at": time(9),
                "closes_at": time(17),
            }
        )
        ties += [
            {"uuid": _uuid(4, number * 2 + at), "service_id": number, "term_id": terms[need.code], "link_type": "need"}
            for at, need in enumerate(needs)
        ]
        said = {
            "name": " ".join(words_of(name)),
            "needs": " ".join(words_of(" ".join(word for need in needs for word in (need.words, *need.synonyms)))),
            "words": " ".join(words_of(f"{summary} {town}")),
        }
        index.append({"service_id": number, **said})
        words.update(word for text in said.values() for word in text.split())
    for table, rows in (
        (SupportService, services),
        (ServicePhone, phones),
        (Schedule, hours),
        (ServiceTerm, ties),
        (ServiceIndex, index),
    ):
        _insert(table, rows)


def _service(number: int, name: str, summary: str, town: str, chance: random.Random, providers: int) -> dict[str, Any]:
    crisis = number <= CRISIS
    some = frozenset({chance.choice(list(Profession)).value}) if chance.random() < 0.1 else frozenset()
    return {
        "id": number,
        "uuid": _uuid(1, number),
        "slug": f"service-{number}",
        "name": name,
        "summary": summary,
        "description": " ".join(chance.choices(WORDS, k=60)),
        "provider_id": chance.randrange(providers) + 1,
        "urgent": crisis,
        "always_open": crisis,
        "reach": Reach.NATIONAL if crisis or chance.random() < 0.2 else Reach.LOCAL,
        "area": town,
        "url": f"https://www.example.org/{number}",
        "ways": frozenset({Way.CALL.value, chance.choice(list(Way)).value}),
        "professions": some,
        "free": chance.random() < 0.8,
        "bank_holidays": BankHolidays.CLOSED,
        "needs_checking": False,
        "checked_on": date(2026, 10, 1),
        "next_check_on": date(2027, 4, 1),
        "updated_at": NOW - timedelta(minutes=number),
    }


def searches(count: int) -> Iterator[str]:
    """What people might type, the same every time: one to three words, some with a slip of the finger."""
    chance = random.Random(count)
    for _search in range(count):
        words = chance.choices([word for word in WORDS if len(word) > 3], k=chance.choice((1, 1, 2, 3)))
        if chance.random() < 0.25:
            at = chance.randrange(1, len(words[0]))
            words[0] = words[0][:at] + words[0][at + 1 :]
        yield " ".join(words)


def needs() -> list[str]:
    """Every need by its code."""
    return [need.code for need in NEEDS]


def a_term() -> str:
    """The uuid of a term that services use."""
    return db.session.scalars(select(TaxonomyTerm.uuid).limit(1)).one()


def _insert(table: Any, rows: list[dict[str, Any]]) -> None:  # noqa: ANN401 - a table
    for start in range(0, len(rows), CHUNK):
        db.session.execute(insert(table), rows[start : start + CHUNK])


def _uuid(kind: int, number: int) -> str:
    return str(UUID(int=kind * 10**12 + number))
