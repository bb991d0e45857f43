"""What the team hears: suggestions of members, and where the directory has gaps. Never who looked for what."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Member
from app.core.db import db
from app.signposting.kinds import Reach, ServiceState, Template
from app.signposting.models import NeedGap, ServiceTerm, SupportService, Taxonomy, TaxonomyTerm
from app.signposting.needs import NEEDS, TAXONOMY
from app.signposting.upkeep.models import Suggestion
from app.signposting.upkeep.queries.entries import kept_by

EVERYWHERE = "Everywhere"


@dataclass(frozen=True, slots=True)
class Gap:
    """One need: how often nothing was found for it, and how many services there are for it in each area."""

    words: str
    not_found: int
    services: Mapping[str, int]


def gaps(programme_id: int, since: str) -> tuple[Sequence[str], list[Gap]]:
    """The areas, and every need with its gaps, the widest first; `since` is a month such as 2026-01."""
    missed = dict(
        db.session.execute(
            select(NeedGap.need, func.sum(NeedGap.times))
            .where(NeedGap.programme_id == programme_id, NeedGap.month >= since)
            .group_by(NeedGap.need)
        ).all()
    )
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    rows = db.session.execute(
        select(TaxonomyTerm.code, SupportService.reach, SupportService.area, func.count())
        .join(ServiceTerm, ServiceTerm.term_id == TaxonomyTerm.id)
        .join(Taxonomy, Taxonomy.id == TaxonomyTerm.taxonomy_id)
        .join(SupportService, SupportService.id == ServiceTerm.service_id)
        .where(
            Taxonomy.name == TAXONOMY,
            kept_by(programme_id),
            SupportService.organisation_id.is_(None),
            SupportService.state == ServiceState.PUBLISHED,
        )
        .group_by(TaxonomyTerm.code, SupportService.reach, SupportService.area)
    )
    for code, reach, area, count in rows:
        counted[code][(area or "Area not said") if reach is Reach.LOCAL else EVERYWHERE] += count
    areas = sorted({area for of_need in counted.values() for area in of_need} - {EVERYWHERE})
    found = [Gap(need.words, int(missed.get(need.code, 0)), counted[need.code]) for need in NEEDS]
    return [EVERYWHERE, *areas], sorted(found, key=lambda gap: (-gap.not_found, sum(gap.services.values())))


def suggestions(programme_id: int) -> Sequence[tuple[Suggestion, str | None]]:
    """The suggestions that nobody has settled, the oldest first, with the names of those who made them."""
    rows = db.session.execute(
        select(Suggestion, Member.name)
        .outerjoin(Member, Member.id == Suggestion.member_id)
        .where(Suggestion.programme_id == programme_id, Suggestion.verdict.is_(None))
        .options(joinedload(Suggestion.service))
        .order_by(Suggestion.id)
        .limit(100)
    )
    return [(row[0], row[1]) for row in rows]


def suggestion(programme_id: int, suggestion_id: int) -> Suggestion | None:
    """One of them."""
    return db.session.scalar(
        select(Suggestion).where(Suggestion.id == suggestion_id, Suggestion.programme_id == programme_id)
    )


def templates() -> dict[Template, SupportService]:
    """What every organisation has, in general."""
    found = db.session.scalars(
        select(SupportService).where(SupportService.template.is_not(None), SupportService.organisation_id.is_(None))
    )
    return {row.template: row for row in found if row.template}


def filled(programme_id: int) -> dict[tuple[int, Template], int]:
    """Which organisation has filled in what: the ids of those entries."""
    rows = db.session.execute(
        select(SupportService.organisation_id, SupportService.template, SupportService.id).where(
            SupportService.programme_id == programme_id,
            SupportService.organisation_id.is_not(None),
            SupportService.template.is_not(None),
        )
    )
    return {(at, kind): service_id for at, kind, service_id in rows if at is not None and kind is not None}
