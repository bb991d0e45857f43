"""What programme leads say of cohorts and their dates."""

from datetime import date, datetime, time
from typing import cast

from flask_wtf import FlaskForm
from wtforms import RadioField, StringField, SubmitField
from wtforms.fields.choices import enum_choices, enum_coerce
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from app.core.clock import london, moment
from app.core.inputs import ClockField, DateInputField
from app.programme.forms.checks import WHOLE, WholeNumberField, named, sizes_fit
from app.programme.models import Cohort, CohortEvent, Programme
from app.programme.operations import DateDraft
from app.programme.rules import CohortState, EventKind

YEARS = range(2020, 2101)


class CohortForm(FlaskForm):
    """A cohort; its dates are added one by one."""

    name = StringField("Name", description="For example: December group", validators=named("a name", 120))
    state = RadioField(
        "State",
        choices=enum_choices(CohortState, label=lambda state: state.words),
        coerce=enum_coerce(CohortState),
        invalid_value_message="Choose one of the states",
    )
    smallest = WholeNumberField("Fewest people", validators=[InputRequired(WHOLE), NumberRange(1, 999, WHOLE)])
    largest = WholeNumberField("Most people", validators=[InputRequired(WHOLE), NumberRange(1, 999, WHOLE)])
    submit = SubmitField("Save")

    def validate_largest(self, field: WholeNumberField) -> None:
        """No cohort can hold fewer than it needs."""
        sizes_fit(self.smallest.data, field.data)

    @property
    def size(self) -> tuple[int, int]:
        """Smallest and largest number of people."""
        return self.smallest.data, self.largest.data

    @classmethod
    def of(cls, programme: Programme, cohort: Cohort | None = None) -> "CohortForm":
        """The form for a cohort, or for a new one of the programme's usual size."""
        if cohort is not None:
            return cls(obj=cohort)
        targets = programme.targets
        return cls(state=CohortState.PLANNED, smallest=targets.cohort_min, largest=targets.cohort_max)


class RemoveForm(FlaskForm):
    """The question before something goes."""

    submit = SubmitField("Remove it")


class DateForm(FlaskForm):
    """A date of a cohort, as clocks in London show it."""

    kind = RadioField(
        "What is it?",
        choices=enum_choices(EventKind, label=lambda kind: kind.words),
        coerce=enum_coerce(EventKind),
        invalid_value_message="Choose what it is",
        validators=[InputRequired("Choose what it is")],
    )
    title = StringField(
        "Title",
        description="What calendars show. Leave it empty for the plain name",
        validators=[Optional(), Length(max=120, message="Keep it to 120 characters or fewer")],
    )
    day = DateInputField("Date", description="For example, 5 12 2026", validators=[InputRequired("Enter the date")])
    starts = ClockField(
        "Starts at", description="For example, 8:45am", validators=[InputRequired("Enter when it starts, like 8:45am")]
    )
    ends = ClockField(
        "Ends at", description="For example, 4:30pm", validators=[InputRequired("Enter when it ends, like 4:30pm")]
    )
    venue = StringField(
        "Venue",
        description="Or Online",
        validators=[Optional(), Length(max=200, message="Keep it to 200 characters or fewer")],
    )
    submit = SubmitField("Save")

    @classmethod
    def of(cls, event: CohortEvent | None = None) -> "DateForm":
        """The form for a date, or for a new one."""
        if event is None:
            return cls()
        starts, ends = london(event.starts_at), london(event.ends_at)
        return cls(obj=event, day=starts.date(), starts=starts.time(), ends=ends.time())

    def validate_day(self, field: DateInputField) -> None:
        """A year of two digits is two thousand years ago."""
        if isinstance(field.data, date) and field.data.year not in YEARS:
            raise ValidationError("Enter the year with four digits, like 2026")

    def validate_starts(self, field: ClockField) -> None:
        """The hour that is left out in spring has no times."""
        self._exists(field)

    def validate_ends(self, field: ClockField) -> None:
        """It ends on the day it starts, and later."""
        self._exists(field)
        if field.data and self.starts.data and field.data <= self.starts.data:
            raise ValidationError("The end must be later than the start")

    def draft(self) -> DateDraft:
        """The date, in moments; only for a form that is valid."""
        return DateDraft(
            kind=self.kind.data,
            title=(self.title.data or "").strip() or self.kind.data.words,
            starts_at=self._moment(self.starts),
            ends_at=self._moment(self.ends),
            venue=(self.venue.data or "").strip(),
        )

    def _exists(self, field: ClockField) -> None:
        if self.day.data and field.data:
            try:
                self._moment(field)
            except ValueError as wrong:
                raise ValidationError(str(wrong)) from wrong

    def _moment(self, field: ClockField) -> datetime:
        return moment(cast("date", self.day.data), cast("time", field.data))
