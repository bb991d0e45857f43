"""What a product under test has sent: the worker's turn, and the mail that came of it."""

import re
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from flask import Flask

from app.core import outbox

ADDRESS = re.compile(r"https?://[^\s<>\"]+")


class Mailbox:
    """Everybody's mail, the oldest first."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.folder = app.extensions["settings"].instance / "mail"

    def collect(self) -> list[EmailMessage]:
        """Let the worker have its turn; gives all mail so far."""
        with self.app.app_context():
            outbox.sweep()
        return self.arrived()

    def arrived(self) -> list[EmailMessage]:
        """All mail so far."""
        return [
            BytesParser(policy=policy.default).parsebytes(path.read_bytes())
            for path in sorted(self.folder.glob("*.eml"))
        ]

    def newest(self, to: str) -> EmailMessage:
        """The last mail to somebody."""
        return [mail for mail in self.collect() if mail["To"] == to][-1]

    def path_in_newest(self, to: str) -> str:
        """Where the link of their last mail leads on this site."""
        found = ADDRESS.search(text_of(self.newest(to)))
        assert found, "the mail has no link"
        return found[0].removeprefix(self.app.extensions["settings"].public_url)


def text_of(mail: EmailMessage) -> str:
    """The plain text of a mail."""
    return mail.get_body(("plain",)).get_content()


def html_of(mail: EmailMessage) -> str:
    """The HTML of a mail."""
    return mail.get_body(("html",)).get_content()
