"""Complaints by anybody, and the assessment of risks."""

from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, RadioField, StringField, SubmitField
from wtforms.fields.choices import SelectChoice, enum_coerce
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional

from app.core.inputs import LongTextField
from app.moderation.law.models import Risk
from app.moderation.law.operations.assessing import Assessed
from app.moderation.law.operations.complaining import Complaint
from app.moderation.law.rules import (
    LONGEST_HARM,
    LONGEST_HOW,
    LONGEST_NOTE,
    LONGEST_OWNER,
    LONGEST_WHAT,
    LONGEST_WHERE,
    Level,
    Occasion,
)


def _at_most(length: int) -> Length:
    return Length(max=length, message=f"Use {length:,} characters or fewer")


class ComplaintForm(FlaskForm):
    """What somebody complains about. `website` is for programs that fill in everything; people do not see it."""

    what = LongTextField(
        "What is wrong?",
        description="What you saw, and what you would like us to do",
        validators=[DataRequired("Tell us what is wrong"), _at_most(LONGEST_WHAT)],
        render_kw={"rows": 8},
    )
    where = StringField(
        "Where did you see it?",
        description="The address of the page, or the words that it begins with",
        validators=[Optional(), _at_most(LONGEST_WHERE)],
    )
    contact = EmailField(
        "Your email address, if you want an answer",
        description="We use it for nothing else. You can also read the answer on the page that follows",
        validators=[Optional(), Email("Enter an email address like name@example.com"), _at_most(254)],
    )
    website = StringField("Leave this empty")
    submit = SubmitField("Send the complaint")

    @property
    def by_a_program(self) -> bool:
        """Whether what people do not see was filled in."""
        return bool((self.website.data or "").strip())

    def complaint(self) -> Complaint:
        """What is complained about."""
        return Complaint(
            (self.what.data or "").strip(), (self.where.data or "").strip(), (self.contact.data or "").strip()
        )


def _levels(question: str, sentence: str) -> RadioField:
    return RadioField(
        question,
        choices=[SelectChoice(level.value, level.words) for level in (Level.LOW, Level.MEDIUM, Level.HIGH)],
        coerce=enum_coerce(Level),
        validators=[InputRequired(sentence)],
    )


class RiskForm(FlaskForm):
    """One risk."""

    harm = StringField(
        "What could happen?", validators=[DataRequired("Enter what could happen"), _at_most(LONGEST_HARM)]
    )
    how = LongTextField(
        "How could it happen here?", validators=[Optional(), _at_most(LONGEST_HOW)], render_kw={"rows": 4}
    )
    likelihood = _levels("How likely is it?", "Choose how likely it is")
    impact = _levels("How bad would it be?", "Choose how bad it would be")
    measures = LongTextField(
        "What do you do about it?", validators=[Optional(), _at_most(LONGEST_HOW)], render_kw={"rows": 4}
    )
    owner = StringField(
        "Who looks after it?",
        description="A role is better than a name",
        validators=[Optional(), _at_most(LONGEST_OWNER)],
    )
    seen_version = HiddenField()
    submit = SubmitField("Save")

    @classmethod
    def of(cls, row: Risk) -> "RiskForm":
        """The form for a risk that is there."""
        return cls(obj=row, seen_version=str(row.version))

    @property
    def version(self) -> int:
        """The version of the row that the page showed; 0 for none."""
        given = str(self.seen_version.data or "")
        return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else 0  # noqa: PLR2004

    def assessed(self) -> Assessed:
        """What is said of the risk."""
        return Assessed(
            harm=(self.harm.data or "").strip(),
            how=(self.how.data or "").strip(),
            likelihood=self.likelihood.data,
            impact=self.impact.data,
            measures=(self.measures.data or "").strip(),
            owner=(self.owner.data or "").strip(),
        )


class KeepForm(FlaskForm):
    """Keeping the assessment as it stands."""

    occasion = RadioField(
        "Why was it assessed?",
        choices=[SelectChoice(occasion.value, occasion.words) for occasion in Occasion],
        coerce=enum_coerce(Occasion),
        validators=[InputRequired("Choose why it was assessed")],
    )
    note = LongTextField(
        "What changed, and who took part?", validators=[Optional(), _at_most(LONGEST_NOTE)], render_kw={"rows": 4}
    )
    submit = SubmitField("Keep this version")
