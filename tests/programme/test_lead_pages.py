"""Leads write pages: previewed, kept, never over somebody else's words, and only their own programme's."""

import pytest

from app.core import audit
from app.core.db import db
from app.programme.models import PageVersion

EDIT = "/lead/pages/role"
PAGES_OF_LEADS = ["/lead/pages", EDIT, f"{EDIT}/history", f"{EDIT}/history/1"]


def draft(body="New words.", version=1, **changed):
    return {"title": "The role", "summary": "What you do", "body": body, "in_menu": "y", "version": version} | changed


@pytest.fixture
def lead(site, client_for):
    return client_for(site.lead.email)


def save(browser, **form):
    return browser.submit(EDIT, {**form, "save": "1"})


# -- who may -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", PAGES_OF_LEADS)
@pytest.mark.parametrize("who", ["owner", "suspended", "facilitator", "moderator", "author", "reviewer", "sponsor"])
def test_nobody_but_leads_comes_in(site, client_for, who, address):
    assert client_for(getattr(site, who).email).get(address).status_code == 403


@pytest.mark.parametrize("address", PAGES_OF_LEADS)
def test_visitors_are_sent_to_sign_in(site, anonymous, address):
    answer = anonymous.get(address)
    assert answer.status_code == 302
    assert "/login" in answer.location


def test_the_lead_of_another_programme_sees_and_changes_their_own(site, client_for, page_of):
    other = client_for(site.other_lead.email)
    assert "Programme elsewhere" in other.get("/lead/pages").text
    assert save(other, **draft("Theirs.")).status_code == 302
    assert page_of("role").body == "Step in early, when it is safe.\n"
    assert page_of("role", site.other_programme_id).body == "Theirs."


def test_a_page_that_only_another_programme_has_is_not_there(site, app, client_for):
    from app.core.db import transaction
    from app.programme.models import Programme
    from tests.programme.site import a_page

    with app.app_context(), transaction():
        a_page(db.session.get_one(Programme, site.programme_id), "ours", "Ours", "", "Words.")
    other = client_for(site.other_lead.email)
    token = other.get("/lead/pages/role").text.partition('name="csrf_token" value="')[2].partition('"')[0]
    for address in ("/lead/pages/ours", "/lead/pages/ours/history", "/lead/pages/ours/history/1"):
        assert other.get(address).status_code == 404
    for address in ("/lead/pages/ours", "/lead/pages/ours/history/1"):
        assert other.post(address, data=draft() | {"csrf_token": token, "save": "1"}).status_code == 404


# -- writing -----------------------------------------------------------------------------------------------------------


def test_a_saved_page_is_public_kept_and_on_record(site, lead, anonymous, page_of, look):
    assert save(lead, **draft("There are **{{ targets.sets }}** sets.")).location == EDIT
    assert "There are <strong>6</strong> sets." in anonymous.get("/role").text
    page = page_of("role")
    assert (page.version, page.updated_by_id) == (2, site.lead.id)
    kept = look(lambda: db.session.scalars(db.select(PageVersion.body).filter_by(page_id=page.id)).all())
    assert kept == ["Step in early, when it is safe.\n", "There are **{{ targets.sets }}** sets."]
    event = look(lambda: db.session.scalars(db.select(audit.AuditEvent).order_by(audit.AuditEvent.id.desc())).first())
    assert (event.action, event.subject_id, event.actor_id) == ("page_saved", page.id, site.lead.id)
    assert "sets" not in str(event.detail)


def test_a_preview_is_cooked_and_nothing_is_saved(lead, page_of):
    shown = lead.submit(EDIT, draft("**Bold** and <script>x</script> {{ programme.area }}") | {"preview": "1"})
    assert shown.status_code == 200
    assert "<strong>Bold</strong> and &lt;script&gt;x&lt;/script&gt; Area here" in shown.text
    assert "It is not saved yet" in shown.text
    assert page_of("role").version == 1


@pytest.mark.parametrize("button", ["save", "preview"])
def test_an_unknown_fact_is_refused_with_a_sentence(lead, page_of, button):
    refused = lead.submit(EDIT, draft("Come to {{ targets.venue }}!") | {button: "1"})
    assert refused.status_code == 422
    assert "There is no fact called {{ targets.venue }}" in refused.text
    assert "targets.places" in refused.text
    assert "Come to {{ targets.venue }}!" in refused.text
    assert page_of("role").version == 1


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"title": " "}, "Enter a title"),
        ({"title": "x" * 121}, "Keep it to 120 characters"),
        ({"summary": "x" * 301}, "Keep it to 300 characters"),
        ({"summary": "{{ who }}"}, "There is no fact called {{ who }}"),
        ({"body": ""}, "Enter the text of the page"),
        ({"body": "x" * 20_001}, "20000 characters"),
    ],
)
def test_what_cannot_be_saved_is_said_and_kept_on_the_screen(lead, page_of, changed, sentence):
    refused = save(lead, **draft(**changed))
    assert refused.status_code == 422
    assert sentence in refused.text
    assert "There is a problem" in refused.text
    assert page_of("role").version == 1


def test_hostile_markdown_is_harmless_in_preview_and_history(lead):
    save(lead, **draft("[x](javascript:alert(1)) <img src=x onerror=alert(1)>"))
    for address in ("/role", f"{EDIT}/history/2"):
        shown = lead.get(address).text
        assert 'href="javascript:' not in shown
        assert "<img src=x" not in shown


# -- two at once -------------------------------------------------------------------------------------------------------


def test_the_second_of_two_editors_sees_both_texts_and_nothing_is_lost(lead, page_of):
    assert save(lead, **draft("The first words.", version=1)).status_code == 302
    clash = save(lead, **draft("The second words.", version=1))
    assert clash.status_code == 409
    assert "Somebody saved this page before you" in clash.text
    assert "Leila Lead" in clash.text
    assert "The first words." in clash.text
    assert "The second words." in clash.text
    assert page_of("role").body == "The first words."
    decided = save(lead, **draft("Both words.", version=2))
    assert decided.status_code == 302
    assert page_of("role").body == "Both words."


@pytest.mark.parametrize("version", ["", "0", "-1", "two", "²", "9" * 40])
def test_a_version_that_nobody_saw_never_overwrites(lead, page_of, version):
    assert save(lead, **draft("Words.", version=version)).status_code == 409
    assert page_of("role").version == 1


# -- history -----------------------------------------------------------------------------------------------------------


def test_an_earlier_text_can_be_looked_at_and_put_back(lead, anonymous, page_of):
    save(lead, **draft("Other words."))
    listed = lead.get(f"{EDIT}/history").text
    assert "public now" in listed
    assert f'href="{EDIT}/history/1"' in listed
    assert "Step in early" in lead.get(f"{EDIT}/history/1").text
    assert lead.submit(f"{EDIT}/history/1", {"version": 2}).location == EDIT
    assert "Step in early" in anonymous.get("/role").text
    assert page_of("role").version == 3
    assert "Other words." in lead.get(f"{EDIT}/history/2").text


def test_nothing_is_put_back_over_a_text_saved_meanwhile(lead, page_of):
    save(lead, **draft("Other words."))
    assert lead.submit(f"{EDIT}/history/1", {"version": 1}).status_code == 409
    assert page_of("role").body == "Other words."
    assert lead.get(f"{EDIT}/history/7").status_code == 404
