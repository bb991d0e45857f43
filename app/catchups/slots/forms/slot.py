"""A slot that is there, as its host may change it."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, StringField, SubmitField
from wtforms.fields.choices import enum_choices, enum_coerce
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from app.catchups.slots.forms.parts import at_most, scope_field
from app.catchups.slots.models import Slot
from app.catchups.slots.operations.offering import SlotDraft
from app.catchups.slots.rules import (
    AHEAD,
    LONGEST_AGENDA,
    LONGEST_LINK,
    LONGEST_NOTES,
    LONGEST_PLACE,
    LONGEST_TOPIC,
    Scope,
    SlotKind,
    Way,
)
from app.catchups.slots.timing import Hours, NoSuchHourError, Span, hours_of
from app.core import clock
from app.core.clock import date_words, time_words
from app.core.inputs import ClockField, DateInputField, LongTextField

A_LINK = re.compile(r"https://[^\s/]+\S*")


class SlotForm(FlaskForm):
    """What a host may change of a slot."""

    topic = StringField(
        "What is it about?",
        description="For example: A coffee with other night staff",
        validators=[DataRequired("Enter what it is about"), at_most(LONGEST_TOPIC)],
    )
    day = DateInputField("Date", description="For example, 5 12 2026", validators=[InputRequired("Enter the date")])
    starts = ClockField(
        "Starts at", description="For example, 8:45am", validators=[InputRequired("Enter when it starts, like 8:45am")]
    )
    ends = ClockField(
        "Ends at", description="For example, 9:15am", validators=[InputRequired("Enter when it ends, like 9:15am")]
    )
    way = RadioField(
        "How do you meet?",
        choices=enum_choices(Way, label=lambda way: way.words),
        coerce=enum_coerce(Way),
        validators=[InputRequired("Choose how you meet")],
    )
    place = StringField(
        "Where?",
        description="So that somebody who is new finds it. Only members of the programme can see it",
        validators=[at_most(LONGEST_PLACE)],
    )
    link = StringField(
        "Link to the meeting",
        description="Only people who have a place can see it",
        validators=[at_most(LONGEST_LINK)],
        render_kw={"spellcheck": False, "inputmode": "url"},
    )
    room = StringField(
        "Which room?",
        description="And how people find it",
        validators=[at_most(LONGEST_PLACE)],
    )
    capacity = IntegerField(
        "How many people can come, besides yourself?", validators=[InputRequired("Enter how many people can come")]
    )
    accessibility = LongTextField(
        "What should people know about access?",
        description="Steps, lifts, noise, captions, somewhere to sit",
        validators=[Optional(), at_most(LONGEST_NOTES)],
        render_kw={"rows": 3},
    )
    agenda = LongTextField("Agenda", validators=[Optional(), at_most(LONGEST_AGENDA)], render_kw={"rows": 8})
    scope = scope_field("It comes again. What do you want to change?")
    submit = SubmitField("Save")

    slot_kind = SlotKind.CATCH_UP

    @classmethod
    def of(cls, slot: Slot) -> "SlotForm":
        """The form for a slot that is there."""
        day, hours = hours_of(Span(slot.starts_at, slot.ends_at))
        room = slot.place if slot.way is Way.ROOM else ""
        form = cls(obj=slot, day=day, starts=hours.starts, ends=hours.ends, room=room, scope=Scope.ONE)
        form.slot_kind = slot.kind
        if not slot.kind.is_event:
            del form.agenda
        if slot.series_id is None:
            del form.scope
        return form

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - as WTForms has it
        """Answer by answer, then what they mean together."""
        return bool(super().validate(extra_validators)) and self._has_times()

    def validate_place(self, field: StringField) -> None:
        """People who meet in person need a place."""
        if self.way.data is Way.IN_PERSON and not (field.data or "").strip():
            raise ValidationError("Enter where you meet")

    def validate_room(self, field: StringField) -> None:
        """People who meet in a live room need to know which."""
        if self.way.data is Way.ROOM and not (field.data or "").strip():
            raise ValidationError("Enter which room you meet in")

    def validate_link(self, field: StringField) -> None:
        """People who meet online need a link."""
        if self.way.data is not Way.ONLINE:
            return
        if not (field.data or "").strip():
            raise ValidationError("Enter the link to the meeting")
        if not A_LINK.fullmatch(field.data.strip()):
            raise ValidationError("Enter a link that begins with https://")

    def validate_capacity(self, field: IntegerField) -> None:
        """Small enough to talk, unless it is an event."""
        if field.data is not None and not 1 <= field.data <= self.kind_meant.most_places:
            raise ValidationError(f"Enter a number from 1 to {self.kind_meant.most_places}")

    @property
    def scope_meant(self) -> Scope:
        """Which slots are meant."""
        return self.scope.data or Scope.ONE if "scope" in self else Scope.ONE

    @property
    def kind_meant(self) -> SlotKind:
        """What people meet for."""
        return self.slot_kind

    @property
    def hours(self) -> Hours:
        """The times of day."""
        return Hours(self.starts.data, self.ends.data)  # type: ignore[arg-type]

    def days(self) -> list[date]:
        """On which days."""
        return [cast("date", self.day.data)]

    def spans(self) -> list[Span]:
        """From when to when; only for a form that is valid."""
        return [self.hours.on(day) for day in self.days()]

    def twice(self) -> str:
        """What to say where a clock shows a time twice on one of the days."""
        found = [(day, at) for day in self.days() for at in self.hours.come_twice(day)]
        if not found:
            return ""
        first = Hours(found[0][1], found[0][1]).on(found[0][0]).starts_at
        return (
            f"The clocks go back around {date_words(first)}, so {time_words(first)} comes twice then. "
            "We have taken the first of the two."
        )

    def draft(self) -> SlotDraft:
        """What the host says of it."""
        where = {Way.IN_PERSON: self.place, Way.ONLINE: self.link, Way.ROOM: self.room}[self.way.data].data.strip()
        online = self.way.data is Way.ONLINE
        return SlotDraft(
            topic=self.topic.data.strip(),
            way=self.way.data,
            place="" if online else where,
            link=where if online else "",
            accessibility=(self.accessibility.data or "").strip(),
            agenda=(self.agenda.data or "").strip() if "agenda" in self else "",
            capacity=self.capacity.data,
        )

    def _has_times(self) -> bool:
        try:
            spans = self.spans()
        except NoSuchHourError as gap:
            self.starts.errors = [str(gap)]
            return False
        wrong = _complaint(spans, self.kind_meant)
        if wrong:
            field, sentence = wrong
            self[field].errors = [sentence]
        return not wrong


def _complaint(spans: Sequence[Span], kind: SlotKind) -> tuple[str, str] | None:
    """What is wrong with the times, and which field it is about."""
    now, (starts_at, ends_at) = clock.now(), spans[0]
    if ends_at - starts_at > kind.longest or ends_at <= starts_at:
        hours = kind.longest.seconds // 3600
        return "ends", f"The end must be later than the start, and at most {hours} hours later"
    if starts_at <= now:
        return "day" if clock.london(starts_at).date() < clock.london(now).date() else "starts", "Choose a time to come"
    if spans[-1].starts_at > now + AHEAD:
        return "day", "Choose dates within a year from now"
    return None
