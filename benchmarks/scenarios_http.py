"""A played step through HTTP: the form is posted, the redirect followed, the next passage shown.

The peer "bare" (benchmarks/scenarios_bare.py) does three queries, one insert and a plain template in one request, and
nothing else. Both run under the product's own gunicorn, on the same database server, and take turns. One client,
kept-alive connections; the time of a step is from the first byte sent to the last byte of the next passage.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
import timeit
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import event

from app import create_app
from app.config import ROOT, Settings
from app.core.db import db, transaction
from app.scenarios import engine, operations
from app.scenarios.format.reading import parse
from benchmarks import scenarios_bare
from tests.clients import PASSWORD, TOKEN
from tests.databases import migrate, postgres_database
from tests.people import meet
from tests.services import LOCALHOST, free_port

SCENARIO = "ward-handover"
STEPS_OF_A_RUN = 6
WARM_UP, RUNS = 10, 60
TRIES = 300  # for a server to answer, a tenth of a second each
POSITION = re.compile(r'name="position" value="(\d+)"')
CHOICE = re.compile(r'name="choice" value="([^"]+)"')
KEY = re.compile(r'name="key" value="([^"]+)"')


def rows() -> Iterator[Mapping[str, Any]]:
    """Milliseconds and queries of a played step on both databases; microseconds of a step of the engine alone."""
    with tempfile.TemporaryDirectory() as folder:
        yield from over_http("sqlite", Path(folder), f"sqlite:///{folder}/play.db")
    with tempfile.TemporaryDirectory() as folder, postgres_database(os.environ["TEST_POSTGRES_URL"], "bench") as url:
        yield from over_http("postgresql", Path(folder), url)
    yield engine_step()


def over_http(name: str, folder: Path, url: str) -> Iterator[Mapping[str, Any]]:
    """The rows of one database."""
    settings = {"DEMO_MODE": "1", "INSTANCE_PATH": str(folder), "DATABASE_URL": url, "LOG_LEVEL": "WARNING"}
    email = fill(folder, url, settings)
    bare_url = url if name == "postgresql" else f"sqlite:///{folder}/bare.db"
    scenarios_bare.fill(bare_url, WARM_UP + RUNS)
    queries = count_queries(settings, email)
    with ExitStack() as servers:
        ours = servers.enter_context(serving("wsgi:app", settings))
        bare = servers.enter_context(
            serving("benchmarks.scenarios_bare:create_app()", settings | {"BARE_DATABASE_URL": bare_url})
        )
        player = Player(ours, email)
        times: dict[str, list[float]] = {"ours": [], "bare": []}
        for number in range(WARM_UP + RUNS):
            turn = {"ours": player.play_a_run(), "bare": play_bare(bare, number + 1)}
            if number >= WARM_UP:
                for who, taken in turn.items():
                    times[who] += taken
    yield {
        "case": f"step-http-{name}",
        "unit": "ms per step",
        "ours": median(times["ours"]) * 1000,
        "peer": median(times["bare"]) * 1000,
        "peer_name": "bare",
        "requests": {"ours": 2, "peer": 1},
        "steps": len(times["ours"]),
    }
    yield {"case": f"step-queries-{name}", "unit": "queries", "ours": queries, "peer": 4, "peer_name": "bare"}


def engine_step() -> Mapping[str, Any]:
    """The engine alone: taking a choice with an effect."""
    story = parse((ROOT / "scenarios" / f"{SCENARIO}.twee").read_bytes()).story
    assert story is not None
    run = engine.choose(story, engine.begin(story), "door")
    choice = next(choice for choice in engine.open_choices(story, run.now) if choice.effects)
    take = partial(engine.choose, story, run, choice.id)
    times = timeit.repeat(take, timer=time.process_time, number=20_000, repeat=15)
    return {"case": "engine-step", "unit": "microseconds", "ours": median(times) / 20_000 * 1e6}


def fill(folder: Path, url: str, settings: Mapping[str, str]) -> str:
    """A migrated database with people and the scenario; gives the address that somebody signs in with."""
    migrate(url, folder)
    app = create_app(Settings.from_env(settings))
    with app.app_context():
        owner = meet().owner
        with transaction():
            operations.load_folder(ROOT / "scenarios" / f"{SCENARIO}.twee")
        db.engine.dispose()
    return owner.email


@contextmanager
def serving(app: str, settings: Mapping[str, str]) -> Iterator[HTTPConnection]:
    """The app under the product's gunicorn, in a process of its own, from the moment it answers."""
    port = free_port()
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PORT": str(port), **settings}
    command = [sys.executable, "-m", "gunicorn", "--config", str(ROOT / "deploy" / "gunicorn.conf.py"), app]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        connection = HTTPConnection(LOCALHOST, port, timeout=30)
        for _ in range(TRIES):
            try:
                connection.request("GET", "/healthz")
                connection.getresponse().read()
                break
            except (OSError, HTTPException):
                connection.close()
                time.sleep(0.1)
        yield connection
        connection.close()
    finally:
        process.terminate()
        process.wait(timeout=30)


class Player:
    """Somebody who is signed in and presses buttons over one connection."""

    def __init__(self, connection: HTTPConnection, email: str) -> None:
        self.connection, self.cookies = connection, {}
        page = self.ask("GET", "/login")[1]
        self.ask("POST", "/login", csrf_token=TOKEN.search(page)[1], email=email, password=PASSWORD)
        page = self.ask("GET", f"/scenarios/{SCENARIO}")[1]
        assert KEY.search(page), "nobody is signed in"

    def ask(self, method: str, address: str, **form: str) -> tuple[HTTPResponse, str]:
        """Ask for a page and read all of it."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, address, urlencode(form) if form else None, headers)
        answer = self.connection.getresponse()
        page = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie", ()):
            name, _, rest = cookie.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return answer, page

    def play_a_run(self) -> list[float]:
        """Start a run (not timed) and take its first steps; gives the seconds of each."""
        page = self.ask("GET", f"/scenarios/{SCENARIO}")[1]
        token = TOKEN.search(page)[1]
        begun, _ = self.ask("POST", f"/scenarios/{SCENARIO}/start", csrf_token=token, key=KEY.search(page)[1])
        run = begun.headers["Location"].partition("#")[0]
        page = self.ask("GET", run)[1]
        times = []
        for _ in range(STEPS_OF_A_RUN):
            choices = CHOICE.findall(page)
            if not choices:
                break  # a passage that asks for words first, or an ending
            form = {"csrf_token": token, "position": POSITION.search(page)[1], "choice": choices[-1]}
            begun_at = time.perf_counter()
            answer, _ = self.ask("POST", f"{run}/choose", **form)
            page = self.ask("GET", answer.headers["Location"].partition("#")[0])[1]
            times.append(time.perf_counter() - begun_at)
            assert answer.status == 303, answer.status
            assert 'id="now"' in page
        return times


def play_bare(connection: HTTPConnection, run_id: int) -> list[float]:
    """The same number of steps of the bare view."""
    times = []
    for _ in range(STEPS_OF_A_RUN):
        begun_at = time.perf_counter()
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", f"/runs/{run_id}", urlencode({"choice": "second"}), headers)
        answer = connection.getresponse()
        page = answer.read()
        times.append(time.perf_counter() - begun_at)
        assert b"Bed fourteen" in page
    return times


def count_queries(settings: Mapping[str, str], email: str) -> int:
    """How many statements a played step sends, the look-up of who is asking included."""
    app = create_app(Settings.from_env(settings))
    browser = app.test_client()
    page = browser.get("/login").text
    browser.post("/login", data={"csrf_token": TOKEN.search(page)[1], "email": email, "password": PASSWORD})
    page = browser.get(f"/scenarios/{SCENARIO}").text
    form = {"csrf_token": TOKEN.search(page)[1]}
    begun = browser.post(f"/scenarios/{SCENARIO}/start", data=form | {"key": KEY.search(page)[1]})
    run = begun.location.partition("#")[0]
    page = browser.get(run).text
    sent: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *what: sent.append(what[2]))
    browser.post(f"{run}/choose", data=form | {"position": "0", "choice": CHOICE.findall(page)[0]})
    browser.get(run)
    with app.app_context():
        db.engine.dispose()
    return len([statement for statement in sent if not statement.startswith(("BEGIN", "PRAGMA"))])
