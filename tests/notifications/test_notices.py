"""Telling members: once, in their inbox, and by mail as they chose."""

import threading
from datetime import time, timedelta

import pytest
from sqlalchemy import select

from app.core import clock, outbox
from app.core.clock import in_london
from app.core.db import db, transaction
from app.core.outbox import OutboxMessage
from app.notifications import queries
from app.notifications.models import Notification
from app.notifications.operations import notices, preferences
from app.notifications.quiet import Shifts
from app.notifications.rules import Delivery
from tests.mailbox import html_of, text_of
from tests.notifications.telling import START, a_notice

pytestmark = pytest.mark.both_databases


def waiting(kind):
    """Key and due moment of what waits in the outbox."""
    found = select(OutboxMessage.key, OutboxMessage.due_at).where(
        OutboxMessage.kind == kind, OutboxMessage.sent_at.is_(None)
    )
    return [tuple(row) for row in db.session.execute(found.order_by(OutboxMessage.due_at, OutboxMessage.id))]


def subjects(member_id):
    return [seen.subject for seen in queries.inbox(member_id)[0]]


class TestTelling:
    def test_members_find_it_in_their_inbox_and_nobody_else_does(self, at, people, tell):
        assert tell(people.owner, people.peer) == {people.owner.id, people.peer.id}
        with at():
            assert subjects(people.owner.id) == subjects(people.peer.id) == ["A place is free"]
            assert subjects(people.outsider.id) == []
            assert queries.unread_count(people.owner.id) == 1

    def test_twice_under_one_key_is_once(self, at, people, tell, mailbox):
        tell(people.owner)
        assert tell(people.owner, people.peer) == {people.peer.id}
        with at():
            assert subjects(people.owner.id) == ["A place is free"]
            mail = mailbox.collect()
        assert sorted(each["To"] for each in mail) == [people.owner.email, people.peer.email]

    def test_a_change_that_fails_tells_nobody(self, at, people, mailbox):
        with at(), pytest.raises(ZeroDivisionError), transaction():
            notices.notify(a_notice(), people.owner.id)
            1 / 0  # noqa: B018
        with at():
            assert subjects(people.owner.id) == []
            assert mailbox.collect() == []

    def test_a_kind_that_nobody_registered_is_refused(self, at, people):
        with at(), pytest.raises(ValueError, match="no feature registered"), transaction():
            notices.notify(a_notice(kind="unknown"), people.owner.id)

    def test_telling_nobody_is_allowed(self, tell):
        assert tell() == set()

    def test_more_people_than_one_insert_holds(self, at, people, monkeypatch):
        monkeypatch.setattr(notices, "AT_A_TIME", 2)
        everybody = [people.owner, people.peer, people.outsider, people.lead, people.author]
        with at(), transaction():
            assert notices.notify(a_notice(), *(person.id for person in everybody)) == {
                person.id for person in everybody
            }

    def test_two_at_the_same_time_tell_once(self, app, people, mailbox):
        told, barrier = [], threading.Barrier(4)

        def tell():
            with app.app_context(), clock.frozen(START):
                barrier.wait()
                with transaction():
                    told.extend(notices.notify(a_notice(), people.owner.id, people.peer.id))

        threads = [threading.Thread(target=tell) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(told) == sorted([people.owner.id, people.peer.id])
        assert len(mailbox.collect()) == 2

    def test_names_are_looked_up_when_they_are_read(self, at, people, tell):
        tell(people.owner, body="{name} gave up a place.", about_id=people.peer.id)
        with at():
            kept = db.session.scalars(select(Notification.body)).one()
            assert people.peer.name not in kept
            assert queries.inbox(people.owner.id)[0][0].body == "Petra Peer gave up a place."
            with transaction():
                people.peer.member.name = "Petra Newname"
            assert queries.inbox(people.owner.id)[0][0].body == "Petra Newname gave up a place."


class TestMailAtOnce:
    def test_it_has_the_subject_and_a_link_and_not_the_body(self, at, people, tell, mailbox):
        tell(people.owner, body="{name} gave up a place.", about_id=people.peer.id, programme_id=people.programme_id)
        with at():
            mail = mailbox.newest(people.owner.email)
            (seen,), _older = queries.inbox(people.owner.id)
        assert mail["Subject"] == "A place is free"
        assert "Programme here" in mail["From"]
        for words in (text_of(mail), html_of(mail)):
            assert "A place is free" in words
            assert f"http://localhost/inbox/{seen.id}/open" in words
            assert "Offers of a free place" in words
            assert "http://localhost/me/notifications" in words
            assert people.peer.name not in words
            assert "gave up" not in words

    def test_what_was_read_by_then_is_not_mailed(self, at, people, tell, mailbox):
        tell(people.owner)
        with at():
            with transaction():
                notices.mark_read(people.owner.id, queries.newest_id(people.owner.id))
            assert mailbox.collect() == []

    def test_who_turned_it_off_has_it_in_the_inbox_only(self, at, people, tell, mailbox):
        with at(), transaction():
            preferences.choose(people.owner.id, {"offers": Delivery.OFF})
        tell(people.owner, people.peer)
        with at():
            assert subjects(people.owner.id) == ["A place is free"]
            assert [mail["To"] for mail in mailbox.collect()] == [people.peer.email]

    def test_who_turns_it_off_before_it_is_sent_gets_none(self, at, people, tell, mailbox):
        tell(people.owner)
        with at():
            with transaction():
                preferences.turn_off(people.owner.id, "offers")
            assert mailbox.collect() == []

    def test_what_one_has_a_right_to_know_cannot_be_turned_off(self, at, people, tell, mailbox):
        with at(), transaction():
            preferences.turn_off(people.owner.id, "decisions")
        tell(people.owner, kind="decisions")
        with at():
            (mail,) = mailbox.collect()
        assert mail["List-Unsubscribe"] is None

    def test_a_closed_account_gets_no_mail_and_a_suspended_member_does(self, at, people, tell, mailbox):
        tell(people.inactive, people.suspended)
        with at():
            assert [mail["To"] for mail in mailbox.collect()] == [people.suspended.email]

    def test_a_worker_that_died_after_sending_sends_no_second_copy(self, at, people, tell, mailbox):
        tell(people.owner)
        with at():
            assert len(mailbox.collect()) == 1
            with transaction():
                message = db.session.scalars(select(OutboxMessage)).one()
                message.payload = {"notification_id": queries.newest_id(people.owner.id)}
                message.sent_at = None
            assert len(mailbox.collect()) == 1


class TestQuietHours:
    def quiet(self, at, people):
        with at(), transaction():
            preferences.add_windows(people.owner.id, range(7), time(22), time(7))

    def test_mail_waits_until_they_end_and_the_wait_is_no_attempt(self, at, people, tell, mailbox):
        self.quiet(at, people)
        night, morning = in_london(2026, 6, 4, 23), in_london(2026, 6, 5, 7)
        tell(people.owner, moment=night)
        for moment in (night, night + timedelta(hours=3)):
            with at(moment):
                assert mailbox.collect() == []
                message = db.session.scalars(select(OutboxMessage)).one()
                assert (message.due_at, message.attempts, message.last_error) == (morning, 0, None)
        with at(morning):
            assert [mail["To"] for mail in mailbox.collect()] == [people.owner.email]

    def test_a_shift_entered_after_it_was_queued_counts(self, at, people, tell, mailbox):
        tell(people.owner)
        with at():
            with transaction():
                day = START.date()
                preferences.add_shifts(people.owner.id, Shifts(day, day, time(8), time(20)))
            assert mailbox.collect() == []
        with at(in_london(2026, 6, 4, 20)):
            assert len(mailbox.collect()) == 1

    def test_what_runs_out_before_they_end_goes_through(self, at, people, tell, mailbox):
        self.quiet(at, people)
        night = in_london(2026, 6, 4, 23)
        tell(people.owner, moment=night, until=in_london(2026, 6, 5, 7, 30))
        with at(night):
            assert len(mailbox.collect()) == 1


class TestCollectedMail:
    def test_a_day_comes_in_one_mail_at_8(self, at, people, tell, mailbox):
        tell(people.owner, kind="replies", key="1", subject="Somebody replied", body="{name}", about_id=people.peer.id)
        tell(people.owner, kind="replies", key="2", subject="Somebody replied again")
        with at():
            assert mailbox.collect() == []
        with at(in_london(2026, 6, 5, 8, 1)):
            (mail,) = mailbox.collect()
        assert mail["Subject"] == "2 new messages in your inbox"
        for words in (text_of(mail), html_of(mail)):
            assert words.index("Somebody replied") < words.index("Somebody replied again")
            assert people.peer.name not in words

    def test_on_mondays_the_day_and_the_week_are_one(self, at, people, tell, mailbox):
        sunday = in_london(2026, 6, 7, 20)
        tell(people.owner, kind="news", key="1", subject="News")
        tell(people.owner, kind="replies", key="2", subject="Somebody replied", moment=sunday)
        with at(in_london(2026, 6, 8, 8, 5)):
            (mail,) = mailbox.collect()
        assert "News" in text_of(mail)
        assert "Somebody replied" in text_of(mail)

    def test_only_what_is_unread_is_named_and_nothing_is_no_mail(self, at, people, tell, mailbox):
        tell(people.owner, people.peer, kind="replies", key="1", subject="First")
        tell(people.peer, kind="replies", key="2", subject="Second")
        with at(), transaction():
            notices.mark_all_read(people.owner.id, queries.newest_id(people.owner.id))
            notices.mark_read(people.peer.id, queries.newest_id(people.peer.id))
        with at(in_london(2026, 6, 5, 9)):
            (mail,) = mailbox.collect()
        assert (mail["To"], mail["Subject"]) == (people.peer.email, "1 new message in your inbox")
        assert "First" in text_of(mail)
        assert "Second" not in text_of(mail)

    def test_each_notice_is_named_once(self, at, people, tell, mailbox):
        tell(people.owner, kind="replies", key="1", subject="First")
        with at(in_london(2026, 6, 5, 9)):
            assert len(mailbox.collect()) == 1
        tell(people.owner, kind="replies", key="2", subject="Second", moment=in_london(2026, 6, 5, 10))
        with at(in_london(2026, 6, 6, 9)):
            second = mailbox.collect()[1]
        assert "First" not in text_of(second)

    def test_many_are_counted_and_not_all_named(self, at, people, tell, mailbox):
        for number in range(33):
            tell(people.owner, kind="replies", key=str(number), subject=f"Reply {number}")
        with at(in_london(2026, 6, 5, 9)):
            (mail,) = mailbox.collect()
        assert mail["Subject"] == "33 new messages in your inbox"
        assert "- and 3 more" in text_of(mail)

    def test_who_turned_the_kind_off_meanwhile_gets_none(self, at, people, tell, mailbox):
        tell(people.owner, kind="replies", key="1")
        with at(), transaction():
            preferences.turn_off(people.owner.id, "replies")
        with at(in_london(2026, 6, 5, 9)):
            assert mailbox.collect() == []

    def test_what_would_come_too_late_has_a_mail_of_its_own(self, at, people, tell, mailbox):
        tell(people.owner, kind="replies", key="1", until=in_london(2026, 6, 5, 7))
        with at():
            assert [mail["Subject"] for mail in mailbox.collect()] == ["A place is free"]
        with at(in_london(2026, 6, 5, 9)):
            assert len(mailbox.collect()) == 1

    def test_two_at_the_same_time_make_one_mail(self, app, people, mailbox):
        barrier = threading.Barrier(4)

        def tell(number):
            with app.app_context(), clock.frozen(START):
                barrier.wait()
                with transaction():
                    notices.notify(a_notice(kind="replies", key=str(number)), people.owner.id)

        def sweep():
            with app.app_context(), clock.frozen(in_london(2026, 6, 5, 9)):
                barrier.wait()
                outbox.sweep()

        for act in (tell, lambda _number: sweep()):
            threads = [threading.Thread(target=act, args=(number,)) for number in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        (mail,) = mailbox.collect()
        assert mail["Subject"] == "4 new messages in your inbox"

    def test_a_transaction_that_ends_after_8_is_not_left_out(self, at, people, mailbox):
        """It began before 8, so it counts on the mail of 8; it was committed a moment later."""
        with at(in_london(2026, 6, 5, 7, 59)):
            with transaction():
                notices.notify(a_notice(kind="replies", key="1"), people.owner.id)
            assert waiting("digest") == [(f"digest:{people.owner.id}:2026-06-05", in_london(2026, 6, 5, 8, 1))]
        with at(in_london(2026, 6, 5, 8, 2)):
            assert len(mailbox.collect()) == 1


class TestLater:
    def put_off(self, at, people, moment):
        with at(), transaction():
            notices.notify_later(a_notice(until=moment + timedelta(days=1)), moment, people.owner.id, people.peer.id)

    def test_it_is_told_at_its_moment(self, at, people, mailbox):
        moment = START + timedelta(days=2)
        self.put_off(at, people, moment)
        with at():
            assert mailbox.collect() == []
            assert subjects(people.owner.id) == []
        with at(moment):
            mailbox.collect()
            assert subjects(people.owner.id) == ["A place is free"]
            until = db.session.scalars(select(Notification.until)).first()
            assert until == moment + timedelta(days=1)
            assert len(mailbox.collect()) == 2

    def test_it_can_be_taken_back_for_some(self, at, people, mailbox):
        moment = START + timedelta(days=2)
        self.put_off(at, people, moment)
        with at(), transaction():
            notices.withdraw("offer:1", people.owner.id)
        with at(moment):
            assert [mail["To"] for mail in mailbox.collect()] == [people.peer.email]
            assert subjects(people.owner.id) == []


class TestReading:
    def test_marking_all_leaves_what_came_after_the_page_was_shown(self, at, people, tell):
        tell(people.owner, key="1")
        with at():
            newest = queries.newest_id(people.owner.id)
        tell(people.owner, key="2", subject="It came meanwhile")
        with at():
            with transaction():
                count, _moment = notices.mark_all_read(people.owner.id, newest)
            assert count == 1
            assert [seen.subject for seen in queries.inbox(people.owner.id, unread=True)[0]] == ["It came meanwhile"]

    def test_undoing_it_leaves_what_was_read_before(self, at, people, tell):
        for key in "123":
            tell(people.owner, key=key)
        with at():
            first = queries.inbox(people.owner.id)[0][-1].id
            with transaction():
                notices.mark_read(people.owner.id, first)
        with at(START + timedelta(minutes=1)):
            with transaction():
                _count, marked_at = notices.mark_all_read(people.owner.id, queries.newest_id(people.owner.id))
            with transaction():
                assert notices.unmark_all_read(people.owner.id, marked_at) == 2
            assert queries.unread_count(people.owner.id) == 2
            assert queries.inbox(people.owner.id)[0][-1].read_at is not None

    def test_nobody_marks_what_is_somebody_elses(self, at, people, tell):
        tell(people.owner)
        with at():
            its_id = queries.newest_id(people.owner.id)
            with transaction():
                notices.mark_read(people.peer.id, its_id)
                assert notices.mark_all_read(people.peer.id, its_id)[0] == 0
            assert queries.unread_count(people.owner.id) == 1

    def test_marking_all_while_new_ones_arrive_loses_none(self, app, people):
        """Whatever the order, each notice is either marked, and counted as that, or unread."""
        barrier, marked = threading.Barrier(2), []

        def arrive():
            barrier.wait()
            for number in range(20):
                with app.app_context(), transaction():
                    notices.notify(a_notice(key=str(number)), people.owner.id)

        def mark():
            barrier.wait()
            for _ in range(10):
                with app.app_context():
                    newest = queries.newest_id(people.owner.id)
                    with transaction():
                        marked.append(notices.mark_all_read(people.owner.id, newest)[0])

        threads = [threading.Thread(target=act) for act in (arrive, mark)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with app.app_context():
            assert sum(marked) + queries.unread_count(people.owner.id) == 20

    def test_counting_stops_where_nobody_counts(self, at, people):
        with at():
            with transaction():
                for number in range(120):
                    notices.notify(a_notice(key=str(number)), people.owner.id)
            assert queries.unread_count(people.owner.id) == 100

    def test_pages_follow_each_other_without_gap_or_repeat(self, at, people):
        with at():
            with transaction():
                for number in range(60):
                    notices.notify(a_notice(key=str(number), subject=f"Number {number}"), people.owner.id)
                    notices.notify(a_notice(key=str(number)), people.peer.id)
            seen, before = [], None
            while True:
                page, before = queries.inbox(people.owner.id, before=before)
                seen += [each.subject for each in page]
                if before is None:
                    break
            assert seen == [f"Number {number}" for number in reversed(range(60))]

    def test_old_notices_are_forgotten(self, at, people, tell):
        for key in "12":
            tell(people.owner, key=key, subject=key)
        with at(), transaction():
            notices.mark_read(people.owner.id, queries.newest_id(people.owner.id))
        for days, left in ((179, ["2", "1"]), (181, ["1"]), (364, ["1"]), (366, [])):
            with at(START + timedelta(days=days)):
                with transaction():
                    notices.forget_old(clock.now())
                assert subjects(people.owner.id) == left
