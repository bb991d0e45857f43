"""The product as people start it: `make run` in a process of its own, on a free port, with a folder of its own."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from tests.services import LOCALHOST, end_with_the_tests, free_port

ROOT = Path(__file__).resolve().parents[2]
DEMO_PASSWORD = "practice makes it easier"
PATIENCE_AT_START = 120.0  # seconds: the demonstration is filled first
PATIENCE_AT_END = 10.0
# Nothing of the developer's own settings may reach a product under test.
OURS = {
    *("APP_ENV", "DATABASE_URL", "DATA_KEYS", "DEMO_MODE", "HUEY_URL", "PUBLIC_URL", "REDIS_URL", "SECRET_KEY"),
    *("SMTP_HOST", "MAKEFLAGS", "MFLAGS", "MAKELEVEL"),
}


@dataclass(frozen=True)
class Product:
    """A product that runs."""

    address: str
    folder: Path
    process: subprocess.Popen[bytes]

    @property
    def log(self) -> str:
        """What it has said so far."""
        return (self.folder / "log").read_text(errors="replace")

    def everything(self) -> set[int]:
        """The process ids of `make run` and of all that it started."""
        return {self.process.pid, *descendants(self.process.pid)}

    def stop(self, how: signal.Signals = signal.SIGTERM, *, whole_group: bool = False) -> None:
        """End it as a person (Ctrl-C reaches the whole group) or a supervisor would; fails when anything stays."""
        all_of_it = self.everything()
        if whole_group:
            os.killpg(self.process.pid, how)
        else:
            self.process.send_signal(how)
        try:
            self.process.wait(timeout=PATIENCE_AT_END)
        except subprocess.TimeoutExpired:
            kill(all_of_it)
            raise AssertionError(
                f"make run did not end within {PATIENCE_AT_END:g} seconds:\n{self.log[-3000:]}"
            ) from None
        left = still_there(all_of_it)
        kill(left)
        assert not left, f"make run left {len(left)} processes behind:\n{self.log[-3000:]}"


@contextmanager
def started(folder: Path, **settings: str) -> Iterator[Product]:
    """`make run` with these settings, from the moment it answers; ended at the latest with the block."""
    port = settings.get("PORT") or str(free_port())
    environment = {name: value for name, value in os.environ.items() if name not in OURS}
    environment |= {"PORT": port, "INSTANCE_PATH": str(folder), "DEMO_PASSWORD": DEMO_PASSWORD, **settings}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            ["make", "run"],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=end_with_the_tests,  # noqa: PLW1509 - see there
        )
    product = Product(f"http://{LOCALHOST}:{port}", folder, process)
    try:
        _wait_until_ready(product)
        yield product
    finally:
        if process.poll() is None:
            product.stop()


def processes() -> dict[int, tuple[int, str]]:
    """Every process that runs: its id, its parent's id and its command."""
    if not Path("/proc/self/stat").exists():
        listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True)
        rows = (line.split(maxsplit=2) for line in listed.stdout.splitlines())
        return {int(row[0]): (int(row[1]), row[2] if len(row) > 2 else "") for row in rows}
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            # The name of the program stands in brackets and may hold spaces and brackets itself.
            state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
        except OSError:
            continue  # it ended meanwhile
        if state not in "ZX":
            found[int(folder.name)] = (int(parent), command)
    return found


def descendants(pid: int) -> set[int]:
    """The processes that a process started, and those that they started."""
    parents = {child: parent for child, (parent, _) in processes().items()}
    found: set[int] = set()
    fresh = {pid}
    while fresh:
        fresh = {child for child, parent in parents.items() if parent in fresh} - found
        found |= fresh
    return found


def still_there(pids: set[int], patience: float = 1.0) -> set[int]:
    """Those of the processes that have not ended."""
    give_up = time.monotonic() + patience
    left = pids & processes().keys()
    while left and time.monotonic() < give_up:
        time.sleep(0.02)
        left &= processes().keys()
    return left


def kill(pids: set[int]) -> None:
    """End what should have ended by itself."""
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def _wait_until_ready(product: Product) -> None:
    give_up = time.monotonic() + PATIENCE_AT_START
    while not _ready(product):
        if product.process.poll() is not None:
            raise AssertionError(f"make run ended by itself:\n{product.log[-3000:]}")
        if time.monotonic() > give_up:
            raise AssertionError(f"make run was not ready after {PATIENCE_AT_START:g} seconds:\n{product.log[-3000:]}")
        time.sleep(0.1)


def _ready(product: Product) -> bool:
    asked = HTTPConnection(LOCALHOST, int(product.address.rpartition(":")[2]), timeout=5)
    try:
        asked.request("GET", "/readyz")
        return asked.getresponse().status == HTTPStatus.OK
    except (OSError, HTTPException):
        return False
    finally:
        asked.close()
