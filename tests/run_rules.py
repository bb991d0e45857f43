"""The rules of a test run: services are there, tests say which database they want, and CI skips nothing."""

import os

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from werkzeug.routing import Rule
from xdist.scheduler import LoadScopeScheduling

from tests import services

IN_CI = os.environ.get("CI") == "true"
WANTS_A_SERVICE = {"postgres_url", "redis_url"}  # fixtures
JOURNEYS = "tests/journeys/"
STARTED = pytest.StashKey[services.Started]()

hypothesis_settings.register_profile("local", deadline=None)
hypothesis_settings.register_profile(
    "ci", deadline=None, derandomize=True, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("ci" if IN_CI else "local")


def _compile_addresses_once():
    """Let apps share what werkzeug compiles for each address: that is three quarters of making an app, and most tests
    make one. What it compiles depends on the rule alone and gets the rule at hand as its first argument.
    """
    compile_builder, compiled = Rule._compile_builder, {}

    def once(rule, append_unknown=True):
        key = (rule.rule, tuple(rule._trace), repr(rule.defaults), append_unknown)
        if key not in compiled:
            compiled[key] = compile_builder(rule, append_unknown)
        return compiled[key]

    Rule._compile_builder = once


def pytest_configure(config):
    """The process that leads the run starts what is needed once; the others find its address in the environment."""
    _compile_addresses_once()
    if not hasattr(config, "workerinput"):
        config.stash[STARTED] = services.Started.all()


def pytest_unconfigure(config):
    started = config.stash.get(STARTED, None)
    if started:
        started.stop()


def pytest_generate_tests(metafunc):
    """Choose the database of a test by its marker."""
    if "database" not in metafunc.fixturenames:
        return
    if metafunc.definition.get_closest_marker("both_databases"):
        metafunc.parametrize("database", ["sqlite", "postgresql"], indirect=True)
    elif metafunc.definition.get_closest_marker("postgresql"):
        metafunc.parametrize("database", ["postgresql"], indirect=True)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """Begin with the journeys, which take longest. On request (SKIP_SERVICES=1), leave out what needs a service."""
    items.sort(key=lambda item: not item.nodeid.startswith(JOURNEYS))
    if os.environ.get("SKIP_SERVICES") != "1":
        return
    if IN_CI:
        raise pytest.UsageError("SKIP_SERVICES=1 is for a laptop: under CI=true every test runs.")
    left_out = [item for item in items if _needs_a_service(item)]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


def _needs_a_service(item):
    parameters = getattr(getattr(item, "callspec", None), "params", {})
    on_postgresql = parameters.get("database") == "postgresql"
    is_journey = item.get_closest_marker("journey") is not None
    return on_postgresql or is_journey or not WANTS_A_SERVICE.isdisjoint(getattr(item, "fixturenames", ()))


class ByFile(LoadScopeScheduling):
    """A file is run by one process, so that what its tests share is made once; so is a product for its journeys.

    It stands in for `--dist loadgroup`, which pytest-xdist 3.8 ignores under pytest 9.2 (its issue 1386).
    """

    def _split_scope(self, nodeid):
        return nodeid.partition("::")[0]


def pytest_xdist_make_scheduler(config, log):
    """Hand the tests out by file, in the order in which they were collected."""
    config.option.loadscopereorder = False
    return ByFile(config, log)


def pytest_terminal_summary(terminalreporter):
    """Say it before the summary line, which has to be the last one."""
    skipped = terminalreporter.stats.get("skipped", [])
    if IN_CI and skipped:
        terminalreporter.write_line(f"{len(skipped)} skipped: under CI=true every test has to run.", red=True)


def pytest_sessionfinish(session):
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if IN_CI and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
