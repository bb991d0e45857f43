"""WebSockets under gevent, mended: whole frames to slow readers, and a broadcast framed once.

simple-websocket writes with `send`, which under gevent may write half a frame to a reader that is slow; the next frame
then lands in the middle of it and the stream is corrupt for good. Here every frame goes out whole, one after the other,
and a reader that takes nothing for LONGEST_WAIT seconds is cut off. Without compression, which is never accepted (it
costs three times the CPU), a frame is the same for everybody, so the frame of a broadcast is made once.
"""

from contextlib import suppress
from functools import lru_cache
from socket import SHUT_RDWR
from typing import Any

from gevent import Timeout
from gevent.lock import RLock
from socketio import Server

LONGEST_WAIT = 20.0  # seconds that a reader may take nothing of what is sent
TEXT, BINARY = 0x81, 0x82  # the first byte of a frame that stands alone
ONE_BYTE, TWO_BYTES = 126, 65_536  # lengths from which on a frame says its length in more bytes (RFC 6455, 5.2)
FRAMES_KEPT = 64


class WholeFrames:
    """A connection that writes all of what it is given before anybody else may write."""

    def __init__(self, connection: Any) -> None:  # noqa: ANN401 - a socket of gevent
        self._connection = connection
        self._turn = RLock()
        self._is_broken = False

    def send(self, content: bytes) -> int:
        """Write all of it; raises BrokenPipeError when the reader takes too long, and from then on."""
        with self._turn:
            if self._is_broken:
                raise BrokenPipeError("this connection was given up")
            try:
                with Timeout(LONGEST_WAIT, BrokenPipeError("the reader takes nothing")):
                    self._connection.sendall(content)
            except OSError:
                self._is_broken = True  # part of a frame may have gone out: nothing may follow it
                with suppress(OSError):
                    self._connection.shutdown(SHUT_RDWR)
                raise
        return len(content)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a socket can do
        return getattr(self._connection, name)


def frame(message: str | bytes) -> bytes:
    """The whole, unmasked frame of a message from a server (RFC 6455, 5.2); what is sent to many is made once."""
    return _text_frame(message) if isinstance(message, str) else _framed(BINARY, message)


@lru_cache(maxsize=FRAMES_KEPT)
def _text_frame(message: str) -> bytes:
    return _framed(TEXT, message.encode())


def _framed(kind: int, content: bytes) -> bytes:
    length = len(content)
    if length < ONE_BYTE:
        return bytes((kind, length)) + content
    if length < TWO_BYTES:
        return bytes((kind, 126)) + length.to_bytes(2, "big") + content
    return bytes((kind, 127)) + length.to_bytes(8, "big") + content


def mend(server: Server) -> None:
    """Let a Socket.IO server under gevent use mended WebSockets."""
    library: Any = server.eio._async["websocket"]  # noqa: SLF001 - the library has no other door

    class Mended(library):
        """The library's WebSocket, with whole frames."""

        def __init__(self, handler: object, server: Any) -> None:  # noqa: ANN401 - Engine.IO's
            super().__init__(handler, server)
            # Engine.IO measures a message when all of it is there already.
            self.server_args["max_message_size"] = server.max_http_buffer_size

        def __call__(self, environ: dict[str, Any], start_response: object) -> object:
            environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
            sock = environ.get("gunicorn.socket")
            if sock is not None:
                environ["gunicorn.socket"] = WholeFrames(sock)
            return super().__call__(environ, start_response)

        def send(self, message: str | bytes) -> None:
            """Send one message as one frame; raises OSError when that is not possible any more."""
            if not self.ws.connected:
                raise OSError("the connection is closed")
            self.ws.sock.send(frame(message))

    server.eio._async = {**server.eio._async, "websocket": Mended}  # noqa: SLF001
