"""Forms about collections."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, SelectField, StringField, SubmitField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import HiddenInput

from app.core.inputs import LongTextField
from app.forums.collections.queries import Shelf
from app.forums.collections.rules import (
    LONGEST_ABOUT,
    LONGEST_NOTE,
    LONGEST_PIECE,
    LONGEST_TITLE,
    RESERVED,
    found_in_words,
)
from app.forums.upkeep.rules import slug_of
from app.moderation.screening import Confidence
from app.moderation.screening.queries.published import screen_with_directory


def de_identified(_form: FlaskForm, field: LongTextField) -> None:
    """Refuse what could tell who somebody is; names alone cannot be told from other words, so people look for them."""
    found = screen_with_directory(field.data or "")
    sure = [each.kind.words for each in found if each.confidence is not Confidence.NUDGE]
    if sure:
        raise ValidationError(found_in_words(sure))


class CollectionForm(FlaskForm):
    """A collection."""

    title = StringField(
        "Title",
        description="For example: First words that helped",
        validators=[DataRequired("Enter a title"), Length(max=LONGEST_TITLE, message="Use at most 80 characters")],
    )
    about = LongTextField("What is in it?", validators=[Optional(), Length(max=LONGEST_ABOUT)])
    submit = SubmitField("Save")

    def validate_title(self, field: StringField) -> None:
        """A title that makes an address."""
        if not self.slug or self.slug in RESERVED:
            raise ValidationError(f"A collection cannot be called “{field.data}”. Choose another title")

    @property
    def slug(self) -> str:
        """The address that its title makes."""
        return slug_of(self.title.data or "")


class ProposeForm(FlaskForm):
    """What the author is asked."""

    collection = SelectField("Which collection?", validators=[InputRequired("Choose a collection")])
    note = StringField(
        "Why is it worth keeping?",
        description="Readers see this above the piece, and its author reads it first",
        validators=[
            DataRequired("Say why it is worth keeping"),
            Length(max=LONGEST_NOTE, message="Use at most 300 characters"),
            de_identified,
        ],
    )
    body = LongTextField(
        "The words, with nothing by which anybody could be recognised",
        description="Leave out names, places, days, jobs that only one person has. The author can change it",
        validators=[DataRequired("Enter the words"), Length(max=LONGEST_PIECE), de_identified],
    )
    submit = SubmitField("Ask its author")

    @classmethod
    def of(cls, shelves: list[Shelf], body: str) -> "ProposeForm":
        """The form for a post."""
        form = cls(body=body)
        form.collection.choices = [SelectChoice(shelf.collection.slug, shelf.collection.title) for shelf in shelves]
        return form


class ConsentForm(FlaskForm):
    """What an author agrees to."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired(), NumberRange(1, 2_147_483_646)])
    body = LongTextField(
        "The words that would be shown",
        description="Change them as you like. They are shown exactly like this",
        validators=[DataRequired("Enter the words that may be shown"), Length(max=LONGEST_PIECE), de_identified],
    )
    checked = BooleanField(
        "Nobody can be recognised from this",
        validators=[InputRequired("Read it once more, and confirm that nobody can be recognised")],
    )
    credit = BooleanField("Show my name below it")
    submit = SubmitField("I agree")
