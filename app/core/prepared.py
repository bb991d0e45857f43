"""Selects that are asked with each page: worded for the database once, then run without being worded again.

SQLAlchemy finds a statement that it worded before by a key, and making the key of a long select takes about as long as
asking the database. A prepared select keeps the words, and how values go in and come out; nothing else differs.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Dialect, Select

from app.core.db import db

Change = Callable[[Any], Any]
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Worded:
    """A select in the words of one database. `order` has the names of its values where they go in by position."""

    sql: str
    fixed: dict[str, Any]
    going_in: dict[str, Change]
    order: Sequence[str] | None
    coming_out: Sequence[tuple[int, Change]]


class Prepared:
    """A select whose values are named by `bindparam`; each must be given each time, as one value and not a list."""

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        self.statement = statement
        self._worded: dict[str, _Worded] = {}

    def rows(self, values: Values) -> list[Sequence[Any]]:
        """What it finds."""
        connection = db.session.connection()
        dialect = connection.dialect
        worded = self._worded.get(dialect.name)
        if worded is None:
            worded = self._worded[dialect.name] = _word(self.statement, dialect, values)
        given = worded.fixed | {
            name: worded.going_in[name](value) if name in worded.going_in else value for name, value in values.items()
        }
        asked: Any = given if worded.order is None else tuple(given[name] for name in worded.order)
        found: list[Any] = list(connection.exec_driver_sql(worded.sql, asked))
        if not worded.coming_out:
            return found
        return [_changed(row, worded.coming_out) for row in found]

    def one(self, values: Values) -> Sequence[Any] | None:
        """The one row that it finds, or None."""
        found = self.rows(values)
        return found[0] if found else None


def _changed(row: Sequence[Any], coming_out: Sequence[tuple[int, Change]]) -> list[Any]:
    changed = list(row)
    for index, change in coming_out:
        changed[index] = change(changed[index])
    return changed


def _word(statement: Select[*tuple[Any, ...]], dialect: Dialect, values: Values) -> _Worded:
    compiled: Any = statement.compile(dialect=dialect)
    expanded = compiled.construct_expanded_state(dict(values))
    # Both drivers that we have give every value its change on the way in here; one that changes nothing has none.
    going_in = {**compiled._bind_processors, **expanded.processors}  # noqa: SLF001 - the second has lists only
    fixed = {
        name: going_in[name](value) if name in going_in else value
        for name, value in expanded.parameters.items()
        if name not in values
    }
    order = list(expanded.positiontup) if expanded.positiontup is not None else None
    coming_out: list[tuple[int, Change]] = []
    for index, column in enumerate(statement.selected_columns):
        change = column.type.dialect_impl(dialect).result_processor(dialect, None)
        if change is not None:
            coming_out.append((index, change))
    return _Worded(expanded.statement, fixed, going_in, order, coming_out)
