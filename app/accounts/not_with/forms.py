"""Finding the person."""

from flask_wtf import FlaskForm
from wtforms import StringField, SubmitField
from wtforms.validators import DataRequired, Length

SHORTEST, LONGEST = 2, 120


class FindForm(FlaskForm):
    """A name, or a part of it."""

    name = StringField(
        "Who is it?",
        description="Their name, or a part of it",
        validators=[
            DataRequired("Enter a name, or a part of it"),
            Length(SHORTEST, LONGEST, f"Enter at least {SHORTEST} letters of the name"),
        ],
        render_kw={"autocomplete": "off", "spellcheck": False},
    )
    submit = SubmitField("Find")
