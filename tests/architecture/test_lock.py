"""The lock files say what pyproject.toml asks for (`make lock` writes them)."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.sources import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
RUNTIME, DEVELOPMENT = "requirements.lock", "requirements-dev.lock"
PINNED = re.compile(r"^(?P<name>[\w.-]+)(?:\[[\w,-]+\])?==(?P<version>[^\s;]+)(?P<rest>(?:.*\\\n)*.*)", re.MULTILINE)


def pins(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    return {canonicalize_name(found["name"]): (found["version"], found["rest"]) for found in PINNED.finditer(text)}


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        (RUNTIME, PROJECT["dependencies"]),
        (DEVELOPMENT, PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]),
    ],
)
def test_every_dependency_is_pinned_to_a_version_that_fits(lock, wanted):
    pinned = pins(lock)
    for requirement in map(Requirement, wanted):
        version, _ = pinned.get(canonicalize_name(requirement.name), (None, None))
        assert version, f"{requirement.name} is not in {lock}: run make lock"
        assert requirement.specifier.contains(version, prereleases=True), f"{requirement} but {version}: run make lock"


@pytest.mark.parametrize("lock", [RUNTIME, DEVELOPMENT])
def test_every_pin_has_hashes_and_no_address(lock):
    assert [name for name, (_, rest) in pins(lock).items() if "--hash=sha256:" not in rest] == []
    assert "://" not in (ROOT / lock).read_text(encoding="utf-8")


def test_tests_run_what_is_served():
    development = pins(DEVELOPMENT)
    assert {name: version for name, (version, _) in pins(RUNTIME).items() if development[name][0] != version} == {}
