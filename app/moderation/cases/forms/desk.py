"""Canned replies and the rota."""

from collections.abc import Sequence
from datetime import time

from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, SelectMultipleField, StringField, SubmitField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional

from app.accounts.models import Member
from app.core.inputs import ClockField, LongTextField
from app.moderation.cases.forms.parts import at_most
from app.moderation.cases.rota import Turn
from app.moderation.cases.rules import LONGEST_ANSWER, Outcome

LONGEST_TITLE = 80
MIDNIGHT = time(0)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class ReplyForm(FlaskForm):
    """Words that are used again and again."""

    title = StringField(
        "What is it called?",
        description="For moderators only, like: Names of patients",
        validators=[DataRequired("Enter what it is called"), at_most(LONGEST_TITLE)],
    )
    outcome = SelectField(
        "Is it what one key sends?",
        description="The newest reply for a decision is sent when a moderator decides with one key",
        choices=[
            SelectChoice("", "No, it is chosen by hand"),
            *(SelectChoice(outcome.value, f"Yes, for “{outcome.words}”") for outcome in Outcome),
        ],
        validators=[Optional()],
    )
    words = LongTextField(
        "What the author reads",
        validators=[DataRequired("Write the reply"), at_most(LONGEST_ANSWER)],
        render_kw={"rows": 6},
    )
    submit = SubmitField("Save")

    @property
    def outcome_meant(self) -> Outcome | None:
        """The decision it goes with."""
        return Outcome(self.outcome.data) if self.outcome.data else None


class TurnForm(FlaskForm):
    """Hours of every week."""

    member = SelectField("Who?", coerce=int, validators=[InputRequired("Choose who")])
    days = SelectMultipleField(
        "On which days?",
        coerce=int,
        choices=[SelectChoice(number, name) for number, name in enumerate(WEEKDAYS)],
        validators=[DataRequired("Choose at least one day")],
    )
    starts = ClockField("From", description="For example, 9am", validators=[InputRequired("Enter from when, like 9am")])
    ends = ClockField(
        "To",
        description="For example, 5pm. An end before the start is on the next day",
        validators=[InputRequired("Enter until when, like 5pm")],
    )
    on_call = BooleanField(
        "On call only", description="They are alerted when something urgent comes, and are not there otherwise"
    )
    submit = SubmitField("Add to the rota")

    @classmethod
    def of(cls, members: Sequence[Member]) -> "TurnForm":
        """The form for those who can take turns."""
        form = cls()
        form.member.choices = [SelectChoice(member.id, member.name) for member in members]
        return form

    def hours(self) -> list[Turn]:
        """What is to stand on the rota."""
        starts, ends = self.starts.data or MIDNIGHT, self.ends.data or MIDNIGHT
        return [
            Turn(member_id=self.member.data, weekday=day, starts=starts, ends=ends, on_call=self.on_call.data)
            for day in self.days.data or []
        ]
