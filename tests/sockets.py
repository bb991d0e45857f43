"""Browsers with live sockets, against the real server."""

import requests
import socketio

from tests.clients import PASSWORD, TOKEN
from tests.processes import until

A_MOMENT = 5.0  # seconds; it takes a few milliseconds on a machine that is not busy


class Socket:
    """One open socket and what it was told."""

    def __init__(self, address: str, **options) -> None:
        self.client = socketio.Client(reconnection=False)
        self.told: list[dict] = []
        self.client.on("room:evicted", self.told.append)
        self.client.connect(address, wait_timeout=10, **options)

    @property
    def is_open(self) -> bool:
        return self.client.connected

    def closes(self, why: str) -> None:
        until(lambda: not self.is_open, patience=A_MOMENT, what="closing the socket")
        assert self.told == [{"reason": why}]


class Browser:
    """Cookies, pages, and sockets of one browser on the real server."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.http = requests.Session()
        self.sockets: list[Socket] = []
        self.plain_sockets: list[socketio.Client] = []

    def sign_in(self, email: str) -> "Browser":
        assert self.submit("/login", "/login", email=email, password=PASSWORD).status_code == 302
        return self

    def sign_out(self, address: str | None = None) -> None:
        """Sign out, if wanted through another process."""
        self.address = address or self.address
        assert self.submit("/me", "/logout").status_code == 302

    def submit(self, page: str, address: str, **form: str) -> requests.Response:
        token = TOKEN.search(self.http.get(self.address + page).text)[1]
        return self.http.post(self.address + address, data={**form, "csrf_token": token}, allow_redirects=False)

    def connect(self, transport: str = "websocket", **headers: str) -> Socket:
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.http.cookies)
        socket = Socket(self.address, transports=[transport], headers={"Cookie": cookies, **headers})
        self.sockets.append(socket)
        return socket

    def new_socket(self) -> socketio.Client:
        """A socket of this browser, not open yet; it is closed with the browser."""
        client = socketio.Client(reconnection=False)
        self.plain_sockets.append(client)
        return client

    def close(self) -> None:
        for client in [*(socket.client for socket in self.sockets), *self.plain_sockets]:
            client.disconnect()
        self.http.close()
