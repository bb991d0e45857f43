"""What moderators fill in about words that they watch."""

from flask_wtf import FlaskForm
from wtforms import RadioField, StringField, SubmitField
from wtforms.fields.choices import SelectChoice, enum_coerce
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from app.core.inputs import LongTextField
from app.moderation.screening.watchwords import (
    LONGEST_PATTERN,
    LONGEST_SUGGESTION,
    Effect,
    Watched,
    WrongPatternError,
    read_list,
    tidy,
)

LONGEST_LIST = 100_000


class EffectForm(FlaskForm):
    """What a word does."""

    effect = RadioField(
        "What happens when somebody writes it?",
        choices=[SelectChoice(effect.value, effect.words) for effect in Effect],
        coerce=enum_coerce(Effect),
        validators=[InputRequired("Choose what happens")],
    )
    suggestion = StringField(
        "What do you suggest instead?",
        validators=[
            Optional(),
            Length(max=LONGEST_SUGGESTION, message=f"Use {LONGEST_SUGGESTION} characters or fewer"),
        ],
    )
    submit = SubmitField("Save")

    def validate_effect(self, field: RadioField) -> None:
        """Whoever suggests has to say what."""
        if field.data is Effect.SUGGEST and not self.said:
            raise ValidationError("Enter what you suggest instead")

    @property
    def said(self) -> str:
        """The other wording, for a word that suggests one."""
        return " ".join((self.suggestion.data or "").split()) if self.effect.data is Effect.SUGGEST else ""

    def watched(self, pattern: str) -> Watched:
        """The word as it is to be."""
        return Watched(pattern, self.effect.data, self.said)


class WordForm(EffectForm):
    """A word to watch."""

    pattern = StringField(
        "Word or phrase",
        description="A star stands for letters: idiot* is also idiots and idiotic",
        validators=[
            DataRequired("Enter a word or phrase"),
            Length(max=LONGEST_PATTERN, message=f"Use {LONGEST_PATTERN} characters or fewer"),
        ],
        render_kw={"spellcheck": False, "autocapitalize": "none"},
    )
    try_out = SubmitField("Try it on recent posts")

    def validate_pattern(self, field: StringField) -> None:
        """What cannot be watched is said here."""
        try:
            tidy(field.data or "")
        except WrongPatternError as wrong:
            raise ValidationError(str(wrong)) from None

    @property
    def tidied(self) -> str:
        """The pattern as it is kept."""
        return tidy(self.pattern.data or "")


class ListForm(FlaskForm):
    """A list of words, as text."""

    words = LongTextField(
        "Words",
        description="One a line, for example block: idiot* or suggest: manpower = workforce",
        validators=[
            DataRequired("Enter at least one word"),
            Length(max=LONGEST_LIST, message=f"Use {LONGEST_LIST:,} characters or fewer"),
        ],
        render_kw={"rows": 12, "spellcheck": False},
    )
    instead = RadioField(
        "What about words that are not in this list?",
        choices=[SelectChoice("keep", "Keep watching them"), SelectChoice("remove", "Remove them")],
        default="keep",
        validators=[InputRequired("Choose what happens to them")],
    )
    submit = SubmitField("Take the list in")

    def validate_words(self, field: LongTextField) -> None:
        """A line that cannot be read is named."""
        try:
            read_list(field.data or "")
        except WrongPatternError as wrong:
            raise ValidationError(str(wrong)) from None

    def listed(self) -> list[Watched]:
        """The words of the list."""
        return read_list(self.words.data or "")
