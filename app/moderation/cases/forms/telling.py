"""What members tell moderators: a report, a concern in their own words, an appeal."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import RadioField, SubmitField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from app.moderation.cases.forms.parts import own_words
from app.moderation.cases.rules import FOR_MEMBERS, Reason

IN_THE_FIRST_PERSON = {Reason.WELLBEING: "I am worried about the person who wrote it"}


class ReportForm(FlaskForm):
    """Why something should be looked at."""

    reason = RadioField(
        "Why should a moderator look at it?",
        choices=[SelectChoice(reason.value, IN_THE_FIRST_PERSON.get(reason, reason.words)) for reason in FOR_MEMBERS],
        validators=[InputRequired("Choose why")],
    )
    words = own_words("Is there anything else we should know?", "The author is never told who reported it")
    submit = SubmitField("Send to the moderators")

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - as WTForms has it
        """Something else needs words."""
        is_well = bool(super().validate(extra_validators))
        if self.reason.data == Reason.OTHER and not (self.words.data or "").strip():
            self.words.errors = ["Say what it is in your own words"]
            return False
        return is_well


class ConcernForm(FlaskForm):
    """Something that is about no post."""

    reason = RadioField(
        "What is it about?",
        choices=[
            SelectChoice(Reason.SAFEGUARDING.value, Reason.SAFEGUARDING.words),
            SelectChoice(Reason.WELLBEING.value, "I am worried about how somebody is"),
            SelectChoice(Reason.HARASSMENT.value, "Somebody is treated badly here"),
            SelectChoice(Reason.OTHER.value, Reason.OTHER.words),
        ],
        validators=[InputRequired("Choose what it is about")],
    )
    words = own_words(
        "What happened?",
        "As much as you want to say. Leave out names of patients and of people who draw on support",
        needed="Say what happened, a few words are enough",
        rows=8,
    )
    submit = SubmitField("Send to the moderators")


class AppealForm(FlaskForm):
    """Why somebody else should look again."""

    words = own_words(
        "Why should somebody look again?",
        "Somebody who had no part in the decision reads it",
        needed="Say why, a few words are enough",
        rows=8,
    )
    submit = SubmitField("Ask for another look")
