"""`make run` starts everything with one command, and one signal ends all of it."""

import signal
import socket

import pytest

from tests.journeys import product
from tests.services import LOCALHOST


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("product")


@pytest.mark.parametrize(
    ("how", "whole_group"),
    [(signal.SIGINT, True), (signal.SIGTERM, False), (signal.SIGTERM, True)],
    ids=["ctrl-c", "supervisor", "supervisor-of-a-group"],
)
def test_one_signal_ends_web_and_worker(folder, how, whole_group):
    with product.started(folder) as running:
        ours = running.everything()
        commands = [command for pid, (_, command) in product.processes().items() if pid in ours]
        assert any("gunicorn" in command for command in commands)
        assert any(command.endswith("worker") for command in commands)
        running.stop(how, whole_group=whole_group)


def test_a_port_that_is_taken_is_said_before_anything_is_started(tmp_path):
    with socket.create_server((LOCALHOST, 0)) as other:
        port = str(other.getsockname()[1])
        with (
            pytest.raises(AssertionError, match=rf"Port {port} of 127.0.0.1 cannot be used.*make run PORT=8001"),
            product.started(tmp_path, PORT=port),
        ):
            pass
    assert not (tmp_path / "upstander.db").exists()


def test_without_its_secrets_it_stops_with_a_sentence(tmp_path):
    with (
        pytest.raises(AssertionError, match=r"DATABASE_URL is not set\. Name the database"),
        product.started(tmp_path, DEMO_MODE="0"),
    ):
        pass
