"""What somebody looks for. Posted, so that it stands in no address; without a token, because it changes nothing."""

from enum import StrEnum

from wtforms import BooleanField, Form, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice

from app.accounts.rules import OrganisationKind
from app.signposting.criteria import Criteria
from app.signposting.kinds import Profession, Way
from app.signposting.needs import BY_CODE, NEEDS

LONGEST = 200  # characters of a search that are looked at
EITHER = {"yes": True, "no": False}


class FindForm(Form):
    """A search with its filters. Nothing in it can be wrong: what makes no sense is left aside, and help is shown."""

    words = StringField(
        "Search",
        description="For example sleep, debt, bullied. We do not keep what you type",
        render_kw={"autocomplete": "off", "autocapitalize": "none"},
    )
    need = SelectField(
        "What is it about?",
        choices=[SelectChoice("", "Anything"), *(SelectChoice(need.code, need.words) for need in NEEDS)],
        validate_choice=False,
    )
    ways = SelectMultipleField(
        "How would you like to get in touch?",
        choices=[SelectChoice(way.value, way.words) for way in Way],
        validate_choice=False,
    )
    profession = SelectField(
        "Your profession",
        choices=[SelectChoice("", "Any"), *(SelectChoice(each.value, each.words) for each in Profession)],
        validate_choice=False,
    )
    organisation_kind = SelectField(
        "Where you work",
        choices=[
            SelectChoice("", "Anywhere"),
            *(SelectChoice(kind.value, kind.words.capitalize()) for kind in OrganisationKind),
        ],
        validate_choice=False,
    )
    manages = RadioField(
        "Do you manage other people?",
        choices=[SelectChoice("", "Show everything"), SelectChoice("yes", "Yes"), SelectChoice("no", "No")],
        default="",
        validate_choice=False,
    )
    open_now = BooleanField("Open now")
    free = BooleanField("Free of charge")
    confidential = BooleanField("Confidential")

    def criteria(self) -> Criteria:
        """What is asked for."""
        return Criteria(
            need=self.need.data if self.need.data in BY_CODE else "",
            words=(self.words.data or "").strip()[:LONGEST],
            ways=frozenset(way for way in Way if way.value in (self.ways.data or [])),
            profession=self.profession.data if self.profession.data in set(Profession) else "",
            organisation_kind=self.organisation_kind.data
            if self.organisation_kind.data in set(OrganisationKind)
            else "",
            manages=EITHER.get(self.manages.data or ""),
            free=self.free.data,
            confidential=self.confidential.data,
            open_now=self.open_now.data,
        )

    def carried(self) -> list[tuple[str, str]]:
        """The same search as names and values, for the button that shows more of it."""
        asked = self.criteria()
        pairs = [("words", asked.words), ("need", asked.need), ("manages", self.manages.data or "")]
        pairs += [("profession", asked.profession), ("organisation_kind", asked.organisation_kind)]
        pairs += [(name, "y") for name in ("open_now", "free", "confidential") if getattr(asked, name)]
        return [(name, value) for name, value in pairs if value] + [("ways", way.value) for way in sorted(asked.ways)]

    @property
    def is_filtered(self) -> bool:
        """Whether more is asked than words and a need."""
        asked = self.criteria()
        return asked != Criteria(need=asked.need, words=asked.words)


def _one_of(kinds: type[StrEnum], code: str | None) -> str:
    return code if code in set(kinds) else ""
