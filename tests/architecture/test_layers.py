"""Who may know whom, where import-linter's contracts (pyproject.toml) need company."""

import ast
import tomllib

import pytest

from tests.architecture.sources import APP, FEATURES, ROOT, imports_of, modules, place, tree_of

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
INSIDE = next(contract for contract in CONTRACTS if contract["name"].startswith("inside a feature"))

DOORS = {"models", "policies", "queries", "operations", "forms", "views", "sockets", "api", "jobs", "cli", "wiring"}
NOT_PURE = ("flask", "flask_", "sqlalchemy", "wtforms", "app.core.db", "app.core.clock")

# Modules beside the doors that are not rules, and what they are there for.
NOT_RULES = {
    "app/accounts/current.py": "asks Flask-Login who is signed in",
    "app/accounts/limits.py": "counts tries, by Flask-Limiter",
    "app/accounts/links.py": "signs links with the key of the app",
    "app/accounts/seams.py": "what higher features tell accounts, kept on the app",
    "app/accounts/security.py": "sets Flask-Security up",
    "app/accounts/wiring.py": "puts the feature into the app",
    "app/catchups/rounds/demo.py": "puts rounds into the demonstration",
    "app/catchups/slots/demo.py": "puts slots into the demonstration",
    "app/accounts/freshness.py": "asks Flask-Security when the password was typed",
    "app/moderation/aliases/seams.py": "what stands under aliases, kept on the app",
    "app/demo/cases.py": "finds what cases of the demonstration are about",
    "app/moderation/cases/demo.py": "puts cases into the demonstration",
    "app/moderation/cases/answers.py": "signs addresses with the key of the app",
    "app/moderation/breaches/seams.py": "what can be quarantined, kept on the app",
    "app/moderation/cases/seams.py": "what higher features tell cases, kept on the app",
    "app/moderation/cases/subjects.py": "what cases can be about, kept on the app",
    "app/forums/demo/large.py": "writes a forum of a stated size, to measure",
    "app/forums/collections/demo.py": "gathers pieces for the demonstration",
    "app/forums/demo/small.py": "puts boards and topics into the demonstration",
    "app/moderation/transparency/demo.py": "publishes a quarter for the demonstration",
    "app/signposting/demo.py": "puts a directory into the demonstration",
    "app/signposting/seams.py": "looks at the clock for pages",
    "app/signposting/wiring.py": "puts the feature into the app",
    "app/moderation/law/demo.py": "puts an assessment of risks into the demonstration",
    "app/moderation/screening/demo.py": "puts watched words into the demonstration",
    "app/moderation/screening/samples.py": "where features keep recent posts, kept on the app",
    "app/notifications/wiring.py": "puts the feature into the app",
    "app/notifications/feeds.py": "which dates features add to a calendar, kept on the app",
    "app/notifications/kinds.py": "which kinds of notice features have, kept on the app",
    "app/notifications/letters.py": "words mail about rows",
    "app/notifications/links.py": "signs links with the key of the app",
    "app/notifications/mail.py": "writes mail from templates and hands it over",
    "app/programme/belonging.py": "what programmes tell the features below",
    "app/programme/current.py": "asks the request which programme it is about",
    "app/programme/shown.py": "keeps on the app what every page shows of programmes",
    "app/rooms/demo.py": "puts rooms into the demonstration",
    "app/rooms/entrance.py": "finds a room and asks the policies, which no query may",
    "app/rooms/presence.py": "which sockets this process holds, kept on the app",
    "app/rooms/reporting.py": "answers what moderation asks of a message",
    "app/rooms/watch.py": "what a live process looks at each second",
    "app/signposting/upkeep/demo.py": "puts suggestions and gaps into the demonstration",
}


def beside_the_doors():
    for feature in FEATURES:
        for path in sorted((APP / feature).rglob("*.py")):
            parts = path.relative_to(APP / feature).with_suffix("").parts
            if DOORS.isdisjoint(parts) and path.stem != "__init__" and place(path) not in NOT_RULES:
                yield path


def test_each_feature_is_held_by_the_contract_on_its_inside():
    assert sorted(INSIDE["containers"]) == [f"app.{feature}" for feature in FEATURES]


@pytest.mark.parametrize("path", list(beside_the_doors()), ids=place)
def test_what_is_no_door_is_pure(path):
    """Rules, under whatever name, decide without Flask, the database, forms or the clock."""
    models = {f"app.{feature}.models" for feature in FEATURES}
    impure = [name for name in imports_of(path) if name.startswith(NOT_PURE) or name in models]
    assert impure == []


def test_only_transaction_commits():
    """Flask-Security commits by itself; our own code never does."""
    commits = [
        f"{place(path)}:{node.lineno}"
        for path in modules()
        if place(path) != "app/core/db.py"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    ]
    assert commits == []


def test_exceptions_still_exist():
    assert [name for name in NOT_RULES if not (ROOT / name).is_file()] == []
