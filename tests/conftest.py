"""Fixtures that every test may use (the rules of a test run are in tests/run_rules.py).

`app` is a fresh product on a fresh database: SQLite, PostgreSQL too under `@pytest.mark.both_databases`.
"""

import os

import pytest
from jinja2 import FileSystemBytecodeCache

from app import create_app
from app.core.db import db
from tests import databases, services
from tests.clients import HonestClient
from tests.mailbox import Mailbox
from tests.people import meet

pytest_plugins = ["pytester", "tests.run_rules"]


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


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory):
    """Each test has a new app, and compiling its templates would take most of the test's time."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def app(settings, compiled_templates):
    """The product, fresh, with no context pushed: a test says `with app.app_context():` around what it does itself."""
    app = create_app(settings)
    app.test_client_class = HonestClient
    app.jinja_env.bytecode_cache = compiled_templates
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


@pytest.fixture
def mailbox(app):
    """Everybody's mail."""
    return Mailbox(app)
