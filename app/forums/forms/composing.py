"""Writing: a new topic, a reply, a change."""

from uuid import UUID, uuid4

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, StringField, SubmitField
from wtforms.fields.choices import SelectChoice, enum_coerce
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from app.core.inputs import LongTextField
from app.forums import tags
from app.forums.drafting import Words
from app.forums.rules import LONGEST_BODY, LONGEST_TITLE, TopicKind
from app.moderation.screening.forms import AnswerMixin

A_LINE = " ".join
SHORTEST_TITLE = 5
LONGEST_NUMBER = 9  # digits


def new_key() -> str:
    """The key of a page on which somebody writes: what is posted from it is posted once."""
    return str(uuid4())


def read_key(given: str | None) -> str:
    """The key that a page sent, or a new one for what is none."""
    try:
        return str(UUID(given or ""))
    except ValueError:
        return new_key()


class WordsForm(AnswerMixin, FlaskForm):
    """What all writing has in common. The key and the version say which draft it is."""

    body = LongTextField(
        "Your post",
        description="Leave out anything that identifies a patient or a colleague",
        validators=[
            DataRequired("Write something"),
            Length(max=LONGEST_BODY, message=f"Keep it to {LONGEST_BODY:,} characters or fewer"),
        ],
        render_kw={"rows": 12},
    )
    client_key = HiddenField()
    draft_version = HiddenField()
    preview = SubmitField("Preview")
    save_draft = SubmitField("Save as a draft")
    submit = SubmitField("Post it")

    @property
    def key(self) -> str:
        """The key of the page."""
        key = read_key(self.client_key.data)
        self.client_key.data = key
        return key

    @property
    def seen_version(self) -> int:
        """The version of the draft that the page saw last; 0 for none."""
        return number_in(self.draft_version)

    @property
    def words(self) -> Words:
        """What is written, as a draft keeps it."""
        return Words(title=_text(self, "title"), body=_text(self, "body"), tags=_text(self, "tags"))

    def texts(self) -> dict[str, str]:
        """What others may read, by the name of its field."""
        asked = {name: _text(self, name) for name in ("title", "body", "tags")}
        return {name: text for name, text in asked.items() if text.strip()}

    def take(self, texts: dict[str, str]) -> None:
        """Show these words from now on."""
        for name, text in texts.items():
            self[name].raw_data, self[name].data = [text], text


class ReplyForm(WordsForm):
    """A reply."""

    anonymous = BooleanField(
        "Post without my name", description="Others see a bird's name, the same all through this topic"
    )
    reply_to = HiddenField()

    @property
    def reply_to_id(self) -> int | None:
        """The id of the post that is answered."""
        return number_in(self.reply_to) or None


class TagsMixin:
    """A title and tags, for whatever stands at the beginning of a topic."""

    title = StringField(
        "Title",
        description="What it is about, in a few words",
        validators=[
            DataRequired("Enter a title"),
            Length(
                min=SHORTEST_TITLE,
                max=LONGEST_TITLE,
                message=f"Use between {SHORTEST_TITLE} and {LONGEST_TITLE} characters for the title",
            ),
        ],
        filters=[lambda given: A_LINE((given or "").split())],
    )
    tags = StringField(
        "Tags",
        description="Up to 5, with commas between them. For example: night shifts, handover",
        validators=[Optional()],
    )

    def validate_tags(self, field: StringField) -> None:
        """Tags are few and short."""
        try:
            tags.read(field.data or "")
        except ValueError as error:
            raise ValidationError(str(error)) from None


class TopicForm(TagsMixin, ReplyForm):
    """A new topic."""

    kind = RadioField(
        "What is it?",
        choices=[
            SelectChoice(TopicKind.DISCUSSION.value, "A discussion"),
            SelectChoice(TopicKind.QUESTION.value, "A question: you can mark the answer that helped"),
        ],
        coerce=enum_coerce(TopicKind),
        default=TopicKind.DISCUSSION,
    )


class EditForm(WordsForm):
    """A change of a reply; `seen` is the version of the post when its page was opened."""

    seen = HiddenField()
    submit = SubmitField("Save the change")

    @property
    def seen_post(self) -> int:
        """The version of the post that the page showed."""
        return number_in(self.seen)


class EditFirstForm(TagsMixin, EditForm):
    """A change of the post that a topic begins with."""


def number_in(field: HiddenField) -> int:
    """The number that a hidden field holds; 0 for anything else."""
    given = str(field.data or "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) <= LONGEST_NUMBER else 0


def _text(form: FlaskForm, name: str) -> str:
    return str(form[name].data or "") if name in form else ""
