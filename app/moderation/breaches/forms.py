"""Forms about breaches."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectMultipleField, SubmitField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from app.core.inputs import LongTextField
from app.moderation.breaches.rules import LONGEST_NOTE, LONGEST_WHY, Shown


class QuarantineForm(FlaskForm):
    """What was shown."""

    shown = SelectMultipleField(
        "What could be seen?",
        choices=[SelectChoice(each.value, each.words) for each in Shown],
        validators=[InputRequired("Choose what could be seen")],
    )
    notes = LongTextField(
        "What else should be known?",
        description="Do not repeat the names or numbers themselves",
        validators=[Optional(), Length(max=LONGEST_NOTE)],
    )
    submit = SubmitField("Take it away now")


class NoteForm(FlaskForm):
    """What is known by now."""

    notes = LongTextField(
        "Notes",
        description="Whom you told and when, and what was decided. No names or numbers of those concerned",
        validators=[Optional(), Length(max=LONGEST_NOTE)],
    )
    close = BooleanField("Everything is done: close this record")
    submit = SubmitField("Save")


class OpenForm(FlaskForm):
    """Why the evidence has to be opened."""

    why = LongTextField(
        "Why does somebody have to read it?",
        validators=[DataRequired("Say why somebody has to read it"), Length(max=LONGEST_WHY)],
    )
    submit = SubmitField("Ask a second person")
