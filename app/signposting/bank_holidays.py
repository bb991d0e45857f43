"""Bank holidays in England and Wales, from the days that govuk-bank-holidays brings along: no network is asked."""

from datetime import date
from functools import cache

from govuk_bank_holidays.bank_holidays import BankHolidays

DIVISION = BankHolidays.ENGLAND_AND_WALES
# In some years a substitute day stands in the list instead of these; doors are shut on both.
ALWAYS = {(1, 1), (12, 25), (12, 26)}


def is_bank_holiday(day: date) -> bool:
    """Whether a day is a bank holiday in England and Wales, substitute days included."""
    return (day.month, day.day) in ALWAYS or day in _days()


def known_until() -> date:
    """The last bank holiday that the library knows of; a newer release of it brings later ones."""
    return max(_days())


@cache
def _days() -> frozenset[date]:
    holidays = BankHolidays(use_cached_holidays=True).get_holidays(division=DIVISION)
    return frozenset(holiday["date"] for holiday in holidays)
