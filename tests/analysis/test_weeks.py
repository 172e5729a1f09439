"""Sweeps that kept every week: differences that grow as they were told to, and when they are clear."""

import numpy as np
import pandas as pd
import pytest

from analysis.effects.findings import find
from analysis.effects.gathered import open_sweep
from analysis.effects.grid import Grid
from analysis.effects.weekly import by_week, clear_since
from analysis.report import weeks
from tests.analysis.known import experiment, found, of_trust, ranges, swept

WEEKS = np.arange(4)
LEVERS = '"policy.feedback" = [0.0, 0.5, 1.0]\n"policy.lay_weight" = [0.0, 1.0]'
DICE = (3.0, 5.0, 4.0)


def weekly(design, levers, **more):
    return experiment(design, levers, **more).replace("seed = 3", "seed = 3\nweekly = true")


def growing(row, replicate):
    """A lever whose effect grows by two a week, one that acts at once; dice that tilt both a little."""
    tilt = 1 + 0.1 * (replicate - 1)
    return DICE[replicate] + 2 * row[0] * WEEKS * tilt - 3 * row[1] * (WEEKS > 0)


def test_a_difference_is_that_of_its_week_with_its_interval(tmp_path):
    findings = found(weekly("full-factorial", LEVERS, replicates=3), growing, tmp_path)
    table = findings.tables["effects-by-week"]
    trust = table[table["indicator"] == "trust"]
    one = trust[(trust["factor"] == "policy.feedback") & (trust["level"] == "1")]
    assert one["week"].tolist() == [0, 1, 2, 3]
    assert one["difference"].tolist() == pytest.approx([0, 2, 4, 6])
    # by replicate 1.8, 2.0 and 2.2 a week: standard error 0.2 / sqrt(3), t with two degrees 4.302653
    half = 4.302653 * 0.2 / np.sqrt(3) * WEEKS
    assert (one["high"] - one["difference"]).to_numpy() == pytest.approx(half, rel=1e-5)
    at_once = trust[trust["factor"] == "policy.lay_weight"]
    assert at_once["difference"].tolist() == pytest.approx([0, -3, -3, -3])
    assert table[table["indicator"] == "polarisation"]["difference"].isna().all()


def test_slabs_of_any_size_give_the_same_table(tmp_path):
    folder = swept(weekly("full-factorial", LEVERS, replicates=3), growing, tmp_path)
    opened = open_sweep(folder)
    findings = find(opened)
    whole = findings.tables["effects-by-week"]
    for most_bytes in (1, 8 * 18 * 3):  # one column at once, three columns at once
        again = by_week(opened, findings.grid, most_bytes)["effects-by-week"]
        pd.testing.assert_frame_equal(whole, again)


def test_pairs_whose_run_failed_are_left_out_of_every_week(tmp_path):
    findings = found(
        weekly("full-factorial", LEVERS, replicates=3), growing, tmp_path,
        fails=lambda run: (run.point, run.replicate) == (0, 2),
    )  # fmt: skip
    table = findings.tables["effects-by-week"]
    row = table[(table["factor"] == "policy.feedback") & (table["indicator"] == "trust")]
    assert row["pairs"].tolist() == [5] * len(row)


def test_a_range_that_was_sampled_has_a_slope_in_each_week(tmp_path):
    text = weekly("latin-hypercube", ranges(("policy.feedback", "policy.lay_weight")), samples=24)
    findings = found(text, lambda row, _: 2 * row[0] * WEEKS - row[1], tmp_path)
    table = findings.tables["effects-by-week"]
    trust = table[table["indicator"] == "trust"].set_index(["factor", "week"])["difference"]
    assert trust["policy.feedback"].tolist() == pytest.approx([0, 2, 4, 6], abs=1e-9)
    assert trust["policy.lay_weight"].tolist() == pytest.approx([-1] * 4)
    end = of_trust(findings.tables["effects"]).set_index("factor")["difference"]
    assert end["policy.feedback"] == pytest.approx(trust["policy.feedback", 3])


def test_where_nothing_is_compared_the_mean_is_followed(tmp_path):
    text = weekly("full-factorial", "", replicates=3)
    findings = found(text, lambda _, replicate: DICE[replicate] + WEEKS, tmp_path)
    assert "effects-by-week" not in findings.tables
    table = findings.tables["means-by-week"]
    trust = table[table["indicator"] == "trust"]
    assert trust["mean"].tolist() == pytest.approx([4, 5, 6, 7])
    assert (trust["high"] - trust["mean"]).tolist() == pytest.approx([4.302653 / np.sqrt(3)] * 4)
    section = weeks.sections(findings)[0]
    assert "Trust: 4.0 (1.5 to 6.5) in week 0, 7.0 (4.5 to 9.5) in week 3." in section.sentences
    assert "no value" in " ".join(section.sentences)  # polarisation was given none


def test_a_sweep_that_kept_the_end_alone_has_no_weeks(tmp_path):
    text = experiment("full-factorial", LEVERS, replicates=3)
    findings = found(text, lambda row, replicate: row[0] + replicate, tmp_path)
    assert not [name for name in findings.tables if name.endswith("by-week")]
    assert weeks.sections(findings) == []
    assert by_week(open_sweep(tmp_path / "sweep"), Grid(findings.grid.gathered)) == {}


@pytest.mark.parametrize(
    ("lows", "highs", "week"),
    [
        ([0, 0.1, 0.2, 0.3], [0, 1, 1, 1], 1),
        ([0.1, -0.1, 0.2, 0.3], [1, 1, 1, 1], 2),
        ([0.1, 0.1, 0.2, -0.3], [1, 1, 1, 1], None),
        ([-2, -2, 0.1, 0.1], [-1, -1, 1, 1], 2),
        ([-2, -2, -2, -2], [-1, -1, -1, -1], 0),
        ([0.1, np.nan, 0.2, np.nan], [1, np.nan, 1, np.nan], 0),
        ([np.nan] * 4, [np.nan] * 4, None),
    ],
    ids=["from 1", "a relapse", "not at the end", "a turn", "always", "weeks without", "none"],
)
def test_a_difference_is_clear_from_the_week_after_the_last_that_held_zero(lows, highs, week):
    table = pd.DataFrame({"week": WEEKS, "low": lows, "high": highs})
    assert clear_since(table) == week
    assert clear_since(table.iloc[::-1]) == week


def test_the_report_says_from_which_week_on_each_difference_is_clear(tmp_path):
    def function(row, replicate):
        unsure = (replicate - 1) * row[1] * 10
        return growing(row, replicate) + np.where(WEEKS == 3, unsure, 0)

    findings = found(weekly("full-factorial", LEVERS, replicates=3), function, tmp_path)
    section = weeks.sections(findings)[0]
    said = "\n".join(section.sentences)
    assert (
        "Trust †: raising policy.feedback from 0 to 1 makes a clear difference from week 1 on: its"
        " interval stays above zero to week 3, the last, where it is 6.0 points (4.5 to 7.5)."
        in said
    )
    assert (
        "raising policy.lay_weight from 0 to 1 never comes to make a clear difference: its interval"
        " holds zero in week 3, where it is −3.0 points (−27.8 to 21.8), though it leaves zero out in 2 of 4 weeks."
        in said
    )
    assert section.sentences[-1].startswith("† leans on untested numbers")
    figure = section.parts[0]
    assert list(figure.twin.rows.columns) == [
        "week", "policy.feedback: 0 → 0.5", "policy.feedback: 0 → 1", "policy.lay_weight: 0 → 1",
    ]  # fmt: skip
    assert figure.twin.rows["policy.feedback: 0 → 1"].tolist()[-1] == "6.0 (4.5 to 7.5)"
    for label in figure.twin.rows.columns[1:]:
        assert label in figure.svg
    assert len(set(figure.svg.split("stroke-dasharray"))) > 2


def test_a_lever_with_many_levels_is_drawn_by_five_of_them(tmp_path):
    levels = ", ".join(f"{level / 10}" for level in range(9))
    text = weekly("full-factorial", f'"policy.feedback" = [{levels}]', replicates=2)
    findings = found(text, lambda row, _: row[0] * WEEKS, tmp_path)
    shown = weeks.sections(findings)[0].parts[0].twin.rows
    assert [name.rpartition(" ")[2] for name in shown.columns[1:]] == ["0.1", "0.3", "0.5", "0.6", "0.8"]  # fmt: skip
