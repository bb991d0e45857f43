"""What the tests stand on is found, started, or asked for in one line; and a run under CI skips nothing."""

import subprocess
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest

from tests import services
from tests.services import MissingServiceError, Service

ROOT = Path(__file__).resolve().parents[1]


def nowhere():
    raise MissingServiceError("It was not found.")


MISSING = (Service("Here", ("here",), lambda: "/bin/here"), Service("Gone", ("gone", "fonts-gone"), nowhere))


def test_a_person_is_told_the_one_line_that_installs_what_is_missing(monkeypatch):
    monkeypatch.setattr(services, "_may_install", lambda: False)
    with pytest.raises(MissingServiceError) as told:
        services.ensure(MISSING)
    assert "The tests need Gone." in str(told.value)
    assert "sudo apt-get install -y --no-install-recommends gone fonts-gone" in str(told.value)


def test_root_on_debian_gets_it_installed(monkeypatch, capsys):
    monkeypatch.setattr(services, "_may_install", lambda: True)
    commands = []

    def run(command, **_options):
        commands.append(" ".join(command))
        return SimpleNamespace(returncode=0, stdout=b"")

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(MissingServiceError, match="It was not found"):
        services.ensure(MISSING)  # still not there afterwards: that is said, too
    assert commands == ["apt-get update -qq", "apt-get -qq install -y --no-install-recommends gone fonts-gone"]
    assert "Installing Gone with apt-get" in capsys.readouterr().out


def test_a_postgresql_of_our_own_when_none_runs(monkeypatch):
    monkeypatch.delenv("TEST_POSTGRES_URL", raising=False)
    real = services._may_be_used
    monkeypatch.setattr(services, "_may_be_used", lambda url: ":5432/" not in url and real(url))
    server = services.start_postgres()
    try:
        with psycopg.connect(server.url) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    finally:
        server.stop()
    assert not server.folder.exists()
    assert not real(server.url)


def test_an_address_that_leads_nowhere_is_said_and_not_replaced(monkeypatch):
    monkeypatch.setenv("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:1/postgres")
    with pytest.raises(MissingServiceError, match="TEST_POSTGRES_URL does not lead to"):
        services.start_postgres()


@pytest.fixture
def run(pytester, monkeypatch):
    """A function that runs a test file under the rules of our own runs."""

    def run(text, **environment):
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("PYTHONPATH", str(ROOT))
        pytester.makeini("[pytest]")
        pytester.makepyfile(text)
        return pytester.runpytest_subprocess(f"--rootdir={pytester.path}", "-p", "tests.run_rules")

    return run


@pytest.mark.parametrize(("ci", "code"), [("true", 1), ("", 0)])
def test_a_skipped_test_fails_the_run_under_ci(run, ci, code):
    result = run("import pytest\ndef test_it(): pytest.skip('not today')\ndef test_that(): pass", CI=ci)
    assert result.ret == code
    assert ("1 skipped: under CI=true every test has to run." in result.stdout.str()) == bool(ci)
    assert "1 passed, 1 skipped" in result.outlines[-1]


def test_leaving_services_out_is_refused_under_ci(run):
    result = run("def test_it(): pass", CI="true", SKIP_SERVICES="1")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "under CI=true every test runs" in result.stderr.str()


def test_on_request_what_needs_a_service_is_left_out(run):
    result = run("def test_it(postgres_url): pass\ndef test_that(): pass", CI="", SKIP_SERVICES="1")
    assert "1 passed, 1 deselected" in result.outlines[-1]
