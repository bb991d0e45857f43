"""Feeds by their address: nothing private is ever asked, and everything comes to an end."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from app.signposting.openreferral import fetching
from app.signposting.openreferral.fetching import Fetcher, is_public, whole_feed
from app.signposting.openreferral.files import UnreadableError


@pytest.fixture
def server():
    """`server(path → (status, headers, body))`: its address."""
    running = []

    def start(answers):
        class Answering(BaseHTTPRequestHandler):
            def do_GET(self):
                status, headers, body = answers(self.path)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_about):
                """Quietly."""

        http = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        threading.Thread(target=http.serve_forever, daemon=True).start()
        running.append(http)
        return f"http://127.0.0.1:{http.server_port}"

    yield start
    for http in running:
        http.shutdown()
        http.server_close()


def answering(pages):
    return lambda path: (200, {}, json.dumps(pages[path]).encode()) if path in pages else (404, {}, b"")


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",  # noqa: S104 - nothing is bound here
            "100.64.0.1",
            "224.0.0.1",
        ),
        *("::1", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "2002:7f00:1::", "ff02::1"),
    ],
)
def test_private_addresses_are_known_in_every_spelling(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700::1111"])
def test_public_ones_too(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        *("http://127.0.0.1/x", "http://localhost/", "http://[::1]/", "http://2130706433/", "http://0x7f.1/"),
        *("file:///etc/passwd", "ftp://example.org/", "http://user:pw@example.org/", "http://example.org:22/"),
        *("//example.org", "http://", "http://[", "gopher://x", "http://127.0.0.1:6379/"),
    ],
)
def test_what_is_not_the_open_web_is_not_asked(url):
    with pytest.raises(UnreadableError):
        Fetcher().json(url)


def test_a_redirect_into_the_house_is_not_followed(server, monkeypatch):
    inside = server(lambda _path: (200, {}, b'{"secret": 1}'))
    outside = server(lambda _path: (302, {"Location": inside}, b""))
    fetcher = Fetcher(local=True)
    assert fetcher.json(outside) == {"secret": 1}
    # The first one is let through as if it were public; where it leads to is looked at again.
    asked = []
    real = Fetcher._address

    def address(self, host, port):
        asked.append(port)
        return "127.0.0.1" if len(asked) == 1 else real(self, host, port)

    monkeypatch.setattr(Fetcher, "_address", address)
    monkeypatch.setattr(fetching, "_place", lambda url, local: fetching.urlsplit(url))
    with pytest.raises(UnreadableError, match="private network"):
        Fetcher().json(outside)
    assert len(asked) == 2


def test_what_never_ends_is_ended(server, monkeypatch):
    monkeypatch.setattr(fetching, "LARGEST", 1000)
    large = server(lambda _path: (200, {}, b"[" + b"1," * 5000))
    with pytest.raises(UnreadableError, match="too large"):
        Fetcher(local=True).json(large)
    round_and_round = server(lambda path: (302, {"Location": path + "x"}, b""))
    with pytest.raises(UnreadableError, match="never arrives"):
        Fetcher(local=True).json(round_and_round)
    with pytest.raises(UnreadableError, match="too large, or too slow"):
        Fetcher(local=True, left=0).json(large)


def test_every_page_and_every_detail_is_read(server):
    pages = {
        "/v3": {"version": "HSDS-UK-3.0", "profile": "x"},
        "/v3/services": {"contents": [{"id": "a", "name": "A"}], "total_pages": 2},
        "/v3/services?page=2": {"contents": [{"id": "b", "name": "B"}, {"id": "c", "phones": []}], "last_page": True},
        "/v3/services/a": {"id": "a", "name": "A", "phones": [{"number": "111"}]},
    }
    said = []
    found = list(whole_feed(server(answering(pages)) + "/v3", Fetcher(local=True).json, said.append))
    assert found == [pages["/v3/services/a"], {"id": "b", "name": "B"}, {"id": "c", "phones": []}]
    assert len(said) == 1
    assert "“B”" in said[0]


def test_what_is_no_feed_is_said(server):
    for answer in ({"hello": 1}, 7, {"contents": 3}):
        where = server(answering({"/": answer}))
        with pytest.raises(UnreadableError):
            list(whole_feed(f"{where}/", Fetcher(local=True).json, print))
