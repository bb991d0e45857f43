"""Taking part, pausing, offering a time; and for leads, a round and the timetable."""

from datetime import date, datetime, timedelta
from typing import Any, cast

from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, SelectMultipleField, StringField, SubmitField
from wtforms.fields.choices import SelectChoice, enum_coerce
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, ValidationError

from app.catchups.pairing import Preference
from app.catchups.rounds.operations.opening import Plan, TimetableDraft
from app.catchups.rounds.rules import (
    CADENCES,
    LONGEST_PAUSE,
    LONGEST_PLACE,
    MOST_DAYS_OPEN,
    MOST_DAYS_TO_MEET,
    PREFERENCES,
    SIZES,
    USUAL_DAYS_OPEN,
    USUAL_DAYS_TO_MEET,
)
from app.catchups.slots.timing import Cadence, Hours, NoSuchHourError, Span
from app.core import clock
from app.core.inputs import ClockField, DateInputField

MINUTES = (20, 30, 45, 60)
FURTHEST = 60  # days ahead that a sign-up may close
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def today() -> date:
    """The day it is in London."""
    return clock.london(clock.now()).date()


class TakePartForm(FlaskForm):
    """How often somebody takes part, and whom they would like to meet."""

    cadence = RadioField(
        "How often would you like to meet somebody?",
        coerce=enum_coerce(Cadence),
        validators=[InputRequired("Choose how often you would like to meet somebody")],
    )
    prefers = SelectMultipleField(
        "Whom would you like to meet?",
        description="We try, and cannot promise it. Choose as many as you like, or none",
        choices=[SelectChoice(preference.value, words) for preference, words in PREFERENCES.items()],
    )
    submit = SubmitField("Take part")

    @classmethod
    def offering(cls, *, once: bool, **kept: Any) -> "TakePartForm":  # noqa: ANN401 - what fields begin with
        """The form; taking part once is for when a round is open."""
        form = cls(**kept)
        form.cadence.choices = [SelectChoice(cadence.value, words) for cadence, words in CADENCES.items()]
        if once:
            form.cadence.choices.append(SelectChoice(Cadence.ONCE.value, "Only in the round that is open now"))
        return form

    @property
    def preferences(self) -> list[Preference]:
        """Whom they would like to meet."""
        return [Preference(code) for code in self.prefers.data or ()]


class PauseForm(FlaskForm):
    """Pause until a day."""

    until = DateInputField(
        "When are you back?",
        description="Rounds that close before this day leave you out. For example, 5 12 2026",
        validators=[InputRequired("Enter the day on which you are back")],
    )
    submit = SubmitField("Pause")

    def validate_until(self, field: DateInputField) -> None:
        """A day to come, and not for ever: leaving is for that."""
        if field.data and field.data <= today():
            raise ValidationError("Enter a day to come")
        if field.data and field.data > today() + LONGEST_PAUSE:
            raise ValidationError("Enter a day within a year, or leave the rounds: you can come back at any time")


class MeetingTimeForm(FlaskForm):
    """A time that somebody offers their group."""

    day = DateInputField("Date", description="For example, 5 12 2026", validators=[InputRequired("Enter the date")])
    starts = ClockField(
        "Starts at", description="For example, 8:45am", validators=[InputRequired("Enter when it starts, like 8:45am")]
    )
    minutes = RadioField(
        "How long?",
        choices=[SelectChoice(minutes, f"{minutes} minutes") for minutes in MINUTES],
        coerce=int,
        default=30,
        validators=[InputRequired("Choose how long")],
    )
    place = StringField(
        "Where?",
        description="A place, a phone number or a link to a video call. Only your group can see it",
        validators=[
            DataRequired("Enter where you meet"),
            Length(max=LONGEST_PLACE, message=f"Keep it to {LONGEST_PLACE} characters or fewer"),
        ],
    )
    submit = SubmitField("Offer this time")

    latest: datetime | None = None

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - as WTForms has it
        """Answer by answer, then whether there is such a time and it is while the round goes on."""
        if not super().validate(extra_validators):
            return False
        wrong = self._complaint()
        if wrong:
            field, sentence = wrong
            self[field].errors = [sentence]
        return not wrong

    @property
    def span(self) -> Span:
        """From when to when. Raises NoSuchHourError."""
        at = self.starts.data
        starts_at = Hours(cast("Any", at), cast("Any", at)).on(cast("date", self.day.data)).starts_at
        return Span(starts_at, starts_at + self.minutes.data * MINUTE)

    def _complaint(self) -> tuple[str, str] | None:
        try:
            span = self.span
        except NoSuchHourError as gap:
            return "starts", str(gap)
        if span.starts_at <= clock.now():
            return ("day" if cast("date", self.day.data) < today() else "starts"), "Choose a time to come"
        if self.latest and span.ends_at > self.latest:
            return "day", f"Choose a time before {clock.date_words(self.latest)}, when this round ends"
        return None


def _size() -> RadioField:
    return RadioField(
        "How many people in a group?",
        choices=[SelectChoice(size, f"{size} people") for size in SIZES],
        coerce=int,
        default=SIZES[0],
        description="One more where the numbers do not work out, so that nobody is left out",
        validators=[InputRequired("Choose how many people are in a group")],
    )


def _days(label: str, usual: int, most: int) -> IntegerField:
    wrong = f"Enter a number of days from 1 to {most}"
    return IntegerField(label, default=usual, validators=[InputRequired(wrong), NumberRange(1, most, wrong)])


class OpenRoundForm(FlaskForm):
    """Open one round."""

    group_size = _size()
    closes_on = DateInputField(
        "Sign-up closes on",
        description="At 8pm. For example, 5 12 2026",
        validators=[InputRequired("Enter the day on which sign-up closes")],
    )
    days_to_meet = _days("How many days do people then have to meet?", USUAL_DAYS_TO_MEET, MOST_DAYS_TO_MEET)
    submit = SubmitField("Open the round")

    def validate_closes_on(self, field: DateInputField) -> None:
        """Late enough for people to see it, and not so late that they forget."""
        if field.data and not today() < field.data <= today() + FURTHEST * DAY:
            raise ValidationError(f"Enter a day from tomorrow to {FURTHEST} days from now")

    @property
    def plan(self) -> Plan:
        """What the lead says."""
        return Plan(
            group_size=self.group_size.data,
            closes_on=cast("date", self.closes_on.data),
            days_to_meet=cast("int", self.days_to_meet.data),
        )


class TimetableForm(FlaskForm):
    """Rounds that open by themselves."""

    cadence = RadioField(
        "How often does a round open?",
        choices=[SelectChoice(cadence.value, words) for cadence, words in CADENCES.items()],
        coerce=enum_coerce(Cadence),
        validators=[InputRequired("Choose how often a round opens")],
    )
    next_opens_on = DateInputField(
        "The next one opens on",
        description="For example, 5 12 2026",
        validators=[InputRequired("Enter the day on which the next round opens")],
    )
    days_open = _days("For how many days is sign-up open?", USUAL_DAYS_OPEN, MOST_DAYS_OPEN)
    days_to_meet = _days("How many days do people then have to meet?", USUAL_DAYS_TO_MEET, MOST_DAYS_TO_MEET)
    group_size = _size()
    submit = SubmitField("Save")

    def validate_next_opens_on(self, field: DateInputField) -> None:
        """Today or later."""
        if field.data and not today() <= field.data <= today() + LONGEST_PAUSE:
            raise ValidationError("Enter today or a day within a year")

    @property
    def draft(self) -> TimetableDraft:
        """What the lead says."""
        return TimetableDraft(**{name: self[name].data for name in TimetableDraft.__slots__})
