"""What the directory of support publishes: nobody has to be warned of it."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.core.db import db
from app.moderation.screening.detection import screen
from app.moderation.screening.detection.finding import Finding, Kind
from app.moderation.screening.detection.published import compact, dialled
from app.signposting.kinds import ServiceState
from app.signposting.models import Location, ServicePhone, SupportService


def screen_with_directory(text: str, published: Iterable[str] = ()) -> list[Finding]:
    """As `screen`, leaving out what the directory publishes. It is asked only where something was found."""
    findings = screen(text, published)
    known = _in_the_directory(findings, text)
    return screen(text, [*published, *known]) if known else findings


def _in_the_directory(findings: Iterable[Finding], text: str) -> list[str]:
    words: dict[Kind, list[str]] = {Kind.PHONE: [], Kind.EMAIL: [], Kind.POSTCODE: []}
    for found in findings:
        if found.kind in words:
            words[found.kind].append(text[found.start : found.end])
    known: list[str] = []
    if words[Kind.PHONE]:
        numbers = {dialled(number) for number in words[Kind.PHONE]}
        numbers |= {f"+44{number[1:]}" for number in numbers}
        known += db.session.scalars(
            select(ServicePhone.number)
            .join(SupportService, SupportService.id == ServicePhone.service_id)
            .where(SupportService.state == ServiceState.PUBLISHED, _bare(ServicePhone.number).in_(numbers))
        )
    if words[Kind.EMAIL]:
        known += db.session.scalars(
            select(SupportService.email).where(
                SupportService.state == ServiceState.PUBLISHED,
                func.lower(SupportService.email).in_({address.lower() for address in words[Kind.EMAIL]}),
            )
        )
    if words[Kind.POSTCODE]:
        known += db.session.scalars(
            select(Location.postcode).where(
                func.upper(_bare(Location.postcode)).in_({compact(postcode) for postcode in words[Kind.POSTCODE]})
            )
        )
    return known


def _bare(stored: InstrumentedAttribute[str]) -> ColumnElement[str]:
    """A column without spaces and signs, as numbers and postcodes are compared."""
    column: ColumnElement[str] = stored.expression
    for sign in " -()":
        column = func.replace(column, sign, "")
    return column
