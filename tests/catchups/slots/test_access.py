"""Who reaches which page and action: host, peer, outsider, leads of both programmes, moderator, suspended, nobody."""

import pytest

from app.accounts.rules import Role
from app.core.db import db, transaction
from app.programme.models import Programme
from tests.catchups.slots.line import CANCELLED, Line
from tests.people import a_person

EVERYBODY = (
    *("host", "peer", "outsider", "lead", "moderator", "sponsor"),
    *("stranger", "other_lead", "suspended", "anonymous"),
)
SIGN_IN, FORBIDDEN, MISSING = "sign in", 403, 404


@pytest.fixture
def cohort_slot(app, people):
    """The owner's catch-up for their own cohort."""
    with app.app_context():
        return Line.of(app, people, people.owner, cohort_id=people.cohort_id, capacity=3)


@pytest.fixture
def browser_of(people, client_for, anonymous):
    def browser(name):
        if name == "anonymous":
            return anonymous
        return client_for(getattr(people, "owner" if name == "host" else name).email)

    return browser


def outcome(answer):
    """The status of an answer; being sent to sign in is one of its own."""
    if answer.status_code == 302 and "/login" in answer.location:
        return SIGN_IN
    return answer.status_code


# Who gets what of a slot for one cohort, hosted by a member of it.
PAGES = {
    "": {"host": 200, "peer": 200, "lead": 200},
    "/give-up": {"host": 200, "peer": 200, "lead": 200},
    "/change": {"host": 200, "peer": FORBIDDEN, "lead": 200},
    "/cancel": {"host": 200, "peer": FORBIDDEN, "lead": 200},
    "/people": {"host": 200, "peer": FORBIDDEN, "lead": 200},
    "/story": {"host": FORBIDDEN, "peer": FORBIDDEN, "outsider": FORBIDDEN, "moderator": FORBIDDEN, "lead": MISSING},
}
ACTIONS = {
    "/sign-up": {"host": FORBIDDEN, "peer": 303, "lead": 303},
    "/wait": {"host": FORBIDDEN, "peer": 303, "lead": 303},
    "/accept": {"host": FORBIDDEN, "peer": 303, "lead": 303},
    "/give-up": {"host": FORBIDDEN, "peer": 303, "lead": 303},
    "/change": {"host": 422, "peer": FORBIDDEN, "lead": 422},
    "/cancel": {"host": 422, "peer": FORBIDDEN, "lead": 422},
    "/people": {"host": 303, "peer": FORBIDDEN, "lead": 303},  # with the answer that it is too early
    "/story": {"host": FORBIDDEN, "peer": FORBIDDEN, "outsider": FORBIDDEN, "moderator": FORBIDDEN, "lead": MISSING},
}
# Everybody else: a slot that is not for them does not exist; outside the community there are no catch-ups.
OTHERS = {
    **dict.fromkeys(("outsider", "moderator", "stranger", "other_lead"), MISSING),
    **dict.fromkeys(("sponsor", "suspended"), FORBIDDEN),
    "anonymous": SIGN_IN,
}
OF_LEADS = {"stranger": FORBIDDEN}  # who hold no such role anywhere


def expected(table, address, name):
    if name in table[address]:
        return table[address][name]
    return OF_LEADS.get(name, OTHERS[name]) if address == "/story" else OTHERS[name]


@pytest.mark.parametrize("name", EVERYBODY)
def test_pages(cohort_slot, browser_of, name):
    browser = browser_of(name)
    answers = {page: outcome(browser.get(f"/catchups/{cohort_slot.slot_id}{page}")) for page in PAGES}
    assert answers == {page: expected(PAGES, page, name) for page in PAGES}


@pytest.mark.parametrize("name", EVERYBODY)
def test_actions(app, cohort_slot, browser_of, name):
    browser = browser_of(name)
    app.config["WTF_CSRF_ENABLED"] = False  # so that nobody is refused for the want of a token
    before = cohort_slot.slot
    answers = {verb: outcome(browser.post(f"/catchups/{cohort_slot.slot_id}{verb}")) for verb in ACTIONS}
    expect = {verb: expected(ACTIONS, verb, name) for verb in ACTIONS}
    assert answers == expect
    after = cohort_slot.slot
    assert (after.taken, after.cancelled_at, after.starts_at, after.attendance_at) == (
        0,
        None,
        before.starts_at,
        None,
    )


@pytest.mark.parametrize("verb", ["sign-up", "wait", "accept", "give-up", "change", "cancel", "people"])
def test_nothing_happens_without_a_token(cohort_slot, client_for, people, verb):
    for person in (people.owner, people.peer):
        assert client_for(person.email).post(f"/catchups/{cohort_slot.slot_id}/{verb}").status_code == 400
    assert cohort_slot.slot.taken == 0


LISTS = ("/catchups", "/catchups/month", "/catchups/mine", "/catchups/past", "/catchups/new")


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("host", [200] * 5),
        ("moderator", [200] * 5),
        ("stranger", [200] * 5),
        ("sponsor", [FORBIDDEN] * 5),
        ("suspended", [FORBIDDEN] * 5),
        ("anonymous", [SIGN_IN] * 5),
    ],
)
def test_lists(cohort_slot, browser_of, name, answers):
    browser = browser_of(name)
    assert [outcome(browser.get(page)) for page in LISTS] == answers


def test_the_other_programme_sees_nothing_of_ours(cohort_slot, browser_of):
    for name in ("stranger", "other_lead"):
        browser = browser_of(name)
        assert not [page for page in LISTS if "Coffee by the river" in browser.get(page).text]


def test_nobody_offers_to_a_cohort_that_is_not_theirs(people, client_for):
    form = {
        "topic": "For others",
        "day-day": "1",
        "day-month": "6",
        "day-year": "2027",
        "starts": "9am",
        "ends": "9:30am",
        "way": "in_person",
        "place": "Here",
        "capacity": "3",
        "audience": str(people.other_cohort_id),
    }
    browser = client_for(people.owner.email)
    assert browser.submit("/catchups/new", form).status_code == 422
    assert "For others" not in client_for(people.outsider.email).get("/catchups").text


def test_a_link_is_only_for_those_who_have_a_place(app, people, client_for):
    with app.app_context():
        line = Line.of(app, people, people.owner, way="online", place="", link="https://meet.example/abc")
    where = f"/catchups/{line.slot_id}"
    assert "meet.example" in client_for(people.owner.email).get(where).text
    browser = client_for(people.peer.email)
    assert "meet.example" not in browser.get(where).text
    browser.submit(f"{where}/sign-up", page=where)
    assert "meet.example" in browser.get(where).text
    browser.submit(f"{where}/give-up")
    assert line.state(people.peer) == CANCELLED
    assert "meet.example" not in browser.get(where).text


def test_first_names_are_for_those_in_the_slot(line, people, client_for):
    where = f"/catchups/{line.slot_id}"
    line.sign_up(people.peer)
    browser = client_for(people.owner.email)
    assert "Petra" not in browser.get(where).text
    browser.submit(f"{where}/sign-up", page=where)
    page = browser.get(where).text
    assert "Petra" in page
    assert "Petra Peer" not in page


def test_whoever_looks_after_it_sees_full_names(line, people, client_for):
    line.sign_up(people.peer)
    for person in (people.facilitator, people.lead):
        assert "Petra Peer" in client_for(person.email).get(f"/catchups/{line.slot_id}/people").text


def test_somebody_without_a_cohort_yet_reads_why_there_is_nothing(app, line, people, client_for):
    with app.app_context(), transaction():
        newcomer = a_person("Nia New", db.session.get_one(Programme, people.programme_id), Role.PARTICIPANT)
    browser = client_for(newcomer.email)
    page = browser.get("/catchups").text
    assert "when you have a place in one" in page
    assert "Coffee by the river" not in page
    assert browser.get("/catchups/new").status_code == 403
    assert browser.get(f"/catchups/{line.slot_id}").status_code == 404
