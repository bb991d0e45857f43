"""The search of the directory: one look for each group of a page, and one load for all of them.

Crisis lines are read apart and never filtered. How many queries there are does not depend on how much is found.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, or_, tuple_

from app.core.db import db
from app.signposting.criteria import CONTACT, Criteria, Seeker
from app.signposting.kinds import Confidential, Reach
from app.signposting.models import SupportService
from app.signposting.models.columns import holds
from app.signposting.queries import entries, open_now
from app.signposting.queries.entries import has_need, near_first, own_or_general, visible_ids
from app.signposting.queries.matching import matches
from app.signposting.queries.meaning import meant_by
from app.signposting.ranking import Arranged, arrange

SIZE = 20
MOST_BY_WORDS = 100  # who has not found it by then searches with other words
MOST_OWN, MOST_BESIDE = 12, 3


@dataclass(frozen=True, slots=True)
class Found:
    """What a page shows. `after` is where the next page begins; `loosely`: no entry had all the words."""

    groups: Arranged
    after: str = ""
    loosely: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found but crisis lines."""
        return not (self.groups.own or self.groups.local or self.groups.national)


@dataclass(frozen=True, slots=True)
class _Look:
    """A search half made: who asks, what must hold, and how well the words fit, if there are any."""

    seeker: Seeker
    conditions: tuple[ColumnElement[bool], ...]
    ranked: CTE | None = None

    def ids(self, *also: ColumnElement[bool]) -> Select[int]:
        chosen = visible_ids(self.seeker).where(~SupportService.urgent, *self.conditions, *also)
        return chosen if self.ranked is None else chosen.join(self.ranked, self.ranked.c.id == SupportService.id)

    @property
    def best_first(self) -> tuple[Any, ...]:
        by_name = (near_first(), SupportService.name, SupportService.id)
        return by_name if self.ranked is None else (self.ranked.c.rank, SupportService.id)


def find(criteria: Criteria, seeker: Seeker, now: datetime, after: str = "") -> Found:
    """Services for what somebody asks, in groups; from the second page on without what stands at the top."""
    look, loosely = _look(criteria, seeker, now)
    own = [] if after else _own(look)
    beside = _beside(criteria, look) if own else []
    others, following = _others(look, beside, after)
    shown = {service.id: service for service in entries.by_ids(seeker, [*own, *beside, *others])}
    groups = arrange(
        crisis=entries.crisis(seeker),
        own=[shown[each] for each in own if each in shown],
        independent=[shown[each] for each in beside if each in shown],
        others=[shown[each] for each in others if each in shown],
    )
    return Found(groups, following, loosely)


def at_work(seeker: Seeker, now: datetime) -> Arranged:
    """What stands on the first page: crisis lines, and the organisation beside an independent route."""
    look, _loosely = _look(Criteria(), seeker, now)
    own, beside = _own(look), _beside(Criteria(), look)
    shown = {service.id: service for service in entries.by_ids(seeker, [*own, *beside])}
    return arrange(
        crisis=entries.crisis(seeker),
        own=[shown[each] for each in own if each in shown],
        independent=[shown[each] for each in beside if each in shown],
        others=[],
    )


def _look(criteria: Criteria, seeker: Seeker, now: datetime) -> tuple[_Look, bool]:
    conditions = tuple(_conditions(criteria, now))
    meant = meant_by(criteria.words)
    if not meant:
        return _Look(seeker, conditions), False
    strict = _Look(seeker, conditions, matches(meant, every=True))
    if len(meant) == 1 or db.session.scalar(strict.ids().limit(1)) is not None:
        return strict, False
    return _Look(seeker, conditions, matches(meant, every=False)), True


def _own(look: _Look) -> list[int]:
    at_work = look.ids(SupportService.reach == Reach.ORGANISATION, own_or_general(look.seeker))
    return list(db.session.scalars(at_work.order_by(*look.best_first).limit(MOST_OWN)))


def _beside(criteria: Criteria, look: _Look) -> list[int]:
    """Independent routes: those that fit, else those that fit the need, else any: none only where there is none."""
    wider = _Look(look.seeker, (has_need(criteria.need),) if criteria.need else ())
    for each in (look, wider, _Look(look.seeker, ())):
        outside = each.ids(SupportService.independent.is_(True), SupportService.reach != Reach.ORGANISATION)
        order = each.best_first if each.ranked is not None else (SupportService.position, SupportService.id)
        if found := list(db.session.scalars(outside.order_by(*order).limit(MOST_BESIDE))):
            return found
    return []


def _others(look: _Look, besides: list[int], after: str) -> tuple[list[int], str]:
    """A page of what is local and national, and where the next one begins."""
    chosen = look.ids(SupportService.reach != Reach.ORGANISATION, SupportService.id.not_in(besides))
    if look.ranked is not None:
        start = int(after) if after.isdecimal() and int(after) < MOST_BY_WORDS else 0
        found = list(db.session.scalars(chosen.order_by(*look.best_first).offset(start).limit(SIZE + 1)))
        more = len(found) > SIZE and start + SIZE < MOST_BY_WORDS
        return found[:SIZE], str(start + SIZE) if more else ""
    # Alphabetical order happens to put local before national, so the index of the list serves as it is.
    key = (SupportService.reach, SupportService.name, SupportService.id)
    reach, _, rest = after.partition("/")
    number, _, name = rest.partition("/")
    if number.isdecimal() and reach in set(Reach):
        chosen = chosen.where(tuple_(*key) > tuple_(Reach(reach), name, int(number)))
    rows = db.session.execute(chosen.add_columns(*key[:2]).order_by(*key).limit(SIZE + 1)).all()
    last = rows[SIZE - 1] if len(rows) > SIZE else None
    return [row.id for row in rows[:SIZE]], f"{last.reach}/{last.id}/{last.name}" if last else ""


def _conditions(criteria: Criteria, now: datetime) -> list[ColumnElement[bool]]:
    service = SupportService
    conditions: list[ColumnElement[bool]] = []
    if criteria.need:
        conditions.append(has_need(criteria.need))
    if contact := criteria.ways & CONTACT:
        conditions.append(or_(*(holds(service.ways, way) for way in sorted(contact))))
    conditions += [holds(service.ways, way) for way in sorted(criteria.ways - CONTACT)]
    for column, code in (
        (service.professions, criteria.profession),
        (service.organisation_kinds, criteria.organisation_kind),
    ):
        if code:
            conditions.append(or_(column == frozenset(), holds(column, code)))
    if criteria.manages is not None:
        conditions.append(or_(service.for_managers.is_(None), service.for_managers == criteria.manages))
    if criteria.free:
        conditions.append(service.free.is_(True))
    if criteria.confidential:
        conditions.append(service.confidential == Confidential.YES)
    if criteria.open_now:
        conditions.append(open_now.is_open(now))
    return conditions
