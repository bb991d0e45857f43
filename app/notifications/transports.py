"""The two ways mail leaves: SMTP, and in the demonstration the console and a folder."""

import smtplib
import ssl
from collections.abc import Callable
from contextlib import closing, suppress
from email.message import EmailMessage
from pathlib import Path

from app.config import Settings, Smtp
from app.core.outbox import Refused

Transport = Callable[[EmailMessage], None]

PATIENCE = 15  # seconds for each answer of the mail server
FIRST_PERMANENT = 500  # of the codes a mail server answers with


def transport_of(settings: Settings) -> Transport:
    """How this installation sends mail."""
    if settings.smtp is not None:
        return by_smtp(settings.smtp)
    return to_folder(settings.instance / "mail")


def by_smtp(server: Smtp) -> Transport:
    """Hand mail to a server, over TLS with its certificate checked unless it is a relay on this machine."""

    def send(mail: EmailMessage) -> None:
        with closing(_connected(server)) as connection:
            if server.username:
                connection.login(server.username, server.password)
            try:
                connection.send_message(mail)
            except smtplib.SMTPRecipientsRefused as refusal:
                if all(code >= FIRST_PERMANENT for code, _words in refusal.recipients.values()):
                    raise Refused from refusal
                raise
            # The server has it now: a goodbye that goes wrong must not send it again.
            with suppress(OSError, smtplib.SMTPException):
                connection.quit()

    return send


def to_folder(folder: Path) -> Transport:
    """Keep mail as numbered files, the newest with the highest number, and show its text on the console."""

    def send(mail: EmailMessage) -> None:
        path = _kept(folder, mail.as_bytes())
        text = mail.get_body(("plain",))
        print(f"-- mail to {mail['To']}: {mail['Subject']} ({path})", flush=True)  # noqa: T201 - the demonstration's way
        print(text.get_content() if text else "", flush=True)  # noqa: T201

    return send


def _connected(server: Smtp) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.security == "tls":
        return smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE, context=context)
    connection = smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
    if server.security == "starttls":
        try:
            connection.starttls(context=context)
        except BaseException:
            connection.close()
            raise
    return connection


def _kept(folder: Path, mail: bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    number = max((int(path.stem) for path in folder.glob("*.eml") if path.stem.isdecimal()), default=0)
    while True:
        number += 1
        path = folder / f"{number:05}.eml"
        try:
            with path.open("xb") as file:
                file.write(mail)
        except FileExistsError:
            continue  # another worker took the number
        return path
