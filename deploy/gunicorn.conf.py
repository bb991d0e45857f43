"""How gunicorn serves the product: pages and live rooms in one gevent process (the worker is another process)."""

import os
import sys
from pathlib import Path

from app.config import ConfigError, Settings

bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT') or 8000}"

# One process holds every open socket of a room, so that it can tell who is there without asking a broker.
workers = 1
worker_class = "gevent"
worker_connections = 2000

# Ctrl-C has to end everything within a few seconds; open pages are answered long before that.
graceful_timeout = 2
keepalive = 5

# The heartbeat file is touched every second: in memory where the machine has such a folder.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - no name is guessable: gunicorn uses mkstemp

# By default this version puts a control socket into the home folder; nothing is written outside the tree.
control_socket_disable = True

# Nobody's address and no path of a page is kept: the product logs what it needs itself.
accesslog = None
errorlog = "-"
loglevel = "warning"

# Only a proxy on this machine may say how a visitor reached it.
forwarded_allow_ips = "127.0.0.1"


def on_starting(_server: object) -> None:
    """Stop with a sentence when a setting is missing: a worker that cannot start would be started again and again."""
    try:
        Settings.from_env(os.environ)
    except ConfigError as reason:
        sys.exit(str(reason))
