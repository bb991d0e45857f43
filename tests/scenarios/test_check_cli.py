"""`flask scenarios check`, as authors and scripts call it."""

import json

import pytest

from app.config import ROOT

SCENARIOS = ROOT / "scenarios"
BROKEN = ":: Start\nHello <<set $x>>.\n"
KEYS = ["code", "severity", "path", "line", "column", "passage", "message"]


@pytest.fixture
def check(app):
    def run(*arguments):
        return app.test_cli_runner().invoke(args=["scenarios", "check", *map(str, arguments)])

    return run


@pytest.fixture
def broken(tmp_path):
    path = tmp_path / "broken.twee"
    path.write_text(BROKEN)
    return path


@pytest.fixture
def careless(tmp_path):
    """A scenario with nothing but warnings: no content notes."""
    lines = (SCENARIOS / "ward-handover.twee").read_text().splitlines(keepends=True)
    path = tmp_path / "careless.twee"
    path.write_text("".join("content_notes = []\n" if line.startswith("content_notes") else line for line in lines))
    return path


def test_our_own_scenarios_are_clean_even_under_strict(check):
    result = check("--strict", SCENARIOS)
    assert result.exit_code == 0
    assert result.output == "3 files checked: 0 errors, 0 warnings\n"


def test_errors_are_located_and_end_with_1(check, broken):
    result = check(broken)
    assert result.exit_code == 1
    assert f"{broken}:2:7: error S501: " in result.output
    assert "[in Start]" in result.output


def test_json_has_the_shape_that_scripts_rely_on(check, broken):
    result = check("--format", "json", broken, SCENARIOS / "ward-handover.twee")
    assert result.exit_code == 1
    answer = json.loads(result.output)
    assert answer["files"] == 2
    assert {tuple(found) for found in answer["diagnostics"]} == {tuple(KEYS)}
    [macro] = [found for found in answer["diagnostics"] if found["code"] == "S501"]
    assert (macro["severity"], macro["line"], macro["column"], macro["passage"]) == ("error", 2, 7, "Start")
    assert macro["path"] == str(broken)


def test_sarif_names_its_rules_and_places(check, broken):
    [run] = json.loads(check("--format", "sarif", broken).output)["runs"]
    rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert {result["ruleId"] for result in run["results"]} <= rules
    [macro] = [result for result in run["results"] if result["ruleId"] == "S501"]
    place = macro["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 2, "startColumn": 7}
    assert macro["level"] == "error"


def test_warnings_end_with_1_under_strict_only(check, careless):
    relaxed, strict = check(careless), check("--strict", careless)
    assert (relaxed.exit_code, strict.exit_code) == (0, 1)
    assert "warning S404" in relaxed.output
    assert "error S404" in strict.output


@pytest.mark.parametrize("arguments", [[], ["no-such-file.twee"], ["--format", "xml", "x"], ["--loudly", "."]])
def test_wrong_use_ends_with_2(check, arguments):
    assert check(*arguments).exit_code == 2


def test_a_folder_without_scenarios_is_wrong_use(check, tmp_path):
    result = check(tmp_path)
    assert result.exit_code == 2
    assert "no .twee or .tw file" in result.output


def test_folders_are_searched_and_no_file_is_checked_twice(check, broken):
    answer = json.loads(check("--format", "json", broken, broken.parent).output)
    assert answer["files"] == 1


def test_a_file_beyond_the_limit_is_refused_unless_the_limit_is_raised(check, tmp_path):
    large = tmp_path / "large.twee"
    large.write_text((SCENARIOS / "ward-handover.twee").read_text() + "\n" * 2_100_000)
    assert "S106" in check(large).output
    assert check("--max-bytes", 5_000_000, large).exit_code == 0


def test_bytes_that_are_no_text_are_a_finding(check, tmp_path):
    (tmp_path / "bytes.twee").write_bytes(b":: Start\n\xff\xfe")
    result = check(tmp_path)
    assert result.exit_code == 1
    assert "S106" in result.output
