"""Where people can turn: for everybody, the urgent first, with links that dial, and without a trace."""

import logging
import re

import pytest
from sqlalchemy import event

from app.core.db import db, transaction
from app.signposting.models import NeedGap, SupportService
from tests.signposting.conftest import a_service

EVERYBODY = ["owner", "outsider", "suspended", "lead", "moderator", "stranger"]
PAGES = ["/support", "/support/now", "/support/card", "/support/acas"]


def found_by(client, **asked):
    answer = client.post("/support/find", data=asked)
    assert answer.status_code == 200
    return answer.text


def entries_in(text):
    """The slugs of the entries of a page, crisis lines aside."""
    return re.findall(r'<article class="app-service" id="([^"]+)"', text)


def crisis_in(text):
    return re.findall(r'app-crisis__name" href="/support/([^"]+)"', text)


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("who", EVERYBODY)
def test_it_is_there_for_everybody(directory, client_for, who, address):
    assert client_for(getattr(directory, who).email).get(address).status_code == 200


@pytest.mark.parametrize("address", PAGES)
def test_visitors_leave_no_trace_and_pages_give_nobody_away(directory, anonymous, address):
    answer = anonymous.get(address)
    assert "Set-Cookie" not in answer.headers
    assert re.search(r"<title>\s*Information and contacts\s*</title>", answer.text)
    assert "Leave this page" in answer.text
    assert 'rel="nofollow noreferrer"' in answer.text


def test_numbers_dial_as_they_are(directory, anonymous):
    shown = anonymous.get("/support").text
    assert 'href="tel:116123">116 123</a>' in shown
    assert 'href="sms:85258">Text SHOUT to 85258</a>' in shown
    assert 'href="tel:03001231100">0300 123 1100</a>' in shown
    assert "tel:+44" not in shown


def test_a_line_that_needs_a_voice_has_a_way_without_beside_it(directory, anonymous):
    line = anonymous.get("/support").text.partition('href="/support/samaritans"')[2].partition("</li>\n</ul>")[0]
    assert "Cannot speak? shout" in line.lower().replace("Shout", "shout") or "Cannot speak? Shout" in line
    assert 'href="sms:85258"' in line


@pytest.mark.parametrize(
    "asked",
    [{"need": "sleep"}, {"words": "xyzzyx"}, {"words": "sleep"}, {"ways": "bsl", "free": "y", "open_now": "y"}, {}],
)
def test_no_search_takes_crisis_lines_away(directory, anonymous, asked):
    assert crisis_in(found_by(anonymous, **asked)) == ["samaritans", "shout"]


def test_words_and_needs_stand_in_no_address_log_or_cookie(directory, anonymous, caplog):
    with caplog.at_level(logging.DEBUG):
        answer = anonymous.post("/support/find", data={"words": "insomnia", "need": "sleep"})
    assert answer.request.path == "/support/find"
    assert not answer.request.query_string
    assert "insomnia" not in caplog.text
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    assert anonymous.get("/support/find").location == "/support"


@pytest.mark.parametrize("words", ["insomnia", "insomna", "SLEEP", "slep", "I can't sleep", "night shift", "tired"])
def test_synonyms_and_small_slips_find_it(directory, anonymous, words):
    assert set(entries_in(found_by(anonymous, words=words))) >= {"sleep-clinic", "sleep-tips"}


@pytest.mark.parametrize(
    ("asked", "there", "not_there"),
    [
        ({"need": "sleep"}, {"sleep-clinic", "sleep-tips"}, {"acas", "draft", "hubs"}),
        ({"need": "sleep", "free": "y"}, {"sleep-tips"}, {"sleep-clinic"}),
        ({"need": "sleep", "ways": ["bsl"]}, {"sleep-clinic"}, {"sleep-tips"}),
        ({"need": "sleep", "ways": ["text", "in_person"]}, {"sleep-tips", "sleep-clinic"}, set()),
        ({"need": "sleep", "profession": "police"}, {"sleep-tips"}, {"sleep-clinic"}),
        ({"need": "sleep", "profession": "nurses"}, {"sleep-tips", "sleep-clinic"}, set()),
        ({"manages": "no"}, {"acas"}, {"team-talk"}),
        ({"manages": "yes"}, {"acas", "team-talk"}, set()),
        ({"confidential": "y"}, {"acas"}, {"sleep-tips"}),
        ({"need": "nonsense", "profession": "king"}, {"acas", "sleep-tips"}, set()),
    ],
)
def test_filters_narrow_it_down(directory, anonymous, asked, there, not_there):
    shown = set(entries_in(found_by(anonymous, **asked)))
    assert there <= shown
    assert not not_there & shown


def test_nothing_found_says_so_kindly(directory, anonymous):
    shown = found_by(anonymous, words="xyzzyx")
    assert "We found no other entry for this" in shown
    assert "says nothing about you" in shown


def test_one_s_own_organisation_stands_beside_an_independent_route(directory, client_for, anonymous):
    mine = entries_in(client_for(directory.owner.email).post("/support/find", data={"need": "raise-a-concern"}).text)
    assert mine[0] == "trust-guardian"
    assert "guardian" not in mine
    assert "protect" in mine
    general = entries_in(found_by(anonymous, need="raise-a-concern"))
    assert general[0] == "guardian"
    assert "trust-guardian" not in general


def test_beside_the_organisation_there_is_always_somebody_outside_it(directory, client_for):
    shown = entries_in(
        client_for(directory.owner.email).post("/support/find", data={"need": "rights", "free": "y"}).text
    )
    assert "protect" not in shown or "people-services" in shown
    with_need = entries_in(client_for(directory.owner.email).post("/support/find", data={"need": "rights"}).text)
    assert with_need[:2] == ["people-services", "acas"]


def test_a_general_entry_says_where_else_to_turn(directory, anonymous):
    shown = anonymous.get("/support/guardian").text
    assert "If your organisation has none" in shown
    assert "protect" in entries_in(shown)


@pytest.mark.parametrize("who", ["outsider", "stranger", "lead", "other_lead"])
def test_an_organisation_s_entry_is_for_its_own_people(directory, client_for, anonymous, who):
    assert client_for(getattr(directory, who).email).get("/support/trust-guardian").status_code == 404
    assert anonymous.get("/support/trust-guardian").status_code == 404
    assert client_for(directory.owner.email).get("/support/trust-guardian").status_code == 200


def test_people_by_name_are_on_no_page(directory, client_for):
    owner = client_for(directory.owner.email)
    for address in ("/support", "/support/trust-guardian"):
        assert "Greta" not in owner.get(address).text
        assert "greta@" not in owner.get(address).text


def test_local_services_are_for_the_people_of_their_programme(directory, client_for):
    for who, there, not_there in (("owner", "near-by", "far-line"), ("stranger", "far-line", "near-by")):
        browser = client_for(getattr(directory, who).email)
        shown = entries_in(browser.post("/support/find", data={"need": "money"}).text)
        assert there in shown
        assert not_there not in shown
        assert browser.get(f"/support/{not_there}").status_code == 404


def test_what_has_ended_says_where_to_turn_instead(directory, anonymous):
    shown = anonymous.get("/support/hubs").text
    assert "This service has ended" in shown
    assert "It ended in March 2024." in shown
    assert 'href="tel:116123"' in shown
    assert anonymous.get("/support/draft").status_code == 404


def test_an_empty_directory_still_leads_to_somebody(anonymous, people):
    for address in ("/support", "/support/now"):
        assert 'href="tel:116123"' in anonymous.get(address).text


def test_hostile_entries_are_harmless(app, people, anonymous):
    words = "<script>alert(1)</script>"
    with app.app_context(), transaction():
        a_service("x", name=words, summary=words, alert=words, eligibility=words, hours_words=words, urgent=True)
    for address in ("/support", "/support/now", "/support/x", "/support/card"):
        main = anonymous.get(address).text.partition("<main")[2].partition("</main>")[0]
        assert "<script" not in main
    assert "&lt;script&gt;" in anonymous.get("/support/x").text


def test_entries_tell_how_far_one_may_rely_on_them(app, directory, anonymous):
    with app.app_context(), transaction():
        db.session.execute(db.update(SupportService).where(SupportService.slug == "acas").values(needs_checking=True))
    assert "Needs checking by the team" in anonymous.get("/support/acas").text
    assert "Needs checking</span>" in found_by(anonymous, need="rights")


def test_many_entries_come_a_page_at_a_time(app, people, anonymous):
    with app.app_context(), transaction():
        for number in range(45):
            a_service(f"debt-{number:02}", needs=["money"], name=f"Debt {number:02}")
    for asked in ({"need": "money"}, {"words": "debt"}):
        seen, after = [], ""
        for _page in range(3):
            shown = found_by(anonymous, **asked, after=after)
            seen += entries_in(shown)
            after = (re.findall(r'name="after" value="([^"]+)"', shown) or [""])[0]
        assert len(seen) == len(set(seen)) == 45
        assert after == ""


def test_a_search_costs_the_same_however_much_is_found(app, people, anonymous):
    def queries(**asked):
        heard = []
        with app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", lambda *about: heard.append(about[2]))
        found_by(anonymous, **asked)
        return len(heard)

    with app.app_context(), transaction():
        a_service("one", needs=["money"], phones=["116 123"])
    found_by(anonymous, words="money")
    few = queries(need="money", words="money")
    with app.app_context(), transaction():
        for number in range(40):
            a_service(f"more-{number}", needs=["money"], phones=["116 123", "999"], urgent=number < 5)
    found_by(anonymous, words="money")
    assert queries(need="money", words="money") <= few + 4


def test_what_is_not_found_is_counted_by_need_and_by_nothing_else(app, directory, client_for):
    browser = client_for(directory.owner.email)
    found_by(browser, need="addiction", words="my secret")
    found_by(browser, need="addiction")
    found_by(browser, words="my secret")
    found_by(browser, need="sleep")
    with app.app_context():
        counted = db.session.scalars(db.select(NeedGap)).all()
        assert [(gap.programme_id, gap.need, gap.times) for gap in counted] == [
            (directory.programme_id, "addiction", 2)
        ]
