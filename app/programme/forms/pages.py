"""What programme leads write."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, StringField, SubmitField
from wtforms.validators import DataRequired, Length

from app.core.html import LONGEST
from app.core.inputs import LongTextField
from app.programme.forms.checks import named
from app.programme.operations import PageDraft


class PageForm(FlaskForm):
    """A public page; `version` is the one that was on the screen when editing began."""

    title = StringField("Title", validators=named("a title", 120))
    summary = StringField(
        "Summary",
        description="One sentence that stands under the title",
        validators=[Length(max=300, message="Keep it to 300 characters or fewer")],
    )
    body = LongTextField(
        "Text",
        validators=[DataRequired("Enter the text of the page"), Length(max=LONGEST)],
        render_kw={"rows": 22},
    )
    in_menu = BooleanField("Show this page in the list of pages")
    version = HiddenField()
    preview = SubmitField("Preview")
    save = SubmitField("Save and publish")

    @property
    def seen_version(self) -> int:
        """The version that editing began with; 0 for one that cannot be read, which never fits."""
        given = str(self.version.data or "")
        return int(given) if given.isascii() and given.isdecimal() else 0

    def draft(self) -> PageDraft:
        """What is to be saved."""
        return PageDraft(
            title=self.title.data.strip(),
            summary=(self.summary.data or "").strip(),
            body=self.body.data,
            in_menu=self.in_menu.data,
        )


class PutBackForm(FlaskForm):
    """Let a page say again what it said before."""

    version = HiddenField()
    submit = SubmitField("Put this text back")

    seen_version = PageForm.seen_version
