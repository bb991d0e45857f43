"""The entry that a server, or the `flask` command, loads."""

import sys

from app import create_app
from app.config import ConfigError

DO_NOT_START_AGAIN = 3  # gunicorn's word for a worker that cannot boot; with any other it tries for ever

try:
    app = create_app()
except ConfigError as reason:
    sys.stderr.write(f"{reason}\n")
    sys.exit(DO_NOT_START_AGAIN)
