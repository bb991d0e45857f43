"""What cases need to know of higher features: create_app says who answers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from flask import Flask, current_app
from sqlalchemy import ColumnElement


@dataclass(frozen=True, slots=True)
class Seams:
    """The answers that create_app provides.

    `share_a_cohort(member_id, column)`: the condition that a member has a cohort in common with the member in a column.
    """

    share_a_cohort: Callable[[int, ColumnElement[Any]], ColumnElement[bool]]


def init_app(app: Flask, seams: Seams) -> None:
    """Keep the answers."""
    app.extensions["moderation_seams"] = seams


def seams() -> Seams:
    """The answers of the app at hand."""
    return cast("Seams", current_app.extensions["moderation_seams"])
