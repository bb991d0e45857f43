"""What the tests need beside Python: PostgreSQL, Redis, Chromium and nginx.

`python -m tests.services` finds each one, or installs it (as root on Debian), or says which line installs it.
A server that already runs on this machine is used; else one is started in a temporary folder and ended with the tests.
"""

import ctypes
import getpass
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import psycopg

LOCALHOST = "127.0.0.1"
PATIENCE = 20.0  # seconds until a server that was started has to answer
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
LIBC = ctypes.CDLL(None)
PR_SET_PDEATHSIG = 1
POSTGRES_FOLDERS = "/usr/lib/postgresql"


class MissingServiceError(Exception):
    """Something the tests need is not on this machine; the message says what to do."""


@dataclass(frozen=True)
class Service:
    """A thing to find, the Debian packages that bring it, and how to look for it."""

    name: str
    packages: tuple[str, ...]
    find: Callable[[], str]


def find_postgres() -> str:
    """Where PostgreSQL answers, or the folder of its programs; raises MissingServiceError."""
    given = os.environ.get("TEST_POSTGRES_URL")
    if given:
        if not _may_be_used(given):
            raise MissingServiceError("TEST_POSTGRES_URL does not lead to a PostgreSQL in which we are a superuser.")
        return given
    for name in ("postgres", getpass.getuser()):
        url = f"postgresql://{name}@{LOCALHOST}:5432/postgres"
        if _may_be_used(url):
            return url
    versions = sorted(Path(POSTGRES_FOLDERS).glob("*/bin/initdb"), key=lambda found: _version(found.parts[-3]))
    on_path = shutil.which("initdb")
    if versions:
        return str(versions[-1].parent)
    if on_path:
        return str(Path(on_path).resolve().parent)
    raise MissingServiceError(
        "PostgreSQL was not found (no server on 127.0.0.1:5432 takes us as a superuser, no server programs)."
    )


def find_redis() -> str:
    """Where a Redis for tests answers, or its program; raises MissingServiceError."""
    given = os.environ.get("TEST_REDIS_URL")
    if given:
        return given
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if program:
        # One of our own, even when another one runs: tests empty what they use.
        return program
    if _answers(6379):
        return f"redis://{LOCALHOST}:6379/15"
    raise MissingServiceError("Redis was not found (no redis-server, nothing on 127.0.0.1:6379).")


def find_chromium() -> str:
    """The path of a Chromium; raises MissingServiceError."""
    given = os.environ.get("CHROMIUM")
    for name in (given,) if given else CHROMIUM_NAMES:
        found = shutil.which(name)
        if found:
            return found
    raise MissingServiceError(f"Chromium was not found{f' at {given}' if given else ''}.")


def find_nginx() -> str:
    """The path of nginx; raises MissingServiceError."""
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if not found:
        raise MissingServiceError("nginx was not found.")
    return found


SERVICES = (
    Service("PostgreSQL", ("postgresql",), find_postgres),
    Service("Redis", ("redis-server",), find_redis),
    Service("Chromium", ("chromium", "fonts-liberation"), find_chromium),
    Service("nginx", ("nginx",), find_nginx),
)


@dataclass
class Running:
    """A server the tests may use; one that was started here is ended by `stop()`."""

    url: str
    process: subprocess.Popen[bytes] | None = None
    folder: Path | None = None

    def stop(self) -> None:
        """End the server if it is ours, and remove its folder."""
        if self.process:
            self.process.terminate()
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)


@dataclass
class Started:
    """The servers of one test run, and why one of them is missing."""

    running: list[Running] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)

    @classmethod
    def all(cls) -> Self:
        """Start PostgreSQL and Redis where none runs; their addresses go to the environment, for every test process."""
        started = cls()
        starters: Mapping[str, Callable[[], Running]] = {
            "TEST_POSTGRES_URL": start_postgres,
            "TEST_REDIS_URL": start_redis,
        }
        for variable, start in starters.items():
            try:
                server = start()
            except MissingServiceError as reason:
                started.missing[variable] = str(reason)
            else:
                started.running.append(server)
                os.environ[variable] = server.url
        return started

    def stop(self) -> None:
        """End what was started."""
        for server in self.running:
            server.stop()


def start_postgres() -> Running:
    """PostgreSQL: the one that runs, else a throwaway cluster without the costs of safety."""
    found = find_postgres()
    if "://" in found:
        return Running(found)
    programs, port = Path(found), free_port()
    folder = Path(tempfile.mkdtemp(prefix="upstander-postgres-"))
    account: dict[str, object] = {}
    if os.geteuid() == 0:
        # PostgreSQL refuses to run as root.
        shutil.chown(folder, "postgres", "postgres")
        account = {"user": "postgres", "group": "postgres", "extra_groups": ()}
    cluster = folder / "cluster"
    options = ["-D", str(cluster), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    made = subprocess.run([programs / "initdb", *options], cwd=folder, capture_output=True, check=False, **account)  # type: ignore[call-overload]
    if made.returncode:
        shutil.rmtree(folder, ignore_errors=True)
        raise MissingServiceError(f"initdb failed: {made.stderr.decode(errors='replace').strip()}")
    settings = {
        "listen_addresses": LOCALHOST,
        "unix_socket_directories": "",
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
    }
    arguments = [f"--{name}={value}" for name, value in settings.items()]
    command = [programs / "postgres", "-D", cluster, "-p", str(port), *arguments]
    server = Running(f"postgresql://postgres@{LOCALHOST}:{port}/postgres", folder=folder)
    with (folder / "log").open("wb") as log:
        server.process = subprocess.Popen(  # type: ignore[call-overload]
            command,
            cwd=folder,
            stdout=log,
            stderr=log,
            preexec_fn=end_with_the_tests,  # noqa: PLW1509 - see there
            **account,
        )
    _wait_until(lambda: _may_be_used(server.url), server, folder / "log")
    return server


def start_redis() -> Running:
    """Redis: a throwaway one that writes nothing to disk."""
    found = find_redis()
    if "://" in found:
        return Running(found)
    port, folder = free_port(), Path(tempfile.mkdtemp(prefix="upstander-redis-"))
    options = f"--port {port} --bind {LOCALHOST} --save '' --appendonly no --dir {folder}"
    server = Running(f"redis://{LOCALHOST}:{port}/0", folder=folder)
    with (folder / "log").open("wb") as log:
        server.process = subprocess.Popen(
            [found, *shlex.split(options)],
            stdout=log,
            stderr=log,
            preexec_fn=end_with_the_tests,  # noqa: PLW1509 - see there
        )
    _wait_until(lambda: _answers(port), server, folder / "log")
    return server


def end_with_the_tests() -> None:
    """Ask Linux to end what is being started when this process is killed and can end nothing any more.

    Runs between fork and exec: it calls the kernel, and nothing of Python's that could hold a lock.
    """
    if sys.platform == "linux":
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def free_port() -> int:
    """A port of 127.0.0.1 that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind((LOCALHOST, 0))
        port: int = probe.getsockname()[1]
        return port


def ensure(services: Iterable[Service] = SERVICES) -> None:
    """Find every service, or install it (root on Debian), or raise MissingServiceError with the line that does."""
    missing = [service for service in services if not _found(service)]
    if not missing:
        return
    packages = [package for service in missing for package in service.packages]
    line = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    names = ", ".join(service.name for service in missing)
    if not _may_install():
        raise MissingServiceError(f"The tests need {names}. On Debian this installs what is missing:\n  sudo {line}")
    print(f"Installing {names} with apt-get (a minute or two)", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in ("apt-get update -qq", line.replace("apt-get", "apt-get -qq", 1)):
        print(f"  {command}", flush=True)
        done = subprocess.run(command.split(), env=quiet, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        if done.returncode:
            print(done.stdout.decode(errors="replace"))
            raise MissingServiceError(f"This did not work: {command}")
    for service in missing:
        service.find()


def _may_install() -> bool:
    on_debian = Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None
    return on_debian and os.geteuid() == 0


def _found(service: Service) -> bool:
    try:
        service.find()
    except MissingServiceError:
        return False
    return True


def _may_be_used(url: str) -> bool:
    question = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
    try:
        with psycopg.connect(url, connect_timeout=2) as connection:
            row = connection.execute(question).fetchone()
    except psycopg.Error:
        return False
    return bool(row and row[0])


def _answers(port: int) -> bool:
    try:
        with socket.create_connection((LOCALHOST, port), timeout=1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(5) == b"+PONG"
    except OSError:
        return False


def _wait_until(ready: Callable[[], bool], server: Running, log: Path) -> None:
    give_up = time.monotonic() + PATIENCE
    while not ready():
        ended = server.process is not None and server.process.poll() is not None
        if ended or time.monotonic() > give_up:
            said = log.read_text(errors="replace")[-2000:]
            server.stop()
            raise MissingServiceError(f"A server that was started for the tests did not answer:\n{said}")
        time.sleep(0.02)


def _version(name: str) -> float:
    return float(name) if name.replace(".", "", 1).isdigit() else 0.0


def main() -> int:
    """Find or install everything and say where it is; 1 when something is missing."""
    try:
        ensure()
    except MissingServiceError as reason:
        print(reason, file=sys.stderr)
        if os.environ.get("SKIP_SERVICES") == "1" and os.environ.get("CI") != "true":
            print("SKIP_SERVICES=1: the tests that need them are left out.", file=sys.stderr)
            return 0
        return 1
    for service in SERVICES:
        print(f"{service.name}: {service.find().rpartition('@')[2]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
