"""The examples of docs/scenario-format.md: the whole one is clean, and each of the others has the fault that is named."""

import re

import pytest

from app.config import ROOT
from app.scenarios.format.checker import check
from app.scenarios.format.diagnostics import SUMMARIES

REFERENCE = (ROOT / "docs" / "scenario-format.md").read_text(encoding="utf-8")
WHOLE = re.search(r"```twee\n(.*?)```", REFERENCE, re.DOTALL)[1]
EXAMPLES = dict(re.findall(r"^### (S\d{3}) [^#]*?```twee\n(.*?)```", REFERENCE, re.MULTILINE | re.DOTALL))
SAID_AS_WELL = {"S204": {"S203", "S205"}}


def passages(source: str) -> list[str]:
    return [":: " + passage for passage in source.split(":: ")[1:]]


def name(passage: str) -> str:
    return re.match(r":: ([^\[{\n]*)", passage)[1].strip()


def with_example(example: str) -> str:
    """The whole scenario with the passages of an example in place of its own of the same name."""
    replaced = {name(passage) for passage in passages(example)}
    return "".join([passage for passage in passages(WHOLE) if name(passage) not in replaced] + passages(example))


def test_the_whole_example_is_clean():
    assert check(WHOLE, strict=True) == []


def test_every_code_has_a_section():
    assert re.findall(r"^### (S\d{3})", REFERENCE, re.MULTILINE) == list(SUMMARIES)
    assert set(SUMMARIES) - EXAMPLES.keys() == {"S106"}, "which no text can show"


@pytest.mark.parametrize("code", EXAMPLES)
def test_an_example_has_the_fault_that_is_named(code):
    found = {diagnostic.code for diagnostic in check(with_example(EXAMPLES[code]), strict=True)}
    assert found == {code} | SAID_AS_WELL.get(code, set())
