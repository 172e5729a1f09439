"""How far assumptions move findings is measured with the same dice, and goes on after a stop."""

import csv
import json

import numpy as np
import pytest

from analysis import __main__ as analysis
from analysis.influence import command, design, table
from analysis.influence.findings import FINDINGS, MAIN, found
from analysis.influence.record import Record
from sim import compare
from sim.assumptions import ASSUMPTIONS
from sim.indicators.table import INDICATORS
from sim.influence import (
    COLUMNS,
    MAIN_FINDINGS,
    SUBJECTS,
    InfluenceFault,
    about,
    clear,
    influences,
)
from tests.sim.small_worlds import today

FEW = ("hearsay", "contact_moves_trust", "stops_harden")
TINY = command.Sizes(
    weeks=4, residents=60, replicates=2, trajectories=2, screening_replicates=1, seed=3
)


@pytest.fixture
def few_numbers(monkeypatch):
    """Only a few numbers are looked at."""
    few = {name: ASSUMPTIONS[name] for name in FEW}
    for module in (design, command):
        monkeypatch.setattr(module, "ASSUMPTIONS", few)


def measured(folder, name="influence.csv"):
    command.measure(TINY, today(warm=2), today(warm=2, name="two-way"), folder / name)
    return (folder / name).read_text(encoding="utf-8")


# ---- what is shipped


def test_every_number_has_its_influence_measured():
    there = {(one.assumption, one.subject, one.finding) for one in influences()}
    missing = sorted(
        name
        for name in ASSUMPTIONS
        for subject in SUBJECTS
        for finding in MAIN_FINDINGS
        if (name, subject, finding) not in there
    )
    assert missing == [], "run python -m analysis influence, then make docs"


def test_every_number_was_measured_over_the_range_that_is_declared_now():
    ranges = about()["ranges"]
    stale = [name for name, one in ASSUMPTIONS.items() if ranges.get(name) != [one.low, one.high]]
    assert stale == [], "run python -m analysis influence, then make docs"


def test_no_number_that_is_gone_is_left_in_the_file():
    assert {one.assumption for one in influences()} == set(ASSUMPTIONS)


def test_points_of_the_ledger_are_given_only_where_chance_does_not_explain_them():
    for one in influences():
        assert one.finding in FINDINGS
        if one.finding not in INDICATORS:
            ends = (one.low, one.noise_low), (one.high, one.noise_high)
            # the file rounds: a move just above its bar may stand there as equal to it
            at_the_bar = any(move is not None and abs(move) == bar for move, bar in ends)
            assert one.swing > 0.0 or any(clear(*end) for end in ends) or at_the_bar


# ---- measuring


def test_the_same_worlds_do_not_differ_and_a_contrast_is_other_less_base():
    base, other = today(warm=2), today(warm=2, name="two-way")
    size = {"weeks": 6, "residents": 80, "replicates": 2, "workers": 1}
    same = found(compare(base, [base], **size), "baseline")
    assert same.shape == (2, 2, len(FINDINGS))
    assert np.nansum(np.abs(same[:, 1])) == 0.0
    comparison = compare(base, [other], **size)
    pairs = found(comparison, "two-way")
    trust = FINDINGS.index("trust")
    expected = comparison.others["two-way"].series("trust")[:, -13:].mean(axis=1)
    assert pairs[:, :, trust].sum(axis=1) == pytest.approx(expected)
    total = sum(pairs[:, 0, FINDINGS.index(f"trust:{cause}")] for cause in ("own-call", "drift"))
    points = [comparison.base.ledger_total("trust")[cause] for cause in ("own-call", "drift")]
    assert total.mean() == pytest.approx(sum(points))


def test_measuring_again_gives_the_same_file_to_the_last_digit(few_numbers, tmp_path):
    one, other = measured(tmp_path), measured(tmp_path, "again.csv")
    assert one == other
    rows = list(csv.DictReader(one.splitlines()))
    assert tuple(rows[0]) == COLUMNS
    mains = {(row["assumption"], row["subject"], row["finding"]) for row in rows}
    assert mains >= {(n, s, f) for n in FEW for s in SUBJECTS for f in MAIN_FINDINGS}
    assert all(row["mu_star"] for row in rows if row["finding"] == "trust")
    assert influences(tmp_path / "influence.csv")
    told = about(tmp_path / "influence.csv")
    assert told["residents"] == 60
    assert set(told["dice"]["level"]) <= set(MAIN_FINDINGS)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        *("again.csv", "influence.csv", "influence.json"),
    ]


def test_a_measurement_that_was_killed_goes_on_where_it_was(few_numbers, tmp_path, monkeypatch):
    whole = measured(tmp_path, "whole.csv")
    lived = []
    live = command._live

    def tires(base, other, sizes, point, alone):
        if len(lived) == 4:
            raise KeyboardInterrupt
        lived.append(point.key)
        return live(base, other, sizes, point, alone)

    monkeypatch.setattr(command, "_live", tires)
    with pytest.raises(KeyboardInterrupt):
        measured(tmp_path)
    assert not (tmp_path / "influence.csv").exists()
    partial = tmp_path / "influence.partial"
    partial.write_bytes(partial.read_bytes() + b'["cut off, [1')
    again = []

    def goes_on(base, other, sizes, point, alone):
        again.append(point.key)
        return live(base, other, sizes, point, alone)

    monkeypatch.setattr(command, "_live", goes_on)
    assert measured(tmp_path) == whole
    assert not set(lived) & set(again)
    assert not partial.exists()


def test_what_was_lived_with_other_settings_is_not_taken_up(tmp_path):
    path = tmp_path / "record"
    with Record(path, {"seed": 1}) as record:
        record.add("one", np.array([[1.5, np.nan]]))
    with Record(path, {"seed": 1}) as record:
        assert record.kept["one"].tolist()[0][0] == 1.5
        assert np.isnan(record.kept["one"][0, 1])
    with Record(path, {"seed": 2}) as record:
        assert record.kept == {}


def one_end(*values):
    """A world in which one finding has these values, replicate by replicate."""
    return np.array(values, dtype=float)[:, None, None]


def test_a_move_is_the_mean_over_pairs_and_what_has_no_value_is_left_out():
    nan = np.nan
    ends = np.array(
        [one_end(1.0, 1.2, 0.8, 1.0), one_end(2.0, nan, 4.0, 3.0), one_end(nan, nan, nan, 1)]
    )
    found = table.moves(ends, np.zeros((4, 1, 1)))
    assert found.mean[:2, 0, 0] == pytest.approx([1.0, 3.0])
    assert np.isnan(found.mean[2, 0, 0])
    assert np.isnan(found.noise[2, 0, 0])
    assert table.interval_half(ends[0]) == pytest.approx(
        3.182 * np.std([1, 1.2, 0.8, 1], ddof=1) / 2, rel=1e-3
    )


def test_of_many_moves_of_pure_chance_hardly_any_is_called_clear_and_a_real_one_is():
    luck = np.random.default_rng(4)
    ends = luck.normal(size=(300, 16, 1, 1))
    found = table.moves(ends, np.zeros((16, 1, 1)))
    assert (np.abs(found.mean) > found.noise).sum() <= 1
    ends[7] += 3.0
    found = table.moves(ends, np.zeros((16, 1, 1)))
    assert np.abs(found.mean[7]) > found.noise[7]
    assert (np.abs(found.mean) > found.noise).sum() <= 2


def test_what_a_number_does_across_its_range_owes_nothing_to_the_luck_of_the_defaults():
    luck = np.random.default_rng(4)
    ends = luck.normal(size=(8, 16, 1, 1))
    unlucky = luck.normal(size=(16, 1, 1)) - 5.0
    found = table.ends_of(unlucky, ends)
    assert found.low.clear.all()
    assert found.high.clear.all()
    assert not found.across.clear.any()
    assert found.across.mean == pytest.approx(found.high.mean - found.low.mean)


def test_a_move_of_exactly_nothing_is_never_clear():
    found = table.moves(np.zeros((3, 4, 1, 1)), np.zeros((4, 1, 1)))
    assert not (np.abs(found.mean) > found.noise).any()


def test_screening_finds_what_a_plain_sum_is_made_of(few_numbers):
    """In a sum every elementary effect is the slope: mu* is slope times range, sigma is nothing."""
    worlds = design.trajectories(6, seed=1)
    assert worlds.shape == (6 * 5, 4)
    slopes = np.array([2.0, -1.0, 0.0, 0.5])
    values = np.repeat((worlds @ slopes)[:, None, None], 2, axis=1)
    effects = table.screened(worlds, values)
    declared = [ASSUMPTIONS[name].high - ASSUMPTIONS[name].low for name in FEW]
    spans = np.array([*declared, design.LEVELS - 1.0])
    for subject in SUBJECTS:
        sizes = [effects[subject, 0][name] for name in (*FEW, design.DICE)]
        assert [mu for mu, _ in sizes] == pytest.approx(np.abs(slopes) * spans, abs=1e-9)
        assert [sigma for _, sigma in sizes] == pytest.approx([0] * 4, abs=1e-9)


def test_trajectories_with_a_missing_value_are_left_out(few_numbers):
    worlds = design.trajectories(6, seed=1)
    values = np.repeat((worlds @ np.ones(4))[:, None, None], 2, axis=1)
    values[2] = np.nan
    assert design.DICE in table.screened(worlds, values)["level", 0]
    values[5:] = np.nan
    assert table.screened(worlds, values)["level", 0] == {}


def test_other_dice_are_one_factor_of_the_design_and_numbers_stay_in_their_ranges():
    points = design.along(design.trajectories(2, seed=5))
    assert {point.dice for point in points} <= set(range(design.LEVELS))
    assert len({point.dice for point in points}) > 1
    for point in points:
        assert all(
            ASSUMPTIONS[name].low - 1e-9 <= value <= ASSUMPTIONS[name].high + 1e-9
            for name, value in point.numbers.items()
        )
    assert len(MAIN) == len(MAIN_FINDINGS)


# ---- the command and the file


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["influence", "--residents", "few"], "few is no whole number"),
        (["influence", "--replicates", "1"], "1 is too low: it starts at 2"),
        (["influenza"], "invalid choice"),
    ],
)
def test_a_command_that_cannot_be_followed_says_why(words, said, capsys):
    with pytest.raises(SystemExit) as left:
        analysis.main(words)
    assert left.value.code == 2
    assert said in capsys.readouterr().err


def test_a_place_that_is_not_there_is_refused_before_anything_is_lived(tmp_path, capsys):
    out = tmp_path / "nowhere" / "influence.csv"
    assert analysis.main(["influence", "--out", str(out)]) == 2
    assert "was not written: the folder" in capsys.readouterr().err
    assert analysis.main(["influence", "--base", "baselin", "--out", str(tmp_path / "i.csv")]) == 2
    assert "Did you mean baseline?" in capsys.readouterr().err


def test_a_file_that_is_absent_or_broken_names_the_command_that_makes_it(tmp_path):
    path = tmp_path / "influence.csv"
    for text, said in (
        (None, "influence.csv cannot be read. `python -m analysis influence` makes it."),
        ("name,low\n", "influence.csv: the columns are not assumption, subject"),
        (
            ",".join(COLUMNS) + "\nfade,level,trust,1,x,0,0,0,0,0,,\n",
            "line 2: this is no row of 12",
        ),
        (
            ",".join(COLUMNS) + "\nfade,level,trust,1,nan,0,0,0,0,0,,\n",
            "line 2: this is no row of 12",
        ),
        (",".join(COLUMNS) + "\nfade,level,trust,1\n", "line 2: this is no row of 12"),
    ):
        if text is not None:
            path.write_text(text)
        with pytest.raises(InfluenceFault) as fault:
            influences(path)
        assert said in fault.value.faults[0]
    (tmp_path / "influence.json").write_text(json.dumps([1]))
    with pytest.raises(InfluenceFault, match="this is no object"):
        about(path)
