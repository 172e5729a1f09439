"""Results on disk: tidy, complete, safe to open, and enough to repeat them."""

import csv
import json

import numpy as np
import pandas
import pyarrow.parquet
import pytest

from sim.export import named_worlds, write_results
from sim.indicators.table import INDICATORS
from sim.ledger import ATTITUDES, CAUSES
from sim.runs import compare, run
from sim.scenario import load
from sim.tidy import LEDGER_COLUMNS, SNAPSHOT_COLUMNS, WEEKLY_COLUMNS, spreadsheet_safe

SIZE = {"weeks": 8, "residents": 200, "replicates": 2, "seed": 1, "workers": 1}
COMMAND = ["parley", "run", "baseline", "--out", "my results"]


@pytest.fixture(scope="module")
def results():
    return run(load("baseline"), **SIZE, snapshots=(0, 4, 8))


@pytest.fixture(scope="module")
def folder(results, tmp_path_factory):
    place = tmp_path_factory.mktemp("run")
    write_results(results, place, command=COMMAND)
    return place


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    comparison = compare(load("baseline"), [load("baseline"), load("most-affected")], **SIZE)
    place = tmp_path_factory.mktemp("compare")
    write_results(comparison, place, command=COMMAND, marking="=OFFICIAL")
    return place


def _weekly(folder):
    return pandas.read_parquet(folder / "weekly.parquet")


def test_a_folder_holds_what_the_contract_says(folder):
    names = {file.name for file in folder.iterdir()}
    assert names == {
        *("manifest.json", "weekly.parquet", "weekly.csv", "ledger.parquet"),
        *("dictionary.csv", "snapshots.parquet"),
    }


def test_every_value_of_the_run_is_one_row(folder, results):
    weekly = _weekly(folder)
    assert tuple(weekly.columns) == WEEKLY_COLUMNS
    assert len(weekly) == results.values.size
    wide = weekly.set_index(["replicate", "week", "public", "indicator"])["value"]
    for indicator in ("trust", "reach", "trust_gap"):
        there = results.series(indicator, "most-affected")[1, 8]
        here = wide.loc[(1, 8, "most-affected", indicator)]
        assert here == there or (np.isnan(here) and np.isnan(there))


def test_the_csv_says_the_same_to_the_last_digit(folder):
    with (folder / "weekly.csv").open(encoding="utf-8", newline="") as stream:
        lines = csv.reader(stream)
        assert tuple(next(lines)) == WEEKLY_COLUMNS
        read = [(*line[:-1], float(line[-1] or "nan")) for line in lines]
    weekly = _weekly(folder)
    for row, written in zip(read, weekly.itertuples(index=False), strict=True):
        assert row[:-1] == tuple(str(cell) for cell in written[:-1])
        assert row[-1] == written[-1] or (np.isnan(row[-1]) and np.isnan(written[-1]))


def test_what_has_no_denominator_is_empty_and_not_zero(folder, results):
    missing = int(np.isnan(results.values).sum())
    assert missing > 0
    assert pyarrow.parquet.read_table(folder / "weekly.parquet")["value"].null_count == missing
    with (folder / "weekly.csv").open(encoding="utf-8", newline="") as stream:
        assert sum(row["value"] == "" for row in csv.DictReader(stream)) == missing


def test_the_ledger_adds_up_to_what_each_attitude_moved(folder, results):
    ledger = pandas.read_parquet(folder / "ledger.parquet")
    assert tuple(ledger.columns) == LEDGER_COLUMNS
    assert set(ledger["week"]) == set(range(1, 9))
    assert set(ledger["cause"]) == set(CAUSES)
    moved = ledger.groupby(["replicate", "public", "attitude"], observed=True)["points"].sum()
    for attitude in ATTITUDES:
        series = results.series(attitude)
        for replicate in range(2):
            change = series[replicate, -1] - series[replicate, 0]
            assert moved[replicate, "all", attitude] == pytest.approx(change, abs=1e-9)


def test_snapshots_have_a_row_for_each_resident_and_week(folder):
    snapshots = pandas.read_parquet(folder / "snapshots.parquet")
    assert list(snapshots.columns) == list(SNAPSHOT_COLUMNS)
    assert set(snapshots["week"]) == {0, 4, 8}
    people = snapshots.groupby(["replicate", "week"], observed=True)["resident"]
    assert (people.count() == 200).all()
    assert (people.nunique() == 200).all()
    assert snapshots["trust"].between(0, 100).all()
    felt = snapshots["last_contact_fairness"].dropna()
    assert 0 < len(felt) < len(snapshots)
    assert felt.between(0, 1).all()


def test_a_resident_has_the_same_key_in_every_scenario(tmp_path):
    size = {**SIZE, "replicates": 1}
    comparison = compare(load("baseline"), [load("most-affected")], **size, snapshots=(0,))
    write_results(comparison, tmp_path, command=COMMAND)
    snapshots = pandas.read_parquet(tmp_path / "snapshots.parquet")
    one, other = (rows for _, rows in snapshots.groupby("scenario", observed=True))
    assert set(one["resident"]) == set(other["resident"])


def test_the_dictionary_explains_every_name_in_the_tables(folder, results):
    with (folder / "dictionary.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    named = {(row["kind"], row["name"]) for row in rows}
    assert {("indicator", name) for name in INDICATORS} <= named
    assert {("public", public) for public in results.publics} <= named
    assert {("cause", cause) for cause in CAUSES} <= named
    for columns in (WEEKLY_COLUMNS, LEDGER_COLUMNS, SNAPSHOT_COLUMNS):
        assert {("column", column) for column in columns} <= named
    assert all(row["meaning"] for row in rows)


def test_the_manifest_is_enough_to_repeat_the_run(folder, results):
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["version"]
    assert manifest["seed"] == 1
    assert manifest["scenario_hash"] == load("baseline").hash
    assert manifest["scenario"] == json.loads(json.dumps(load("baseline").to_dict()))
    assert manifest["parameters"] == {"seed": 1, "weeks": 8, "residents": 200, "replicates": 2}
    assert manifest["command"] == "parley run baseline --out 'my results'"
    assert manifest["question"] == results.scenario.question
    assert any("synthetic" in limit for limit in manifest["limits_of_use"])
    assert set(manifest["files"]) == {file.name for file in folder.iterdir()}


def test_figures_of_a_real_borough_carry_their_licence(tmp_path):
    size = {**SIZE, "weeks": 2, "replicates": 1}
    write_results(run(load("hackney"), **size), tmp_path, command=COMMAND)
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert "Open Government Licence" in manifest["licence"][0]
    assert "Open Government Licence" in (tmp_path / "dictionary.csv").read_text(encoding="utf-8")


def test_a_comparison_keeps_its_scenarios_apart(compared):
    weekly = _weekly(compared)
    assert list(weekly["scenario"].unique()) == ["baseline", "baseline-again", "most-affected"]
    same = weekly.set_index("scenario")
    assert same.loc["baseline", "value"].equals(same.loc["baseline-again", "value"]) or np.allclose(
        same.loc["baseline", "value"], same.loc["baseline-again", "value"], equal_nan=True, atol=0
    )
    manifest = json.loads((compared / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["others"]) == {"baseline-again", "most-affected"}
    assert manifest["others"]["most-affected"]["scenario"]["policy"]


def test_a_marking_stands_in_every_file(compared):
    assert set(_weekly(compared)["marking"]) == {"=OFFICIAL"}
    for name in ("weekly.csv", "dictionary.csv"):
        with (compared / name).open(encoding="utf-8", newline="") as stream:
            assert {row["marking"] for row in csv.DictReader(stream)} == {"'=OFFICIAL"}
    assert json.loads((compared / "manifest.json").read_text())["marking"] == "=OFFICIAL"
    about = pyarrow.parquet.read_schema(compared / "ledger.parquet").metadata[b"parley"]
    assert json.loads(about)["marking"] == "=OFFICIAL"


def test_text_that_a_spreadsheet_would_run_is_made_safe_and_numbers_are_left_alone(compared):
    for start in ("=", "+", "-", "@", "\t", "\r"):
        assert spreadsheet_safe(f"{start}cmd") == f"'{start}cmd"
    assert spreadsheet_safe("trust") == "trust"
    read = pandas.read_csv(compared / "weekly.csv")
    assert read["value"].dtype == np.float64
    assert (read["value"] < 0).any()


def test_two_others_of_one_name_do_not_meet_the_base_in_a_file(results):
    assert [name for name, _ in named_worlds(results)] == ["baseline"]
