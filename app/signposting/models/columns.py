"""Kinds of columns that several tables of the directory have."""

from collections.abc import Collection
from typing import Any
from uuid import uuid4

from sqlalchemy import JSON, ColumnElement, Dialect, String, type_coerce
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class Codes(TypeDecorator[frozenset[str]]):
    """A few codes of a small fixed list, kept as ",call,text,": so that one of them is found with LIKE."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Collection[str] | None, dialect: Dialect) -> str:  # noqa: ARG002
        """Write them in one order."""
        return f",{','.join(sorted(value))}," if value else ""

    def process_result_value(self, value: str | None, dialect: Dialect) -> frozenset[str]:  # noqa: ARG002
        """Read them back."""
        return frozenset(filter(None, (value or "").split(",")))


def holds(column: InstrumentedAttribute[frozenset[str]], code: str) -> ColumnElement[bool]:
    """Whether one of the codes is this one."""
    return type_coerce(column, String).contains(f",{code},", autoescape=True)


def uuid() -> Mapped[str]:
    """The name of a row in the world outside: never changed, never used twice."""
    return mapped_column(String(36), unique=True, default=lambda: str(uuid4()))


def extra() -> Mapped[dict[str, Any]]:
    """What an imported row said beyond our columns, as it was said, so that it can be given back unchanged."""
    return mapped_column(JSON, default=dict)
