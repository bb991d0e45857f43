"""What several forms ask of an answer."""

from typing import Any

from wtforms import IntegerField
from wtforms.validators import DataRequired, Length, ValidationError

WHOLE = "Enter a whole number, like 6"


class WholeNumberField(IntegerField):
    """A whole number, with a sentence of ours for what is none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read it."""
        try:
            super().process_formdata(valuelist)
        except ValueError as wrong:
            raise ValueError(WHOLE) from wrong


def named(what: str, longest: int) -> list[Any]:
    """A line that must not stay empty; `what` ends the sentence "Enter …"."""
    return [
        DataRequired(f"Enter {what}"),
        Length(max=longest, message=f"Keep it to {longest} characters or fewer"),
    ]


def sizes_fit(smallest: int | None, largest: int | None) -> None:
    """Raise ValidationError when no number of people could be both enough and not too many."""
    if smallest and largest and largest < smallest:
        raise ValidationError("The most people cannot be fewer than the fewest")
