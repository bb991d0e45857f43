"""The intake: what forums and rooms ask before they keep words."""

import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from app.core import clock
from app.core.db import db, transaction
from app.moderation.screening.models import PostTrace, WatchedWord
from app.moderation.screening.operations import intake
from app.moderation.screening.operations.intake import Intake
from app.moderation.screening.trust import Trust
from app.moderation.screening.watchwords import Effect
from app.moderation.screening.weighing import Answer, Verdict
from app.signposting.models import ServicePhone, SupportService

LONG = "On the ward I saw how somebody was laughed at, and I went over to her afterwards."
NUMBER = "07700 900123"


@pytest.fixture
def asked(people):
    return Intake(
        programme_id=people.programme_id, author_id=people.owner.id, texts={"body": LONG}, trust=Trust.SETTLED, key="a"
    )


def keep(asked):
    with transaction():
        intake.remember(asked)


@pytest.mark.both_databases
def test_the_same_words_again_are_refused_from_another_page_only(app, asked, people):
    with app.app_context():
        assert intake.weigh(asked).verdict is Verdict.PUBLISH
        keep(asked)
        assert intake.weigh(asked).verdict is Verdict.PUBLISH
        again = replace(asked, key="b", texts={"body": LONG.upper().replace(" ", "  ")})
        assert intake.weigh(again).verdict is Verdict.REFUSE
        assert intake.weigh(replace(again, author_id=people.peer.id)).verdict is Verdict.PUBLISH
        assert intake.weigh(replace(again, programme_id=people.other_programme_id)).verdict is Verdict.PUBLISH
        assert intake.weigh(replace(again, new=False)).verdict is Verdict.PUBLISH
        with clock.frozen(clock.now() + timedelta(days=1, minutes=1)):
            assert intake.weigh(again).verdict is Verdict.PUBLISH


def test_short_words_may_be_said_again(app, asked):
    with app.app_context():
        thanks = replace(asked, texts={"body": "Thank you, that helps"})
        keep(thanks)
        assert intake.weigh(replace(thanks, key="b")).verdict is Verdict.PUBLISH


@pytest.mark.both_databases
def test_too_many_in_a_short_time_have_to_wait(app, asked):
    watched = replace(asked, trust=Trust.WATCHED, texts={"body": "Yes"})
    with app.app_context():
        for number in range(3):
            keep(replace(watched, key=str(number)))
        ruling = intake.weigh(watched)
        assert ruling.verdict is Verdict.REFUSE
        assert clock.now() < ruling.wait_until <= clock.now() + timedelta(minutes=10)
        assert intake.weigh(replace(watched, trust=Trust.SETTLED)).verdict is Verdict.PUBLISH


def test_what_the_directory_publishes_is_no_matter(app, asked):
    helpful = replace(asked, texts={"body": f"Ring {NUMBER}, they helped me"})
    with app.app_context():
        assert intake.weigh(helpful).verdict is Verdict.ASK
        service = SupportService(slug="line", name="A line", summary="Somebody listens")
        service.phones = [ServicePhone(number=NUMBER)]
        db.session.add(service)
        db.session.commit()
        assert intake.weigh(helpful).verdict is Verdict.PUBLISH


def test_words_are_watched_in_their_programme_only(app, asked, people):
    with app.app_context():
        with transaction():
            db.session.add(
                WatchedWord(
                    programme_id=people.programme_id, pattern="laugh*", effect=Effect.HOLD, added_at=clock.now()
                )
            )
        assert intake.weigh(asked).verdict is Verdict.HOLD
        assert intake.weigh(replace(asked, programme_id=people.other_programme_id)).verdict is Verdict.PUBLISH


def test_moderators_learn_kinds_and_counts_and_places_and_no_values(app, asked):
    explained = replace(asked, texts={"body": f"Ring {NUMBER}"}, answer=Answer.KEEP, explanation="It is my own")
    with app.app_context():
        ruling = intake.weigh(explained)
        raised = intake.concern(ruling, "post", 7)
    assert ruling.verdict is Verdict.HOLD
    assert (raised.findings, raised.words) == ({"phone": 1}, "It is my own")
    assert [(span.kind, span.start, span.end) for span in raised.spans] == [("phone", 5, 17)]
    assert NUMBER not in repr(raised)


def test_without_grounds_moderators_are_told_nothing(app, asked):
    with app.app_context():
        assert intake.concern(intake.weigh(asked), "post", 7) is None


def test_an_explanation_must_not_tell_what_is_certain(app, asked):
    explained = replace(
        asked, texts={"body": f"Ring {NUMBER}"}, answer=Answer.KEEP, explanation="NHS number 999 653 1597"
    )
    with app.app_context():
        ruling = intake.weigh(explained)
        assert (ruling.verdict, ruling.counts) == (Verdict.ASK, {"phone": 1, "nhs_number": 1})
        assert ruling.excerpts("explanation")[0][1] == "999 653 1597"
        redacted = intake.weigh(replace(explained, answer=Answer.REDACT))
        assert (redacted.verdict, redacted.explanation, set(redacted.texts)) == (Verdict.PUBLISH, "", {"body"})


def test_the_log_has_kinds_and_counts_alone(app, asked, caplog):
    caplog.set_level(logging.INFO)
    with app.app_context():
        intake.weigh(replace(asked, texts={"body": f"Ring {NUMBER} or Dr Khan"}))
    assert "found {'phone': 1, 'name': 1}" in caplog.text
    assert NUMBER not in caplog.text
    assert "Khan" not in caplog.text


def test_a_live_room_gets_a_sentence_or_nothing(app, asked, people):
    with app.app_context():
        assert intake.weigh_message(asked) == ""
        assert intake.weigh_message(replace(asked, texts={"body": "Dr Khan was kind"})) == ""
        assert "phone number" in intake.weigh_message(replace(asked, texts={"body": f"Ring {NUMBER}"}))
        with transaction():
            db.session.add(
                WatchedWord(
                    programme_id=people.programme_id, pattern="laugh*", effect=Effect.HOLD, added_at=clock.now()
                )
            )
        assert "moderator" in intake.weigh_message(asked)


def test_standing_counts_from_the_first_role_in_the_programme(app, people):
    with app.app_context():
        new = intake.standing(people.owner.member, people.programme_id, published=0)
        assert new.trust is Trust.NEW
        assert intake.standing(people.moderator.member, people.programme_id, published=0).trust is Trust.REGULAR
        with clock.frozen(clock.now() + timedelta(days=61)):
            assert intake.standing(people.owner.member, people.programme_id, published=30).trust is Trust.REGULAR


def test_traces_are_forgotten(app, asked):
    with app.app_context():
        keep(asked)
        with transaction():
            assert intake.forget_traces() == 0
        with clock.frozen(clock.now() + timedelta(days=8)), transaction():
            assert intake.forget_traces() == 1
        assert db.session.query(PostTrace).count() == 0
