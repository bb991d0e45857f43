"""The form of an entry: what everybody reads, and below it what only the team sees."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any
from uuid import uuid4

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    Field,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    URLField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional

from app.accounts.rules import OrganisationKind
from app.core.inputs import DateInputField, LongTextField
from app.signposting.kinds import BankHolidays, Confidential, Profession, Reach, Way
from app.signposting.models import SupportService
from app.signposting.needs import NEEDS, TAXONOMY
from app.signposting.openreferral import plain
from app.signposting.openreferral.listing import Listing, Place
from app.signposting.openreferral.places import BRITISH_POSTCODE, one_postcode
from app.signposting.openreferral.values import EMAIL, web_address
from app.signposting.upkeep import lines
from app.signposting.upkeep.operations.editing import Draft

EITHER = [SelectChoice("", "We do not know"), SelectChoice("yes", "Yes"), SelectChoice("no", "No")]
FLAGS = {"yes": True, "no": False}
# Taken from and to a listing as they are.
LINES = ("name", "summary", "area", "hours_words")
TEXTS = ("description", "what_happens", "alert", "eligibility", "fees", "confidential_words")
BOXES = ("urgent", "independent", "always_open")
SETS = ("ways", "professions", "organisation_kinds")


def _upto(longest: int) -> list[Callable[..., object]]:
    return [Optional(), Length(max=longest, message=f"Keep it to {longest:,} characters or fewer")]


def _each(kinds: Any) -> list[SelectChoice]:  # noqa: ANN401 - an enumeration with words
    return [SelectChoice(kind.value, kind.words[:1].upper() + kind.words[1:]) for kind in kinds]


def _followed(_form: FlaskForm, field: Field) -> None:
    if not web_address(field.data or ""):
        raise ValidationError("Enter a web address that begins with https://")


def _one_email(_form: FlaskForm, field: Field) -> None:
    if not EMAIL.fullmatch((field.data or "").strip()):
        raise ValidationError("Enter an email address like help@example.org")


class EntryForm(FlaskForm):
    """An entry; `version` is the one that was on the screen when editing began."""

    name = StringField("Name", validators=[DataRequired("Enter a name"), Length(max=200)])
    summary = StringField("What it is, in a sentence", validators=_upto(500))
    description = LongTextField("More about it", validators=_upto(5_000), render_kw={"rows": 6})
    what_happens = LongTextField("What will happen when somebody gets in touch", validators=_upto(1_000))
    alert = StringField(
        "Something people must know first", description="For example: closed until 3 March", validators=_upto(500)
    )
    needs = SelectMultipleField("Needs that it is found by", choices=[SelectChoice(n.code, n.words) for n in NEEDS])

    phones = LongTextField(
        "Numbers, one a line",
        description="For example: call 0300 123 1100, or text 85258: Text SHOUT to 85258",
        validators=_upto(2_000),
        render_kw={"rows": 4},
    )
    email = EmailField("Email", validators=[Optional(), _one_email, Length(max=254)])
    url = URLField("Website", validators=[Optional(), _followed])
    chat_url = URLField("Address of its online chat", validators=[Optional(), _followed])
    ways = SelectMultipleField("How one can get in touch", choices=_each(Way))
    address = StringField("Address", description="Only where people can go to", validators=_upto(300))
    city = StringField("Town or city", validators=_upto(120))
    postcode = StringField("Postcode", validators=_upto(20))

    always_open = BooleanField("It is there at any time")
    hours = LongTextField(
        "Opening hours, one line for each",
        description="For example: Monday to Friday 9am to 5pm",
        validators=_upto(2_000),
        render_kw={"rows": 3},
    )
    bank_holidays = RadioField(
        "On bank holidays",
        choices=[
            SelectChoice(BankHolidays.UNKNOWN.value, "We do not know"),
            SelectChoice(BankHolidays.OPEN.value, "Open"),
            SelectChoice(BankHolidays.CLOSED.value, "Closed"),
        ],
        default=BankHolidays.UNKNOWN.value,
    )
    hours_words = StringField("What hours cannot say", validators=_upto(300))

    reach = RadioField(
        "Where it is for",
        choices=[
            SelectChoice(Reach.NATIONAL.value, "The whole country"),
            SelectChoice(Reach.LOCAL.value, "One area"),
            SelectChoice(Reach.ORGANISATION.value, "One organisation"),
        ],
        default=Reach.LOCAL.value,
    )
    area = StringField("Which area", validators=_upto(200))
    eligibility = LongTextField("Who can use it, in plain words", validators=_upto(1_000), render_kw={"rows": 3})
    professions = SelectMultipleField("Only for these professions", choices=_each(Profession))
    organisation_kinds = SelectMultipleField("Only for people who work in", choices=_each(OrganisationKind))
    free = RadioField("Free of charge?", choices=EITHER, default="")
    fees = StringField("What it costs", validators=_upto(500))
    confidential = RadioField(
        "Confidential?",
        choices=[*EITHER, SelectChoice(Confidential.DEPENDS.value, "It depends")],
        default="",
    )
    confidential_words = StringField("More about that", validators=_upto(500))
    independent = BooleanField("It is independent of the organisations where people work")
    urgent = BooleanField(
        "It is a crisis line", description="Crisis lines stand above everything else and are never filtered away"
    )

    owner = SelectField("Who looks after it", coerce=str, choices=[])
    next_check_on = DateInputField("Next check", validators=[Optional()])
    contact_name = StringField("Whom we know there", description="Never shown to anybody else", validators=_upto(120))
    contact_email = EmailField("Their email", validators=[Optional(), _one_email, Length(max=254)])
    why = StringField(
        "Why do you change it?", description="Stands in the history, which only the team sees", validators=_upto(300)
    )
    version = HiddenField()
    preview = SubmitField("Preview")
    save = SubmitField("Save")

    before: Listing

    @classmethod
    def of(cls, service: SupportService | None, listing: Listing, owners: Sequence[tuple[int, str]]) -> "EntryForm":
        """The form filled with what an entry says now (or with a first draft of one)."""
        first = listing.places[0] if listing.places else None
        contact = service.contacts[0] if service and service.contacts else None
        form = cls(
            data={name: getattr(listing, name) for name in (*LINES, *TEXTS, *BOXES, "email", "url", "chat_url")}
            | {name: sorted(getattr(listing, name)) for name in SETS}
            | {
                "needs": [term.code for term in listing.terms if term.vocabulary.name == TAXONOMY],
                "phones": lines.phone_lines(listing.phones),
                "hours": lines.hours_lines(listing.hours),
                "bank_holidays": listing.bank_holidays.value,
                "reach": listing.reach.value,
                "free": _flag(listing.free),
                "confidential": listing.confidential.value if listing.confidential else "",
                "address": first.address if first else "",
                "city": first.city if first else "",
                "postcode": first.postcode if first else "",
                "owner": str(service.owner_id or "") if service else "",
                "next_check_on": service.next_check_on if service else None,
                "contact_name": contact.name if contact else "",
                "contact_email": contact.email if contact else "",
                "version": service.version if service else 0,
            }
        )
        form.owner.choices = [SelectChoice("", "Nobody yet"), *(SelectChoice(str(key), name) for key, name in owners)]
        form.before = listing
        return form

    @property
    def seen_version(self) -> int:
        """The version that editing began with; 0 for one that cannot be read, which never fits."""
        given = str(self.version.data or "")
        return int(given) if given.isascii() and given.isdecimal() else 0

    def validate_phones(self, field: Field) -> None:
        """Every number can be dialled."""
        _read(lines.phones_in, field.data or "")

    def validate_hours(self, field: Field) -> None:
        """Every line says days and hours."""
        _read(lines.hours_in, field.data or "")

    def validate_postcode(self, field: Field) -> None:
        """A whole postcode."""
        if not BRITISH_POSTCODE.fullmatch((field.data or "").strip().upper()):
            raise ValidationError("Enter a whole postcode, like LE1 5WW")

    def draft(self) -> Draft:
        """What is to be saved."""
        said: dict[str, Any] = {name: plain.line(getattr(self, name).data or "") for name in LINES}
        said |= {name: plain.paragraphs(getattr(self, name).data or "") for name in TEXTS}
        said |= {name: bool(getattr(self, name).data) for name in BOXES}
        said |= {name: frozenset(getattr(self, name).data or ()) for name in SETS}
        listing = replace(
            self.before,
            **said,
            email=(self.email.data or "").strip(),
            url=web_address(self.url.data or ""),
            chat_url=web_address(self.chat_url.data or ""),
            phones=lines.phones_in(self.phones.data or "", self.before.phones),
            hours=lines.hours_in(self.hours.data or "", self.before.hours),
            bank_holidays=BankHolidays(self.bank_holidays.data),
            reach=Reach(self.reach.data),
            free=FLAGS.get(self.free.data),
            confidential=Confidential(self.confidential.data) if self.confidential.data else None,
            places=self._places(),
        )
        return Draft(
            listing=listing,
            needs=tuple(self.needs.data or ()),
            owner_id=int(self.owner.data) if self.owner.data else None,
            next_check_on=self.next_check_on.data,
            contact_name=plain.line(self.contact_name.data or ""),
            contact_email=(self.contact_email.data or "").strip(),
            why=plain.line(self.why.data or ""),
        )

    def _places(self) -> tuple[Place, ...]:
        """The first place as the form says; what else there is stays."""
        first, *others = self.before.places or (None,)
        said: dict[str, Any] = {name: plain.line(getattr(self, name).data or "") for name in ("address", "city")}
        said["postcode"] = one_postcode((self.postcode.data or "").strip())
        if not any(said.values()):
            return tuple(others)
        place = first or Place(link=str(uuid4()), uuid=str(uuid4()))
        moved = (place.address, place.postcode) != (said["address"], said["postcode"])
        if moved:
            said |= {"latitude": None, "longitude": None}
        return tuple(sorted((replace(place, **said), *others), key=lambda each: each.link))


def _flag(value: bool | None) -> str:  # noqa: FBT001 - yes, no or nothing
    return "" if value is None else "yes" if value else "no"


def _read(reading: Callable[[str], object], text: str) -> None:
    try:
        reading(text)
    except ValueError as wrong:
        raise ValidationError(str(wrong)) from wrong
