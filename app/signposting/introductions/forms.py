"""What members say when they offer, ask and look back."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, SubmitField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from app.core.inputs import LongTextField
from app.signposting.introductions.rules import (
    LONGEST_ABOUT,
    LONGEST_FEEDBACK,
    LONGEST_NOTE,
    LONGEST_TOPICS,
    MOST_AT_ONCE,
)


class ProfileForm(FlaskForm):
    """What a member offers."""

    coaches = BooleanField("I coach: I ask questions that help somebody to find their own way")
    mentors = BooleanField("I mentor: I share what I have learnt in my own work")
    about = LongTextField(
        "About you, as a coach or mentor",
        description="Members of your programme read this. Say how you work, and what you have met yourself",
        validators=[DataRequired("Say something about you"), Length(max=LONGEST_ABOUT)],
        render_kw={"rows": 5},
    )
    topics = LongTextField(
        "What people can come to you with",
        description="For example: speaking up to somebody senior, first steps as a manager, after a complaint",
        validators=[Optional(), Length(max=LONGEST_TOPICS)],
        render_kw={"rows": 2},
    )
    capacity = IntegerField(
        "How many people can you see at a time?",
        validators=[
            InputRequired("Enter how many people you can see at a time"),
            NumberRange(1, MOST_AT_ONCE, f"Enter a number from 1 to {MOST_AT_ONCE}"),
        ],
    )
    submit = SubmitField("Save and offer it")

    def validate_mentors(self, field: BooleanField) -> None:
        """One of the two at least."""
        if not field.data and not self.coaches.data:
            raise ValidationError("Choose coaching, mentoring or both")


class AskForm(FlaskForm):
    """What somebody writes when they ask, and that they agree to be named."""

    note = LongTextField(
        "What would you like to talk about?",
        description="Only the person you ask reads this. Leave out names of others",
        validators=[Optional(), Length(max=LONGEST_NOTE)],
        render_kw={"rows": 4},
    )
    agrees = BooleanField(
        "I agree that this person sees my name and what I wrote here",
        validators=[InputRequired("Tick the box if you agree. Without your name nobody can say yes to you")],
    )
    submit = SubmitField("Ask for an introduction")


class FeedbackForm(FlaskForm):
    """What the asker says afterwards, for the coordinators."""

    feedback = LongTextField(
        "How was it?",
        description="The programme's leads read this. The person you met does not",
        validators=[DataRequired("Write a few words, or leave the page"), Length(max=LONGEST_FEEDBACK)],
        render_kw={"rows": 4},
    )
    submit = SubmitField("Send")
