"""Our needs as terms of a taxonomy, made when the first service uses them."""

from collections.abc import Iterable
from uuid import uuid5

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager

from app.core.db import db, insert
from app.signposting.models import ServiceTerm, SupportService, Taxonomy, TaxonomyTerm
from app.signposting.needs import BY_CODE, NAMESPACE, NEEDS, TAXONOMY, TAXONOMY_WORDS, known


def need_terms(codes: Iterable[str] | None = None) -> list[TaxonomyTerm]:
    """The terms of needs (none named: of all), in the order of the list; unknown codes are left out."""
    wanted = known(BY_CODE if codes is None else codes)
    terms = {term.code: term for term in db.session.scalars(_of_needs())}
    if missing := [code for code in wanted if code not in terms]:
        _make(missing)
        terms = {term.code: term for term in db.session.scalars(_of_needs())}
    return [terms[code] for code in wanted]


def set_needs(service: SupportService, codes: Iterable[str]) -> None:
    """Let a service be found by these needs and no others; terms of other taxonomies stay. Reindex it afterwards."""
    terms = need_terms(codes)
    wanted = {term.id for term in terms}
    kept = [link for link in service.terms if link.term.taxonomy.name != TAXONOMY or link.term_id in wanted]
    there = {link.term_id for link in kept}
    service.terms = kept + [ServiceTerm(term=term, link_type="need") for term in terms if term.id not in there]
    db.session.flush()


def _make(codes: list[str]) -> None:
    db.session.execute(
        insert(Taxonomy)
        .values(
            uuid=str(uuid5(NAMESPACE, TAXONOMY)),
            name=TAXONOMY,
            description=TAXONOMY_WORDS,
            uri="",
            version="",
            extra={},
        )
        .on_conflict_do_nothing()
    )
    taxonomy_id = db.session.scalars(select(Taxonomy.id).where(Taxonomy.name == TAXONOMY)).one()
    for position, need in enumerate(NEEDS):
        if need.code in codes:
            db.session.execute(
                insert(TaxonomyTerm)
                .values(
                    uuid=need.uuid,
                    taxonomy_id=taxonomy_id,
                    code=need.code,
                    name=need.words,
                    description=need.words,
                    uri="",
                    position=position,
                    extra={},
                )
                .on_conflict_do_nothing()
            )


def _of_needs() -> Select[TaxonomyTerm]:
    return (
        select(TaxonomyTerm)
        .options(contains_eager(TaxonomyTerm.taxonomy))
        .join(TaxonomyTerm.taxonomy)
        .where(Taxonomy.name == TAXONOMY)
    )
