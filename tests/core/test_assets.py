"""Static files: compressed where a twin exists, kept for ever under their version, never under an old one."""

import os

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient
from whitenoise.compress import main as compress

from app.core import assets
from tools import vendor

CSS = "p { color: black }\n" * 200


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "static"
    (folder / "core").mkdir(parents=True)
    (folder / "core" / "app.css").write_text(CSS)
    (folder / "core" / "app.js").write_text('import "./exit.js";')
    return folder


class Browser(FlaskClient):
    """A client that reads every answer to its end, as a server does, so that the file is closed."""

    def open(self, *args, **kwargs):
        return super().open(*args, buffered=True, **kwargs)


def client_of(folder):
    app = Flask("tiny", static_folder=None)
    assets.init_app(app, folder)
    client = Browser(app, app.response_class)
    client.static_url = app.jinja_env.globals["static_url"]
    return client


def test_a_twin_that_is_older_than_its_file_is_not_sent(folder):
    compress([str(folder), "--quiet"])
    style = folder / "core" / "app.css"
    style.write_text(CSS + "/* changed */")
    for end in assets.TWINS:
        os.utime(f"{style}{end}", (1, 1))
    client = client_of(folder)
    answer = client.get(client.static_url("core/app.css"), headers={"Accept-Encoding": "br, gzip"})
    assert "Content-Encoding" not in answer.headers
    assert answer.text.endswith("/* changed */")


class TestAddress:
    def test_it_holds_the_version_and_may_be_kept_for_ever(self, folder):
        client = client_of(folder)
        address = client.static_url("core/app.css")
        answer = client.get(address)
        assert answer.text == CSS
        assert answer.headers["Cache-Control"] == "max-age=315360000, public, immutable"
        assert answer.headers["Content-Type"] == 'text/css; charset="utf-8"'
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Access-Control-Allow-Origin" not in answer.headers

    def test_it_changes_with_any_file_and_not_with_a_twin(self, folder):
        before = client_of(folder).static_url("core/app.css")
        compress([str(folder), "--quiet"])
        assert client_of(folder).static_url("core/app.css") == before
        (folder / "core" / "app.js").write_text("// another release")
        assert client_of(folder).static_url("core/app.css") != before

    def test_a_module_finds_its_neighbours(self, folder):
        client = client_of(folder)
        (script, style) = (client.static_url(f"core/{name}") for name in ("app.js", "app.css"))
        assert script.rpartition("/")[0] == style.rpartition("/")[0]

    def test_a_file_that_is_not_there_is_noticed_by_the_page(self, folder):
        with pytest.raises(FileNotFoundError, match=r"static/core/app\.scss"):
            client_of(folder).static_url("core/app.scss")

    def test_without_a_version_the_browser_asks_again(self, folder):
        answer = client_of(folder).get("/static/core/app.css")
        assert answer.headers["Cache-Control"] == "max-age=0, public"
        again = {"If-None-Match": answer.headers["ETag"]}
        assert client_of(folder).get("/static/core/app.css", headers=again).status_code == 304

    def test_a_page_of_an_older_release_still_gets_its_files_but_does_not_keep_them(self, folder):
        answer = client_of(folder).get("/static/v-000000000000/core/app.css")
        assert answer.text == CSS
        assert answer.headers["Cache-Control"] == "max-age=0, public"

    @pytest.mark.parametrize(
        "path", ["/static/v-0/../app/config.py", "/static/../pyproject.toml", "/static/v-1", "/static/"]
    )
    def test_nothing_else_is_served(self, folder, path):
        (folder.parent / "pyproject.toml").write_text("secret")
        assert client_of(folder).get(path).status_code == 404


class TestTwins:
    def get(self, client, accepted):
        headers = {"Accept-Encoding": accepted} if accepted else {}
        return client.get(client.static_url("core/app.css"), headers=headers)

    def test_a_browser_that_can_gets_the_small_one(self, folder):
        compress([str(folder), "--quiet"])
        client = client_of(folder)
        answer = self.get(client, "gzip, deflate, br")
        assert answer.headers["Content-Encoding"] == "br"
        assert brotli.decompress(answer.data).decode() == CSS
        assert len(answer.data) < len(CSS) / 10
        assert self.get(client, "gzip").headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in answer.headers["Vary"]

    def test_a_browser_that_cannot_gets_the_plain_one(self, folder):
        compress([str(folder), "--quiet"])
        answer = self.get(client_of(folder), None)
        assert "Content-Encoding" not in answer.headers
        assert answer.text == CSS

    def test_without_twins_everybody_gets_the_plain_one(self, folder):
        answer = self.get(client_of(folder), "gzip, br")
        assert "Content-Encoding" not in answer.headers
        assert answer.text == CSS


def test_while_debugging_a_change_shows_at_once(folder):
    app = Flask("tiny", static_folder=None)
    app.debug = True
    assets.init_app(app, folder)
    address = app.jinja_env.globals["static_url"]("core/app.css")
    client = Browser(app, app.response_class)
    assert client.get(address).text == CSS
    (folder / "core" / "app.css").write_text("p {}")
    assert client.get(address).text == "p {}"


class TestVendored:
    def test_every_file_is_the_one_that_was_reviewed(self):
        assert vendor.differences() == []

    def test_an_altered_and_an_added_file_are_noticed(self, tmp_path, monkeypatch):
        shelf = tmp_path / "vendor"
        (shelf / "thing-1").mkdir(parents=True)
        (shelf / "VENDORED.toml").write_text(
            '[[package]]\nfolder = "thing-1"\n[[package.file]]\nto = "a.js"\nsha256 = "0"\n'
            '[[package.file]]\nto = "gone.js"\nsha256 = "0"\n'
        )
        (shelf / "thing-1" / "a.js").write_text("altered")
        (shelf / "thing-1" / "b.js").write_text("added")
        monkeypatch.setattr(vendor, "SHELVES", (shelf,))
        monkeypatch.setattr(vendor, "ROOT", tmp_path)
        first, second, third = vendor.differences()
        assert first.startswith("vendor/thing-1/a.js is ")
        assert second.startswith("vendor/thing-1/gone.js is missing")
        assert third == "vendor/thing-1/b.js is not listed in VENDORED.toml"

    def test_the_stylesheet_asks_no_other_host_and_names_no_font_that_is_not_ours(self):
        css = (assets.ROOT / "vendor/nhsuk-frontend-10.6.1/nhsuk-frontend.min.css").read_text()
        assert "@font-face" not in css
        assert "Frutiger" not in css
        assert "//" not in css.replace("http://www.w3.org", "")
        assert "url(images/nhsuk-icon-cross.svg)" in css

    def test_every_picture_of_the_stylesheet_is_there(self):
        folder = assets.ROOT / "vendor" / "nhsuk-frontend-10.6.1"
        css = (folder / "nhsuk-frontend.min.css").read_text()
        names = {part.split(")")[0] for part in css.split("url(")[1:]}
        assert names
        assert all((folder / name).is_file() for name in names)

    def test_an_edit_leaves_the_rest_alone(self):
        font = "@font-face{font-family:Frutiger W01;src:url(https://assets.example/f.woff)}"
        assert (
            vendor.without_remote_fonts(f"a{{}}{font}b{{font-family:Frutiger W01,arial}}") == "a{}b{font-family:arial}"
        )
        assert vendor.with_own_icons("url(/assets/images/x.svg)") == "url(images/x.svg)"
        assert vendor.without_source_map("a{}\n/*# sourceMappingURL=x.css.map */\n") == "a{}\n"
        assert vendor.without_source_map("a();//# sourceMappingURL=x.js.map") == "a();\n"
