"""The checker's findings as text for people, JSON for scripts and SARIF for code hosts."""

import json
from collections.abc import Sequence

from app.scenarios.format.diagnostics import SUMMARIES, Diagnostic

SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def as_text(files: int, diagnostics: Sequence[Diagnostic]) -> str:
    """One line a finding, as compilers print it, and a last line that counts."""
    lines = [f"{d.path}:{d.line}:{d.column}: {d.severity} {d.code}: {d.message}{_inside(d)}" for d in diagnostics]
    errors = sum(diagnostic.is_error for diagnostic in diagnostics)
    counts = f"{_count(errors, 'error')}, {_count(len(diagnostics) - errors, 'warning')}"
    return "\n".join([*lines, f"{_count(files, 'file')} checked: {counts}"])


def as_json(files: int, diagnostics: Sequence[Diagnostic]) -> str:
    """The shape that scripts rely on (docs/scenario-format.md)."""
    return json.dumps({"files": files, "diagnostics": [found.as_json() for found in diagnostics]}, indent=2)


def as_sarif(_files: int, diagnostics: Sequence[Diagnostic]) -> str:
    """SARIF 2.1.0, with every code as a rule."""
    rules = [{"id": code, "shortDescription": {"text": summary}} for code, summary in SUMMARIES.items()]
    driver = {"name": "flask scenarios check", "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": [_result(d) for d in diagnostics]}
    return json.dumps({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _result(found: Diagnostic) -> dict[str, object]:
    place = {
        "artifactLocation": {"uri": found.path},
        "region": {"startLine": found.line, "startColumn": found.column},
    }
    return {
        "ruleId": found.code,
        "level": found.severity,
        "message": {"text": found.message},
        "locations": [{"physicalLocation": place}],
    }


def _inside(found: Diagnostic) -> str:
    return f" [in {found.passage}]" if found.passage is not None else ""


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
