"""What a moderator decides, in full; a note; whom to invite."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, SubmitField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional

from app.accounts.models import Member
from app.core.inputs import LongTextField
from app.moderation.cases import subjects
from app.moderation.cases.forms.parts import GroundsForm, at_most, own_words
from app.moderation.cases.queries.one import Shown
from app.moderation.cases.rules import LONGEST_NOTE, NEEDS_TARGET, Measure, Outcome
from app.moderation.cases.verdicts import Verdict

LONGEST_BODY = 20_000


class DecideForm(GroundsForm):
    """One decision. `version` is of the case as it was shown."""

    outcome = RadioField("What is decided?", coerce=str, validators=[InputRequired("Choose what is decided")])
    text = LongTextField(
        "The words as they are to be published",
        validators=[Optional(), at_most(LONGEST_BODY)],
        render_kw={"rows": 8},
    )
    move_to = SelectField("Move it to", validators=[Optional()], validate_choice=False)
    merge_with = SelectField("Merge it with", validators=[Optional()], validate_choice=False)
    version = HiddenField()
    submit = SubmitField("Decide")

    @classmethod
    def of(cls, shown: Shown) -> "DecideForm":
        """The form for a case."""
        form = cls(text=shown.seen_last.body if shown.seen_last else "", version=shown.case.version)
        form.outcome.choices = [SelectChoice(outcome.value, outcome.words) for outcome in shown.offered]
        for asked, outcome in ((form.move_to, Outcome.MOVE), (form.merge_with, Outcome.MERGE)):
            asked.choices = [SelectChoice("", "Choose one"), *_targets(shown, outcome)]
        if not shown.punitive:
            del form.measure, form.silence_until, form.suspend_until
        return form

    def verdict(self) -> Verdict:
        """What is decided."""
        outcome = Outcome(self.outcome.data)
        chosen = {Outcome.MOVE: self.move_to.data, Outcome.MERGE: self.merge_with.data}.get(outcome) or ""
        return Verdict(
            outcome=outcome,
            ground=self.ground.data,
            rule=self.rule.data or None,
            words=self.words.data or "",
            measure=self.measure_meant,
            measure_until=self.until,
            text=self.text.data or "" if outcome is Outcome.EDIT else "",
            target_id=int(chosen) if chosen.isascii() and chosen.isdecimal() else None,
        )

    @property
    def seen_version(self) -> int:
        """The version of the case that was shown; 0 for one that cannot be read, which never fits."""
        return read_version(self.version.data)


class ActForm(GroundsForm):
    """Warn, silence or suspend a member."""

    account = own_words(
        "What did you see?",
        "Kept for whoever looks at it again. The member does not read it",
        needed="Say what you saw",
    )
    submit = SubmitField("Decide")

    @classmethod
    def blank(cls) -> "ActForm":
        """The form; doing nothing is no choice here."""
        form = cls()
        form.measure.choices = [
            SelectChoice(measure.value, measure.words) for measure in Measure if measure is not Measure.NONE
        ]
        if form.measure.data == Measure.NONE:
            form.measure.data = None
        form.measure.validators = [InputRequired("Choose what it means for them")]
        form.words.label.text = "What they read"
        return form

    def verdict(self) -> Verdict:
        """What is decided."""
        return Verdict(
            outcome=Outcome.NO_ACTION,
            ground=self.ground.data,
            rule=self.rule.data or None,
            words=self.words.data or "",
            measure=self.measure_meant,
            measure_until=self.until,
        )


class NoteForm(FlaskForm):
    """A private note."""

    note = LongTextField(
        "A note for other moderators",
        description="The author never sees it",
        validators=[DataRequired("Write the note"), at_most(LONGEST_NOTE)],
        render_kw={"rows": 3},
    )
    submit = SubmitField("Keep the note")


class InviteForm(FlaskForm):
    """Who is asked to decide one case."""

    member = RadioField("Who should decide it?", coerce=int, validators=[InputRequired("Choose somebody")])
    submit = SubmitField("Ask them")

    @classmethod
    def of(cls, candidates: Sequence[Member]) -> "InviteForm":
        """The form for those who could be asked."""
        form = cls()
        form.member.choices = [SelectChoice(member.id, member.name) for member in candidates]
        return form


class SpamForm(FlaskForm):
    """Which cases are spam."""

    cases = SelectMultipleField("Which of these are spam?", coerce=int, validate_choice=False)
    preview = SubmitField("Show what would be removed")
    confirm = SubmitField("Remove them")


def read_version(text: object) -> int:
    """The version in a form; 0 for what is none."""
    given = str(text or "")
    return int(given[:9]) if given.isascii() and given.isdecimal() else 0


def _targets(shown: Shown, outcome: Outcome) -> list[SelectChoice]:
    kind = subjects.find(shown.case.subject_type)
    if kind is None or outcome not in kind.outcomes or outcome not in NEEDS_TARGET or shown.case.subject_id is None:
        return []
    return [SelectChoice(str(place), label) for place, label in kind.targets(outcome, shown.case.subject_id)]
