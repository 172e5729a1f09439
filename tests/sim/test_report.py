"""What is printed as JSON is what the contract says."""

import json

import numpy as np
import pytest

from sim.indicators.table import INDICATORS
from sim.ledger import ATTITUDES, CAUSES
from sim.report import as_json, compare_report, number, run_report
from sim.runs import compare, run
from sim.scenario import load

SIZE = {"weeks": 8, "residents": 200, "replicates": 3, "seed": 1, "workers": 1}


@pytest.fixture(scope="module")
def results():
    return run(load("baseline"), **SIZE)


@pytest.fixture(scope="module")
def comparison():
    return compare(load("baseline"), [load("most-affected"), load("baseline")], **SIZE)


def test_a_run_has_the_shape_of_the_contract(results):
    report = json.loads(as_json(run_report(results)))
    assert set(report) - {"licence"} == {
        *("parley", "scenario", "scenario_hash", "seed", "replicates", "weeks", "residents"),
        *("people", "elapsed_s", "indicators", "groups", "ledger", "series", "doubt"),
    }
    assert set(report["doubt"]) == {"bound", "indicators", "ledger"}
    assert set(report["doubt"]["indicators"]) == set(INDICATORS)
    assert report["scenario"] == "baseline"
    assert report["scenario_hash"] == load("baseline").hash
    assert (report["seed"], report["replicates"], report["weeks"]) == (1, 3, 8)
    assert report["people"] == load("baseline").area.people
    assert set(report["indicators"]) == set(INDICATORS)
    publics = {*load("baseline").area.groups, "most-affected", "usual-suspects"}
    assert set(report["groups"]) == publics
    for table in (report["indicators"], *report["groups"].values()):
        for estimate in table.values():
            assert set(estimate) == {"start", "end", "change", "lo", "hi"}
    assert set(report["ledger"]) == set(ATTITUDES)
    for attitude in ATTITUDES:
        assert set(report["ledger"][attitude]) == {*CAUSES, "total"}


def test_the_series_are_means_over_replicates(results):
    report = run_report(results)
    assert {len(series) for series in report["series"].values()} == {9}
    assert report["series"]["trust"] == pytest.approx(
        results.series("trust").mean(axis=0), abs=1e-12
    )
    assert report["indicators"]["trust"]["start"] == pytest.approx(report["series"]["trust"][0])


def test_the_ledger_accounts_for_the_change(results):
    report = run_report(results)
    for attitude in ATTITUDES:
        ledger, change = report["ledger"][attitude], report["indicators"][attitude]["change"]
        assert sum(ledger[cause] for cause in CAUSES) == pytest.approx(ledger["total"], abs=1e-9)
        assert ledger["total"] == pytest.approx(change, abs=1e-9)


def test_what_has_no_value_is_null(results):
    assert number(float("nan")) is None
    assert number(np.inf) is None
    text = as_json(run_report(results))
    assert "NaN" not in text
    assert "Infinity" not in text
    with pytest.raises(ValueError, match="JSON"):
        as_json({"value": float("nan")})


def test_a_comparison_has_the_shape_of_the_contract(comparison):
    report = json.loads(as_json(compare_report(comparison)))
    assert report["base"] == "baseline"
    assert set(report["others"]) == {"most-affected", "baseline"}
    other = report["others"]["most-affected"]
    assert {"indicators", "groups", "ledger"} <= set(other)
    for table in (other["indicators"], *other["groups"].values()):
        for difference in table.values():
            assert set(difference) == {"difference", "lo", "hi", "pairs", "share_above_zero"}
    assert other["indicators"]["trust"]["pairs"] == 3
    assert set(other["ledger"]["trust"]) == {*CAUSES, "total"}


def test_the_same_scenario_twice_differs_by_exactly_nothing(comparison):
    other = compare_report(comparison)["others"]["baseline"]
    for table in (other["indicators"], *other["groups"].values()):
        for difference in table.values():
            assert {difference[part] for part in ("difference", "lo", "hi")} <= {0, None}
    assert {points for table in other["ledger"].values() for points in table.values()} == {0}


def test_a_marking_and_a_licence_are_carried_where_there_are_any():
    size = {**SIZE, "weeks": 2, "replicates": 1}
    report = run_report(run(load("hackney"), **size), marking="OFFICIAL")
    assert report["marking"] == "OFFICIAL"
    assert "Open Government Licence" in report["licence"]
