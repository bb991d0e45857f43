"""Fetching a feed by its address: http and https, public hosts only, with an end to everything.

The host is looked up once, and the connection goes to an address that was looked at: a name that means something else a
moment later (DNS rebinding) leads nowhere. Redirects are looked at in the same way.
"""

import http.client
import json
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from ipaddress import ip_address
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from app.signposting.openreferral.files import MOST_ENTRIES, UnreadableError
from app.signposting.openreferral.values import Json

LARGEST = 8 * 1024 * 1024  # bytes of one answer
MOST_REDIRECTS = 3
MOST_REQUESTS = 3_000
ONE_ANSWER, ALL_ANSWERS = 15.0, 180.0  # seconds; the worker is given up after five minutes
PIECE = 64 * 1024
PORTS = {"http": 80, "https": 443}
NESTED = ("schedules", "service_areas", "service_at_locations", "languages", "attributes", "phones", "contacts")


@dataclass(slots=True)
class Fetcher:
    """Fetches JSON; `local` lets it reach this machine and private networks, for tests and where a setting says so."""

    local: bool = False
    left: int = MOST_REQUESTS
    until: float = field(default_factory=lambda: time.monotonic() + ALL_ANSWERS)

    def json(self, url: str) -> Any:  # noqa: ANN401 - JSON
        """What is found at an address; raises UnreadableError with a sentence."""
        for _redirect in range(MOST_REDIRECTS + 1):
            status, location, body = self._ask(url)
            if status in {301, 302, 303, 307, 308} and location:
                url = urljoin(url, location)
                continue
            if status != HTTPStatus.OK:
                raise UnreadableError(f"The other directory answered with {status} instead of its entries.")
            try:
                return json.loads(body)
            except (ValueError, RecursionError) as wrong:
                raise UnreadableError("The other directory did not answer with JSON.") from wrong
        raise UnreadableError("The address leads from one place to the next and never arrives.")

    def _ask(self, url: str) -> tuple[int, str, bytes]:
        self.left -= 1
        if self.left < 0 or time.monotonic() > self.until:
            raise UnreadableError("The other directory is too large, or too slow, to be read at once.")
        connection: http.client.HTTPConnection | None = None
        try:
            connection, target = self._connection(url)
            connection.request("GET", target, headers={"Accept": "application/json", "User-Agent": "support-directory"})
            answer = connection.getresponse()
            return answer.status, answer.getheader("Location") or "", self._body(answer)
        except (OSError, http.client.HTTPException) as wrong:
            raise UnreadableError("The other directory cannot be reached.") from wrong
        finally:
            if connection is not None:
                connection.close()

    def _body(self, answer: http.client.HTTPResponse) -> bytes:
        """All of it, unless it is too much or drips too slowly."""
        parts: list[bytes] = []
        size = 0
        while piece := answer.read1(PIECE):
            parts.append(piece)
            size += len(piece)
            if size > LARGEST or time.monotonic() > self.until:
                raise UnreadableError("An answer of the other directory is too large, or too slow.")
        return b"".join(parts)

    def _connection(self, url: str) -> tuple[http.client.HTTPConnection, str]:
        place = _place(url, local=self.local)
        host, port = place.hostname or "", place.port or PORTS[place.scheme]
        address = self._address(host, port)
        target = urlunsplit(("", "", place.path or "/", place.query, ""))
        if place.scheme == "http":
            plain = http.client.HTTPConnection(host, port, timeout=ONE_ANSWER)
            plain.sock = socket.create_connection((address, port), ONE_ANSWER)
            return plain, target
        secure = http.client.HTTPSConnection(host, port, timeout=ONE_ANSWER)
        bare = socket.create_connection((address, port), ONE_ANSWER)
        secure.sock = ssl.create_default_context().wrap_socket(bare, server_hostname=host)
        return secure, target

    def _address(self, host: str, port: int) -> str:
        """An address of the host that may be reached; raises UnreadableError when one of them may not."""
        try:
            found = {str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
        except (OSError, UnicodeError) as wrong:
            raise UnreadableError(f"There is no host called {host[:100]}.") from wrong
        if not found or not (self.local or all(is_public(each) for each in found)):
            raise UnreadableError("That address belongs to a private network, so it is not asked.")
        return min(found)


def is_public(address: str) -> bool:
    """Whether an IP address is of the open internet, also when it is written as another kind of address."""
    ip = ip_address(address.partition("%")[0])
    mapped = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and (mapped is None or mapped.is_global)


def whole_feed(url: str, fetch: Callable[[str], Any], tell: Callable[[str], object]) -> Iterator[Json]:
    """Every service of a paged API, each with its details where the pages are brief.

    `url` is that of its /services or of the API itself. An entry whose details fail comes as the page had it.
    Raises UnreadableError when a page cannot be read.
    """
    first = fetch(url)
    if isinstance(first, dict) and "contents" not in first and "version" in first:
        url = url.rstrip("/") + "/services"
        first = fetch(url)
    if isinstance(first, list):
        yield from first
        return
    page, number, count = first, 1, 0
    while isinstance(page, dict) and isinstance(page.get("contents"), list):
        for entry in page["contents"]:
            count += 1
            if count > MOST_ENTRIES:
                raise UnreadableError(f"The other directory has more than {MOST_ENTRIES:,} entries.")
            yield _detailed(url, entry, fetch, tell)
        number += 1
        if not page["contents"] or page.get("last_page") is True or number > _pages(page):
            return
        page = fetch(_with(url, page=str(number)))
    raise UnreadableError("The other directory did not answer with a page of services.")


def _detailed(url: str, entry: Json, fetch: Callable[[str], Any], tell: Callable[[str], object]) -> Json:
    if not isinstance(entry, dict) or any(key in entry for key in NESTED) or not isinstance(entry.get("id"), str):
        return entry
    try:
        found = fetch(f"{url.partition('?')[0].rstrip('/')}/{entry['id'][:100]}")
    except UnreadableError as wrong:
        tell(f"Details of “{str(entry.get('name', ''))[:80]}” are missing. {wrong}")
        return entry
    return found if isinstance(found, dict) and found.get("id") == entry["id"] else entry


def _pages(page: dict[str, Any]) -> int:
    total = page.get("total_pages")
    return total if isinstance(total, int) else MOST_REQUESTS


def _with(url: str, **more: str) -> str:
    place = urlsplit(url)
    query = dict(parse_qsl(place.query)) | more
    return urlunsplit(place._replace(query=urlencode(query), fragment=""))


def _place(url: str, *, local: bool) -> Any:  # noqa: ANN401 - what urlsplit gives
    try:
        place = urlsplit(url)
        port = place.port
    except ValueError as wrong:
        raise UnreadableError("This is no web address.") from wrong
    if place.scheme not in PORTS or not place.hostname or place.username is not None:
        raise UnreadableError("The address has to begin with http:// or https://, without a name or password in it.")
    if port not in {None, *PORTS.values()} and not local:
        raise UnreadableError("Only the usual ports of the web are asked.")
    return place
