"""Forms about revealing an alias."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SubmitField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from app.core.inputs import LongTextField
from app.moderation.aliases.rules import LONGEST_WHY, RevealReason


class AskForm(FlaskForm):
    """Why somebody has to know."""

    reason = RadioField(
        "Why does somebody have to know who wrote this?",
        choices=[SelectChoice(reason.value, reason.words) for reason in RevealReason],
        validators=[InputRequired("Choose why somebody has to know")],
    )
    why = LongTextField(
        "What would you do with the name?",
        description="The second person reads this. The author reads the reason above, and not your words.",
        validators=[DataRequired("Say what you would do with the name"), Length(max=LONGEST_WHY)],
    )
    not_about_me = BooleanField(
        "This is not about me or about somebody I am close to",
        validators=[InputRequired("Confirm that this is not about you. If it is, ask another moderator to look at it")],
    )
    submit = SubmitField("Ask for a second person")


class AnswerForm(FlaskForm):
    """What the second person confirms."""

    not_about_me = BooleanField(
        "This is not about me or about somebody I am close to",
        validators=[InputRequired("Confirm that this is not about you. If it is, leave it to somebody else")],
    )
    submit = SubmitField("Reveal who wrote it")
