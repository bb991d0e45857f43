"""Settings stop the start with a sentence rather than run unsafely, and a demonstration is never production."""

import base64
import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.config import ROOT, ConfigError, Settings
from tests.services import free_port

SECRET = "u7Jq2mW9xkTzP4sYvB8nC6dF1gH3jL5r"
KEY = base64.urlsafe_b64encode(bytes(range(32))).decode()


@pytest.fixture
def production(tmp_path):
    """What an installation that serves people sets."""
    return {
        "INSTANCE_PATH": str(tmp_path),
        "DATABASE_URL": "postgresql://upstander@127.0.0.1/upstander",
        "SECRET_KEY": SECRET,
        "DATA_KEYS": KEY,
        "PUBLIC_URL": "https://bystanders.example",
        "SMTP_HOST": "mail.example",
        "MAIL_FROM": "team@bystanders.example",
    }


@pytest.fixture
def nothing(tmp_path):
    return {"INSTANCE_PATH": str(tmp_path)}


def test_production(production):
    settings = Settings.from_env(production)
    assert not settings.demo
    assert settings.database_url == "postgresql+psycopg://upstander@127.0.0.1/upstander"
    assert settings.secure
    assert settings.demo_password == ""
    assert settings.smtp.security == "starttls"


@pytest.mark.parametrize("name", ["DATABASE_URL", "SECRET_KEY", "DATA_KEYS", "PUBLIC_URL", "SMTP_HOST", "MAIL_FROM"])
def test_what_is_missing_is_named(production, name):
    del production[name]
    with pytest.raises(ConfigError, match=name):
        Settings.from_env(production)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SECRET_KEY", "changeme", "SECRET_KEY is too weak"),
        ("SECRET_KEY", "a" * 64, "SECRET_KEY is too weak"),
        ("DATA_KEYS", "short", "DATA_KEYS holds a key that is not 32 bytes"),
        ("DATA_KEYS", base64.urlsafe_b64encode(bytes(32)).decode(), "DATA_KEYS holds a key"),
        ("DATABASE_URL", "mysql://root@db/x", "DATABASE_URL must begin with sqlite:/// or postgresql://"),
        ("PUBLIC_URL", "http://bystanders.example", "PUBLIC_URL must be the https:// address"),
        ("SMTP_SECURITY", "ssl", "SMTP_SECURITY must be"),
        ("PORT", "eighty", "PORT must be a whole number"),
        ("TRUSTED_PROXIES", "two", "TRUSTED_PROXIES must be a whole number"),
        ("TRUSTED_PROXIES", "-1", "TRUSTED_PROXIES must be a whole number"),
        ("PUBLIC_URL", "https://", "PUBLIC_URL must be the https:// address"),
        ("PUBLIC_URL", "http://localhost.evil.example", "PUBLIC_URL must be the https:// address"),
        ("MAIL_FROM", "The team <team@bystanders.example>", "MAIL_FROM must be an address alone"),
        ("SMTP_SECURITY", "none", "mail.example is not this machine"),
        ("REDIS_URL", "127.0.0.1:6379", "REDIS_URL must begin with redis://"),
        ("HUEY_URL", "sqlite:///queue.db", "HUEY_URL must begin with redis:// or rediss:// or postgresql://"),
    ],
)
def test_what_is_unsafe_or_wrong_is_said(production, name, value, said):
    with pytest.raises(ConfigError, match=said):
        Settings.from_env(production | {name: value})


def test_no_secret_is_in_what_a_log_would_show(production):
    shown = repr(Settings.from_env(production | {"SMTP_PASSWORD": "hush-hush"}))
    for secret in (SECRET, KEY, "hush-hush", "postgresql"):
        assert secret not in shown


@pytest.mark.parametrize(
    "setting", [{"APP_ENV": "production"}, {"SMTP_HOST": "mail.example"}, {"PUBLIC_URL": "https://a.example"}]
)
def test_a_demonstration_never_runs_with_production_settings(nothing, setting):
    with pytest.raises(ConfigError, match="DEMO_MODE is on, but"):
        Settings.from_env(nothing | {"DEMO_MODE": "1"} | setting)


def test_a_demonstration_makes_its_own_secrets_once_and_keeps_them_to_itself(nothing, tmp_path):
    first = Settings.from_env(nothing | {"DEMO_MODE": "1"})
    again = Settings.from_env(nothing | {"DEMO_MODE": "1"})
    assert first == again
    assert first.demo_password
    for name in ("secret_key", "data_key", "demo_password"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == stat.S_IRUSR | stat.S_IWUSR


def test_processes_that_start_at_once_agree_on_the_secrets(nothing):
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: Settings.from_env(nothing | {"DEMO_MODE": "1"}), range(16)))
    assert len({(settings.secret_key, settings.data_keys, settings.demo_password) for settings in found}) == 1


def test_the_password_of_a_demonstration_can_be_chosen(nothing):
    assert Settings.from_env(nothing | {"DEMO_MODE": "1", "DEMO_PASSWORD": "chosen"}).demo_password == "chosen"


class TestTheFlaskCommandAfterSetUp:
    """`make setup` sets DEMO_MODE; `.venv/bin/flask --app wsgi …` works afterwards without it."""

    def test_a_folder_of_a_demonstration_stays_one(self, nothing):
        Settings.from_env(nothing | {"DEMO_MODE": "1"})
        assert Settings.from_env(nothing).demo

    @pytest.mark.parametrize("said", ["0", "false", "no"])
    def test_unless_one_says_otherwise(self, nothing, said):
        Settings.from_env(nothing | {"DEMO_MODE": "1"})
        with pytest.raises(ConfigError):
            Settings.from_env(nothing | {"DEMO_MODE": said})

    def test_or_sets_anything_that_an_installation_sets(self, nothing, production):
        Settings.from_env(nothing | {"DEMO_MODE": "1"})
        for name in ("DATABASE_URL", "SECRET_KEY", "DATA_KEYS", "SMTP_HOST"):
            with pytest.raises(ConfigError):
                Settings.from_env(nothing | {name: production[name]})
        assert not Settings.from_env(production).demo

    def test_a_new_folder_is_no_demonstration(self, nothing):
        with pytest.raises(ConfigError, match="start the demonstration with `make run`"):
            Settings.from_env(nothing)


@pytest.mark.parametrize(
    "command",
    [
        ["flask", "--app", "wsgi", "worker"],
        ["flask", "--app", "wsgi", "db", "upgrade"],
        ["gunicorn", "--config", "deploy/gunicorn.conf.py", "wsgi:app"],
        ["gunicorn", "-w", "1", "-b", "127.0.0.1:0", "wsgi:app"],
    ],
    ids=["worker", "upgrade", "web", "another server"],
)
def test_the_start_is_stopped_by_a_sentence_and_not_a_traceback(production, command):
    del production["SECRET_KEY"]
    program = Path(sys.executable).with_name(command[0])
    environment = production | {"PATH": os.environ["PATH"], "PORT": str(free_port())}
    done = subprocess.run(
        [program, *command[1:]], env=environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode != 0
    assert "SECRET_KEY is not set. Make one with:" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_environment_of_the_process_is_not_read_behind_ones_back(production, monkeypatch):
    for name in ("DEMO_MODE", "SECRET_KEY", "SERVICE_NAME"):
        monkeypatch.setitem(os.environ, name, "1")
    assert Settings.from_env(production).service_name == "Active bystanders"
