"""The experiments to start from can be used, are what the page says, and are small enough to try."""

import pytest

from analysis.experiment import ExperimentFaults, points_of, read_experiment
from analysis.running.estimate import RUNS_LIMIT
from tests.analysis.loopback import HOUSE

SHIPPED = sorted((HOUSE / "scenarios" / "experiments").glob("*.toml"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_experiment_can_be_started_as_it_stands(path):
    read = read_experiment(path)
    assert read.title
    assert read.question.endswith("?")
    assert not read.notes
    points = points_of(read)
    assert 0 < len(points) * read.replicates <= RUNS_LIMIT
    for point in (0, len(points) - 1):
        assert points.scenario(point).hash
    assert f"`{path.name}`" in (HOUSE / "docs" / "sweeps.md").read_text(encoding="utf-8")


def test_a_shipped_experiment_is_found_by_its_name_from_anywhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert read_experiment("hours-and-reach").title == read_experiment(SHIPPED[0]).title


def test_a_file_of_the_same_name_comes_before_what_is_shipped(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "hours-and-reach").write_text(
        SHIPPED[0].read_text(encoding="utf-8").replace("Hours, reach and feedback", "My own"),
        encoding="utf-8",
    )
    assert read_experiment("hours-and-reach").title == "My own"


def test_a_name_that_is_nearly_right_is_told_the_right_one():
    with pytest.raises(ExperimentFaults, match=r"Did you mean hours-and-reach\?"):
        read_experiment("hours-and-reech")


def test_there_is_one_of_levers_one_of_doubt_and_one_of_policies_against_doubt():
    kinds = {}
    for path in SHIPPED:
        read = read_experiment(path)
        kinds[path.stem] = (
            read.design,
            len(read.of_role("lever")),
            len(read.of_role("uncertainty")),
        )
    assert kinds["hours-and-reach"] == ("full-factorial", 3, 0)
    assert kinds["what-trust-hangs-on"] == ("sobol", 0, 5)
    robust = read_experiment(HOUSE / "scenarios" / "experiments" / "which-policy-holds-up.toml")
    assert (
        len(robust.scenarios) * len(robust.parameter_sets) * len(robust.theories) == robust.crossed
    )
