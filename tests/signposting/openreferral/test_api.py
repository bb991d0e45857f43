"""What other directories read of ours: valid, complete, and nothing that is not public."""

import json
from functools import cache
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from sqlalchemy import event

from app import create_app
from app.core.db import db
from app.signposting.openreferral.reading import read
from tests import databases
from tests.people import meet
from tests.signposting.openreferral import directory
from tests.signposting.openreferral.directory import HOW_MANY, SECRET, uuid

AT = "/openreferral/v3"
SCHEMAS = Path(__file__).parents[2] / "vendor" / "open-referral-uk"
PAGE = {"total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents"}
LISTS = ["services", "service_at_locations", "taxonomies", "taxonomy_terms"]
SCHEMA_OF = {
    "services": ("service_list", "service"),
    "service_at_locations": ("service_at_location_list", "service_at_location"),
}


@pytest.fixture(scope="module")
def filled_sqlite(sqlite_template, tmp_path_factory):
    """A SQLite file with the directory in it, made once."""
    folder = tmp_path_factory.mktemp("directory")
    url = databases.copy_of(sqlite_template, folder)
    _fill(url, folder)
    return folder / url.rpartition("/")[2]


@pytest.fixture
def database(request, tmp_path):
    if getattr(request, "param", "sqlite") == "sqlite":
        return databases.copy_of(request.getfixturevalue("filled_sqlite"), tmp_path)
    url = request.getfixturevalue("postgres_as_new")()
    _fill(url, tmp_path)
    return url


def _fill(url, folder):
    app = create_app(databases.test_settings(url, folder))
    with app.app_context():
        directory.fill(meet())
        db.engine.dispose()


@pytest.fixture
def filled(anonymous):
    return anonymous


@cache
def validator(name):
    schema = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    return Draft202012Validator(schema, format_checker=FormatChecker())


def assert_valid(name, entry):
    assert [f"{fault.json_path}: {fault.message}" for fault in validator(name).iter_errors(entry)] == []


def assert_nothing_empty(thing):
    assert thing not in (None, "", {}), "an empty field is left out"
    for inner in thing.values() if isinstance(thing, dict) else thing if isinstance(thing, list) else ():
        assert_nothing_empty(inner)


def asked(client, path, **parameters):
    answer = client.get(f"{AT}/{path}", query_string=parameters)
    assert answer.status_code == 200, answer.text
    return answer.json


def names(page):
    return [entry["name"] for entry in page["contents"]]


def test_the_front_page_says_which_standard_it_is(anonymous):
    about = anonymous.get(f"{AT}/").json
    assert about["version"] == "HSDS-UK-3.0"
    assert about["profile"].startswith("https://")
    assert anonymous.get(about["openapi_url"]).json["openapi"] == "3.1.0"


def test_every_entry_of_every_page_is_valid_and_whole(filled):
    for kind in LISTS:
        seen = []
        for number in range(1, 10):
            page = asked(filled, kind, page=number, per_page=40)
            assert page.keys() == PAGE
            assert (page["page_number"], page["first_page"]) == (number, number == 1)
            assert page["size"] == len(page["contents"]) <= 40
            assert page["empty"] == (not page["contents"])
            seen += page["contents"]
            if page["last_page"]:
                break
        assert len(seen) == len({entry["id"] for entry in seen}) == page["total_items"] > 0
        for entry in seen:
            assert_nothing_empty(entry)
            if kind in SCHEMA_OF:
                assert_valid(SCHEMA_OF[kind][0], entry)
        for entry in seen[:1] + seen[len(seen) // 2 :][:1] + seen[-1:]:
            whole = asked(filled, f"{kind}/{entry['id']}")
            assert_nothing_empty(whole)
            assert {key: whole[key] for key in ("id", "name") if key in entry}.items() <= entry.items()
            if kind in SCHEMA_OF:
                assert_valid(SCHEMA_OF[kind][1], whole)


def test_every_public_service_is_there_once_and_no_other(filled):
    everything = [
        entry for number in (1, 2) for entry in asked(filled, "services", page=number, per_page=100)["contents"]
    ]
    assert [entry["id"] for entry in everything] == directory.ids()
    for number in range(500, 505):
        assert filled.get(f"{AT}/services/{uuid(1, number)}").status_code == 404
    places = asked(filled, "service_at_locations", per_page=100)
    assert places["total_items"] == HOW_MANY // 2


def test_nobody_is_named(filled):
    for path in ("services?per_page=100", f"services/{uuid(1, 2)}", f"service_at_locations/{uuid(2, 2)}"):
        assert SECRET not in filled.get(f"{AT}/{path}").text


@pytest.mark.parametrize(
    ("size", "number", "last"), [(1, 1, False), (1, HOW_MANY, True), (100, 1, False), (100, 2, True)]
)
def test_pages_of_one_and_of_a_hundred(filled, size, number, last):
    page = asked(filled, "services", per_page=size, page=number)
    assert page["last_page"] is last
    assert page["total_items"] == HOW_MANY
    assert page["total_pages"] == -(-HOW_MANY // size)


def test_a_page_with_nothing_on_it(filled):
    nothing = {"total_items": 0, "total_pages": 0, "page_number": 1, "size": 0, "first_page": True, "last_page": True}
    assert asked(filled, "services", search="zebra") == {**nothing, "empty": True, "contents": []}
    beyond = asked(filled, "services", page=99)
    assert (beyond["empty"], beyond["last_page"], beyond["total_items"]) == (True, True, HOW_MANY)


def test_filters_are_joined(filled):
    assert names(asked(filled, "services", search="thing 7"))[0] == "Service 007"
    assert asked(filled, "services", taxonomy_id=directory.COLOURS.uuid)["total_items"] == HOW_MANY
    assert asked(filled, "services", taxonomy_term_id=uuid(6, 0))["total_items"] == HOW_MANY // 3
    assert (
        asked(filled, "services", taxonomy_term_id=uuid(6, 0), search="thing 9")["contents"][0]["name"] == "Service 009"
    )
    assert asked(filled, "services", taxonomy_term_id=uuid(6, 9))["empty"]
    young = asked(filled, "services", minimum_age=30)["total_items"]
    assert young == asked(filled, "services", maximum_age=17)["total_items"] == HOW_MANY - HOW_MANY // 5


@pytest.mark.both_databases
def test_hours_and_places_are_asked_for(filled):
    with_hours = HOW_MANY // 3
    always = 1
    assert asked(filled, "services", day="MO")["total_items"] == with_hours + always
    assert asked(filled, "services", day="SU")["total_items"] == always
    assert (
        asked(filled, "services", day="MO", start_time="10:00", end_time="16:30")["total_items"] == with_hours + always
    )
    assert asked(filled, "services", start_time="18:00")["total_items"] == always
    at = asked(filled, "service_at_locations", postcode="LE2 1AA")["total_items"]
    assert at == HOW_MANY // 4
    near = asked(filled, "service_at_locations", postcode="LE2 1AA", proximity=500)["total_items"]
    assert 0 < near < HOW_MANY // 2
    assert asked(filled, "service_at_locations", postcode="ZE1 0AA", proximity=500)["empty"]
    assert asked(filled, "service_at_locations", postcode="LE1 5WW", proximity=500_000)["total_items"] == HOW_MANY // 2


@pytest.mark.parametrize(
    "wrong",
    [
        *(
            "page=0",
            "page=x",
            "page=-1",
            "per_page=0",
            "per_page=101",
            "per_page=1.5",
            "taxonomy_id=7",
            "minimum_age=old",
        ),
        *("day=Monday", "start_time=9am", "end_time=25:00", "taxonomy_term_id=x", "search=%00", "page=١"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_problem_document(anonymous, wrong):
    answer = anonymous.get(f"{AT}/services?{wrong}")
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"
    assert answer.json["status"] == 400
    assert answer.json["invalid_params"][0]["name"] == wrong.partition("=")[0]


@pytest.mark.parametrize("wrong", ["postcode=here", "proximity=5", "postcode=LE1+5WW&proximity=0"])
def test_places_refuse_what_they_cannot_read(anonymous, wrong):
    assert anonymous.get(f"{AT}/service_at_locations?{wrong}").status_code == 400


@pytest.mark.parametrize(
    "path", [*(f"{kind}/{uuid(1, 999)}" for kind in LISTS), "services/7", "nothing", "services/7/8"]
)
def test_what_is_not_there_is_told_as_a_problem_document(anonymous, path):
    answer = anonymous.get(f"{AT}/{path}")
    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")


def test_any_origin_may_read_and_ask_again_for_nothing(filled):
    first = filled.get(f"{AT}/services")
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in first.headers
    again = filled.get(f"{AT}/services", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    head = filled.head(f"{AT}/services")
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", first.headers["ETag"])
    options = filled.options(f"{AT}/services")
    assert options.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert filled.post(f"{AT}/services").status_code == 405


def test_a_page_takes_as_many_queries_as_an_entry_or_fewer_whatever_its_length(app, filled):
    with app.app_context():
        engine = db.engine
    asked_of = []
    event.listen(engine, "before_cursor_execute", lambda *about: asked_of.append(about[2]))

    def queries(path):
        asked_of.clear()
        filled.get(f"{AT}/{path}")
        return len(asked_of)

    for kind in LISTS:
        assert (
            queries(f"{kind}?per_page=1") == queries(f"{kind}?per_page=100") <= 3
        )  # the beginning of a transaction is one
    assert queries(f"services/{uuid(1, 6)}") <= 10


def test_what_we_publish_we_can_read(filled):
    for number in (1, 6, 10):
        published = asked(filled, f"services/{uuid(1, number)}")
        back, findings = read(published, seed="", ours=True)
        assert findings == []
        assert back.name == f"Service {number:03}"
