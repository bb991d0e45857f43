"""What a program can see to be wrong with an entry; and the command that says so."""

import json
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from app.core.db import transaction
from app.signposting.kinds import PhoneKind
from app.signposting.openreferral.listing import Hours, Listing, Phone, Place
from app.signposting.openreferral.operations.feeds import TEAM
from app.signposting.openreferral.operations.keeping import new_service
from app.signposting.upkeep import lines
from app.signposting.upkeep.checks import Kept, faults
from app.signposting.upkeep.rules import Due, due
from tests.signposting.openreferral.directory import uuid
from tests.signposting.openreferral.entries import listings

TODAY = date(2026, 11, 22)
GOOD = Listing(
    uuid=uuid(1, 1),
    name="Line",
    summary="Listens",
    url="https://example.org/",
    phones=(Phone(uuid=uuid(2, 1), number="116 123"),),
)


def told(listing, next_check_on=TODAY, **about):
    return [
        (fault.severity.value, fault.what) for fault in faults([Kept("line", listing, next_check_on, **about)], TODAY)
    ]


def test_a_good_entry_is_left_in_peace():
    assert told(GOOD) == []


def nine_to(closes, **about):
    return Hours(uuid=uuid(4, 1), opens_at=time(9), closes_at=closes, **{"byday": "MO", **about})


@pytest.mark.parametrize(
    ("change", "severity", "said"),
    [
        ({"phones": (Phone(uuid="1", number="0808 800330"),)}, "error", "was a digit lost?"),
        ({"phones": (Phone(uuid="1", number="07700 900123"),)}, "error", "nobody ever answers"),
        ({"url": "http://exa mple"}, "error", "no web address"),
        ({"email": "nobody"}, "error", "no email address"),
        ({"hours": (nine_to(time(9)),)}, "error", "end when they begin"),
        ({"hours": (nine_to(time(17), byday=""),)}, "error", "no days"),
        ({"hours": (nine_to(time(17), valid_to=date(2024, 3, 31)),)}, "error", "They ended on"),
        ({"places": (Place(link="1", uuid="2", postcode="LE"),)}, "error", "no postcode"),
        ({"phones": (), "url": ""}, "error", "Nothing says how to reach it"),
        ({"ways": frozenset({"text"})}, "warning", "no number to text"),
        ({"checked_on": TODAY + timedelta(days=1)}, "error", "in the future"),
        ({"summary": ""}, "warning", "in a sentence"),
        ({"always_open": True, "hours": (nine_to(time(17)),)}, "warning", "needs no hours"),
    ],
)
def test_each_fault_is_told(change, severity, said):
    [(how_bad, what)] = told(replace(GOOD, **change))
    assert (how_bad, said in what) == (severity, True)


def test_overdue_entries_and_twins_are_told():
    assert "overdue since 2026-11-21" in told(GOOD, TODAY - timedelta(days=1))[0][1]
    assert "never checked" in told(GOOD, None)[0][1]
    assert told(GOOD, None, shown=False) == []
    assert told(replace(GOOD, phones=(), url=""), general=True) == []
    twin = replace(GOOD, name="Another", phones=(Phone(uuid="9", number="116123"),))
    [fault] = faults([Kept("line", GOOD, TODAY), Kept("other", twin, TODAY)], TODAY)
    assert (fault.slug, "(line)" in fault.what) == ("other", True)


@pytest.mark.parametrize(
    ("late", "is_"), [(-1, Due.FINE), (0, Due.FINE), (1, Due.OVERDUE), (90, Due.OVERDUE), (91, Due.PAST_LIMIT)]
)
def test_when_an_entry_is_overdue(late, is_):
    assert due(TODAY - timedelta(days=late), TODAY) is is_


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(listings())
def test_lines_say_what_they_were_made_of(listing):
    again = lines.phones_in(lines.phone_lines(listing.phones), listing.phones)
    assert [(each.number, each.kind) for each in again] == [(each.number, each.kind) for each in listing.phones]
    back = lines.hours_in(lines.hours_lines(listing.hours), listing.hours)
    assert sorted(each.uuid for each in back) == sorted(each.uuid for each in listing.hours)
    assert [each.byday for each in lines.hours_in("Mon to Wed 9am to midnight")] == ["MO,TU,WE"]


def test_a_text_number_says_so():
    [phone] = lines.phones_in("text 85258: Text SHOUT to 85258")
    assert (phone.kind, phone.number, phone.label) == (PhoneKind.TEXT, "85258", "Text SHOUT to 85258")


def test_the_command_prints_each_fault_with_the_entry(app):
    run = app.test_cli_runner()
    assert run.invoke(args=["directory", "check"]).exit_code == 0
    with app.app_context(), transaction():
        new_service(replace(GOOD, phones=(Phone(uuid=uuid(2, 2), number="0808 800330"),)), TEAM, "")
    answer = run.invoke(args=["directory", "check"])
    assert answer.exit_code == 1
    assert "Line (line)" in answer.output
    assert "was a digit lost?" in answer.output
    as_json = json.loads(run.invoke(args=["directory", "check", "--format", "json"]).output)
    assert (as_json["entries"], as_json["errors"]) == (1, 1)
    assert run.invoke(args=["directory", "check", "--format", "xml"]).exit_code == 2


def test_the_commands_import_export_and_undo(app, tmp_path):
    run = app.test_cli_runner()
    file = tmp_path / "feed.csv"
    file.write_text("id,name,telephone\n7,Tea and talk,0300 123 1100\n8,,111\n", encoding="utf-8")
    told = run.invoke(args=["directory", "import", str(file), "--publish", "--dry-run"])
    assert "1 new, 1 refused; nothing was kept" in told.output.replace("1 refused, 1 new", "1 new, 1 refused")
    kept = run.invoke(args=["directory", "import", str(file), "--publish"])
    assert kept.exit_code == 0, kept.output
    assert "It has no name." in kept.output
    assert "Tea and talk" in run.invoke(args=["directory", "export"]).output
    assert run.invoke(args=["directory", "export", "--format", "csv"]).output.startswith("id,name")
    assert run.invoke(args=["directory", "undo", "2"]).exit_code == 0
    assert run.invoke(args=["directory", "undo", "2"]).exit_code == 1
    assert "Tea" not in run.invoke(args=["directory", "export"]).output
    assert run.invoke(args=["directory", "import", str(tmp_path / "none")]).exit_code == 2
    assert run.invoke(args=["directory", "import", "http://127.0.0.1/"]).exit_code == 1
    assert run.invoke(args=["directory", "import", str(file), "--programme", "none"]).exit_code == 2
