"""Small forms: an import, a suggestion, a reason."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, FileField, HiddenField, RadioField, StringField, SubmitField, URLField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional

from app.core.inputs import LongTextField
from app.signposting.kinds import ServiceState


class ImportForm(FlaskForm):
    """Where an import comes from: a file or an address."""

    name = StringField(
        "Name of the feed",
        description="The same one every time, like “leicester”. Entries are known by it when they come again",
        validators=[DataRequired("Enter a name for the feed"), Length(max=60)],
    )
    file = FileField("A file", description="CSV, or JSON of Open Referral; at most 4 MB")
    url = URLField(
        "Or the web address of an Open Referral feed",
        description="For example https://example.org/openreferral/v3/services",
        validators=[Optional(), Length(max=500)],
    )
    publish = RadioField(
        "What shall happen to new entries?",
        choices=[
            SelectChoice("no", "Keep them as drafts until somebody has looked"),
            SelectChoice("yes", "Show them at once, marked as not checked"),
        ],
        default="no",
    )
    ours = BooleanField(
        "It was exported from this directory",
        description="Then entries are known by their own ids, and crisis lines stay crisis lines",
    )
    submit = SubmitField("Read it")


class StateForm(FlaskForm):
    """Whether an entry is shown, and why that changes."""

    state = RadioField(
        "Should people see it?",
        choices=[
            SelectChoice(ServiceState.PUBLISHED.value, "Yes, show it"),
            SelectChoice(ServiceState.HIDDEN.value, "No, hide it for now"),
            SelectChoice(ServiceState.EXPIRED.value, "The service has ended"),
        ],
        validators=[DataRequired("Choose one")],
    )
    why = StringField(
        "Why?",
        description="Stands in the history, which only the team sees",
        validators=[DataRequired("Say why in a few words"), Length(max=300)],
    )
    submit = SubmitField("Save")


class PutBackForm(FlaskForm):
    """Let an entry say again what it said before."""

    version = HiddenField()
    submit = SubmitField("Put this back")


class SuggestionForm(FlaskForm):
    """What a member says is wrong or missing."""

    words = LongTextField(
        "What is wrong, or missing?",
        description="Leave out anything about yourself or others. Only the team reads it",
        validators=[DataRequired("Say in a few words what is wrong"), Length(max=1_000)],
        render_kw={"rows": 5},
    )
    submit = SubmitField("Tell the team")
