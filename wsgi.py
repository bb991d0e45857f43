"""The entry that a server, or the `flask` command, loads."""

import sys

from app import create_app
from app.config import ConfigError

try:
    app = create_app()
except ConfigError as reason:
    sys.exit(str(reason))
