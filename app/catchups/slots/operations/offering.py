"""Offering slots."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.catchups.slots.models import Slot, SlotSeries
from app.catchups.slots.operations import telling
from app.catchups.slots.rules import Reader, SlotKind, Way
from app.catchups.slots.timing import Cadence, Span
from app.core import audit, clock
from app.core.db import db


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotDraft:
    """What a host says of a slot and may change later. `link` and `place` are empty where the way needs none."""

    topic: str
    way: Way
    place: str
    link: str
    accessibility: str
    agenda: str
    capacity: int

    def columns(self) -> dict[str, Any]:
        """The draft as columns of Slot."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What stays as it is: what people meet for, whom it is for (no cohort: the whole programme), how often."""

    kind: SlotKind
    cohort_id: int | None
    cadence: Cadence = Cadence.ONCE


def offer(reader: Reader, what: Offer, draft: SlotDraft, spans: Sequence[Span]) -> list[Slot]:
    """Offer a slot at each of the times, hosted by the reader; several make a series. It goes into their calendar."""
    series_id = _series(reader, what.cadence) if len(spans) > 1 else None
    slots = [
        Slot(
            programme_id=reader.programme_id,
            kind=what.kind,
            cohort_id=what.cohort_id,
            host_id=reader.member_id,
            series_id=series_id,
            number=number if series_id else None,
            starts_at=span.starts_at,
            ends_at=span.ends_at,
            offered_at=clock.now(),
            **draft.columns(),
        )
        for number, span in enumerate(spans, 1)
    ]
    db.session.add_all(slots)
    db.session.flush()
    for slot in slots:
        telling.book(slot, reader.member_id)
        if slot.kind.is_event:
            audit.record(
                "offer_event",
                "slot",
                slot.id,
                actor_id=reader.member_id,
                programme_id=slot.programme_id,
                kind=what.kind,
            )
    return slots


def _series(reader: Reader, cadence: Cadence) -> int:
    series = SlotSeries(programme_id=reader.programme_id, cadence=cadence)
    db.session.add(series)
    db.session.flush()
    return series.id
