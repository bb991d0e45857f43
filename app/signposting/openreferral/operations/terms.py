"""Terms that services are found by, as a feed names them and as we know them."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from app.core.db import db
from app.signposting.models import ServiceTerm, SupportService, Taxonomy, TaxonomyTerm
from app.signposting.openreferral import listing as said
from app.signposting.openreferral.listing import Listing
from app.signposting.openreferral.operations.feeds import Feed, own_id, taken_ids
from app.signposting.openreferral.queries.listings import bare_term, vocabulary_of


def settled(listing: Listing, feed: Feed) -> Listing:
    """The listing with terms as we know them already: a feed may name terms, but not rename ours."""
    if not listing.terms:
        return listing
    terms = [_known_term(term, feed) for term in listing.terms]
    first = {term.uuid: term for term in reversed(terms)}
    kept = tuple(term for term in terms if first[term.uuid] is term)
    return replace(listing, terms=kept)


def _known_term(term: said.Term, feed: Feed) -> said.Term:
    row = db.session.scalar(select(TaxonomyTerm).where(TaxonomyTerm.uuid == term.uuid))
    if row is None:
        vocabulary = _vocabulary_row(term.vocabulary)
        row = db.session.scalar(
            select(TaxonomyTerm).where(
                TaxonomyTerm.taxonomy_id == (vocabulary.id if vocabulary else 0), TaxonomyTerm.code == term.code
            )
        )
    if row is not None:
        return bare_term(row, link=term.link, link_type=term.link_type)
    return replace(term, vocabulary=_known_vocabulary(term.vocabulary, feed))


def _known_vocabulary(vocabulary: said.Vocabulary, feed: Feed) -> said.Vocabulary:
    row = _vocabulary_row(vocabulary)
    if row is not None:
        return vocabulary_of(row)
    taken = db.session.scalar(select(Taxonomy.id).where(Taxonomy.name == vocabulary.name))
    if taken is None:
        return vocabulary
    name = f"{vocabulary.name[:100]} ({feed.source or vocabulary.uuid[:8]})"
    return replace(vocabulary, name=name)


def _vocabulary_row(vocabulary: said.Vocabulary) -> Taxonomy | None:
    return db.session.scalar(select(Taxonomy).where(Taxonomy.uuid == vocabulary.uuid))


def service_terms(service: SupportService, terms: Sequence[said.Term], feed: Feed) -> list[ServiceTerm]:
    """The ties of a service to its terms; terms that nobody had before are made."""
    known = {tie.term.uuid: tie for tie in service.terms}
    links = taken_ids(ServiceTerm, service, [term.link for term in terms])
    kept = []
    for term in settled(Listing(uuid="", name="", terms=tuple(terms)), feed).terms:
        tie = known.get(term.uuid) or ServiceTerm(service_id=service.id, term=_term_row(term))
        tie.uuid, tie.link_type = own_id(service, term.link, links), term.link_type
        kept.append(tie)
    return kept


def _term_row(term: said.Term) -> TaxonomyTerm:
    row = db.session.scalar(select(TaxonomyTerm).where(TaxonomyTerm.uuid == term.uuid))
    if row is not None:
        return row
    vocabulary = _vocabulary_row(term.vocabulary)
    if vocabulary is None:
        words = term.vocabulary
        vocabulary = Taxonomy(
            uuid=words.uuid, name=words.name, description=words.description, uri=words.uri, version=words.version
        )
    row = TaxonomyTerm(
        uuid=term.uuid,
        taxonomy=vocabulary,
        code=term.code,
        name=term.name,
        description=term.description,
        uri=term.uri,
        extra={"parent": term.parent} if term.parent else {},
    )
    row.parent_id = db.session.scalar(select(TaxonomyTerm.id).where(TaxonomyTerm.uuid == term.parent))
    db.session.add(row)
    db.session.flush()
    return row
