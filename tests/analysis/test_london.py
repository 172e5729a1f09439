"""London: the compact table, boroughs as policed, baselines, correlations across boroughs."""

from pathlib import Path

import numpy as np
import pytest

from analysis.london import across, make, table, validate
from analysis.london.living import as_policed
from sim.areas import borough_from_london, read_tables
from sim.scenario import SHIPPED

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "london"
ROWS = table.boroughs()


def test_thirty_two_boroughs_and_the_survey_in_twenty_four():
    assert len(ROWS) == 32
    surveyed = [row for row in ROWS if row.surveyed]
    assert len(surveyed) == 24
    for row in surveyed:
        assert set(row.start) == set(row.end) == set(table.MEASURES)
        assert all(0 < share < 1 for share in (*row.start.values(), *row.end.values()))
    assert len({tuple(row.london_start.items()) for row in ROWS}) == 1


def test_every_borough_has_an_area_that_loads_and_its_own_hours():
    for row in ROWS[:6]:
        assert (SHIPPED / row.area).is_file()
        scenario = as_policed(row)
        assert scenario.policy.hours == row.police["hours"]
        assert scenario.before.policy.hours == row.police["hours"]
        assert scenario.area.people == row.people


def test_the_table_is_that_of_the_files():
    """Where the London tables are at hand, the carried numbers are theirs."""
    if not DATA.is_dir():
        pytest.skip("the London tables are not here")
    tables = read_tables(DATA)
    for name in ("Hackney", "Barnet"):
        borough = borough_from_london(tables, name, table.START)
        (row,) = [row for row in ROWS if row.name == name]
        made = make.row_of(tables, borough, row.area)
        assert made["hours"] == row.police["hours"]
        assert made["black"] == row.composition["black"]
        assert made.get("end_trust") == row.end.get("trust")
        assert make.slug(name) in row.area


def test_without_the_table_the_way_to_it_is_told(tmp_path):
    with pytest.raises(table.NoLondonTable, match="analysis london --make"):
        table.boroughs(tmp_path / "none.csv")


def test_each_borough_is_foreseen_from_the_others_alone():
    luck = np.random.default_rng(1)
    composition = luck.random((12, 2))
    found = composition @ np.array([3.0, -2.0]) + 1.0
    assert validate._left_out(composition, found) == pytest.approx(found)
    spoiled = found.copy()
    spoiled[0] += 50.0
    assert validate._left_out(composition, spoiled)[0] == pytest.approx(found[0])


def test_errors_are_in_points_and_the_best_is_the_nearest():
    one = validate.Compared(
        "trust",
        np.array([50.0, 60.0]),
        {"model": np.array([53.0, 63.0]), "last value": np.array([49.0, 62.0])},
    )
    assert one.error("model") == 3.0
    assert one.bias("model") == 3.0
    assert one.error("last value") == 1.5
    assert one.bias("last value") == 0.5
    assert one.best == "last value"


def test_the_model_is_held_against_three_baselines_on_every_measure(monkeypatch):
    few = [row for row in ROWS if row.surveyed][:7]
    monkeypatch.setattr(validate, "boroughs", lambda: few)
    monkeypatch.setattr(validate, "WEEKS", 4)
    compared = validate.validate(residents=120, replicates=1, seed=1, workers=1)
    assert [one.measure for one in compared] == list(validate.SCORED)
    for one in compared:
        assert set(one.guesses) == {"model", *validate.BASELINES}
        assert all(np.isfinite(guess).all() for guess in one.guesses.values())
    told = validate.as_json(compared, {})
    assert told["boroughs"] == 7
    assert told["measures"][0]["who"]["last value"]["error"] > 0


def test_starting_trust_falls_with_the_share_of_those_who_trust_less():
    black, deprived = across.composition_and_trust()
    assert -0.9 < black < -0.3
    assert -0.9 < deprived < -0.1


def test_hours_go_with_being_informed(monkeypatch):
    ends = sorted(ROWS, key=lambda row: row.police["hours"])
    monkeypatch.setattr(across, "boroughs", lambda: [*ends[:3], *ends[-3:]])
    trust, informed = across.hours_and_outcomes(residents=150, replicates=2, seed=1, workers=1)
    assert trust.shape == informed.shape == (2,)
    assert informed.mean() > 0.3
