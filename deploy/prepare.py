"""Make the database ready: the newest migration and, in a demonstration, its people.

`make run` and `make setup` call it. It does what `flask db upgrade`, `flask demo load --size small --if-empty` and
`flask demo welcome` do, in one process, because most of the time of each command is the import of the product.
"""

import sys
from pathlib import Path

import click
from flask_migrate import upgrade

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from wsgi import app


def prepare(*, greet: bool) -> None:
    """Migrate and fill; `greet` says where the demonstration is and who can sign in."""
    with app.app_context():
        upgrade()
        if not app.extensions["settings"].demo:
            return
        for command in ("load --size small --if-empty", *(["welcome"] if greet else [])):
            app.cli.main(["demo", *command.split()], "flask", standalone_mode=False)


if __name__ == "__main__":
    try:
        prepare(greet="--welcome" in sys.argv[1:])
    except click.ClickException as reason:
        sys.exit(reason.format_message())
