"""What people fill in about themselves, and what programme leads fill in about others."""

from collections.abc import Callable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    EmailField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional, ValidationError

from app.accounts.operations.invitations import Invitee
from app.accounts.rules import SHORTEST_PASSWORD, Role, normalise_email, normalise_password, password_complaint

LONGEST_NAME, LONGEST_EMAIL = 120, 254
HOW_TO_CHOOSE = (
    f"At least {SHORTEST_PASSWORD} characters. Three or more words that do not belong together are easy to remember "
    "and hard to guess"
)
ROLE_HINTS = {
    Role.PARTICIPANT.value: {"hint": {"text": "Practises, talks and learns in a cohort"}},
    Role.FACILITATOR.value: {"hint": {"text": "Runs learning sets and facilitated play"}},
    Role.MODERATOR.value: {"hint": {"text": "Reviews what was held or reported"}},
    Role.LEAD.value: {"hint": {"text": "Invites people, grants roles and looks after everything"}},
    Role.AUTHOR.value: {"hint": {"text": "Writes scenarios"}},
    Role.REVIEWER.value: {"hint": {"text": "Reviews scenarios before they are published"}},
    Role.SPONSOR.value: {"hint": {"text": "First line of support in an organisation"}},
}


def _tidy(words: str | None) -> str | None:
    """One line, without what cannot be seen."""
    return "".join(each for each in " ".join(words.split()) if each.isprintable()) if words else words


def _email(words: str | None) -> str | None:
    return normalise_email(words) if words else words


def _name_field(label: str, **options: Any) -> StringField:  # noqa: ANN401 - WTForms' own options
    too_long = f"Keep the name to {LONGEST_NAME} characters or fewer"
    checks = [DataRequired("Enter a name"), Length(max=LONGEST_NAME, message=too_long)]
    return StringField(label, filters=[_tidy], validators=checks, **options)


def _email_field(**options: Any) -> EmailField:  # noqa: ANN401
    wrong = "Enter an email address in the correct format, like name@example.com"
    checks = [DataRequired("Enter an email address"), Length(max=LONGEST_EMAIL, message=wrong), Email(message=wrong)]
    return EmailField("Email address", filters=[_email], validators=checks, **options)


class _NewPassword(FlaskForm):
    """A form with a new password, which must not be made of what others know of the member."""

    about_them: tuple[str, ...] = ()

    password = PasswordField(
        "New password",
        description=HOW_TO_CHOOSE,
        filters=[lambda typed: normalise_password(typed) if typed else typed],
        validators=[DataRequired("Enter a password")],
        render_kw={"autocomplete": "new-password"},
    )

    def known(self) -> tuple[str, ...]:
        """What others know of the member."""
        return self.about_them

    def validate_password(self, field: PasswordField) -> None:
        """Refuse what is easy to guess; raises ValidationError with a sentence that says what to do."""
        complaint = password_complaint(field.data, *self.known())
        if complaint:
            raise ValidationError(complaint)


class ForgottenForm(FlaskForm):
    """Who has forgotten their password."""

    email = _email_field()
    submit = SubmitField("Send me a link")


class ChooseForm(_NewPassword):
    """The new password of somebody who followed the link in their mail."""

    submit = SubmitField("Save the new password")


class ChangeForm(_NewPassword):
    """A new password for somebody who knows the old one."""

    current = PasswordField(
        "Your password now",
        filters=[lambda typed: normalise_password(typed) if typed else typed],
        validators=[DataRequired("Enter the password you have now")],
        render_kw={"autocomplete": "current-password"},
    )
    submit = SubmitField("Change the password")
    is_current: Callable[[str], bool]

    def validate_current(self, field: PasswordField) -> None:
        """Refuse a wrong one."""
        if not self.is_current(field.data):
            raise ValidationError("This is not your password")


class JoinForm(_NewPassword):
    """What an invited person fills in."""

    name = _name_field("Your name", description="As other members should see it", render_kw={"autocomplete": "name"})
    submit = SubmitField("Accept and create my account")

    def known(self) -> tuple[str, ...]:
        """The name too, as it stands in the form."""
        return (*self.about_them, self.name.data or "")


class RenameForm(FlaskForm):
    """How a member wants to be called."""

    name = _name_field("Your name", description="As other members should see it", render_kw={"autocomplete": "name"})
    submit = SubmitField("Save")


class ProgrammeForm(FlaskForm):
    """Which programme a member wants to look at."""

    programme = RadioField("Programme", coerce=int, validators=[InputRequired("Choose a programme")])
    submit = SubmitField("Switch to this programme")


class InviteForm(FlaskForm):
    """Whom a lead invites, and as what."""

    name = _name_field("Name", description="The person can change it when they accept")
    email = _email_field(description="Their work address. Nobody else should be able to read its mail")
    role = RadioField(
        "What will they be?",
        choices=[SelectChoice(role.value, role.words.capitalize()) for role in Role],
        default=Role.PARTICIPANT.value,
        validators=[InputRequired("Choose a role")],
    )
    cohort = SelectField("Cohort", coerce=int, validators=[Optional()])
    organisation = SelectField("Organisation", coerce=int, validators=[Optional()])
    submit = SubmitField("Send the invitation")

    @classmethod
    def offering(cls, cohorts: list[tuple[int, str]], organisations: list[tuple[int, str]]) -> "InviteForm":
        """The form with the cohorts and organisations of a programme."""
        form = cls()
        form.cohort.choices = [SelectChoice(0, "No cohort"), *(SelectChoice(*each) for each in cohorts)]
        form.organisation.choices = [SelectChoice(0, "Not named"), *(SelectChoice(*each) for each in organisations)]
        return form

    def invitee(self) -> Invitee:
        """Whom the form names."""
        return Invitee(
            email=self.email.data,
            name=self.name.data,
            role=Role(self.role.data),
            cohort_id=self.cohort.data or None,
            organisation_id=self.organisation.data or None,
        )


class RolesForm(FlaskForm):
    """The roles somebody holds in a programme."""

    roles = SelectMultipleField("Roles", choices=[SelectChoice(role.value, role.words.capitalize()) for role in Role])
    submit = SubmitField("Save roles")
