"""WTForms fields that the library lacks: dates and times as people write them, long text counted as the page counts."""

import datetime as dt

from werkzeug.datastructures import MultiDict
from wtforms import Field, StringField, TextAreaField
from wtforms.utils import unset_value

from app.core.clock import moment, read_time, time_words

Posted = MultiDict[str, str]

PARTS = ("day", "month", "year")
A_WINTER_DAY = dt.date(2024, 1, 1)  # on which every time exists
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class LongTextField(TextAreaField):
    """Text of several lines. A line break counts as one character here, as it does in the counter on the page."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Browsers send each line break as two characters."""
        if valuelist:
            self.data = valuelist[0].replace("\r\n", "\n").replace("\r", "\n")


class ClockField(StringField):
    """A time as people write it, like 8:45am; `data` is a `datetime.time` or None."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read it; raises ValueError with a sentence."""
        self.data: dt.time | None = None
        if valuelist and valuelist[0].strip():
            self.data = read_time(valuelist[0])

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return time_words(moment(A_WINTER_DAY, self.data)) if self.data else ""


class DateInputField(Field):
    """A date that people type as day, month (a number or its name) and year; `data` is a `date` or None.

    Posted as NAME-day, NAME-month and NAME-year. `wrong_parts` names the boxes that an error is about.
    """

    def __init__(self, label: str = "", validators: object = None, **options: object) -> None:
        super().__init__(label, validators, **options)
        self.parts: dict[str, str] = dict.fromkeys(PARTS, "")
        self.wrong_parts: tuple[str, ...] = ()

    def process(self, formdata: Posted | None, data: object = unset_value, extra_filters: object = None) -> None:
        """Gather the three boxes into the one value that WTForms expects of a field."""
        super().process(_Gathered(formdata, self.name) if formdata else formdata, data, extra_filters)

    def process_data(self, value: dt.date | None) -> None:
        """Fill the boxes from a date."""
        self.data = value
        if value:
            self.parts = {"day": str(value.day), "month": str(value.month), "year": str(value.year)}

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the boxes; raises ValueError with a sentence that says what is missing or wrong."""
        self.data = None
        if not valuelist:
            return
        self.parts = {part: text.strip()[:20] for part, text in zip(PARTS, valuelist[0].split("\n"), strict=True)}
        self.raw_data = [" ".join(filter(None, self.parts.values()))]
        if not any(self.parts.values()):
            return
        missing = tuple(part for part in PARTS if not self.parts[part])
        if missing:
            self.wrong_parts = missing
            raise ValueError(f"{self.label.text} must include a {' and '.join(missing)}")
        self.data = self._read()

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else ""

    def _read(self) -> dt.date:
        try:
            year = int(self.parts["year"])
            return dt.date(year, _month(self.parts["month"]), int(self.parts["day"]))
        except ValueError:
            self.wrong_parts = PARTS
            raise ValueError(f"{self.label.text} must be a real date, like 27 3 2026") from None


def _month(text: str) -> int:
    return int(text) if text.isdecimal() else MONTHS.index(text[:3].lower()) + 1


class _Gathered:
    """The three posted boxes, seen as one posted value."""

    def __init__(self, formdata: Posted, name: str) -> None:
        self.posted = [formdata.get(f"{name}-{part}") for part in PARTS]

    def __contains__(self, _name: object) -> bool:
        return any(text is not None for text in self.posted)

    def getlist(self, _name: str) -> list[str]:
        return ["\n".join((text or "").replace("\n", " ") for text in self.posted)]
