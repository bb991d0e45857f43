"""Search and filter over directories of several sizes on both databases; a page of Open Referral; the weight of pages.

A search is what the page does: what is meant by the words, ranking, crisis lines, and the entries themselves with their
numbers and hours. The peer of the Open Referral page is a bare Flask view that runs the same two statements and gives
the rows to `json`, in the same process, taking turns.
"""

import json
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any

import brotli
from flask import Flask, Response
from sqlalchemy import event, func, select

from app import create_app
from app.core.db import db
from app.signposting.criteria import Criteria, Seeker
from app.signposting.models import Provider, SupportService
from app.signposting.openreferral.queries.listings import PUBLIC
from app.signposting.openreferral.queries.pages import PROVIDER, SERVICE
from app.signposting.queries.finding import find
from benchmarks import signposting_generated as generated
from tests.databases import migrate, postgres_database, test_settings
from tests.people import meet

SIZES = (200, 5_000, 50_000)
SEARCHES, PAGES = 200, 60
PAGE = "/openreferral/v3/services?per_page=100"
PLAIN_SIZE = 5_000  # of the directory whose pages are measured
WEIGHED = {"crisis": "/support/now", "directory": "/support"}


def rows() -> Iterator[Mapping[str, Any]]:
    """Milliseconds and queries; without a suffix on the embedded database."""
    for suffix, server in (("", ""), ("-postgresql", os.environ["TEST_POSTGRES_URL"])):
        for size in SIZES:
            with ExitStack() as kept:
                folder = Path(kept.enter_context(tempfile.TemporaryDirectory()))
                url = kept.enter_context(postgres_database(server, "bench")) if server else f"sqlite:///{folder}/b.db"
                migrate(url, folder)
                app = create_app(test_settings(url, folder))
                with app.app_context():
                    programme_id = meet().programme_id
                    generated.fill(size)
                    if server:
                        db.session.execute(db.text("ANALYZE"))
                        db.session.rollback()
                yield from search(app, programme_id, f"{size}{suffix}")
                if size == PLAIN_SIZE:
                    yield openreferral_page(app, suffix)
                if size == SIZES[0] and not suffix:
                    yield from weights(app)
                with app.app_context():
                    db.engine.dispose()


def search(app: Flask, programme_id: int, size: str) -> Iterator[Mapping[str, Any]]:
    """Searches with words, and by need with filters."""
    asked = {
        f"search-{size}": [Criteria(words=words) for words in generated.searches(SEARCHES)],
        f"filter-{size}": [
            Criteria(need=need, ways=frozenset({"call"}), open_now=True, free=True) for need in generated.needs()
        ],
    }
    with app.app_context():
        queries: list[str] = []
        event.listen(db.engine, "before_cursor_execute", lambda *about: queries.append(about[2]))
        for case, criteria in asked.items():
            taken, counted = [], []
            for each in (criteria[0], *criteria):
                queries.clear()
                begun = perf_counter()
                find(each, Seeker(programme_id), generated.NOW)
                taken.append((perf_counter() - begun) * 1_000)
                counted.append(sum(not query.startswith("BEGIN") for query in queries))
                db.session.rollback()
            yield {
                "case": case,
                "unit": "ms p50",
                "ours": median(taken[1:]),
                "p99": quantiles(taken[1:], n=100)[98],
                "queries": max(counted),
                "searches": len(criteria),
            }


def openreferral_page(app: Flask, suffix: str) -> Mapping[str, Any]:
    """A page of a hundred services, against plain `json` of the same rows."""
    app.add_url_rule("/plain", "plain", plain)
    app.view_functions["plain"].access = lambda _reader: "yes"  # type: ignore[attr-defined]
    client = app.test_client()
    times: dict[str, list[float]] = {PAGE: [], "/plain": []}
    for _turn in range(PAGES):
        for path, taken in times.items():
            begun = perf_counter()
            assert client.get(path).status_code == 200
            taken.append((perf_counter() - begun) * 1_000)
    return {
        "case": f"openreferral-page{suffix}",
        "unit": "ms p50",
        "ours": median(times[PAGE][5:]),
        "peer": median(times["/plain"][5:]),
        "peer_name": "plain json",
        "p99": quantiles(times[PAGE][5:], n=100)[98],
    }


def plain() -> Response:
    """The same rows by the same statements, as they are."""
    db.session.scalar(select(func.count()).select_from(select(SupportService.id).where(*PUBLIC).subquery()))
    statement = select(*SERVICE, *PROVIDER).outerjoin(Provider, Provider.id == SupportService.provider_id)
    page = db.session.execute(statement.where(*PUBLIC).order_by(SupportService.name, SupportService.id).limit(100))
    return Response(json.dumps([tuple(row) for row in page], default=str), content_type="application/json")


def weights(app: Flask) -> Iterator[Mapping[str, Any]]:
    """What a first visit loads, compressed: the page, and every style and script that it names."""
    client = app.test_client()

    def weight(answer: Callable[[], Any]) -> int:
        return len(brotli.compress(answer().data))

    for name, path in WEIGHED.items():
        page = client.get(path)
        assert page.status_code == 200, path
        total = weight(lambda page=page: page)
        for part in _parts(page.text):
            found = client.get(part)
            assert found.status_code == 200, part
            total += weight(lambda found=found: found)
        yield {"case": f"weight-{name}", "unit": "KB compressed", "ours": total / 1_000}


def _parts(html: str) -> list[str]:
    return sorted(set(re.findall(r'(?:src|href)="(/static/[^"]+\.(?:css|js|svg|png))"', html)))
