"""The order in which services are met: crisis lines always, each service once."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.core.db import db, transaction
from app.signposting.bank_holidays import is_bank_holiday
from app.signposting.criteria import Criteria, Seeker
from app.signposting.kinds import BankHolidays, Profession, Reach, Template, Way
from app.signposting.models import SupportService
from app.signposting.needs import NEEDS
from app.signposting.opening import is_open
from app.signposting.queries import finding, open_now, services_by_slug, support_that_fits
from app.signposting.ranking import FALL_BACK, arrange
from app.signposting.showing import card_of, opening_of, with_silent_ways
from tests.signposting.conftest import WEEKDAYS, a_service
from tests.signposting.moments import AUTUMN, CHRISTMAS, SPRING


@dataclass(frozen=True)
class Placed:
    id: int
    urgent: bool
    independent: bool
    reach: Reach


placed = st.builds(Placed, st.integers(1, 12), st.booleans(), st.booleans(), st.sampled_from(Reach))
groups = st.lists(placed, max_size=8)


@given(crisis=groups, own=groups, independent=groups, others=groups)
def test_nothing_is_dropped_and_crisis_lines_stand_first(crisis, own, independent, others):
    crisis = [replace(each, urgent=True) for each in crisis]
    arranged = arrange(crisis, own, independent, others)
    shown = [arranged.crisis, arranged.own, arranged.beside, arranged.local, arranged.national]
    ids = [each.id for group in shown for each in group]
    every = {each.id for group in (crisis, own, independent, others) for each in group}
    assert len(ids) == len(set(ids))
    assert set(ids) == every
    urgent = {each.id for group in (crisis, own, independent, others) for each in group if each.urgent}
    assert {each.id for each in arranged.crisis} == urgent


asked = st.builds(
    Criteria,
    need=st.sampled_from(["", *(need.code for need in NEEDS)]),
    words=st.sampled_from(["", "sleep", "xyzzyx", "samaritans", "I am tired", "'; DROP", '"a" OR b*', "é"]),
    ways=st.frozensets(st.sampled_from(Way), max_size=2),
    profession=st.sampled_from(["", *Profession]),
    manages=st.sampled_from([None, True, False]),
    free=st.booleans(),
    confidential=st.booleans(),
    open_now=st.booleans(),
)


@pytest.mark.both_databases
def test_whatever_is_asked_every_crisis_line_is_there(app, directory):
    seeker = Seeker(directory.programme_id, directory.organisation_id)

    @settings(max_examples=40)
    @given(criteria=asked, hour=st.integers(0, 23))
    def check(criteria, hour):
        found = finding.find(criteria, seeker, datetime(2026, 12, 25, hour, tzinfo=UTC))
        assert [service.slug for service in found.groups.crisis] == ["samaritans", "shout"]
        if found.groups.own:
            assert found.groups.beside, "an independent route stands beside the organisation"
        db.session.rollback()

    with app.app_context():
        check()


@pytest.mark.both_databases
@pytest.mark.parametrize("words", ["insomnia", "insomna", "sleepng", "SLEEP clinic", "can't sleep", "clinc"])
def test_words_are_found_on_either_database(app, directory, words):
    with app.app_context():
        found = finding.find(Criteria(words=words), Seeker(), datetime(2026, 1, 1, tzinfo=UTC))
        assert "sleep-clinic" in {service.slug for service in found.groups.national}
        assert not found.loosely


@pytest.mark.both_databases
def test_where_no_entry_has_all_the_words_some_will_do(app, directory):
    with app.app_context():
        found = finding.find(Criteria(words="sleep elephants"), Seeker(), datetime(2026, 1, 1, tzinfo=UTC))
        assert found.loosely
        assert not found.is_empty


@pytest.mark.both_databases
def test_the_database_and_the_rule_agree_on_what_is_open(app, people):
    hours = [
        [(WEEKDAYS, time(8), time(18))],
        [("MO,TU,WE,TH,FR,SA,SU", time(20), time(6))],
        [("SU", time(0), time(0)), ("SA", time(22), time(1, 30))],
        [("SU", time(1), time(2))],
    ]
    with app.app_context(), transaction():
        for number, spans in enumerate(hours):
            for holidays in BankHolidays:
                a_service(f"s-{number}-{holidays.value}", hours=spans, bank_holidays=holidays)
        a_service("always", always_open=True)
        a_service("unknown")

    with app.app_context():
        services = db.session.scalars(select(SupportService)).all()
        openings = {service.id: opening_of(service) for service in services}

        @settings(max_examples=40)
        @given(at=st.one_of(SPRING, AUTUMN, CHRISTMAS))
        def check(at):
            by_rule = {key for key, opening in openings.items() if is_open(opening, at, is_bank_holiday)}
            assert set(db.session.scalars(select(SupportService.id).where(open_now.is_open(at)))) == by_rule

        check()


@pytest.mark.both_databases
def test_support_that_fits_holds_every_crisis_line(app, directory):
    seeker = Seeker(directory.programme_id, directory.organisation_id)
    with app.app_context():
        assert [service.slug for service in support_that_fits([], seeker)] == ["samaritans", "shout"]
        fits = [service.slug for service in support_that_fits(["raise-a-concern", "no-need"], seeker)]
        assert fits == ["samaritans", "shout", "trust-guardian", "protect"]
        for_visitors = [service.slug for service in support_that_fits(["raise-a-concern"])]
        assert for_visitors == ["samaritans", "shout", "guardian", "protect"]


def test_services_are_found_by_slug_urgent_first_then_as_named(app, directory):
    with app.app_context():
        found = services_by_slug(["acas", "shout", "nobody", "sleep-tips", "samaritans", "acas", "draft"])
        assert [service.slug for service in found] == ["shout", "samaritans", "acas", "sleep-tips"]
        assert services_by_slug([]) == []
        assert services_by_slug(iter(["nobody"])) == []


def test_a_signpost_leads_to_one_s_own_organisation_or_to_one_that_exists(app, directory):
    with app.app_context():
        mine = Seeker(directory.programme_id, directory.organisation_id)
        named = ["guardian", "people-services", "samaritans"]
        found = [service.slug for service in services_by_slug(named, mine)]
        assert found == ["samaritans", "trust-guardian", "people-services", "acas"]
        assert [service.slug for service in services_by_slug(named)] == ["samaritans", "guardian", "people-services"]


def test_every_template_has_somewhere_else_to_turn():
    assert FALL_BACK.keys() == set(Template)


def test_each_line_that_needs_a_voice_gets_a_way_without(app, directory):
    now = datetime(2026, 1, 1, tzinfo=UTC)
    with app.app_context():
        crisis = services_by_slug(["samaritans", "shout"])
        cards = with_silent_ways([card_of(service, now, is_bank_holiday) for service in crisis])
    assert [bool(card.silent) for card in cards] == [True, False]
    assert cards[0].silent.address == "sms:85258"
