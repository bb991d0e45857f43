"""Pages of the forums under load, beside a bare Flask page with the same posts (benchmarks/forums_bare.py).

Both run under the product's own gunicorn with two processes, on the same PostgreSQL and the same rows, and take turns;
`wrk` asks. The forum is that of `flask demo load --size peer`, then that of `medium`. FORUMS_BENCH_SIZES="peer" leaves
the second out, FORUMS_BENCH_SECONDS and FORUMS_BENCH_ROUNDS make it shorter. Replies are timed one after another over
one connection, from the first byte sent to the last byte of the redirect; the ratio of a reply is of times, all others
are of requests a second.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import event, select

from app import create_app
from app.config import ROOT, Settings
from app.core.db import db
from app.forums.demo.sizes import SEARCHED, SIZES, Size
from app.forums.models import Board, Topic
from tests.clients import TOKEN
from tests.databases import migrate, postgres_database
from tests.services import LOCALHOST, MissingServiceError, free_port

CHOSEN = os.environ.get("FORUMS_BENCH_SIZES", "peer,medium").split(",")
SECONDS = int(os.environ.get("FORUMS_BENCH_SECONDS", "8"))
ROUNDS = int(os.environ.get("FORUMS_BENCH_ROUNDS", "5"))
WARM_UP, REPLIES = 2, 100
PROCESSES, CONNECTIONS = 2, 16
TRIES = 300  # for a server to answer, a tenth of a second each
EMAIL, PASSWORD = "participant@demo.example", "canal boats at dawn"
KEY = re.compile(r'name="client_key" value="([^"]+)"')
RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
LATENCY = re.compile(r"\s+(50|99)%\s+([\d.]+)(us|ms|s)")
IN_MS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


class TooManyError(Exception):
    """The product asked its member to write less."""


@dataclass(frozen=True, slots=True)
class Case:
    """A page of ours and the bare one beside it; `shows` must be in ours, or the bench measures something else."""

    name: str
    ours: str
    bare: str
    shows: str


def rows() -> Iterator[Mapping[str, Any]]:
    """Requests a second of each page, and the milliseconds of a reply, for each size."""
    wrk = find_wrk()
    for name in CHOSEN:
        with tempfile.TemporaryDirectory() as folder, postgres_database(os.environ["TEST_POSTGRES_URL"], name) as url:
            yield from of_size(SIZES[name], url, Path(folder), wrk)


def of_size(size: Size, url: str, folder: Path, wrk: str) -> Iterator[Mapping[str, Any]]:
    """The rows of one size; those of the first one have the names that scripts rely on."""
    settings = {
        "DEMO_MODE": "1", "DEMO_PASSWORD": PASSWORD, "INSTANCE_PATH": str(folder), "DATABASE_URL": url,
        "LOG_LEVEL": "WARNING", "PUBLIC_URL": "http://127.0.0.1:8000",
    }  # fmt: skip
    longest, other = filled(size, url, folder, settings)
    cases = [
        Case("topic-list", f"/forums/{size.slug}", f"/topics/{other}", "app-topic__title"),
        Case("topic-first", f"/forums/topics/{longest}", f"/topics/{longest}", 'id="post-20"'),
        Case(
            "topic-last",
            f"/forums/topics/{longest}?page={size.longest // 20}",
            f"/topics/{longest}?page={size.longest // 20}",
            f'id="post-{size.longest}"',
        ),
        Case("search", f"/forums/search?q={SEARCHED}", f"/topics/{other}", "app-found__post"),
    ]
    suffix = "" if size.slug == "peer" else f"-{size.slug}"
    counted = counts(settings, cases)
    with ExitStack() as servers:
        ours = servers.enter_context(serving("wsgi:app", settings))
        bare = servers.enter_context(
            serving("benchmarks.forums_bare:create_app()", settings | {"BARE_DATABASE_URL": url})
        )
        member = Member(ours)
        for case in cases:
            yield measured(case, suffix, wrk, (ours, member.cookie, bare)) | counted[case.name]
        yield replies(member, bare, other, suffix)


def measured(case: Case, suffix: str, wrk: str, servers: tuple[int, str, int]) -> dict[str, Any]:
    """One page, in turns."""
    ours, cookie, bare = servers
    rates: dict[str, list[float]] = {"ours": [], "bare": []}
    waits: dict[str, list[float]] = {"50": [], "99": []}
    for number in range(ROUNDS):
        turn = [("ours", ours, case.ours, cookie), ("bare", bare, case.bare, "")]
        for who, port, path, given in turn if number % 2 else turn[::-1]:
            said = ask(wrk, port, path, given)
            rates[who].append(float(RATE.search(said)[1]))
            if who == "ours":
                for percent, value, unit in LATENCY.findall(said):
                    waits[percent].append(float(value) * IN_MS[unit])
    return {
        "case": f"{case.name}{suffix}",
        "unit": "requests/s",
        "ours": median(rates["ours"]),
        "peer": median(rates["bare"]),
        "peer_name": "bare",
        "visitor": "signed in",
        "p50_ms": round(median(waits["50"]), 1),
        "p99_ms": round(median(waits["99"]), 1),
        "load_average": round(os.getloadavg()[0], 1),
    }


def replies(member: "Member", bare: int, topic_id: int, suffix: str) -> dict[str, Any]:
    """Replies one after another, in turns."""
    plain = HTTPConnection(LOCALHOST, bare, timeout=30)
    member.connection.close()  # the server has, in the minutes since; the next request opens it again
    times: dict[str, list[float]] = {"ours": [], "bare": []}
    for number in range(REPLIES + WARM_UP):
        words = f"Reply {number}: I would do it again, and say it a little sooner."
        try:
            mine = member.reply(topic_id, words)
        except TooManyError:
            break  # the product holds back whoever writes so much: what was measured until then counts
        taken = {"ours": mine, "bare": post(plain, f"/topics/{topic_id}/reply", body=words)}
        if number >= WARM_UP:
            for who, each in taken.items():
                times[who].append(each)
    plain.close()
    return {
        "case": f"reply{suffix}",
        "unit": "ms",
        "ours": median(times["ours"]) * 1000,
        "peer": median(times["bare"]) * 1000,
        "peer_name": "bare",
        "visitor": "signed in",
        "replies": len(times["ours"]),
        "load_average": round(os.getloadavg()[0], 1),
    }


def ask(wrk: str, port: int, path: str, cookie: str) -> str:
    """What wrk says of one page; raises RuntimeError when some answers were not the page."""
    headers = ["-H", f"Cookie: {cookie}"] if cookie else []
    command = [wrk, "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", *headers]
    said = subprocess.run([*command, f"http://{LOCALHOST}:{port}{path}"], capture_output=True, text=True, check=True)
    if "Non-2xx" in said.stdout:
        raise RuntimeError(f"{path} was not always answered with the page: {said.stdout}")
    return said.stdout


def filled(size: Size, url: str, folder: Path, settings: Mapping[str, str]) -> tuple[int, int]:
    """A database with the forum; gives the longest topic and an ordinary one."""
    migrate(url, folder)
    app = create_app(Settings.from_env(settings))
    said = app.test_cli_runner().invoke(args=["demo", "load", "--size", size.slug])
    assert said.exit_code == 0, said.output
    with app.app_context():
        # As autovacuum would have done by the time that anybody measures.
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
        found = select(Topic.id).join(Board, Board.id == Topic.board_id).where(Board.slug == size.slug)
        longest = db.session.scalars(found.order_by(Topic.posts.desc()).limit(1)).one()
        other = db.session.scalars(found.where(Topic.posts.between(20, 40)).order_by(Topic.id).limit(1)).one()
        db.session.remove()
        db.engine.dispose()
    return longest, other


def counts(settings: Mapping[str, str], cases: list[Case]) -> dict[str, dict[str, int]]:
    """Statements and bytes of each page."""
    app = create_app(Settings.from_env(settings))
    browser = app.test_client()
    token = TOKEN.search(browser.get("/login").text)[1]
    browser.post("/login", data={"csrf_token": token, "email": EMAIL, "password": PASSWORD})
    sent: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *what: sent.append(what[2]))
    counted = {}
    for case in cases:
        browser.get(case.ours)
        sent.clear()
        page = browser.get(case.ours)
        assert case.shows in page.text, case
        counted[case.name] = {"queries": len(sent), "bytes": len(page.data)}
    with app.app_context():
        db.engine.dispose()
    return counted


@contextmanager
def serving(app: str, settings: Mapping[str, str]) -> Iterator[int]:
    """The port of an app under the product's gunicorn with two processes, from the moment it answers."""
    port = free_port()
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **settings, "PORT": str(port)}
    config = str(ROOT / "deploy" / "gunicorn.conf.py")
    command = [sys.executable, "-m", "gunicorn", "--config", config, "--workers", str(PROCESSES), app]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        for _ in range(TRIES):
            try:
                probe = HTTPConnection(LOCALHOST, port, timeout=30)
                probe.request("GET", "/healthz")
                probe.getresponse().read()
                probe.close()
                break
            except (OSError, HTTPException):
                time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=30)


class Member:
    """Somebody who is signed in, over one connection."""

    def __init__(self, port: int) -> None:
        self.connection, self.cookie = HTTPConnection(LOCALHOST, port, timeout=30), ""
        page = self._get("/login")
        form = {"csrf_token": TOKEN.search(page)[1], "email": EMAIL, "password": PASSWORD}
        post(self.connection, "/login", self, **form)
        assert "Sign out" in self._get("/forums"), "nobody is signed in"

    def reply(self, topic_id: int, words: str) -> float:
        """Post a reply; gives the seconds from the first byte sent to the last byte of the answer."""
        page = self._get(f"/forums/topics/{topic_id}/reply")
        form = {"csrf_token": TOKEN.search(page)[1], "client_key": KEY.search(page)[1], "body": words, "submit": "1"}
        return post(self.connection, f"/forums/topics/{topic_id}/reply", self, **form)

    def keep(self, cookies: list[str]) -> None:
        """Keep the session that an answer sets."""
        for cookie in cookies:
            self.cookie = cookie.partition(";")[0]

    def _get(self, path: str) -> str:
        self.connection.request("GET", path, headers={"Cookie": self.cookie} if self.cookie else {})
        answer = self.connection.getresponse()
        page = answer.read().decode()
        self.keep(answer.headers.get_all("Set-Cookie") or [])
        return page


def post(connection: HTTPConnection, path: str, member: Member | None = None, **form: str) -> float:
    """Post a form that must be answered with a redirect; gives the seconds that it took."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    if member:
        headers["Cookie"] = member.cookie
    begun = time.perf_counter()
    connection.request("POST", path, urlencode(form), headers)
    answer = connection.getresponse()
    page = answer.read()
    taken = time.perf_counter() - begun
    if answer.status == 422:
        raise TooManyError
    assert answer.status in {302, 303}, (path, answer.status, page[:500])
    if member:
        member.keep(answer.headers.get_all("Set-Cookie") or [])
    return taken


def find_wrk() -> str:
    """The path of wrk, installed as root on Debian where it is missing; raises MissingServiceError."""
    if not shutil.which("wrk") and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "install", "-y", "-qq", "wrk"], check=False, stdout=subprocess.DEVNULL)
    found = shutil.which("wrk")
    if not found:
        raise MissingServiceError("wrk was not found. Install it: apt-get install wrk")
    return found
