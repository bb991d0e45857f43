"""What moderators fill in about a topic."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import SelectField, SelectMultipleField, StringField, SubmitField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from app.forums.rules import LONGEST_TITLE


class MoveForm(FlaskForm):
    """Put a topic on another board."""

    board = SelectField("Which board?", coerce=int)
    move = SubmitField("Move the topic")

    @classmethod
    def to(cls, boards: Sequence[tuple[int, str]]) -> "MoveForm":
        """The form with the boards that it may go to."""
        form = cls(prefix="move")
        form.board.choices = [SelectChoice(number, name) for number, name in boards]
        return form


class MergeForm(FlaskForm):
    """Put a topic together with another one."""

    into = SelectField("With which topic?", coerce=int)
    merge = SubmitField("Put them together")

    @classmethod
    def of(cls, topics: Sequence[tuple[int, str]]) -> "MergeForm":
        """The form with the topics of the same board."""
        form = cls(prefix="merge")
        form.into.choices = [SelectChoice(number, title) for number, title in topics]
        return form


class SplitForm(FlaskForm):
    """Make some posts a topic of their own."""

    title = StringField(
        "Title of the new topic",
        validators=[
            DataRequired("Enter a title for the new topic"),
            Length(max=LONGEST_TITLE, message=f"Keep it to {LONGEST_TITLE} characters or fewer"),
        ],
    )
    numbers = SelectMultipleField("Which posts?", coerce=int, validators=[DataRequired("Choose at least one post")])
    split = SubmitField("Make it a topic of its own")

    @classmethod
    def of(cls, posts: Sequence[tuple[int, str]]) -> "SplitForm":
        """The form with the posts from the second on."""
        form = cls(prefix="split")
        form.numbers.choices = [SelectChoice(number, words) for number, words in posts]
        return form
