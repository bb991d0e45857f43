"""What members choose on their pages: saved, shown again, and refused in words where it makes no sense."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.clock import in_london
from app.core.db import db, transaction
from app.notifications import queries
from app.notifications.models import NotificationPreference, QuietWindow, Shift
from app.notifications.operations import preferences
from app.notifications.operations.preferences import MOST, NoRoomError, TooManyError
from app.notifications.quiet import Shifts
from app.notifications.rules import Delivery

PAGES = ["/me/notifications", "/me/notifications/quiet", "/me/notifications/shifts", "/me/notifications/reminders"]
NIGHTS = {"starts": "8pm", "ends": "8.30am", "rest_hours": ""}


def on(name, day):
    """The three boxes of a date."""
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


@pytest.fixture
def me(people, client_for):
    return client_for(people.owner.email)


@pytest.fixture
def today():
    return clock.london(clock.now()).date()


class TestWhatIsAsked:
    OF_MODERATORS = ("For moderators: new cases", "an alias is revealed", "a crisis line that nobody has checked")

    def test_nobody_is_asked_about_notices_that_only_staff_get(self, people, client_for):
        shown = client_for(people.owner.email).get("/me/notifications").text
        assert "Coffee rounds" in shown
        assert not [words for words in self.OF_MODERATORS if words in shown]

    def test_staff_are_asked_about_theirs(self, people, client_for):
        shown = client_for(people.lead.email).get("/me/notifications").text
        assert all(words in shown for words in self.OF_MODERATORS)


class TestWhoMay:
    @pytest.mark.parametrize("address", PAGES)
    def test_members_even_when_suspended_and_no_visitors(self, people, anonymous, client_for, address):
        assert anonymous.get(address).location.startswith("/login")
        assert client_for(people.suspended.email).get(address).status_code == 200

    @pytest.mark.parametrize("who", ["peer", "outsider", "suspended", "moderator", "lead"])
    def test_nobody_removes_what_is_anothers(self, app, people, client_for, who):
        with app.app_context():
            with transaction():
                preferences.add_windows(people.owner.id, [0], time(22), time(7))
                preferences.add_shifts(people.owner.id, Shifts(date(2026, 12, 3), date(2099, 12, 7), time(20), time(8)))
            window_id = db.session.scalars(select(QuietWindow.id)).one()
            shift_id = db.session.scalars(select(Shift.id)).one()
        browser = client_for(getattr(people, who).email)
        for address in (f"/me/notifications/quiet/{window_id}/remove", f"/me/notifications/shifts/{shift_id}/remove"):
            assert browser.submit(address, page="/me/notifications/quiet").status_code == 404
        with app.app_context():
            assert len(queries.windows(people.owner.id)) == len(queries.shifts(people.owner.id)) == 1

    def test_nobody_sees_anothers_shifts(self, app, people, client_for):
        with app.app_context(), transaction():
            preferences.add_shifts(people.owner.id, Shifts(date(2026, 12, 3), date(2099, 12, 7), time(20), time(8)))
        assert "8pm to 8am" in client_for(people.owner.email).get("/me/notifications/shifts").text
        assert "8pm to 8am" not in client_for(people.lead.email).get("/me/notifications/shifts").text


class TestMail:
    def test_a_choice_for_each_kind_is_kept_and_shown(self, app, people, me):
        form = {"kind_offers": "daily", "kind_replies": "off", "kind_news": "at_once"}
        page = me.get("/me/notifications").text
        assert "Decisions about what you wrote" in page
        assert 'name="kind_decisions"' not in page
        answer = me.submit(
            "/me/notifications", {**form, "kind_booking": "off", "kind_reminder": "at_once"} | _others(me)
        )
        assert answer.status_code == 303
        with app.app_context():
            chosen = queries.choices(people.owner.id)
        assert (chosen["offers"], chosen["replies"], chosen["booking"]) == (Delivery.DAILY, Delivery.OFF, Delivery.OFF)
        assert "Your choices are saved" in me.get(answer.location).text
        assert _chosen(me.get("/me/notifications").text, "offers") == "daily"

    def test_a_choice_that_is_none_is_refused_and_nothing_is_kept(self, app, me):
        answer = me.submit("/me/notifications", {"kind_offers": "hourly"})
        assert answer.status_code == 422
        assert "There is a problem" in answer.text
        with app.app_context():
            assert db.session.scalars(select(NotificationPreference)).all() == []

    def test_a_kind_that_has_no_collected_mail_offers_none(self, me):
        page = me.get("/me/notifications").text
        select_box = page[page.index('name="kind_booking"') :].partition("</select>")[0]
        assert "once a day" not in select_box
        assert "No email, only my inbox" in select_box


def _others(browser):
    """The present choices of kinds that other features registered."""
    page = browser.get("/me/notifications").text
    ours = {"offers", "replies", "news", "booking", "reminder"}
    names = {part.partition('"')[0] for part in page.split('name="kind_')[1:]}
    return {f"kind_{name}": _chosen(page, name) for name in names - ours}


def _chosen(page, code):
    box = page[page.index(f'name="kind_{code}"') :].partition("</select>")[0]
    return box.partition(" selected")[0].rpartition('value="')[2].partition('"')[0]


class TestQuietHours:
    def add(self, browser, **changed):
        return browser.submit("/me/notifications/quiet", {"days": [0, 4], "starts": "9:30pm", "ends": "7am"} | changed)

    def test_they_are_added_shown_and_removed(self, app, people, me):
        assert self.add(me).status_code == 303
        page = me.get("/me/notifications/quiet").text
        assert "Monday, 9:30pm to 7am the next day" in page
        assert "Friday, 9:30pm to 7am the next day" in page
        assert "Monday, 9:30pm to 7am the next day" in me.get("/me/notifications").text
        with app.app_context():
            window_id = queries.windows(people.owner.id)[0].id
        address = f"/me/notifications/quiet/{window_id}/remove"
        assert me.submit(address, page="/me/notifications/quiet").status_code == 303
        assert "Monday, 9:30pm" not in me.get("/me/notifications/quiet").text

    @pytest.mark.parametrize(
        ("changed", "complaint"),
        [
            ({"days": []}, "Choose at least one day"),
            ({"days": ["9"]}, "There is a problem"),
            ({"starts": ""}, "Enter when it begins, like 9:30pm"),
            ({"starts": "9"}, "Enter a time like 8:45am or 16:30"),
            ({"ends": "25:00"}, "Enter a real time"),
            ({"days": list(range(7)), "starts": "7am", "ends": "7am"}, "no hour in the week"),
        ],
    )
    def test_what_makes_no_sense_is_refused_in_words(self, app, people, me, changed, complaint):
        answer = self.add(me, **changed)
        assert answer.status_code == 422
        assert complaint in answer.text
        assert "<title>Error: " in answer.text.replace("\n", "")
        with app.app_context():
            assert queries.windows(people.owner.id) == []

    @pytest.mark.both_databases
    def test_the_same_twice_is_once_and_there_is_an_end(self, app, people):
        with app.app_context():
            for _ in range(2):
                with transaction():
                    preferences.add_windows(people.owner.id, [0, 1], time(22), time(7))
            assert len(queries.windows(people.owner.id)) == 2
            with pytest.raises(NoRoomError), transaction():
                preferences.add_windows(people.owner.id, range(7), time(0), time(0))
            with transaction():
                for minute in range(MOST - 2):
                    preferences.add_windows(people.owner.id, [2], time(9, minute), time(10))
            with pytest.raises(TooManyError), transaction():
                preferences.add_windows(people.owner.id, [3], time(9), time(10))
            assert len(queries.windows(people.owner.id)) == MOST


class TestShifts:
    def test_nights_in_a_row_are_added_shown_and_removed(self, app, people, me, today):
        first, last = today + timedelta(days=2), today + timedelta(days=6)
        form = {**on("first_day", first), **on("last_day", last), **NIGHTS, "rest_hours": "7"}
        assert me.submit("/me/notifications/shifts", form).status_code == 303
        words = f"{clock.day_words(first)} to {clock.day_words(last)}, 8pm to 8:30am the next day, and 7 hours of rest"
        assert words in me.get("/me/notifications/shifts").text
        with app.app_context():
            (shift,) = queries.shifts(people.owner.id)
            assert (shift.starts, shift.ends, shift.rest_hours) == (time(20), time(8, 30), 7)
        me.submit(f"/me/notifications/shifts/{shift.id}/remove", page="/me/notifications/shifts")
        assert "You have entered none" in me.get("/me/notifications/shifts").text

    def test_one_shift_needs_no_last_day(self, app, people, me, today):
        form = {**on("first_day", today), "starts": "07:00", "ends": "19:30"}
        assert me.submit("/me/notifications/shifts", form).status_code == 303
        with app.app_context():
            (shift,) = queries.shifts(people.owner.id)
            assert (shift.first_day, shift.last_day, shift.rest_hours) == (today, today, 0)

    @pytest.mark.parametrize(
        ("days", "changed", "complaint"),
        [
            ((1, 0), {}, "The last day cannot be before the first"),
            ((0, 28), {}, "Enter at most 28 days at a time"),
            ((-3, -1), {}, "These shifts are over"),
            ((-3, None), {}, "This day is past"),
            ((-800, None), {}, "with four digits"),
            ((400, None), {}, "within the next year"),
            ((0, None), {"rest_hours": "13"}, "from 0 to 12"),
            ((0, None), {"rest_hours": "many"}, "There is a problem"),
            ((0, None), {"starts": ""}, "Enter when it begins, like 8pm"),
            ((0, None), {"first_day-month": ""}, "First day must include a month"),
            ((0, None), {"first_day-day": "31", "first_day-month": "2"}, "First day must be a real date"),
            ((None, None), {}, "Enter the day"),
        ],
    )
    def test_what_makes_no_sense_is_refused_in_words(self, app, people, me, today, days, changed, complaint):
        form = dict(NIGHTS)
        for name, days_ahead in zip(("first_day", "last_day"), days, strict=True):
            if days_ahead is not None:
                form |= on(name, today + timedelta(days=days_ahead))
        answer = me.submit("/me/notifications/shifts", form | changed)
        assert answer.status_code == 422
        assert complaint in answer.text
        with app.app_context():
            assert queries.number_of_shifts(people.owner.id) == 0

    @pytest.mark.both_databases
    def test_the_same_twice_is_once_and_past_ones_are_forgotten(self, app, people):
        with app.app_context(), clock.frozen(in_london(2026, 12, 8, 12)):
            for rest in (0, 8):
                with transaction():
                    nights = Shifts(date(2026, 12, 3), date(2026, 12, 7), time(20), time(8), rest)
                    preferences.add_shifts(people.owner.id, nights)
            assert [shift.rest_hours for shift in queries.shifts(people.owner.id)] == [8]
            with transaction():
                preferences.forget_past_shifts(date(2026, 12, 7))
            assert queries.number_of_shifts(people.owner.id) == 1
            with transaction():
                preferences.forget_past_shifts(date(2026, 12, 8))
            assert queries.number_of_shifts(people.owner.id) == 0


class TestReminders:
    @pytest.mark.parametrize(
        ("form", "minutes", "words"),
        [
            ({"usual": [1440, 60]}, [1440, 60], "<li>1 day before</li><li>1 hour before</li>"),
            (
                {"usual": [60], "number": "2", "unit": "days"},
                [2880, 60],
                "<li>2 days before</li><li>1 hour before</li>",
            ),
            ({"number": "45", "unit": "minutes"}, [45], "45 minutes before"),
            ({"usual": [60], "number": "1", "unit": "hours"}, [60], "1 hour before"),
            ({}, [], "You are not reminded"),
        ],
    )
    def test_they_are_kept_and_shown(self, app, people, me, form, minutes, words):
        answer = me.submit("/me/notifications/reminders", {"unit": "hours"} | form)
        assert answer.status_code == 303
        with app.app_context():
            assert list(queries.reminder_minutes([people.owner.id])[people.owner.id]) == minutes
        assert words in me.get("/me/notifications").text

    @pytest.mark.parametrize(
        ("form", "complaint"),
        [
            ({"number": "0", "unit": "days"}, "between 1 minute and 28 days"),
            ({"number": "29", "unit": "days"}, "between 1 minute and 28 days"),
            ({"number": "-1", "unit": "hours"}, "between 1 minute and 28 days"),
            ({"number": "soon", "unit": "hours"}, "There is a problem"),
            ({"number": "99999999999999", "unit": "days"}, "between 1 minute and 28 days"),
            ({"usual": ["7"], "unit": "hours"}, "There is a problem"),
        ],
    )
    def test_what_makes_no_sense_is_refused_in_words(self, me, form, complaint):
        answer = me.submit("/me/notifications/reminders", form)
        assert answer.status_code == 422
        assert complaint in answer.text

    @pytest.mark.parametrize(
        ("own", "number", "unit"), [(2880, "2", "days"), (90, "90", "minutes"), (120, "2", "hours")]
    )
    def test_ones_own_choice_is_filled_in_again(self, app, people, me, own, number, unit):
        with app.app_context(), transaction():
            preferences.set_reminders(people.owner.id, [own])
        page = me.get("/me/notifications/reminders").text
        assert f'value="{number}"' in page
        assert f'value="{unit}" checked' in page
