"""A borough of the London tables becomes an area the reader takes, and says what it assumes."""

from __future__ import annotations

import csv
import shutil
import tomllib
from pathlib import Path

import numpy as np
import pytest

from sim.areas import area_from_london, area_text, borough_from_london, scenario_text
from sim.areas.attitudes import share_agreeing
from sim.areas.publics import PUBLICS
from sim.areas.tables import CRIME, LAYOUTS, OFFICERS, PROFILE, SEARCHES, SMALL_AREAS, SURVEY
from sim.areas.toml_text import rounded_shares
from sim.scenario import Scenario, ScenarioFaults, check, load
from sim.survey import agree

TINY = Path(__file__).parents[1] / "data" / "london-tiny"
BOROUGHS = ("Northbrook", "Southmere", "Westfold")


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """A copy of the tiny tables that a test may spoil."""
    return Path(shutil.copytree(TINY, tmp_path / "tables"))


def spoil(folder: Path, file: str, old: str, new: str, times: int = 1) -> None:
    path = folder / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, times))


def faults(folder: Path, borough: str = "Northbrook", **options: str) -> list[str]:
    with pytest.raises(ScenarioFaults) as caught:
        borough_from_london(folder, borough, **options)
    return [str(fault) for fault in caught.value.faults]


def as_scenario(tmp_path: Path, borough: str) -> Scenario:
    """The borough's two files, written beside each other and read."""
    found = borough_from_london(TINY, borough)
    (tmp_path / "place.toml").write_text(area_text(found))
    (tmp_path / "policed.toml").write_text(scenario_text(found, "place.toml"))
    return load(tmp_path / "policed.toml")


@pytest.mark.parametrize("borough", BOROUGHS)
def test_the_reader_finds_nothing_wrong_with_a_borough(tmp_path, borough):
    path = tmp_path / "place.toml"
    path.write_text(area_from_london(TINY, borough))
    assert check(path) == []


def test_publics_have_the_shares_that_their_rules_give(tmp_path):
    found = borough_from_london(TINY, "Northbrook")
    area = as_scenario(tmp_path, "Northbrook").area
    assert list(area.groups) == [public.key for public in PUBLICS]
    shares = [group.share for group in area.groups.values()]
    assert shares == pytest.approx(found.shares.tolist(), abs=2e-4)
    assert sum(shares) == pytest.approx(1)


def test_people_are_those_aged_16_and_over():
    with (TINY / PROFILE).open() as stream:
        row = next(row for row in csv.DictReader(stream) if row["borough"] == "Northbrook")
    adults = int(row["mid2020_persons_all_ages"]) - int(row["mid2020_persons_0_15"])
    assert borough_from_london(TINY, "Northbrook").people == adults


def test_age_bands_keep_the_people_of_the_bands_they_come_from():
    age = borough_from_london(TINY, "Northbrook").age * 0.8  # four fifths are 16 or over
    assert age.sum() == pytest.approx(0.8)
    assert age[0] == pytest.approx(0.20 * 9 / 14, abs=1e-4)
    assert age[0] + age[1] + age[2] == pytest.approx(0.20 + 0.28, abs=1e-4)


def test_beats_have_about_as_many_people_as_asked_and_hold_everybody():
    found = borough_from_london(TINY, "Northbrook")  # 49,500 residents
    assert len(found.beat_shares) == 2
    assert found.beat_shares.min() > 0.3
    assert found.public_beats.sum(axis=1) == pytest.approx(1)
    assert found.shares @ found.public_beats == pytest.approx(found.beat_shares, abs=0.01)


def test_disorder_is_worst_where_most_crime_is():
    found = borough_from_london(TINY, "Northbrook")  # crime rises towards the east
    assert found.beat_disorder.mean() == pytest.approx(1)
    assert found.beat_disorder[-1] > found.beat_disorder[0]


def test_a_public_lives_where_its_people_live():
    found = borough_from_london(TINY, "Northbrook")  # social renting rises towards the east
    keys = [public.key for public in found.publics]
    social, owners = keys.index("social-renters"), keys.index("settled-owners")
    assert found.public_beats[social, -1] > found.public_beats[owners, -1]


def test_a_poorer_place_with_more_crime_has_more_need():
    north, south = (borough_from_london(TINY, name) for name in ("Northbrook", "Southmere"))
    assert np.all(north.need > south.need)
    assert north.incidents > south.incidents


def test_london_as_a_whole_starts_where_the_survey_found_it():
    found = borough_from_london(TINY, "Westfold")
    everyone = [borough_from_london(TINY, name) for name in BOROUGHS]
    people = [borough.people for borough in everyone]
    shares = np.average([borough.shares for borough in everyone], axis=0, weights=people)
    for attitude, measures in (
        ("trust", {"trust": 0.88, "fair": 0.78}),
        ("confidence", {"good_job": 0.69, "relied_on": 0.78}),
        ("voice_belief", {"listens": 0.76, "understands": 0.74}),
    ):
        for item, share in measures.items():
            built = share_agreeing(item, found.levels[attitude].publics, shares)
            assert built == pytest.approx(share, abs=0.01), item


def test_a_borough_starts_between_its_composition_and_its_survey():
    for name in ("Northbrook", "Southmere"):
        found = borough_from_london(TINY, name)
        for attitude, levels in found.levels.items():
            offsets = np.array([getattr(public.start, attitude) for public in found.publics]) / 100
            by_composition = levels.london + offsets
            for item, share in levels.found.items():
                low, high = sorted((share_agreeing(item, by_composition, found.shares), share))
                built = share_agreeing(item, levels.publics, found.shares)
                assert low - 0.01 <= built <= high + 0.01, (name, item)
            assert 0 < levels.weight < 1


def test_the_most_searched_public_trusts_least_and_a_minority_is_above_the_mean():
    """Input E35: 10 to 25 points below the mean, and at least one minority at or above it."""
    for name in BOROUGHS:
        found = borough_from_london(TINY, name)
        starts = found.levels["confidence"].publics
        shares = np.array([agree("overall_confidence", start) for start in starts])
        mean = shares @ found.shares
        keys = [public.key for public in found.publics]
        most_searched = int(np.argmax(found.search_ratio))
        assert 0.10 <= mean - shares[most_searched] <= 0.25
        assert shares[keys.index("asian-families")] >= mean


def test_places_with_more_black_residents_start_with_less_trust():
    """Input L2, by composition alone."""
    start = np.array([public.start.trust for public in PUBLICS])
    everyone = [borough_from_london(TINY, name) for name in BOROUGHS]
    trust = [borough.shares @ start for borough in everyone]
    black = [borough.ethnic[2] for borough in everyone]
    assert np.corrcoef(trust, black)[0, 1] < -0.4


def test_a_borough_without_survey_starts_at_londons_level_and_says_so():
    found = borough_from_london(TINY, "Westfold")
    assert not found.surveyed
    text = area_text(found)
    assert "The survey does not cover Westfold" in text
    assert "here\n" not in text


def test_before_2016_trust_comes_from_fairness_alone():
    found = borough_from_london(TINY, "Northbrook", date="2015-12-31")
    assert set(found.levels["trust"].found) == {"fair"}


def test_street_and_suspicion_together_give_the_measured_search_rates():
    found = borough_from_london(TINY, "Northbrook")
    street = np.array([public.traits.street for public in found.publics])
    looked_for = street * found.suspicion
    inside = (found.suspicion > 0.1) & (found.suspicion < 20)
    ratio = looked_for / (street @ found.shares)
    assert ratio[inside] == pytest.approx(found.search_ratio[inside])
    assert found.search_ratio @ found.shares == pytest.approx(1)


def test_searches_of_children_and_at_airports_do_not_count():
    found = borough_from_london(TINY, "Northbrook")
    with (TINY / SEARCHES).open() as stream:
        rows = [row for row in csv.DictReader(stream) if row["borough"] == "Northbrook"]
    counted = sum(
        float(row["searches"]) - float(row["age_10_14"]) - 0.2 * float(row["age_15_19"])
        for row in rows
    )
    a_year = counted * 12 / len(rows)
    assert found.searches.rate == pytest.approx(a_year / found.people * 1000)


def test_the_year_after_the_lockdown_peaks_is_taken_and_the_peak_is_told(tables):
    path = tables / SEARCHES
    head, first, *_ = path.read_text().splitlines()
    months = [f"{2020 + (at + 4) // 12}-{(at + 4) % 12 + 1:02d}-01" for at in range(24)]
    rows = [first.replace("2022-03-01", month) for month in months]
    rows[:12] = [row.replace(",120,6,36,", ",240,12,72,") for row in rows[:12]]
    path.write_text("\n".join([head, *rows]))
    found = borough_from_london(tables, "Northbrook")
    assert (found.searches.first, found.searches.last) == ("2021-05", "2022-04")
    assert found.searches.earlier > 1.5 * found.searches.rate


def test_hours_come_from_the_first_months_in_which_every_borough_reports():
    found = borough_from_london(TINY, "Northbrook")
    assert found.hours.first == "2019-02"
    on_the_ward = found.hours.hours * (1 - found.hours.abstraction)
    weeks = (28 + 31) / 7
    assert on_the_ward == pytest.approx(160_000 / 60 / weeks / found.people * 1000)


def test_the_scenario_warms_up_under_the_boroughs_own_policy(tmp_path):
    found = borough_from_london(TINY, "Northbrook")
    scenario = as_scenario(tmp_path, "Northbrook")
    assert scenario.policy.hours == pytest.approx(found.hours.hours, abs=0.01)
    assert scenario.policy.stops == pytest.approx(found.searches.rate, abs=0.1)
    assert scenario.policy.abstraction == pytest.approx(found.hours.abstraction, abs=0.001)
    assert scenario.before.policy == scenario.policy


def test_a_borough_unknown_to_officers_and_searches_says_so(tables):
    for file in (SEARCHES, OFFICERS):
        path = tables / file
        lines = path.read_text().splitlines()
        path.write_text("\n".join(line for line in lines if ",Westfold," not in line))
    found = borough_from_london(tables, "Westfold")
    assert found.hours is None
    assert found.searches is None
    text = area_text(found)
    assert "no hours of ward officers here" in text
    assert "suspicion is neutral" in text
    assert "[policy]" not in scenario_text(found, "place.toml")


def test_every_area_carries_the_licence():
    for text in (
        area_from_london(TINY, "Southmere"),
        scenario_text(borough_from_london(TINY, "Southmere"), "place.toml"),
    ):
        assert "Open Government Licence v3.0" in text
    licence = tomllib.loads(area_from_london(TINY, "Southmere"))["licence"]
    assert "Office for National Statistics" in licence


def test_the_same_tables_give_the_same_file():
    assert area_from_london(TINY, "Northbrook") == area_from_london(TINY, "  NORTHBROOK ")


def test_the_city_is_refused_because_it_has_its_own_police():
    (message,) = faults(TINY, "City of London")
    assert "has a police force of its own" in message


def test_an_unknown_borough_is_told_the_nearest_and_all():
    (message,) = faults(TINY, "Northbrok")
    assert "Did you mean Northbrook?" in message
    assert "Northbrook, Southmere, Westfold" in message


def test_a_date_without_survey_is_told_the_nearest():
    assert "The nearest is 2016-12-31" in faults(TINY, date="2016-11-30")[0]
    assert "Write it as 2016-12-31" in faults(TINY, date="end of 2016")[0]


def test_a_folder_that_is_none_is_refused(tmp_path):
    assert "this is not a folder" in faults(tmp_path / "nowhere")[0]


def test_every_missing_file_is_named_at_once(tmp_path):
    found = faults(tmp_path)
    assert len(found) == 6
    assert all("the file is missing" in fault for fault in found)


def test_every_fault_of_every_file_is_named_at_once(tables):
    spoil(tables, PROFILE, "imd25_mean_score", "imd19_mean_score")
    spoil(tables, SURVEY, "0.72", "72 %")
    spoil(tables, SEARCHES, "2022-03-01,Northbrook,120", "2022-03-01,Northbrook,")
    found = faults(tables)
    assert found[0] == (
        "borough_profile.csv, first line: column imd25_mean_score is missing."
        " The nearest is imd19_mean_score; rename it if it is the same."
    )
    assert any('proportion: "72 %" is not a number' in fault for fault in found)
    assert any("line 2, searches: the cell is empty" in fault for fault in found)
    assert len(found) == 3


@pytest.mark.parametrize(
    "file, old, new, message",
    [
        (SURVEY, ",0.72,", ",1.72,", "is not between 0 and 1"),
        (SURVEY, "2016-12-31", "31/12/2016", "is not a date"),
        (SURVEY, "Southmere", "Northbrook", "is already on line"),
        (SURVEY, "Southmere", "Southmeer", "Did you mean Southmere?"),
        (SEARCHES, "2022-03-01,Northbrook,120", "2022-03-01,Northbrook,-120", "Give a figure of 0"),
        (SEARCHES, "2022-03-01,Northbrook,120", "2022-03-01,Northbrook,nan", "Give a figure of 0"),
        (SEARCHES, "2022-03-01,Northbrook,120,", "2022-03-01,Northbrook,", "Complete or remove"),
    ],
)
def test_a_wrong_cell_is_named_with_its_remedy(tables, file, old, new, message):
    spoil(tables, file, old, new, times=100 if new == "Southmeer" else 1)
    assert any(message in fault and fault.startswith(file) for fault in faults(tables))


def test_an_empty_or_foreign_file_is_named(tables):
    for layout in LAYOUTS[1:3]:
        (tables / layout.file).write_bytes(b"\xff\xfe\x00\x00")
    header = (TINY / PROFILE).read_text().splitlines()[0]
    (tables / PROFILE).write_text(header)
    found = faults(tables)
    assert any("holds no rows" in fault for fault in found)
    assert sum("is not UTF-8" in fault for fault in found) == 2


def test_a_borough_missing_from_a_table_that_it_needs_is_named(tables):
    for file, gone in ((CRIME, "Westfold,2016"), (SMALL_AREAS, "Westfold")):
        path = tables / file
        lines = path.read_text().splitlines()
        path.write_text("\n".join(line for line in lines if gone not in line))
    assert faults(tables, "Westfold") == [
        "recorded_crime_borough_year.csv: Westfold has no row of 2016. Add it.",
        "lsoa_census_deprivation.csv: Westfold has no row here. Add its small areas.",
    ]


def test_a_byte_order_mark_does_no_harm(tables):
    path = tables / PROFILE
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert area_from_london(tables, "Northbrook") == area_from_london(TINY, "Northbrook")


def test_rounded_shares_sum_to_exactly_one():
    thirds = rounded_shares([1, 1, 1])
    assert thirds == [0.3334, 0.3333, 0.3333]
    assert sum(rounded_shares(np.random.default_rng(1).random(17))) == pytest.approx(1, abs=1e-12)
