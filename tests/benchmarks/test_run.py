import pytest

from benchmarks import run

ROW = {"case": "check-10k", "unit": "seconds", "ours": 1.5, "peer": 3, "peer_name": "extwee"}


def test_a_row_gets_its_ratio_and_keeps_what_else_it_says():
    assert run.finished({**ROW, "queries": 4}) == {**ROW, "peer": 3.0, "ratio": 0.5, "queries": 4}


def test_a_row_without_a_peer_has_no_ratio():
    assert run.finished({"case": "step", "unit": "µs", "ours": 2})["ratio"] is None


def test_a_row_that_lacks_its_unit_is_refused():
    with pytest.raises(ValueError, match="without unit"):
        run.finished({"case": "step", "ours": 2})


def test_an_unknown_bench_is_wrong_use(capsys):
    assert run.main(["nothing"]) == 2
    assert "No bench is called nothing" in capsys.readouterr().err


def test_the_table_lines_up():
    lines = list(run.table({"rows": [run.finished(ROW), run.finished({"case": "step", "unit": "µs", "ours": 2})]}))
    assert lines[1].split() == ["check-10k", "seconds", "1.5", "3", "0.5", "extwee"]
    assert lines[2].split() == ["step", "µs", "2"]
