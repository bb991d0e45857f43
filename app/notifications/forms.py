"""What members choose about mail and reminders."""

from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta

from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, SelectField, SelectMultipleField, SubmitField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from app.core.inputs import ClockField, DateInputField
from app.notifications.quiet import DAYS, LONGEST_SHIFTS, MOST_REST, Shifts
from app.notifications.rules import A_DAY, AN_HOUR, LONGEST_REMINDER, USUAL_REMINDERS, Delivery, Kind, before_words

FURTHEST = timedelta(days=366)  # ahead: shifts later than that are not planned
UNITS = {"minutes": 1, "hours": AN_HOUR, "days": A_DAY}
WHOLE = "Enter a whole number, like 2"


class MailForm(FlaskForm):
    """A delivery for each kind of notice; the fields are added by `of`."""

    submit = SubmitField("Save")

    @classmethod
    def of(cls, kinds: Sequence[Kind], chosen: Mapping[str, Delivery]) -> "MailForm":
        """The form for these kinds, filled in with what counts now."""
        asked = {
            f"kind_{kind.code}": SelectField(
                kind.words, choices=[SelectChoice(delivery.value, delivery.words) for delivery in kind.deliveries]
            )
            for kind in kinds
            if len(kind.deliveries) > 1
        }
        form: type[MailForm] = type("MailForm", (cls,), asked)
        return form(data={f"kind_{kind.code}": kind.chosen(chosen.get(kind.code)).value for kind in kinds})

    @property
    def questions(self) -> list[SelectField]:
        """The fields, one for each kind."""
        return [field for name, field in self._fields.items() if name.startswith("kind_")]

    def choices(self) -> dict[str, Delivery]:
        """What was chosen, by the code of the kind."""
        return {field.name.removeprefix("kind_"): Delivery(field.data) for field in self.questions}


class QuietForm(FlaskForm):
    """A quiet time on some days of every week."""

    days = SelectMultipleField(
        "Days",
        description="The days on which it begins",
        coerce=int,
        choices=[SelectChoice(number, name) for number, name in enumerate(DAYS)],
        validators=[InputRequired("Choose at least one day")],
    )
    starts = ClockField(
        "From", description="For example, 9:30pm", validators=[InputRequired("Enter when it begins, like 9:30pm")]
    )
    ends = ClockField(
        "To",
        description="For example, 7am. A time that is earlier means the next morning",
        validators=[InputRequired("Enter when it ends, like 7am")],
    )
    submit = SubmitField("Add this quiet time")

    def times(self) -> tuple[time, time]:
        """From when to when; only for a form that is valid."""
        if self.starts.data is None or self.ends.data is None:
            raise ValueError("the form is not valid")
        return self.starts.data, self.ends.data


class ShiftForm(FlaskForm):
    """Shifts on a day, or on several in a row."""

    first_day = DateInputField(
        "First day", description="The day on which the first shift begins", validators=[InputRequired("Enter the day")]
    )
    last_day = DateInputField("Last day", description="Leave it empty when it is one shift", validators=[Optional()])
    starts = ClockField(
        "Shift begins", description="For example, 8pm", validators=[InputRequired("Enter when it begins, like 8pm")]
    )
    ends = ClockField(
        "Shift ends",
        description="For example, 8:30am. A time that is earlier means the next morning",
        validators=[InputRequired("Enter when it ends, like 8:30am")],
    )
    rest_hours = IntegerField(
        "Hours of rest after each shift",
        description="For sleep after a night, for example. Leave it empty for none",
        validators=[Optional(), NumberRange(0, MOST_REST, f"Enter a whole number from 0 to {MOST_REST}")],
    )
    submit = SubmitField("Add these shifts")

    def __init__(self, today: date, **filled: object) -> None:
        super().__init__(**filled)
        self.today = today

    def validate_first_day(self, field: DateInputField) -> None:
        """Shifts are of these weeks: a year of two digits, or a slip of the finger, is refused."""
        self._is_near(field.data)

    def validate_last_day(self, field: DateInputField) -> None:
        """Days in order, and not so many that mail would wait for ever."""
        first, last = self.first_day.data, field.data
        if last is None or first is None:
            return
        if last < first:
            raise ValidationError("The last day cannot be before the first")
        if (last - first).days >= LONGEST_SHIFTS:
            raise ValidationError(f"Enter at most {LONGEST_SHIFTS} days at a time")
        if last < self.today:
            raise ValidationError("These shifts are over. Enter ones that are still ahead")

    def shifts(self) -> Shifts:
        """What was entered; only for a form that is valid."""
        first, starts, ends = self.first_day.data, self.starts.data, self.ends.data
        if first is None or starts is None or ends is None:
            raise ValueError("the form is not valid")
        return Shifts(first, self.last_day.data or first, starts, ends, self.rest_hours.data or 0)

    def _is_near(self, day: date | None) -> None:
        if day is None:
            return
        if day > self.today + FURTHEST:
            raise ValidationError("Enter a day within the next year")
        if day < self.today - timedelta(days=LONGEST_SHIFTS):
            raise ValidationError("This day is long past. Enter the year with four digits, like 2026")
        if day < self.today and self.last_day.data is None:
            raise ValidationError("This day is past. Enter a shift that is still ahead")


class ReminderForm(FlaskForm):
    """When to be reminded: the usual times, and one of one's own."""

    usual = SelectMultipleField(
        "Remind me",
        coerce=int,
        choices=[SelectChoice(minutes, before_words(minutes).capitalize()) for minutes in USUAL_REMINDERS],
    )
    number = IntegerField("Another time before it starts", description="A number, like 2", validators=[Optional()])
    unit = RadioField("Of what?", choices=[SelectChoice(unit, unit.capitalize()) for unit in UNITS], default="hours")
    submit = SubmitField("Save reminders")

    @classmethod
    def of(cls, minutes: Sequence[int]) -> "ReminderForm":
        """The form, filled in with what counts now."""
        usual = [before for before in minutes if before in USUAL_REMINDERS]
        own = next((before for before in minutes if before not in USUAL_REMINDERS), None)
        unit = next(
            (unit for unit in ("days", "hours") if own and own % UNITS[unit] == 0), "minutes" if own else "hours"
        )
        return cls(data={"usual": usual, "number": own and own // UNITS[unit], "unit": unit})

    def validate_number(self, field: IntegerField) -> None:
        """At least a minute, at most LONGEST_REMINDER."""
        if field.data is None or self.unit.data not in UNITS:
            return
        if not 1 <= field.data * UNITS[self.unit.data] <= LONGEST_REMINDER:
            raise ValidationError(f"Enter a time between 1 minute and {LONGEST_REMINDER // A_DAY} days")

    def minutes(self) -> list[int]:
        """What was chosen, in minutes before something starts."""
        own = [] if self.number.data is None else [self.number.data * UNITS[self.unit.data]]
        return [*(self.usual.data or []), *own]
