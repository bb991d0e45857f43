"""What several forms ask in the same way."""

from wtforms import RadioField
from wtforms.fields.choices import SelectChoice, enum_coerce
from wtforms.validators import Length

from app.catchups.slots.rules import Scope


def at_most(longest: int) -> Length:
    """No more characters than that."""
    return Length(max=longest, message=f"Keep it to {longest:,} characters or fewer")


def scope_field(question: str) -> RadioField:
    """Which slots of a series are meant."""
    return RadioField(
        question,
        choices=[
            SelectChoice(Scope.ONE.value, "Only this date"),
            SelectChoice(Scope.FOLLOWING.value, "This date and all that follow"),
        ],
        coerce=enum_coerce(Scope),
        default=Scope.ONE,
    )
