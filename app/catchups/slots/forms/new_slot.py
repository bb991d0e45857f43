"""A new slot, or a series of them."""

from collections.abc import Sequence
from datetime import date

from wtforms import IntegerField, RadioField, SelectField, SubmitField
from wtforms.fields.choices import SelectChoice, enum_choices, enum_coerce
from wtforms.validators import StopValidation

from app.catchups.slots.forms.slot import SlotForm
from app.catchups.slots.operations.offering import Offer
from app.catchups.slots.rules import SlotKind
from app.catchups.slots.timing import MOST_TIMES, Cadence, days

EVERYBODY = "programme"


def long_enough_for_a_series(form: "NewSlotForm", field: IntegerField) -> None:
    """Something that comes again has a length; of something that takes place once, nobody asks it."""
    field.errors = []
    if form.cadence.data in {None, Cadence.ONCE}:
        raise StopValidation
    if field.data is None or not 2 <= field.data <= MOST_TIMES:  # noqa: PLR2004 - twice is the shortest series
        raise StopValidation(f"Enter how many times it takes place, from 2 to {MOST_TIMES}")


class NewSlotForm(SlotForm):
    """A new slot, or a series of them."""

    kind = RadioField("What is it?", coerce=enum_coerce(SlotKind))
    audience = SelectField("Who is it for?")
    cadence = RadioField(
        "How often?",
        choices=enum_choices(Cadence, label=lambda cadence: cadence.words),
        coerce=enum_coerce(Cadence),
        default=Cadence.ONCE,
    )
    times = IntegerField(
        "How many times in all?",
        description="Only when it comes again. The time of day stays the same when the clocks change",
        validators=[long_enough_for_a_series],
    )
    submit = SubmitField("Offer it")

    @classmethod
    def for_host(cls, cohorts: Sequence[tuple[int, str]], *, leads: bool) -> "NewSlotForm":
        """The form with the choices that a host has."""
        form = cls(capacity=3)
        kinds = SlotKind if leads else (SlotKind.CATCH_UP,)
        form.kind.choices = [SelectChoice(kind.value, kind.words) for kind in kinds]
        form.kind.data = form.kind.data or SlotKind.CATCH_UP
        form.audience.choices = [
            SelectChoice(EVERYBODY, "The whole programme"),
            *(SelectChoice(str(cohort_id), f"Only {name}") for cohort_id, name in cohorts),
        ]
        if not leads:
            del form.agenda
        del form.scope
        return form

    @property
    def kind_meant(self) -> SlotKind:
        """What people meet for."""
        return self.kind.data or SlotKind.CATCH_UP

    def days(self) -> list[date]:
        """On which days."""
        return days(self.day.data, self.cadence.data or Cadence.ONCE, self.times.data or 1)  # type: ignore[arg-type]

    def offer(self) -> Offer:
        """What stays as it is."""
        everybody = self.audience.data == EVERYBODY
        cohort_id = None if everybody else int(self.audience.data)
        return Offer(kind=self.kind_meant, cohort_id=cohort_id, cadence=self.cadence.data or Cadence.ONCE)
