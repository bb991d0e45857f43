"""Fixtures that every test may use, and the rules of a test run: services are there, and CI skips nothing.

`app` is a fresh product on a fresh database: SQLite, PostgreSQL too under `@pytest.mark.both_databases`.
"""

import os

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from app import create_app
from app.core.db import db
from tests import databases, services
from tests.clients import HonestClient
from tests.people import meet

IN_CI = os.environ.get("CI") == "true"
NEEDS = {"postgres_url": "TEST_POSTGRES_URL", "redis_url": "TEST_REDIS_URL"}

hypothesis_settings.register_profile("local", deadline=None)
hypothesis_settings.register_profile(
    "ci", deadline=None, derandomize=True, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("ci" if IN_CI else "local")


def pytest_configure(config):
    """The process that leads the run starts what is needed once; the others find its address in the environment."""
    if not hasattr(config, "workerinput"):
        config.stash[STARTED] = services.Started.all()


def pytest_unconfigure(config):
    started = config.stash.get(STARTED, None)
    if started:
        started.stop()


STARTED = pytest.StashKey[services.Started]()


def pytest_generate_tests(metafunc):
    """Choose the database of a test by its marker."""
    if "database" not in metafunc.fixturenames:
        return
    if metafunc.definition.get_closest_marker("both_databases"):
        metafunc.parametrize("database", ["sqlite", "postgresql"], indirect=True)
    elif metafunc.definition.get_closest_marker("postgresql"):
        metafunc.parametrize("database", ["postgresql"], indirect=True)


def pytest_collection_modifyitems(config, items):
    """On request (SKIP_SERVICES=1), leave out what needs a service."""
    if os.environ.get("SKIP_SERVICES") != "1":
        return
    if IN_CI:
        raise pytest.UsageError("SKIP_SERVICES=1 is for a laptop: under CI=true every test runs.")
    without = [item for item in items if _needs_a_service(item)]
    items[:] = [item for item in items if item not in without]
    config.hook.pytest_deselected(items=without)


def _needs_a_service(item):
    parameters = getattr(getattr(item, "callspec", None), "params", {})
    on_postgresql = parameters.get("database") == "postgresql"
    return on_postgresql or bool(item.get_closest_marker("journey")) or not NEEDS.keys().isdisjoint(item.fixturenames)


def pytest_terminal_summary(terminalreporter):
    """Say it before the summary line, which has to be the last one."""
    skipped = terminalreporter.stats.get("skipped", [])
    if IN_CI and skipped:
        terminalreporter.write_line(f"{len(skipped)} skipped: under CI=true every test has to run.", red=True)


def pytest_sessionfinish(session):
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if IN_CI and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def _push_request_context():
    """Take the place of pytest-flask's fixture: it makes one member's session leak into the next client."""


def _address(variable):
    address = os.environ.get(variable)
    if not address:
        finders = {"TEST_POSTGRES_URL": services.start_postgres, "TEST_REDIS_URL": services.start_redis}
        try:
            finders[variable]()
        except services.MissingServiceError as reason:
            pytest.fail(f"{reason} `make services` says how to install it.", pytrace=False)
    return address


@pytest.fixture(scope="session")
def postgres_url():
    """The address of a PostgreSQL in which we are a superuser."""
    return _address("TEST_POSTGRES_URL")


@pytest.fixture(scope="session")
def redis_url():
    """The address of a Redis that tests may empty."""
    return _address("TEST_REDIS_URL")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory):
    """A migrated SQLite file."""
    return databases.migrated_sqlite(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_as_new(postgres_url, worker_id, tmp_path_factory):
    """A function that gives the address of this process's PostgreSQL database, migrated and empty."""
    with databases.postgres_database(postgres_url, worker_id) as url:
        databases.migrate(url, tmp_path_factory.mktemp("postgres"))
        empty = databases.Emptying(url)

        def as_new():
            empty()
            return url

        yield as_new
        empty.close()


@pytest.fixture
def database(request, tmp_path):
    """The address of a migrated, empty database."""
    if getattr(request, "param", "sqlite") == "postgresql":
        return request.getfixturevalue("postgres_as_new")()
    return databases.copy_of(request.getfixturevalue("sqlite_template"), tmp_path)


@pytest.fixture
def settings(database, tmp_path):
    """What `app` is made with; override the fixture in a module to change it."""
    return databases.test_settings(database, tmp_path)


@pytest.fixture
def app(settings):
    """The product, fresh, with no context pushed: a test says `with app.app_context():` around what it does itself."""
    app = create_app(settings)
    app.test_client_class = HonestClient
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def anonymous(app):
    """A browser in which nobody has signed in."""
    return app.test_client()


@pytest.fixture
def client_for(app):
    """`client_for(email)`: a browser of their own in which that person has signed in through the real form."""

    def client(email, password=None):
        browser = app.test_client()
        browser.sign_in(email, password)
        return browser

    return client


@pytest.fixture
def people(app):
    """Everybody of tests.people, in the database of the test."""
    with app.app_context():
        return meet()
