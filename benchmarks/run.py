"""Run the benches and keep what they measured: `make bench`, or one of them with `make bench NAME=scenarios`.

Each module of a bench has `rows()`: a list of what was measured, ours and a peer's in the same run, alternating, as
medians. It may have `versions()`: what else took part. Results go to benchmarks/results/NAME.json, which are kept.
"""

import json
import os
import platform
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

import psycopg

from tests import services

RESULTS = Path(__file__).parent / "results"
LIBRARIES = ("Flask", "SQLAlchemy", "gunicorn", "gevent", "psycopg")

# What each bench consists of.
BENCHES: Mapping[str, tuple[str, ...]] = {
    "scenarios": ("benchmarks.scenarios_format", "benchmarks.scenarios_http"),
    "signposting": ("benchmarks.signposting_directory",),
    "catchups": ("benchmarks.catchups_pairing", "benchmarks.catchups_slots"),
    "forums": ("benchmarks.forums",),
}


def measure(name: str) -> dict[str, Any]:
    """Run one bench; raises ValueError when a row lacks something."""
    versions, rows = common_versions(), []
    for module_name in BENCHES[name]:
        module = import_module(module_name)
        print(f"{name}: {module_name.rpartition('.')[2]}", flush=True)
        rows += [finished(row) for row in module.rows()]
        versions |= getattr(module, "versions", dict)()
    when = datetime.now(UTC).isoformat(timespec="seconds")
    return {"name": name, "when": when, "versions": versions, "rows": rows}


def finished(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row in the shape that scripts rely on, with its ratio; raises ValueError when something is missing."""
    missing = {"case", "unit", "ours"} - row.keys()
    if missing:
        raise ValueError(f"a row without {', '.join(sorted(missing))}: {dict(row)}")
    ours, peer = float(row["ours"]), row.get("peer")
    return {
        "case": row["case"],
        "unit": row["unit"],
        "ours": ours,
        "peer": None if peer is None else float(peer),
        "peer_name": row.get("peer_name"),
        "ratio": ours / float(peer) if peer else None,
        **{name: value for name, value in row.items() if name not in {"case", "unit", "ours", "peer", "peer_name"}},
    }


def common_versions() -> dict[str, str]:
    """What every bench stands on; the build of Python matters as much as its version."""
    known = {
        "python": platform.python_version(),
        "python_build": f"{' '.join(platform.python_build())}, {platform.python_compiler()}",
        "processor": _processor(),
        "sqlite": sqlite3.sqlite_version,
        **{name.lower(): metadata.version(name) for name in LIBRARIES},
    }
    asked = {"node": _said_by("node", "--version"), "postgresql": _postgresql()}
    return known | {name: version for name, version in asked.items() if version}


def table(result: Mapping[str, Any]) -> Iterator[str]:
    """The rows as lines for a terminal."""
    yield f"{'case':<28} {'unit':<14} {'ours':>12} {'peer':>12}  {'ratio':>7}  peer"
    for row in result["rows"]:
        peer = "" if row["peer"] is None else f"{row['peer']:.4g}"
        ratio = "" if row["ratio"] is None else f"{row['ratio']:.3g}"
        measured = f"{row['ours']:>12.4g} {peer:>12}  {ratio:>7}"
        yield f"{row['case']:<28} {row['unit']:<14} {measured}  {row['peer_name'] or ''}".rstrip()


def main(names: Iterable[str]) -> int:
    """Run the named benches, or all; 2 for a name that is none."""
    chosen = list(names) or list(BENCHES)
    unknown = [name for name in chosen if name not in BENCHES]
    if unknown:
        print(f"No bench is called {', '.join(unknown)}. There are: {', '.join(BENCHES)}.", file=sys.stderr)
        return 2
    started = services.Started.all()
    try:
        for name in chosen:
            result = measure(name)
            RESULTS.mkdir(exist_ok=True)
            (RESULTS / f"{name}.json").write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
            print("\n".join(table(result)))
    finally:
        started.stop()
    return 0


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def _said_by(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def _postgresql() -> str:
    url = os.environ.get("TEST_POSTGRES_URL", "")
    if not url:
        return ""
    with psycopg.connect(url) as connection:
        row = connection.execute("SHOW server_version").fetchone()
    return str(row[0]) if row else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
