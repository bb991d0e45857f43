"""The words of a mail, and what stands around them."""

import re

import pytest

from app.core import mail, outbox
from app.core.db import transaction
from app.notifications.mail import linker, written
from tests.databases import test_settings
from tests.mailbox import html_of, text_of

TEMPLATES = {
    "invitation": {
        "name": "Nia",
        "invited_by": "Leila Lead",
        "role_words": "an author",
        "token": "t0k",
        "until": "1 May 2025",
    },
    "password_reset": {"name": "Nia", "token": "t0k", "hours": 4},
    "password_changed": {"name": "Nia"},
}


@pytest.fixture
def write(app, settings, people):
    def write(template, key="a key", programme_id=None, to="nia@ward.example", subject="About you", **context):
        message = outbox.Message(
            key, {"template": template, "to": to, "subject": subject, "context": context}, programme_id
        )
        with app.app_context():
            return written(message, settings)

    return write


@pytest.mark.parametrize("template", TEMPLATES)
def test_each_template_says_the_same_in_both_forms(write, template):
    found = write(template, **TEMPLATES[template])
    text, html = text_of(found), html_of(found)
    body = re.search(r"<main>(.*)</main>", html, re.DOTALL)[1]
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)).replace(" .", ".").strip()
    for sentence in words.split(". "):
        assert sentence.strip(" .") in re.sub(r"\s+", " ", text)
    assert "Hello Nia," in text
    assert "{{" not in text + html
    assert "None" not in text + html


@pytest.mark.parametrize("template", TEMPLATES)
def test_nothing_tells_us_who_opened_it(write, template):
    html = html_of(write(template, **TEMPLATES[template]))
    assert not re.search(r"<(img|iframe|script|link|object)\b|url\(|background=", html)
    for address in re.findall(r'(?:href|src)="([^"]+)"', html):
        assert address.startswith(("http://localhost/", "mailto:"))
        assert "?" not in address


def test_what_stands_around_the_words(write, settings):
    found = write("password_changed", name="Nia")
    assert found["To"] == "nia@ward.example"
    assert found["From"].addresses[0].addr_spec == settings.mail_from
    assert found["From"].addresses[0].display_name == "Active bystanders"
    assert found["Auto-Submitted"] == "auto-generated"
    assert found["Date"]
    assert found["Reply-To"] is None


def test_its_name_is_the_same_at_each_attempt_and_never_that_of_another(write):
    first, again, other = (
        write("password_changed", key="a"),
        write("password_changed", key="a"),
        write("password_changed", key="b"),
    )
    assert first["Message-ID"] == again["Message-ID"] != other["Message-ID"]
    assert re.fullmatch(r"<[0-9a-f]{40}@demo\.example>", first["Message-ID"])


def test_a_mail_of_a_programme_bears_its_name_and_whom_to_ask(write, people):
    found = write("invitation", programme_id=people.programme_id, **TEMPLATES["invitation"])
    assert found["From"].addresses[0].display_name == "Programme here"
    for words in (text_of(found), html_of(found)):
        assert "to join Programme here as an author" in words
        assert "team@here.example" in words


def test_names_are_words_and_not_markup(write):
    found = write("password_changed", name="<b>Nia</b> & {{ 7 * 7 }}")
    assert "<b>Nia</b> & {{ 7 * 7 }}" in text_of(found)
    assert "&lt;b&gt;Nia&lt;/b&gt; &amp; {{ 7 * 7 }}" in html_of(found)


@pytest.mark.parametrize("field", ["to", "subject"])
def test_nobody_smuggles_a_line_into_the_head(write, field):
    with pytest.raises(ValueError, match=r"(?i)header|linefeed|newline"):
        write("password_changed", **{field: "a@b.example\r\nBcc: all@b.example"})


@pytest.mark.parametrize(
    ("public_url", "address"),
    [
        ("https://bystanders.example", "https://bystanders.example/forgotten-password"),
        ("https://trust.example/bystanders", "https://trust.example/bystanders/forgotten-password"),
        ("http://127.0.0.1:8001", "http://127.0.0.1:8001/forgotten-password"),
    ],
)
def test_links_begin_with_the_public_address(app, public_url, address):
    with app.app_context():
        assert linker(public_url)("passwords.forgotten") == address


class TestTheDemonstration:
    @pytest.fixture
    def settings(self, database, tmp_path):
        return test_settings(database, tmp_path, demo=True)

    def test_it_keeps_mail_in_a_folder_and_shows_it_on_the_console(self, app, settings, capsys):
        with app.app_context():
            for number in (1, 2):
                with transaction():
                    mail.put("password_changed", to="nia@ward.example", subject="Changed", key=str(number), name="Nia")
                outbox.sweep()
        files = sorted(path.name for path in (settings.instance / "mail").iterdir())
        assert files == ["00001.eml", "00002.eml"]
        said = capsys.readouterr().out
        assert "nia@ward.example: Changed" in said
        assert "http://localhost/forgotten-password" in said
        assert "This is a demonstration" in said
