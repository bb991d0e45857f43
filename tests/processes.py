"""The web process and the worker as they run in earnest, on the database of a test."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

from app.config import ROOT, Settings
from tests.services import LOCALHOST, free_port

PATIENCE = 120.0  # seconds until something that was started answers, on a machine that is busy
AT_THE_END = 10.0  # seconds in which it ends when it is asked to
PROGRAMS = Path(sys.executable).parent


@dataclass(frozen=True)
class Running:
    """A process that was started, and what it says."""

    process: subprocess.Popen[bytes]
    log: Path
    address: str = ""

    def said(self) -> str:
        """What it has said so far."""
        return self.log.read_text(errors="replace")

    def stop(self) -> float:
        """Ask it to end; gives the seconds it took."""
        begun = time.monotonic()
        self.process.terminate()
        self.process.wait(AT_THE_END)
        return time.monotonic() - begun


def until(true: Callable[[], object], patience: float = PATIENCE, what: str = "this") -> None:
    """Look until something is true; fails the test after `patience` seconds."""
    give_up = time.monotonic() + patience
    while not true():
        assert time.monotonic() < give_up, f"{what} did not happen within {patience} seconds"
        time.sleep(0.01)


@contextmanager
def web(settings: Settings, **changed: str) -> Iterator[Running]:
    """The web process behind the real server."""
    port = free_port()
    command = ["gunicorn", "--config", "deploy/gunicorn.conf.py", "wsgi:app"]
    with _started(command, settings, PORT=str(port), PUBLIC_URL=f"http://{LOCALHOST}:{port}", **changed) as running:
        address = f"http://{LOCALHOST}:{port}"
        until(lambda: _answers(running, address), what="the web process")
        yield Running(running.process, running.log, address)


@contextmanager
def worker(settings: Settings, **changed: str) -> Iterator[Running]:
    """A worker."""
    with _started(["flask", "--app", "wsgi", "worker"], settings, **changed) as running:
        yield running


@contextmanager
def _started(command: list[str], settings: Settings, **changed: str) -> Iterator[Running]:
    log = settings.instance / f"{command[0]}-{time.monotonic_ns()}.log"
    program, *arguments = command
    with log.open("wb") as out:
        process = subprocess.Popen(
            [PROGRAMS / str(program), *arguments],
            cwd=ROOT,
            env=environment(settings, **changed),
            stdout=out,
            stderr=out,
        )
    try:
        yield Running(process, log)
    finally:
        if process.poll() is None:
            process.terminate()
        try:
            process.wait(AT_THE_END)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def environment(settings: Settings, **changed: str) -> dict[str, str]:
    """The variables that make these settings; nothing of the developer's own."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    smtp = settings.smtp
    ours = {
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": settings.secret_key,
        "DATA_KEYS": " ".join(settings.data_keys),
        "INSTANCE_PATH": str(settings.instance),
        "PUBLIC_URL": settings.public_url,
        "REDIS_URL": settings.redis_url,
        "MAIL_FROM": settings.mail_from,
        "SMTP_HOST": smtp.host if smtp else LOCALHOST,
        "SMTP_PORT": str(smtp.port) if smtp else "9",
        "SMTP_SECURITY": smtp.security if smtp else "none",
        "PYTHONWARNINGS": "default",
    }
    return kept | ours | changed


def _answers(running: Running, address: str) -> bool:
    assert running.process.poll() is None, running.said()
    try:
        return requests.get(f"{address}/healthz", timeout=2).ok
    except requests.RequestException:
        return False
