"""What the search knows of services. Whoever adds or changes services calls `index` with their ids in the end."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.core.db import db, insert
from app.signposting.models import (
    SearchWord,
    ServiceAtLocation,
    ServiceIndex,
    ServiceTerm,
    SupportService,
    TaxonomyTerm,
)
from app.signposting.needs import BY_CODE, TAXONOMY
from app.signposting.words import words_of

BATCH = 500


def index(service_ids: Iterable[int]) -> None:
    """Make the search find these services by what they say now; a few queries for each 500."""
    ids = sorted(set(service_ids))
    db.session.flush()
    for start in range(0, len(ids), BATCH):
        _index(ids[start : start + BATCH])


def index_all() -> int:
    """Make the whole index anew; gives the number of services."""
    ids = db.session.scalars(select(SupportService.id)).all()
    index(ids)
    return len(ids)


def _index(ids: Sequence[int]) -> None:
    services = db.session.scalars(
        select(SupportService)
        .where(SupportService.id.in_(ids))
        .options(
            selectinload(SupportService.provider),
            selectinload(SupportService.areas),
            selectinload(SupportService.at_locations).joinedload(ServiceAtLocation.location),
            selectinload(SupportService.terms).joinedload(ServiceTerm.term).joinedload(TaxonomyTerm.taxonomy),
            selectinload(SupportService.terms).joinedload(ServiceTerm.term).selectinload(TaxonomyTerm.synonyms),
        )
    ).all()
    rows = [_row(service) for service in services]
    if not rows:
        return
    upsert = insert(ServiceIndex).values(rows)
    changed = {name: upsert.excluded[name] for name in ("name", "needs", "words")}
    db.session.execute(upsert.on_conflict_do_update(index_elements=["service_id"], set_=changed))
    _learn({word for row in rows for column in ("name", "needs", "words") for word in str(row[column]).split()})


def _row(service: SupportService) -> dict[str, int | str]:
    needs = [words for link in service.terms for words in _words_of_term(link.term)]
    rest = [service.summary, service.description, service.eligibility, service.area]
    rest += [service.provider.name] if service.provider else []
    rest += [area.name for area in service.areas]
    rest += [f"{at.location.name} {at.location.city} {at.location.postcode}" for at in service.at_locations]
    return {
        "service_id": service.id,
        "name": " ".join(words_of(service.name)),
        "needs": " ".join(words_of(" ".join(needs))),
        "words": " ".join(words_of(" ".join(rest))),
    }


def _words_of_term(term: TaxonomyTerm) -> list[str]:
    ours = BY_CODE.get(term.code) if term.taxonomy.name == TAXONOMY else None
    return [term.name, *(ours.synonyms if ours else ()), *(synonym.words for synonym in term.synonyms)]


def _learn(words: set[str]) -> None:
    """Keep the words that are new. In one order, so that two who learn the same words never wait for each other."""
    learnt: set[str] = set()
    every = sorted(words)
    for start in range(0, len(every), BATCH):
        some = every[start : start + BATCH]
        learnt |= set(db.session.scalars(select(SearchWord.word).where(SearchWord.word.in_(some))))
    new = [{"word": word} for word in every if word not in learnt]
    for start in range(0, len(new), BATCH):
        db.session.execute(insert(SearchWord).values(new[start : start + BATCH]).on_conflict_do_nothing())
