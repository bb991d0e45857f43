"""Files of entries: Open Referral JSON as feeds have it, and CSV as people have it. To and from plain documents."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.signposting.openreferral.values import Json, kind

MOST_ENTRIES = 20_000
NUMBERS = ("minimum_age", "maximum_age")
TEXTS = (
    *("id", "name", "description", "url", "email", "status", "fees", "accreditations", *NUMBERS, "assured_date"),
    *("alert", "last_modified", "application_process", "eligibility_description"),
)
NESTED = (
    *("organization", "phones", "schedules", "service_areas", "service_at_locations", "languages", "attributes"),
    *("cost_options", "funding", "signposting"),
)
COLUMNS = (*TEXTS, *NESTED)
# What people write in tables of their own.
FRIENDLY = ("telephone", "text", "address", "city", "county", "postcode", "organisation")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class UnreadableError(ValueError):
    """The whole file cannot be read; the message says why, for whoever chose it."""


def entries_of(name: str, text: str) -> list[Json]:
    """The entries of a file, whatever they are; its name says whether it is a table. Raises UnreadableError."""
    if not text.strip():
        raise UnreadableError("The file is empty.")
    found = from_table(text) if name.lower().endswith(".csv") else from_json(text)
    if len(found) > MOST_ENTRIES:
        raise UnreadableError(f"The file has {len(found):,} entries; {MOST_ENTRIES:,} are the most at once.")
    if not found:
        raise UnreadableError("There are no entries in the file.")
    return found


def from_json(text: str) -> list[Json]:
    """Entries of JSON: a list of them, a page, a package, or one alone. Raises UnreadableError."""
    try:
        found = json.loads(text.removeprefix("\ufeff"))
    except RecursionError:
        raise UnreadableError("The file is nested too deeply.") from None
    except ValueError as wrong:
        raise UnreadableError(f"This is no JSON: {wrong}") from wrong
    if isinstance(found, dict):
        listed = next(
            (found[key] for key in ("contents", "services", "items") if isinstance(found.get(key), list)), None
        )
        return listed if listed is not None else [found]
    if not isinstance(found, list):
        raise UnreadableError(f"The file holds {kind(found)} where a list of services belongs.")
    return found


def from_table(text: str) -> list[Json]:
    """Entries of a CSV file with a first row of names. Raises UnreadableError."""
    try:
        rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), strict=True))
    except csv.Error as wrong:
        raise UnreadableError(f"This is no CSV: {wrong}") from wrong
    if rows and "name" not in rows[0]:
        raise UnreadableError("The first row has to hold the names of the columns, and one of them has to be “name”.")
    return [_document({str(column): cell for column, cell in row.items()}) for row in rows]


def to_json(documents: Iterable[Mapping[str, Any]]) -> str:
    """Documents as one JSON list, an entry a line."""
    return "[\n" + ",\n".join(json.dumps(each, ensure_ascii=False) for each in documents) + "\n]\n"


def to_table(documents: Iterable[Mapping[str, Any]]) -> str:
    """Documents as CSV. What has parts is JSON in its cell; cells never begin like a formula of a spreadsheet."""
    out = io.StringIO()
    table = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    table.writeheader()
    for document in documents:
        table.writerow({column: _cell(document.get(column)) for column in COLUMNS})
    return out.getvalue()


def _cell(value: Any) -> str:  # noqa: ANN401 - JSON
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"'{text}" if text.lstrip("'").startswith(FORMULA) else text


def _document(row: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for column, cell in row.items():
        text = _uncovered(cell) if isinstance(cell, str) else ""
        if text.strip() and column not in FRIENDLY:
            found[column] = _value(column, text)
    return found | _friendly(row, found)


def _value(column: str, text: str) -> Json:
    if column in NESTED or column in NUMBERS:
        try:
            found: Json = json.loads(text)
        except (ValueError, RecursionError):
            return text  # whoever reads the entry says what is wrong with it
        return found
    return text


def _friendly(row: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, Any]:
    """Columns as people name them, in the places where the standard has them."""
    said = {name: str(row.get(name) or "").strip() for name in FRIENDLY}
    more: dict[str, Any] = {}
    numbers = [{"number": said[name], "type": kind_of} for name, kind_of in _NUMBERS if said[name]]
    if numbers and "phones" not in found:
        more["phones"] = numbers
    lines = {key: said[key] for key in ("address", "city", "county", "postcode") if said[key]}
    if lines and "service_at_locations" not in found:
        more["service_at_locations"] = [{"location": {"location_type": "physical", "signposting": lines}}]
    if said["organisation"] and "organization" not in found:
        more["organization"] = {"name": said["organisation"]}
    return more


_NUMBERS: Sequence[tuple[str, str]] = (("telephone", "voice"), ("text", "text"))


def _uncovered(text: str) -> str:
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(FORMULA) else text
