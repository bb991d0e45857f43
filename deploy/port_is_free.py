"""Say clearly that the port of `make run` is taken, before anything else is started."""

import os
import socket
import sys

HIGHEST_PORT = 65535


def complaint(port: str) -> str:
    """What stands in the way of serving on this port of 127.0.0.1, or nothing."""
    if not port.isdecimal() or not 1 <= int(port) <= HIGHEST_PORT:
        return f"PORT must be a number from 1 to {HIGHEST_PORT}, not {port!r}."
    with socket.socket() as probe:
        # As the server does: a port that was closed a moment ago may be used again.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except OSError as error:
            return f"Port {port} of 127.0.0.1 cannot be used ({error.strerror}). Try another one: make run PORT=8001"
    return ""


if __name__ == "__main__":
    sys.exit(complaint(os.environ.get("PORT") or "8000") or None)
