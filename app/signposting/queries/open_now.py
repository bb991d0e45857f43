"""Whether a service is open, asked of the database; app/signposting/opening.py says the same in Python."""

from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select, true

from app.core import clock
from app.signposting.bank_holidays import is_bank_holiday
from app.signposting.kinds import BankHolidays
from app.signposting.models import Schedule, SupportService
from app.signposting.opening import DAYS


def is_open(at: datetime) -> ColumnElement[bool]:
    """Whether a service is open at a moment."""
    shown = clock.london(at)
    time, today = shown.time(), shown.date()
    yesterday = today - timedelta(days=1)
    overnight = Schedule.closes_at <= Schedule.opens_at
    of_today = and_(Schedule.opens_at <= time, or_(overnight, time < Schedule.closes_at))
    of_yesterday = and_(overnight, time < Schedule.closes_at)
    hours = select(Schedule.service_id).where(Schedule.freq == "WEEKLY", Schedule.interval == 1)
    begun = [
        SupportService.id.in_(
            hours.where(
                Schedule.byday.contains(DAYS[day.weekday()]),
                or_(Schedule.valid_from.is_(None), Schedule.valid_from <= day),
                or_(Schedule.valid_to.is_(None), day <= Schedule.valid_to),
                covers,
            )
        )
        & _counts(day)
        for day, covers in ((today, of_today), (yesterday, of_yesterday))
    ]
    return or_(SupportService.always_open, *begun)


def _counts(day: date) -> ColumnElement[bool]:
    return SupportService.bank_holidays == BankHolidays.OPEN if is_bank_holiday(day) else true()
