"""Forms of rooms, for whoever has no script running and for moderators."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, SubmitField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from app.core.inputs import LongTextField
from app.rooms.rules import LONGEST_BODY


class MessageForm(FlaskForm):
    """One message, with the name that makes a double click one message."""

    id = HiddenField()
    body = LongTextField("Your message", validators=[InputRequired("Write something first"), Length(max=LONGEST_BODY)])
    submit = SubmitField("Send")


class MuteForm(FlaskForm):
    """How long somebody only listens."""

    minutes = SelectField(
        "For how long?",
        coerce=int,
        choices=[SelectChoice(10, "10 minutes"), SelectChoice(60, "An hour"), SelectChoice(1440, "A day")],
    )
    submit = SubmitField("Let them only listen")
