"""Calling a slot off, saying who came, a story and what the people in it say."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectMultipleField, StringField, SubmitField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from app.accounts.rules import normalise_email
from app.catchups.slots.forms.parts import at_most, scope_field
from app.catchups.slots.models import Slot
from app.catchups.slots.queries.lines import Comer
from app.catchups.slots.rules import LONGEST_REASON, LONGEST_STORY, Scope
from app.core.inputs import LongTextField


class CancelForm(FlaskForm):
    """Call a slot off."""

    reason = StringField(
        "Why can it not take place?",
        description="Everybody who signed up can read this",
        validators=[DataRequired("Enter a reason, a few words are enough"), at_most(LONGEST_REASON)],
    )
    scope = scope_field("It comes again. What do you want to cancel?")
    submit = SubmitField("Cancel it")

    @classmethod
    def of(cls, slot: Slot) -> "CancelForm":
        """The form for a slot."""
        form = cls()
        if slot.series_id is None:
            del form.scope
        return form

    @property
    def scope_meant(self) -> Scope:
        """Which slots are meant."""
        return self.scope.data or Scope.ONE if "scope" in self else Scope.ONE


class AttendanceForm(FlaskForm):
    """Who came."""

    came = SelectMultipleField("Who came?", coerce=int, description="Leave the box empty for whoever did not")
    submit = SubmitField("Save who came")

    @classmethod
    def of(cls, comers: Sequence[Comer]) -> "AttendanceForm":
        """The form for those who are booked; nobody is ticked who was not seen."""
        form = cls(came=[comer.member_id for comer in comers if comer.attended])
        form.came.choices = [SelectChoice(comer.member_id, comer.name) for comer in comers]
        return form


class StoryForm(FlaskForm):
    """A story, and who is in it."""

    body = LongTextField(
        "The story",
        description="Leave out names and places. Nobody sees it before everybody in it has agreed to these words",
        validators=[DataRequired("Write the story"), at_most(LONGEST_STORY)],
        render_kw={"rows": 14},
    )
    people = LongTextField(
        "Who is in it?",
        description="Their email addresses, one on each line. Each of them is asked",
        validators=[DataRequired("Enter the email address of everybody in the story"), at_most(LONGEST_STORY)],
        render_kw={"rows": 4, "spellcheck": False},
    )
    submit = SubmitField("Save, and ask them")

    @property
    def emails(self) -> set[str]:
        """The addresses."""
        return {normalise_email(line) for line in (self.people.data or "").splitlines() if line.strip()}


class ConsentForm(FlaskForm):
    """What somebody says to a story that they are in; `version` is of the words that they read."""

    version = HiddenField()
    agree = SubmitField("I agree that it is shared")
    refuse = SubmitField("I do not agree")

    @property
    def seen_version(self) -> int:
        """The version of the words that they read; 0 for one that cannot be read, which never fits."""
        given = str(self.version.data or "")
        return int(given) if given.isascii() and given.isdecimal() else 0
