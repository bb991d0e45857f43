"""What playing may send."""

from flask_wtf import FlaskForm
from wtforms import IntegerField, StringField
from wtforms.validators import UUID, InputRequired, Length, NumberRange

from app.core.inputs import LongTextField
from app.scenarios.engine import MOST_MOMENTS
from app.scenarios.rules import LONGEST_SLUG, LONGEST_WORDS

POSITION = [InputRequired(), NumberRange(0, MOST_MOMENTS - 1)]
TOO_LONG = f"Keep it to {LONGEST_WORDS:,} characters or fewer"


class StartForm(FlaskForm):
    """Begin a run; the key makes a double click one start."""

    key = StringField(validators=[InputRequired(), UUID()])


class SkipForm(FlaskForm):
    """Skip the passage that was shown at a position."""

    position = IntegerField(validators=POSITION)


class ChoiceForm(SkipForm):
    """Choose at the position that the page was shown at."""

    choice = StringField(validators=[InputRequired(), Length(max=200)])


class BackForm(SkipForm):
    """Go back to a former position."""

    to = IntegerField(validators=POSITION)


class WordsForm(FlaskForm):
    """One's own words; they may stay empty."""

    words = LongTextField(
        "What would you say, in your own words?",
        validators=[Length(max=LONGEST_WORDS, message=TOO_LONG)],
        description="Only you can see this. It need not be polished, and nobody marks it.",
    )


class ReflectionForm(FlaskForm):
    """What stays with somebody after the debrief."""

    thoughts = LongTextField("What stays with you?", validators=[Length(max=LONGEST_WORDS, message=TOO_LONG)])
    intention = LongTextField(
        "What will you try at work?",
        validators=[Length(max=LONGEST_WORDS, message=TOO_LONG)],
        description="Something small enough to do on an ordinary day.",
    )


class PracticeForm(FlaskForm):
    """Begin to practise without a record."""

    slug = StringField(validators=[InputRequired(), Length(max=LONGEST_SLUG)])
