"""What the forms have in common."""

from datetime import date, datetime, time

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from app.core.clock import moment
from app.core.inputs import DateInputField, LongTextField
from app.moderation.cases.rulebook import RULES
from app.moderation.cases.rules import LONGEST_ANSWER, LONGEST_WORDS, Measure
from app.moderation.cases.verdicts import Ground

END_OF_DAY = time(23, 59)


def at_most(longest: int) -> Length:
    """Refuse what is too long, with a sentence."""
    return Length(max=longest, message=f"Use at most {longest:,} characters")


def own_words(label: str, hint: str, *, needed: str | None = None, rows: int = 6) -> LongTextField:
    """Some sentences; with `needed` the sentence that asks for them."""
    first = DataRequired(needed) if needed else Optional()
    return LongTextField(label, description=hint, validators=[first, at_most(LONGEST_WORDS)], render_kw={"rows": rows})


def end_of(day: date | None) -> datetime | None:
    """The last minute of a day in London."""
    return moment(day, END_OF_DAY) if day else None


class GroundsForm(FlaskForm):
    """What every decision says: its ground, the rule, the words, and what it does to the member."""

    ground = RadioField(
        "Why?",
        choices=[SelectChoice(ground.value, ground.words) for ground in Ground],
        coerce=str,
        validators=[InputRequired("Choose why")],
    )
    rule = SelectField(
        "Which rule does it rest on?",
        choices=[SelectChoice("", "No rule"), *(SelectChoice(rule.code, rule.title) for rule in RULES)],
        validators=[Optional()],
    )
    words = LongTextField(
        "What the author reads",
        description="Say what was decided and why, kindly and plainly. How to appeal is added",
        validators=[Optional(), at_most(LONGEST_ANSWER)],
        render_kw={"rows": 5},
    )
    measure = RadioField(
        "What does it mean for the member?",
        choices=[SelectChoice(measure.value, measure.words) for measure in Measure],
        coerce=str,
        default=Measure.NONE.value,
    )
    silence_until = DateInputField("Silent until the end of", description="For example, 5 12 2026")
    suspend_until = DateInputField("Suspended until the end of", description="For example, 5 12 2026")

    @property
    def measure_meant(self) -> Measure:
        """The measure that is chosen."""
        return Measure(self.measure.data or Measure.NONE.value) if "measure" in self else Measure.NONE

    @property
    def until(self) -> datetime | None:
        """The last minute in which the measure holds."""
        if self.measure_meant is Measure.SILENCE:
            return end_of(self.silence_until.data)
        return end_of(self.suspend_until.data) if self.measure_meant is Measure.SUSPEND else None
