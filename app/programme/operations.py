"""What leads (and the person who sets an installation up) change: programmes, their pages, cohorts and dates."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from app.core import audit, clock
from app.core.db import db
from app.core.html import COOK_VERSION, LONGEST, cook
from app.programme import queries
from app.programme.models import Cohort, CohortEvent, Page, PageVersion, Programme
from app.programme.page_files import PageFile
from app.programme.placeholders import UnknownPlaceholderError, facts_of, fill
from app.programme.rules import CohortState, EventKind, Targets

ADDRESSES = {"new"}  # words after /lead/cohorts/ that are pages, not cohorts


class ChangedMeanwhileError(Exception):
    """Somebody else saved the page since it was opened; nothing was overwritten."""


class TextRefusedError(ValueError):
    """A page cannot be saved as it is; the message says what to change, and `part` where."""

    def __init__(self, sentence: str, part: str = "body") -> None:
        super().__init__(sentence)
        self.part = part


class CohortInUseError(Exception):
    """A cohort cannot be removed while people belong to it or are invited to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageDraft:
    """What a lead may change of a page."""

    title: str
    summary: str
    body: str
    in_menu: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DateDraft:
    """What a date of a cohort says."""

    kind: EventKind
    title: str
    starts_at: datetime
    ends_at: datetime
    venue: str


# -- programmes --------------------------------------------------------------------------------------------------------


def add_programme(slug: str, about: Mapping[str, Any], targets: Targets, pages: Iterable[PageFile]) -> Programme:
    """A new programme with its pages, by whoever sets the installation up."""
    programme = Programme(slug=slug, stored_targets=asdict(targets), **about)
    db.session.add(programme)
    db.session.flush()
    for page in pages:
        add_page(programme, page)
    return programme


def change_programme(programme: Programme, about: Mapping[str, Any], targets: Targets, *, by: int) -> None:
    """Change what a programme says of itself, and cook its pages again, as they may name it."""
    for name, value in about.items():
        setattr(programme, name, value)
    programme.stored_targets = programme.stored_targets | asdict(targets)
    cook_pages(programme)
    audit.record("programme_changed", "programme", programme.id, actor_id=by, programme_id=programme.id)


def cook_pages(programme: Programme) -> int:
    """Cook every page of a programme again; gives their number."""
    pages = queries.pages(programme.id)
    for page in pages:
        page.html, page.cook_version = cooked(programme, page.body), COOK_VERSION
    return len(pages)


# -- pages -------------------------------------------------------------------------------------------------------------


def cooked(programme: Programme, body: str) -> str:
    """The HTML of a page's text, with the programme's facts in it; raises TextRefusedError with a sentence."""
    text = filled(programme, body)
    if len(text) > LONGEST:
        raise TextRefusedError(f"The text is too long: a page holds {LONGEST:,} characters at most.")
    return cook(text)


def filled(programme: Programme, text: str, part: str = "body") -> str:
    """A part of a page with the programme's facts in it; raises TextRefusedError with a sentence."""
    try:
        return fill(text, facts_of(programme))
    except UnknownPlaceholderError as wrong:
        raise TextRefusedError(str(wrong), part) from wrong


def add_page(programme: Programme, file: PageFile) -> Page:
    """A new page from a file; raises TextRefusedError."""
    filled(programme, file.summary, part="summary")
    page = Page(
        programme_id=programme.id,
        slug=file.slug,
        title=file.title,
        summary=file.summary,
        position=file.order,
        in_menu=file.in_menu,
        video=file.video,
        transcript_slug=file.transcript,
        body=file.body,
        html=cooked(programme, file.body),
        cook_version=COOK_VERSION,
        version=1,
        updated_at=clock.now(),
    )
    db.session.add(page)
    db.session.flush()
    _keep_version(page)
    return page


def save_page(page_id: int, draft: PageDraft, *, seen_version: int, by: int) -> Page:
    """Save a page that was opened at a version.

    Raises ChangedMeanwhileError when it was saved since, TextRefusedError for a text that cannot be shown.
    """
    page = db.session.scalars(select(Page).where(Page.id == page_id).with_for_update()).one()
    if page.version != seen_version:
        raise ChangedMeanwhileError
    programme = db.session.get_one(Programme, page.programme_id)
    filled(programme, draft.summary, part="summary")
    page.html, page.cook_version = cooked(programme, draft.body), COOK_VERSION
    page.title, page.summary, page.body, page.in_menu = draft.title, draft.summary, draft.body, draft.in_menu
    page.version += 1
    page.updated_at, page.updated_by_id = clock.now(), by
    _keep_version(page)
    audit.record(
        "page_saved", "page", page.id, actor_id=by, programme_id=page.programme_id, slug=page.slug, version=page.version
    )
    return page


def put_back(page: Page, earlier: PageVersion, *, seen_version: int, by: int) -> Page:
    """Let a page say again what it said at an earlier saving, as a new version; raises as `save_page` does."""
    draft = PageDraft(title=earlier.title, summary=earlier.summary, body=earlier.body, in_menu=page.in_menu)
    return save_page(page.id, draft, seen_version=seen_version, by=by)


def _keep_version(page: Page) -> None:
    db.session.add(
        PageVersion(
            page_id=page.id,
            version=page.version,
            title=page.title,
            summary=page.summary,
            body=page.body,
            saved_at=page.updated_at,
            saved_by_id=page.updated_by_id,
        )
    )
    db.session.flush()


# -- cohorts and dates -------------------------------------------------------------------------------------------------


def add_cohort(
    programme_id: int, name: str, state: CohortState, size: tuple[int, int], *, by: int | None, slug: str = ""
) -> Cohort:
    """A new cohort of `size` (smallest, largest); its address is made of its name and stays."""
    cohort = Cohort(
        programme_id=programme_id,
        slug=slug or _free_slug(programme_id, name),
        name=name,
        state=state,
        smallest=size[0],
        largest=size[1],
    )
    db.session.add(cohort)
    db.session.flush()
    audit.record("cohort_added", "cohort", cohort.id, actor_id=by, programme_id=programme_id, state=state.value)
    return cohort


def change_cohort(cohort: Cohort, name: str, state: CohortState, size: tuple[int, int], *, by: int) -> None:
    """Change a cohort; its address stays, because people have it."""
    cohort.name, cohort.state, (cohort.smallest, cohort.largest) = name, state, size
    audit.record("cohort_changed", "cohort", cohort.id, actor_id=by, programme_id=cohort.programme_id, state=state)


def remove_cohort(cohort: Cohort, *, by: int) -> None:
    """Remove a cohort with its dates; raises CohortInUseError while anybody belongs to it or is invited to it."""
    if queries.cohort_in_use(cohort.id):
        raise CohortInUseError
    audit.record("cohort_removed", "cohort", cohort.id, actor_id=by, programme_id=cohort.programme_id)
    db.session.delete(cohort)
    db.session.flush()


def add_date(cohort: Cohort, draft: DateDraft, *, by: int | None, uid: str = "") -> CohortEvent:
    """A new date of a cohort, with a calendar identity of its own."""
    event = CohortEvent(
        programme_id=cohort.programme_id, cohort_id=cohort.id, uid=uid or uuid4().hex, **_columns(draft)
    )
    db.session.add(event)
    db.session.flush()
    _record_date("cohort_date_added", event, by)
    return event


def change_date(event: CohortEvent, draft: DateDraft, *, by: int) -> bool:
    """Change a date, so that calendars take it for the same one, moved; False when nothing differs."""
    db.session.refresh(event, with_for_update=True)
    columns = _columns(draft)
    if all(getattr(event, name) == value for name, value in columns.items()):
        return False
    for name, value in columns.items():
        setattr(event, name, value)
    event.sequence += 1
    _record_date("cohort_date_changed", event, by)
    return True


def remove_date(event: CohortEvent, *, by: int) -> None:
    """Remove a date. Calendars that people put it into keep it."""
    _record_date("cohort_date_removed", event, by)
    db.session.delete(event)
    db.session.flush()


def _columns(draft: DateDraft) -> dict[str, Any]:
    return asdict(draft)


def _record_date(action: str, event: CohortEvent, by: int | None) -> None:
    audit.record(
        action, "cohort_event", event.id, actor_id=by, programme_id=event.programme_id, cohort_id=event.cohort_id
    )


def _free_slug(programme_id: int, name: str) -> str:
    """The name in small letters and hyphens, with a number behind it when another cohort has it."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:50] or "cohort"
    taken = {*ADDRESSES, *db.session.scalars(select(Cohort.slug).where(Cohort.programme_id == programme_id))}
    numbered = (plain if n == 1 else f"{plain}-{n}" for n in range(1, len(taken) + 2))
    return next(slug for slug in numbered if slug not in taken)
