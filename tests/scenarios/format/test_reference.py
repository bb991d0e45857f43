"""What docs/scenario-format.md promises: its example is clean, and it tells how to mend whatever the checker finds."""

import re

from app.config import ROOT
from app.scenarios.format.checker import check
from app.scenarios.format.diagnostics import SUMMARIES

REFERENCE = (ROOT / "docs" / "scenario-format.md").read_text(encoding="utf-8")


def test_the_example_is_clean_even_under_strict():
    [example] = re.findall(r"```twee\n(.*?)```", REFERENCE, re.DOTALL)
    assert check(example, strict=True) == []


def test_every_code_has_a_line_in_the_table():
    assert re.findall(r"^\| (S\d{3}) \|", REFERENCE, re.MULTILINE) == list(SUMMARIES)
