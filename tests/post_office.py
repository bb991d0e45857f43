"""A mail server on this machine, as friendly or as difficult as a test wants it."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.config import Smtp
from tests.services import LOCALHOST, free_port

USERNAME, PASSWORD = "upstander", "hush hush"


@dataclass
class PostOffice:
    """What arrived, and what the server says to whom. `refusals` maps an address to the answer it gets."""

    port: int
    mails: list[EmailMessage] = field(default_factory=list)
    refusals: dict[str, str] = field(default_factory=dict)
    hang_up_at_the_end: bool = False
    signed_in: list[str] = field(default_factory=list)
    # Set `may_go_on` to let a server that stalls answer; `has_one` tells that it has a mail in its hands.
    has_one: threading.Event = field(default_factory=threading.Event)
    may_go_on: threading.Event = field(default_factory=threading.Event)
    together: threading.Barrier | None = None  # the first mails wait for each other

    def __post_init__(self) -> None:
        self.may_go_on.set()

    def smtp(self, **changed: Any) -> Smtp:
        """The settings with which mail goes there."""
        return Smtp(**({"host": LOCALHOST, "port": self.port, "security": "none"} | changed))

    @property
    def recipients(self) -> list[str]:
        """Who got mail, in order."""
        return [mail["To"] for mail in self.mails]


class _Clerk:
    """aiosmtpd's name for what reacts to the commands of a client."""

    def __init__(self, office: PostOffice) -> None:
        self.office = office

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 - aiosmtpd's names
        answer = self.office.refusals.get(address)
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, _session, envelope):  # noqa: N802
        office = self.office
        office.has_one.set()
        await server.loop.run_in_executor(None, office.may_go_on.wait)
        if office.together is not None:
            await server.loop.run_in_executor(None, office.together.wait)
            office.together = None
        office.mails.append(BytesParser(policy=policy.default).parsebytes(envelope.content))
        return "250 OK"

    async def handle_QUIT(self, server, _session, _envelope):  # noqa: N802
        if self.office.hang_up_at_the_end:
            server.transport.abort()
        return "221 Bye"


@contextmanager
def post_office(certificate: "Certificate | None" = None, *, tls: str = "none") -> Iterator[PostOffice]:
    """A server that takes mail; with a certificate it speaks TLS, from the start ("tls") or when asked ("starttls")."""
    office = PostOffice(free_port())
    options: dict[str, Any] = {}
    if certificate:
        context = certificate.server_context()
        options = {"ssl_context": context} if tls == "tls" else {"tls_context": context, "require_starttls": True}
        options |= {"authenticator": _authenticator(office), "auth_require_tls": tls != "tls"}
    controller = Controller(_Clerk(office), hostname=LOCALHOST, port=office.port, ready_timeout=20, **options)
    controller.start()
    try:
        yield office
    finally:
        office.may_go_on.set()
        controller.stop()


def _authenticator(office: PostOffice):
    def check(_server: SMTP, _session, _envelope, _mechanism, given) -> AuthResult:
        right = (given.login.decode(), given.password.decode()) == (USERNAME, PASSWORD)
        if right:
            office.signed_in.append(given.login.decode())
        return AuthResult(success=right, handled=False)

    return check


@dataclass(frozen=True)
class Certificate:
    """A certificate for this machine that nobody trusts until told to."""

    path: Path

    @classmethod
    def made_in(cls, folder: Path) -> "Certificate":
        """A fresh one; the file holds its key too."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "post office")])
        now = datetime.now(UTC)
        alternatives = x509.SubjectAlternativeName([x509.IPAddress(ip_address(LOCALHOST))])
        certificate = (
            x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(alternatives, critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .sign(key, hashes.SHA256())
        )
        path = folder / "certificate.pem"
        form = serialization.PrivateFormat.PKCS8
        private = key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
        path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
        return cls(path)

    def server_context(self) -> ssl.SSLContext:
        """What the server shows."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.path)
        return context
