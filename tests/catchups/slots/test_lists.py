"""The list, the month, one's own and what is over: filters, paging, empty states, and what they ask of the database."""

import re
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, update

from app.catchups.slots.models import Slot
from app.core import clock
from app.core.db import db, transaction
from app.core.pages import SIZE
from tests.catchups.slots.line import Line, a_crowd, a_slot


@pytest.fixture
def offered(app, people):
    """`offered(topic=…)`: one more slot, hosted by the lead unless said otherwise; gives its id."""

    def one(host=people.lead, **changed):
        with app.app_context():
            return a_slot(host, people.programme_id, **changed)[0]

    return one


@pytest.fixture
def browser(people, client_for):
    return client_for(people.owner.email)


def topics(answer):
    """The slots on a page, in order; those of the month once, although table and list name them."""
    assert answer.status_code == 200
    return re.findall(r'<h2 class="nhsuk-heading-s app-slots__title"><a href="[^"]*">([^<]*)</a>', answer.text)


class TestWhatIsAhead:
    def test_the_next_comes_first_and_the_cancelled_not_at_all(self, app, browser, offered):
        offered(topic="Later", ahead=timedelta(days=9))
        offered(topic="Sooner", ahead=timedelta(days=2))
        gone = offered(topic="Cancelled")
        with app.app_context(), transaction():
            db.session.execute(
                update(Slot).where(Slot.id == gone).values(cancelled_at=clock.now(), cancel_reason="Ill")
            )
        assert topics(browser.get("/catchups")) == ["Sooner", "Later"]

    def test_by_where(self, browser, offered):
        offered(topic="By the river")
        offered(topic="On a screen", way="online", place="", link="https://meet.example/a")
        offered(topic="In a room", way="room", place="Community room")
        assert topics(browser.get("/catchups?where=in_person")) == ["By the river"]
        assert sorted(topics(browser.get("/catchups?where=online"))) == ["In a room", "On a screen"]
        assert len(topics(browser.get("/catchups?where=nonsense"))) == 3

    def test_open_now_to_me(self, app, people, browser, offered):
        with app.app_context():
            full = Line.of(app, people, people.lead, topic="Full", capacity=1)
            mine = Line.of(app, people, people.lead, topic="Mine", ahead=timedelta(days=5))
            shunned = Line.of(app, people, people.lead, topic="Somebody is in it", ahead=timedelta(days=6))
        full.sign_up(people.peer)
        mine.sign_up(people.owner)
        shunned.sign_up(people.outsider)
        shunned.keep_apart(people.outsider, people.owner)
        offered(topic="At the same time", ahead=timedelta(days=5, minutes=10))
        offered(topic="Hosted", host=people.owner, ahead=timedelta(days=7))
        offered(topic="Open", ahead=timedelta(days=8))
        assert len(topics(browser.get("/catchups"))) == 6
        assert topics(browser.get("/catchups?open=1")) == ["Open"]

    def test_a_long_list_comes_in_pages_that_keep_the_filters(self, app, people, browser, offered):
        for _ in range(2):
            offered(times=14, cadence="weekly")
        offered(way="online", link="https://meet.example/a", place="")
        first, second = (browser.get(f"/catchups?where=in_person&page={page}") for page in (1, 2))
        assert (len(topics(first)), len(topics(second))) == (SIZE, 28 - SIZE)
        assert 'href="/catchups?page=2&amp;where=in_person"' in first.text
        assert "There is nothing further ahead" in browser.get("/catchups?page=9").text

    def test_where_there_is_nothing_it_says_what_to_do(self, browser, offered):
        assert "offer the first one" in browser.get("/catchups").text
        offered()
        assert "Show everything that is coming up" in browser.get("/catchups?where=online").text


class TestMonth:
    @pytest.fixture(autouse=True)
    def in_march(self):
        with clock.frozen(datetime(2026, 3, 10, 9, tzinfo=UTC)):
            yield

    def test_a_slot_stands_on_its_day_in_london(self, browser, offered):
        # 23:30 UTC on 30 April is half past midnight on 1 May in London.
        at = datetime(2026, 4, 30, 23, 30, tzinfo=UTC)
        offered(topic="After midnight", ahead=at - clock.now())
        assert topics(browser.get("/catchups/month?month=2026-04")) == []
        page = browser.get("/catchups/month?month=2026-05")
        assert topics(page) == ["After midnight"]
        first_of_may = re.search(r'app-month__day">1</span>(.*?)</td>', page.text, re.DOTALL)[1]
        assert "12:30am After midnight" in first_of_may

    def test_it_is_a_table_with_days_as_headings_and_today_marked(self, browser):
        page = browser.get("/catchups/month").text
        assert page.count('<th scope="col">') == 7
        assert "<caption" in page
        assert re.search(r'aria-current="date">\s*<span class="app-month__day">10<', page)

    def test_the_filters_stay_from_month_to_month(self, browser):
        page = browser.get("/catchups/month?month=2026-12&open=1").text
        assert 'href="/catchups/month?month=2027-01&amp;open=1"' in page
        assert 'href="/catchups/month?month=2026-11&amp;open=1"' in page
        assert "Nothing fits what you chose in December 2026" in page


class TestMineAndPast:
    def test_mine_are_hosted_booked_offered_and_waited_for(self, app, people, browser, offered):
        offered(topic="Hosted", host=people.owner, ahead=timedelta(days=1))
        offered(topic="Not mine", ahead=timedelta(days=2))
        with app.app_context():
            booked = Line.of(app, people, people.lead, topic="Booked", ahead=timedelta(days=3))
            waited = Line.of(app, people, people.lead, topic="Waited for", ahead=timedelta(days=4), capacity=1)
            left = Line.of(app, people, people.lead, topic="Left", ahead=timedelta(days=5))
        booked.sign_up(people.owner)
        waited.sign_up(people.peer)
        waited.wait(people.owner)
        left.sign_up(people.owner)
        left.give_up(people.owner)
        page = browser.get("/catchups/mine")
        assert topics(page) == ["Hosted", "Booked", "Waited for"]
        for standing in ("You host this", "You have a place", "On the waiting list"):
            assert standing in page.text

    def test_a_cancelled_one_stays_among_mine(self, app, people, browser):
        with app.app_context():
            line = Line.of(app, people, people.lead, topic="Off")
        line.sign_up(people.owner)
        with app.app_context(), transaction():
            db.session.execute(update(Slot).values(cancelled_at=clock.now(), cancel_reason="Ill"))
        page = browser.get("/catchups/mine")
        assert topics(page) == ["Off"]
        assert "Cancelled" in page.text

    def test_past_are_those_one_was_in_and_to_leads_all(self, app, people, client_for, line, offered):
        line.sign_up(people.peer)
        offered(topic="Without the peer")
        with clock.frozen(clock.now() + timedelta(days=15)):
            assert topics(client_for(people.peer.email).get("/catchups/past")) == ["Coffee by the river"]
            assert topics(client_for(people.outsider.email).get("/catchups/past")) == []
            assert len(topics(client_for(people.lead.email).get("/catchups/past"))) == 2
            assert topics(client_for(people.peer.email).get("/catchups")) == []

    def test_empty_ones_lead_on(self, browser):
        for page in ("/catchups/mine", "/catchups/past"):
            assert (
                "See what is coming up" in browser.get(page).text or "see what is coming up" in browser.get(page).text
            )


class TestCost:
    @pytest.fixture
    def asked(self, app):
        """`with asked() as statements:` collects what the database is asked."""

        @contextmanager
        def listening():
            statements = []

            def note(_connection, _cursor, statement, *_rest):
                statements.append(statement)

            with app.app_context():
                engine = db.engine
            event.listen(engine, "before_cursor_execute", note)
            try:
                yield statements
            finally:
                event.remove(engine, "before_cursor_execute", note)

        return listening

    @pytest.mark.parametrize("page", ["/catchups", "/catchups?open=1", "/catchups/month", "/catchups/mine"])
    def test_a_long_list_asks_as_often_as_a_short_one(self, app, people, browser, asked, page):
        with app.app_context():
            lines = [Line.of(app, people, people.lead, ahead=timedelta(hours=3))]
        lines[0].sign_up(people.owner)
        browser.get(page)
        with asked() as few:
            browser.get(page)
        with app.app_context():
            crowd = a_crowd(people, 3)
            lines = [Line.of(app, people, host, ahead=timedelta(hours=4 + n)) for n, host in enumerate(crowd * 4)]
        for line in lines:
            line.sign_up(people.owner)
            line.sign_up(people.peer)
        with asked() as many:
            answer = browser.get(page)
        if page != "/catchups?open=1":
            assert len(topics(answer)) > 2
        assert len(many) == len(few) <= 14
