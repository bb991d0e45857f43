"""What leads and moderators say of a board."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectField, StringField, SubmitField
from wtforms.fields.choices import SelectChoice, enum_choices, enum_coerce
from wtforms.validators import DataRequired, Length, Optional

from app.core.inputs import LongTextField
from app.forums.models import Board
from app.forums.rules import LONGEST_DESCRIPTION, LONGEST_NAME, Audience, Label
from app.forums.upkeep.rules import LONGEST_SLUG, BoardSettings, slug_of


class BoardForm(FlaskForm):
    """A board. Of one on which somebody has written, audience and address stay."""

    name = StringField(
        "Name",
        description="For example: Night shifts",
        validators=[DataRequired("Enter a name"), Length(max=LONGEST_NAME, message="Use at most 80 characters")],
    )
    slug = StringField(
        "Address",
        description="The last part of its address. Leave it empty, and it is made of the name",
        validators=[Optional(), Length(max=LONGEST_SLUG, message="Use at most 60 characters")],
    )
    description = LongTextField(
        "What is it for?",
        description="One or two sentences that everybody reads above the topics",
        validators=[Optional(), Length(max=LONGEST_DESCRIPTION)],
    )
    audience = RadioField(
        "Who is it for?",
        choices=enum_choices(Audience, label=lambda audience: audience.words),
        coerce=enum_coerce(Audience),
        invalid_value_message="Choose who it is for",
    )
    cohort_id = SelectField("Which cohort?", validators=[Optional()])
    label = RadioField(
        "What may readers do with what they read?",
        choices=enum_choices(Label, label=lambda label: label.words),
        coerce=enum_coerce(Label),
        invalid_value_message="Choose what readers may do",
    )
    anonymity = BooleanField("Posts may stand under an alias")
    pre_approval = BooleanField("A moderator reads each post before others do")
    sensitive = BooleanField("It is sensitive: nothing of it goes into mail or feeds")
    submit = SubmitField("Save")

    @classmethod
    def of(cls, cohorts: Sequence[tuple[int, str]], board: Board | None = None) -> "BoardForm":
        """The form for a board, or for a new one."""
        form = cls(obj=board) if board else cls(audience=Audience.EVERYONE, label=Label.OPEN)
        form.cohort_id.choices = [
            SelectChoice("", "Choose a cohort"),
            *(SelectChoice(str(cohort_id), name) for cohort_id, name in cohorts),
        ]
        return form

    @property
    def wanted(self) -> BoardSettings:
        """What was said, once it is valid."""
        name = (self.name.data or "").strip()
        in_cohort = self.audience.data is Audience.COHORT
        return BoardSettings(
            name=name,
            slug=(self.slug.data or "").strip() or slug_of(name),
            description=(self.description.data or "").strip(),
            audience=self.audience.data,
            cohort_id=int(self.cohort_id.data) if in_cohort and self.cohort_id.data else None,
            label=self.label.data,
            anonymity=bool(self.anonymity.data),
            pre_approval=bool(self.pre_approval.data),
            sensitive=bool(self.sensitive.data),
        )
