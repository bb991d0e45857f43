"""What visitors and programme leads fill in."""

from dataclasses import asdict
from datetime import date, datetime, time
from typing import Any, cast

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    Form,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    SubmitField,
)
from wtforms.fields.choices import SelectChoice, enum_choices, enum_coerce
from wtforms.validators import (
    DataRequired,
    Email,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    Regexp,
    ValidationError,
)

from app.core.clock import london, moment
from app.core.html import LONGEST
from app.core.inputs import ClockField, DateInputField, LongTextField
from app.programme.eligibility import Area, Workplace
from app.programme.models import Cohort, CohortEvent, Programme
from app.programme.operations import DateDraft, PageDraft
from app.programme.rules import CohortState, EventKind, Targets

YEARS = range(2020, 2101)
WHOLE = "Enter a whole number, like 6"
FIGURES = tuple(asdict(Targets()))
ABOUT = ("name", "short_name", "team_name", "area", "wider_area", "contact_email", "logo")


def _named(what: str, longest: int) -> list[Any]:
    return [
        DataRequired(f"Enter {what}"),
        Length(max=longest, message=f"Keep it to {longest} characters or fewer"),
    ]


class EligibilityForm(Form):
    """Two questions whose answers are in the address of the page and nowhere else."""

    workplace = RadioField(
        "Where do you work?",
        choices=[
            SelectChoice(Workplace.HEALTH, "Health"),
            SelectChoice(Workplace.SOCIAL_CARE, "Social care"),
            SelectChoice(Workplace.EMERGENCY, "Emergency services"),
            SelectChoice(Workplace.CHARITY, "A charity"),
            SelectChoice(Workplace.OTHER, "Somewhere else"),
            SelectChoice(Workplace.UNSURE, "I am not sure which of these fits"),
        ],
        coerce=enum_coerce(Workplace),
        validators=[InputRequired("Choose where you work, or that you are not sure")],
    )
    area = RadioField(
        "In which area?",
        coerce=enum_coerce(Area),
        validators=[InputRequired("Choose an area, or that you are not sure")],
    )

    @classmethod
    def of(cls, programme: Programme, answers: Any) -> "EligibilityForm":  # noqa: ANN401 - a request's arguments
        """The questions, in the words of a programme."""
        form = cls(answers)
        neighbour = f"In a neighbouring area, in {programme.wider_area}" if programme.wider_area else "Next to it"
        form.area.choices = [
            SelectChoice(Area.HERE, f"In {programme.area}"),
            SelectChoice(Area.NEIGHBOUR, neighbour),
            SelectChoice(Area.ELSEWHERE, "Somewhere else"),
            SelectChoice(Area.UNSURE, "I am not sure"),
        ]
        return form

    def answers(self) -> list[str]:
        """What was chosen, in words."""
        every = [*self.workplace.iter_choices(), *self.area.iter_choices()]
        return [choice.label for choice in every if choice.selected]


class PageForm(FlaskForm):
    """A public page; `version` is the one that was on the screen when editing began."""

    title = StringField("Title", validators=_named("a title", 120))
    summary = StringField(
        "Summary",
        description="One sentence that stands under the title",
        validators=[Length(max=300, message="Keep it to 300 characters or fewer")],
    )
    body = LongTextField(
        "Text",
        validators=[DataRequired("Enter the text of the page"), Length(max=LONGEST)],
        render_kw={"rows": 22},
    )
    in_menu = BooleanField("Show this page in the list of pages")
    version = HiddenField()
    preview = SubmitField("Preview")
    save = SubmitField("Save and publish")

    @property
    def seen_version(self) -> int:
        """The version that editing began with; 0 for one that cannot be read, which never fits."""
        given = str(self.version.data or "")
        return int(given) if given.isascii() and given.isdecimal() else 0

    def draft(self) -> PageDraft:
        """What is to be saved."""
        return PageDraft(
            title=self.title.data.strip(),
            summary=(self.summary.data or "").strip(),
            body=self.body.data,
            in_menu=self.in_menu.data,
        )


class PutBackForm(FlaskForm):
    """Let a page say again what it said before."""

    version = HiddenField()
    submit = SubmitField("Put this text back")

    seen_version = PageForm.seen_version


class ProgrammeForm(FlaskForm):
    """What a programme says of itself, and its targets."""

    name = StringField("Name of the programme", validators=_named("the name of the programme", 120))
    short_name = StringField("Short name", validators=_named("a short name", 60))
    team_name = StringField("Name of the team", validators=_named("the name of the team", 120))
    contact_email = EmailField(
        "Email address for questions",
        description="Everybody can see it",
        validators=[*_named("an email address", 254), Email("Enter an email address like name@example.org")],
    )
    area = StringField("Area", validators=_named("the area", 120))
    wider_area = StringField(
        "Wider area",
        description="Leave it empty when colleagues of neighbouring areas cannot apply",
        validators=[Optional(), Length(max=120, message="Keep it to 120 characters or fewer")],
    )
    logo = SelectField("Logo")

    contact_hours = IntegerField("Hours of workshops")
    set_hours = IntegerField("Hours of action learning sets")
    workbook_hours = IntegerField("Hours of handbook and learning on one’s own")
    workbook_hours_a_week = StringField(
        "Of these, hours a week",
        validators=[Regexp(r"\d{1,2}(\.\d)?$", message="Enter hours with one decimal at most, like 2.5")],
    )
    sets = IntegerField("Number of action learning sets")
    set_minutes = IntegerField("Minutes of each set")
    places = IntegerField("Places in all")
    cohorts = IntegerField("Number of cohorts")
    cohort_min = IntegerField("Fewest people in a cohort")
    cohort_max = IntegerField("Most people in a cohort")
    submit = SubmitField("Save")

    @classmethod
    def of(cls, programme: Programme, logos: list[str]) -> "ProgrammeForm":
        """The form for a programme, with the logos that are installed."""
        form = cls(obj=programme, **{name: getattr(programme.targets, name) for name in FIGURES})
        form.logo.choices = [SelectChoice("", "No logo"), *(SelectChoice(logo) for logo in logos)]
        return form

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - as WTForms has it
        """Every figure is a number from 1 to 999, and the sizes fit together."""
        figures = [field for field in self if isinstance(field, IntegerField)]
        ranged = {
            field.name: [InputRequired(WHOLE), NumberRange(1, 999, "Enter a number from 1 to 999")] for field in figures
        }
        return bool(super().validate(ranged | (extra_validators or {})))

    def validate_cohort_max(self, field: IntegerField) -> None:
        """No cohort can hold fewer than it needs."""
        _sizes_fit(self.cohort_min.data, field.data)

    def about(self) -> dict[str, str]:
        """What the programme says of itself."""
        return {name: (self[name].data or "").strip() for name in ABOUT}

    def targets(self) -> Targets:
        """What it asks and offers."""
        return Targets(**{name: self[name].data for name in FIGURES})


class CohortForm(FlaskForm):
    """A cohort; its dates are added one by one."""

    name = StringField("Name", description="For example: December group", validators=_named("a name", 120))
    state = RadioField(
        "State", choices=enum_choices(CohortState, label=lambda state: state.words), coerce=enum_coerce(CohortState)
    )
    smallest = IntegerField("Fewest people", validators=[InputRequired(WHOLE), NumberRange(1, 999, WHOLE)])
    largest = IntegerField("Most people", validators=[InputRequired(WHOLE), NumberRange(1, 999, WHOLE)])
    submit = SubmitField("Save")

    def validate_largest(self, field: IntegerField) -> None:
        """No cohort can hold fewer than it needs."""
        _sizes_fit(self.smallest.data, field.data)

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


class DateForm(FlaskForm):
    """A date of a cohort, as clocks in London show it."""

    kind = RadioField(
        "What is it?",
        choices=enum_choices(EventKind, label=lambda kind: kind.words),
        coerce=enum_coerce(EventKind),
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


def _sizes_fit(smallest: int | None, largest: int | None) -> None:
    if smallest and largest and largest < smallest:
        raise ValidationError("The most people cannot be fewer than the fewest")
