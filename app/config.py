"""Settings, read once from the environment and then frozen.

Outside demo mode a missing or weak value stops the start with a sentence that says what to do;
in demo mode, secrets are made on the first start and kept in the instance folder.
"""

import base64
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
SHORTEST_SECRET = 32
FEWEST_DIFFERENT_CHARACTERS = 10
DEMO_MARK = "demo"
SET_OUTSIDE_A_DEMONSTRATION = ("APP_ENV", "DATABASE_URL", "SECRET_KEY", "DATA_KEYS", "SMTP_HOST")
THIS_MACHINE = {"127.0.0.1", "localhost", "::1"}
BARE_ADDRESS = re.compile(r"[^\s<>@,;]+@[^\s<>@,;]+")
LARGEST_UPLOAD = 4 * 1024 * 1024  # bytes
MAKE_A_SECRET = "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"  # noqa: S105 - says how to make one
MAKE_A_KEY = "python3 -c 'import base64, os; print(base64.urlsafe_b64encode(os.urandom(32)).decode())'"


class ConfigError(Exception):
    """A setting is missing or unsafe; the message says what to do about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Smtp:
    """Where mail is handed over: `security` is "starttls", "tls" or "none" (a relay on this machine)."""

    host: str
    port: int = 587
    username: str = ""
    password: str = field(default="", repr=False)
    security: str = "starttls"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that differs between one installation and another."""

    demo: bool
    database_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    data_keys: tuple[str, ...] = field(repr=False)
    instance: Path
    public_url: str
    redis_url: str = field(default="", repr=False)
    huey_url: str = field(default="", repr=False)
    smtp: Smtp | None = None
    mail_from: str = "no-reply@demo.example"
    demo_password: str = field(default="", repr=False)
    default_programme: str = ""
    service_name: str = "Active bystanders"
    exit_url: str = "https://www.bbc.co.uk/weather"
    metrics_token: str = field(default="", repr=False)
    live_name: str = "live"
    proxies: int = 0
    log_level: str = "INFO"
    local_feeds: bool = False  # whether an import may ask this machine and private networks
    testing: bool = False

    @property
    def on_sqlite(self) -> bool:
        """Whether the embedded database is in use."""
        return self.database_url.startswith("sqlite")

    @property
    def secure(self) -> bool:
        """Whether people reach the product over TLS, so that cookies may insist on it."""
        return self.public_url.startswith("https://")

    @property
    def flask(self) -> dict[str, object]:
        """The same, in the names that Flask and its extensions read."""
        return {
            "DEMO": self.demo,
            "TESTING": self.testing,
            "SECRET_KEY": self.secret_key,
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "SESSION_COOKIE_SECURE": self.secure,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",  # Strict would break the way back from a sign-in elsewhere
            "PREFERRED_URL_SCHEME": "https" if self.secure else "http",
            "MAX_CONTENT_LENGTH": LARGEST_UPLOAD,
            "MAX_FORM_MEMORY_SIZE": LARGEST_UPLOAD,
        }

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Self:
        """Read the settings; raises ConfigError with a sentence that says what to do."""
        instance = Path(env.get("INSTANCE_PATH") or ROOT / "instance")
        instance.mkdir(parents=True, exist_ok=True)
        demo = _is_demo(env, instance)
        if demo:
            _refuse_production(env)
            (instance / DEMO_MARK).touch()
        port = _number(env, "PORT", 8000)
        return cls(
            demo=demo,
            database_url=_database_url(env, instance, demo=demo),
            secret_key=_secret_key(env, instance, demo=demo),
            data_keys=_data_keys(env, instance, demo=demo),
            instance=instance,
            public_url=_public_url(env, port, demo=demo),
            redis_url=_server(env, "REDIS_URL", "redis://", "rediss://"),
            huey_url=_server(env, "HUEY_URL", "redis://", "rediss://", "postgresql://"),
            smtp=_smtp(env, demo=demo),
            mail_from=_mail_from(env, demo=demo),
            demo_password=_demo_password(env, instance) if demo else "",
            default_programme=env.get("DEFAULT_PROGRAMME", ""),
            service_name=env.get("SERVICE_NAME", "Active bystanders"),
            exit_url=env.get("EXIT_URL", "https://www.bbc.co.uk/weather"),
            metrics_token=env.get("METRICS_TOKEN", ""),
            live_name=env.get("LIVE_NAME", "live"),
            proxies=_number(env, "TRUSTED_PROXIES", 0),
            log_level=env.get("LOG_LEVEL", "INFO").upper(),
            local_feeds=env.get("LOCAL_FEEDS", "") == "1",
        )


def _is_demo(env: Mapping[str, str], instance: Path) -> bool:
    """DEMO_MODE decides; with no settings at all, a folder that `make setup` made a demonstration stays one."""
    said = env.get("DEMO_MODE", "").strip().lower()
    if said or any(env.get(name) for name in SET_OUTSIDE_A_DEMONSTRATION):
        return said in {"1", "true", "yes", "on"}
    return (instance / DEMO_MARK).exists()


def _refuse_production(env: Mapping[str, str]) -> None:
    production = env.get("APP_ENV", "").lower() == "production"
    for is_set, name in (
        (production, "APP_ENV=production"),
        (bool(env.get("SMTP_HOST")), "SMTP_HOST"),
        (env.get("PUBLIC_URL", "").startswith("https://"), "an https PUBLIC_URL"),
    ):
        if is_set:
            raise ConfigError(
                f"DEMO_MODE is on, but {name} is set as well. Demo accounts have known passwords, so the demonstration "
                f"never runs with production settings: unset DEMO_MODE, or unset {name}."
            )


def _database_url(env: Mapping[str, str], instance: Path, *, demo: bool) -> str:
    url = env.get("DATABASE_URL", "")
    if not url:
        if not demo:
            raise ConfigError(
                "DATABASE_URL is not set. Name the database, for instance postgresql://upstander@127.0.0.1/upstander, "
                "or start the demonstration with `make run`."
            )
        return f"sqlite:///{instance / 'upstander.db'}"
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ConfigError(
            "DATABASE_URL must begin with sqlite:/// or postgresql://; other databases are not supported."
        )
    return url


def _secret_key(env: Mapping[str, str], instance: Path, *, demo: bool) -> str:
    given = env.get("SECRET_KEY", "")
    if not given and demo:
        return _kept(instance / "secret_key", lambda: secrets.token_urlsafe(48))
    if not given:
        raise ConfigError(f"SECRET_KEY is not set. Make one with: {MAKE_A_SECRET}")
    weak = len(given) < SHORTEST_SECRET or len(set(given)) < FEWEST_DIFFERENT_CHARACTERS
    if weak and not demo:
        raise ConfigError(
            f"SECRET_KEY is too weak: it needs at least {SHORTEST_SECRET} random characters. "
            f"Make one with: {MAKE_A_SECRET}"
        )
    return given


def _data_keys(env: Mapping[str, str], instance: Path, *, demo: bool) -> tuple[str, ...]:
    keys = tuple(env.get("DATA_KEYS", "").replace(",", " ").split())
    if not keys and demo:
        return (_kept(instance / "data_key", lambda: base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()),)
    if not keys:
        raise ConfigError(
            "DATA_KEYS is not set. Private reflections are encrypted with it (newest key first, older ones after it). "
            f"Make one with: {MAKE_A_KEY}"
        )
    for key in keys:
        if not _is_data_key(key):
            raise ConfigError(
                f"DATA_KEYS holds a key that is not 32 bytes of url-safe base64. Make one with: {MAKE_A_KEY}"
            )
    return keys


def _is_data_key(key: str) -> bool:
    try:
        raw = base64.urlsafe_b64decode(key)
    except ValueError:
        return False
    return len(raw) == SHORTEST_SECRET and len(set(raw)) >= FEWEST_DIFFERENT_CHARACTERS


def _public_url(env: Mapping[str, str], port: int, *, demo: bool) -> str:
    url = env.get("PUBLIC_URL", "").rstrip("/")
    if not url and demo:
        return f"http://127.0.0.1:{port}"
    place = urlsplit(url)
    if not place.hostname or (place.scheme != "https" and place.hostname not in THIS_MACHINE):
        raise ConfigError(
            "PUBLIC_URL must be the https:// address at which people reach the product: links in mail are made from it."
        )
    return url


def _smtp(env: Mapping[str, str], *, demo: bool) -> Smtp | None:
    host = env.get("SMTP_HOST", "")
    if not host:
        if demo:
            return None
        raise ConfigError("SMTP_HOST is not set. Name the mail server that takes this service's mail.")
    security = env.get("SMTP_SECURITY", "starttls")
    if security not in {"starttls", "tls", "none"}:
        raise ConfigError('SMTP_SECURITY must be "starttls", "tls" or "none" (none only for a relay on this machine).')
    if security == "none" and host not in THIS_MACHINE:
        raise ConfigError(
            f'SMTP_SECURITY is "none", but {host} is not this machine: mail would cross the network in the clear. '
            'Set it to "starttls" or "tls".'
        )
    return Smtp(
        host=host,
        port=_number(env, "SMTP_PORT", 587),
        username=env.get("SMTP_USERNAME", ""),
        password=env.get("SMTP_PASSWORD", ""),
        security=security,
    )


def _mail_from(env: Mapping[str, str], *, demo: bool) -> str:
    sender = env.get("MAIL_FROM", "")
    if not sender and not demo:
        raise ConfigError("MAIL_FROM is not set. Name the address that mail comes from.")
    if sender and not BARE_ADDRESS.fullmatch(sender):
        raise ConfigError(
            "MAIL_FROM must be an address alone, like no-reply@example.nhs.uk (the name is the service's)."
        )
    return sender or "no-reply@demo.example"


def _demo_password(env: Mapping[str, str], instance: Path) -> str:
    return env.get("DEMO_PASSWORD") or _kept(instance / "demo_password", lambda: secrets.token_urlsafe(9))


def _number(env: Mapping[str, str], name: str, default: int) -> int:
    given = env.get(name) or str(default)
    if not given.isdecimal():
        raise ConfigError(f"{name} must be a whole number.")
    return int(given)


def _server(env: Mapping[str, str], name: str, *schemes: str) -> str:
    url = env.get(name, "")
    if url and not url.startswith(schemes):
        raise ConfigError(f"{name} must begin with {' or '.join(schemes)}.")
    return url


def _kept(path: Path, make: Callable[[], str]) -> str:
    """The secret in a file that only its owner may read; made on the first start."""
    if not path.exists():
        fresh = path.with_suffix(f".{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_text(make())
        try:
            # Two processes start at once: a link never replaces, so both go on with the first one's secret.
            path.hardlink_to(fresh)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text().strip()
