"""What programme leads say of their programme."""

from dataclasses import asdict
from pathlib import PurePath
from typing import Any

from flask_wtf import FlaskForm
from wtforms import EmailField, SelectField, StringField, SubmitField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email, InputRequired, Length, NumberRange, Optional, Regexp

from app.programme.forms.checks import WHOLE, WholeNumberField, named, sizes_fit
from app.programme.models import Programme
from app.programme.rules import Targets

FIGURES = tuple(asdict(Targets()))
ABOUT = ("name", "short_name", "team_name", "area", "wider_area", "contact_email", "logo")


class ProgrammeForm(FlaskForm):
    """What a programme says of itself, and its targets."""

    name = StringField("Name of the programme", validators=named("the name of the programme", 120))
    short_name = StringField("Short name", validators=named("a short name", 60))
    team_name = StringField("Name of the team", validators=named("the name of the team", 120))
    contact_email = EmailField(
        "Email address for questions",
        description="Everybody can see it",
        validators=[*named("an email address", 254), Email("Enter an email address like name@example.org")],
    )
    area = StringField("Area", validators=named("the area", 120))
    wider_area = StringField(
        "Wider area",
        description="Leave it empty when colleagues of neighbouring areas cannot apply",
        validators=[Optional(), Length(max=120, message="Keep it to 120 characters or fewer")],
    )
    logo = SelectField("Logo")

    contact_hours = WholeNumberField("Hours of workshops")
    set_hours = WholeNumberField("Hours of action learning sets")
    workbook_hours = WholeNumberField("Hours of handbook and learning on one’s own")
    workbook_hours_a_week = StringField(
        "Hours a week for these",
        validators=[Regexp(r"\d{1,2}(\.\d)?$", message="Enter hours with one decimal at most, like 2.5")],
    )
    sets = WholeNumberField("Number of action learning sets")
    set_minutes = WholeNumberField("Minutes of each set")
    places = WholeNumberField("Places in all")
    cohorts = WholeNumberField("Number of cohorts")
    cohort_min = WholeNumberField("Fewest people in a cohort")
    cohort_max = WholeNumberField("Most people in a cohort")
    submit = SubmitField("Save")

    @classmethod
    def of(cls, programme: Programme, logos: list[str]) -> "ProgrammeForm":
        """The form for a programme, with the logos that are installed."""
        about = {name: getattr(programme, name) for name in ABOUT}
        form = cls(**about, **asdict(programme.targets))
        form.logo.choices = [SelectChoice("", "No logo"), *(SelectChoice(logo, PurePath(logo).stem) for logo in logos)]
        return form

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - as WTForms has it
        """Every figure is a number from 1 to 999, and the sizes fit together."""
        figures = [field for field in self if isinstance(field, WholeNumberField)]
        ranged = {
            field.name: [InputRequired(WHOLE), NumberRange(1, 999, "Enter a number from 1 to 999")] for field in figures
        }
        return bool(super().validate(ranged | (extra_validators or {})))

    def validate_cohort_max(self, field: WholeNumberField) -> None:
        """No cohort can hold fewer than it needs."""
        sizes_fit(self.cohort_min.data, field.data)

    def about(self) -> dict[str, str]:
        """What the programme says of itself."""
        return {name: (self[name].data or "").strip() for name in ABOUT}

    def targets(self) -> Targets:
        """What it asks and offers."""
        return Targets(**{name: self[name].data for name in FIGURES})
