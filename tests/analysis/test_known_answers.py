"""Sensitivity and effects of functions whose answers are known, through the whole of our own path."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.effects.enough import replicates_needed
from analysis.effects.paired import joined_half_width
from analysis.experiment import designs
from analysis.experiment.factors import LEVER, Factor
from analysis.report import sensitivity
from tests.analysis.known import UNIT, experiment, found, of_trust, ranges

TO_999 = 3.29 / 1.96  # from a 95 % half-width to one that a true value leaves once in a thousand
A, B = 7.0, 0.1
G = (0.0, 1.0, 4.5, 9.0)


def ishigami(row, replicate):
    x, y, z = (math.pi * (2 * value - 1) for value in row)
    return math.sin(x) + A * math.sin(y) ** 2 + B * z**4 * math.sin(x) + 5.0 * replicate


def ishigami_indices():
    """First-order and total indices of the function by its variances in closed form."""
    first = 0.5 * (1 + B * math.pi**4 / 5) ** 2
    second = A**2 / 8
    both = B**2 * math.pi**8 * (1 / 18 - 1 / 50)
    total = first + second + both
    return [first / total, second / total, 0.0], [
        (first + both) / total,
        second / total,
        both / total,
    ]


def sobol_g(row, replicate):
    return math.prod((abs(4 * x - 2) + a) / (1 + a) for x, a in zip(row, G, strict=True))


def sobol_g_indices():
    own = [1 / 3 / (1 + a) ** 2 for a in G]
    total = math.prod(1 + v for v in own) - 1
    return [v / total for v in own], [
        v * math.prod(1 + w for w in own if w is not v) / total for v in own
    ]


@pytest.mark.parametrize(
    ("function", "answers", "names"),
    [(ishigami, ishigami_indices(), UNIT[:3]), (sobol_g, sobol_g_indices(), UNIT)],
    ids=["Ishigami", "Sobol G"],
)
def test_sobol_indices_are_those_of_the_textbook(function, answers, names, tmp_path):
    text = experiment("sobol", ranges(names), samples=1024)
    table = of_trust(found(text, function, tmp_path).tables["indices-over-worlds"])
    for measure, truth in zip(("first order", "total"), answers, strict=True):
        rows = table[table["measure"] == measure].set_index("factor").loc[list(names)]
        off = np.abs(rows["index"] - truth)
        assert (off <= TO_999 * rows["half_width"] + 1e-9).all(), (measure, rows, truth)
        assert (rows["half_width"] < 0.2).all()


def of_second_order(names, samples, **more):
    text = experiment("sobol", ranges(names), samples=samples, **more)
    return text.replace("seed = 3", "seed = 3\nsecond_order = true")


def test_second_order_indices_are_those_of_the_textbook_and_the_pair_is_named(tmp_path):
    """Of Ishigami's function the first and third input interact, 0.2437 of variance; no others do."""
    names = UNIT[:3]
    findings = found(of_second_order(names, 1024), ishigami, tmp_path)
    table = of_trust(findings.tables["indices-of-pairs"])
    pairs = table.set_index(["factor", "other_factor"])
    both = ishigami_indices()[1][2]
    assert both == pytest.approx(0.2437, abs=1e-4)
    truth = {(names[0], names[1]): 0.0, (names[0], names[2]): both, (names[1], names[2]): 0.0}
    assert list(pairs.index) == list(truth)
    for pair, index in truth.items():
        row = pairs.loc[pair]
        assert abs(row["index"] - index) <= TO_999 * row["half_width"], pair
        assert 0 < row["half_width"] < 0.2
    section = sensitivity.sections(findings)[0]
    said = [line for line in section.sentences if "interact" in line]
    assert len(said) == 1
    assert said[0].startswith(f"Trust: {names[0]} with {names[2]} (0.2")
    assert said[0].endswith("interacts beyond its interval.")
    assert f"{names[0]} with {names[1]}" not in said[0]
    shown = next(part for part in section.parts if getattr(part, "name", "") == "indices-of-pairs")
    assert shown.rows["factor"].tolist()[0] == names[0]  # largest first
    assert shown.rows["other_factor"].tolist()[0] == names[2]
    assert len(shown.rows) == 3


def test_asking_for_pairs_changes_neither_first_order_nor_total_indices_nor_slopes(tmp_path):
    names, places = UNIT[:3], [tmp_path / "plain", tmp_path / "pairs"]
    texts = [experiment("sobol", ranges(names), samples=64), of_second_order(names, 64)]
    both = []
    for text, place in zip(texts, places, strict=True):
        place.mkdir()
        both.append(found(text, ishigami, place))
    assert "indices-of-pairs" not in both[0].tables
    for name in ("indices", "indices-over-worlds", "convergence"):
        one, other = (of_trust(findings.tables[name]) for findings in both)
        for column in one.select_dtypes("number"):
            np.testing.assert_allclose(one[column], other[column], atol=1e-9, err_msg=name)
    one, other = (of_trust(findings.tables["effects"]) for findings in both)
    np.testing.assert_allclose(one["difference"], other["difference"], atol=1e-9)


def test_a_long_table_of_pairs_shows_the_largest_and_says_where_the_rest_is(tmp_path, monkeypatch):
    monkeypatch.setattr(sensitivity, "MOST_ROWS", 1)
    monkeypatch.setattr(sensitivity, "_FEWEST_PAIRS", 1)
    findings = found(of_second_order(UNIT[:3], 64), ishigami, tmp_path)
    parts = sensitivity.sections(findings)[0].parts
    shown = next(part for part in parts if getattr(part, "name", "") == "indices-of-pairs")
    every = of_trust(findings.tables["indices-of-pairs"])
    assert shown.rows["index"].tolist() == [every["index"].max()]
    assert shown.note == "Smaller ones, 2 in all, are in indices-of-pairs.csv."


def test_a_sample_that_lacks_a_run_is_left_out_of_the_indices_of_pairs(tmp_path):
    text = of_second_order(UNIT[:2], 16)
    findings = found(
        text, lambda row, _: row[0] * row[1], tmp_path, fails=lambda run: run.point == 4
    )
    assert of_trust(findings.tables["indices-of-pairs"])["samples"].tolist() == [15]


def test_an_outcome_without_variance_has_no_indices_of_pairs(tmp_path):
    same = found(of_second_order(UNIT[:2], 16), lambda *_: 4.0, tmp_path)
    assert of_trust(same.tables["indices-of-pairs"])["index"].isna().all()
    said = sensitivity.sections(same)[0].sentences
    assert "Trust does not vary: pairs have no indices." in said


def test_dice_that_are_the_same_everywhere_do_not_touch_the_indices(tmp_path):
    one = found(experiment("sobol", ranges(UNIT[:3]), samples=64), ishigami, tmp_path)
    (tmp_path / "more").mkdir()
    three = found(
        experiment("sobol", ranges(UNIT[:3]), samples=64, replicates=3), ishigami, tmp_path / "more"
    )
    for name in ("index", "half_width"):
        assert np.allclose(
            of_trust(one.tables["indices"])[name],
            of_trust(three.tables["indices"])[name],
            atol=1e-9,
        )


def test_few_samples_are_said_not_to_have_settled_and_many_of_a_plain_function_are(tmp_path):
    few = found(experiment("sobol", ranges(UNIT[:3]), samples=32), ishigami, tmp_path)
    table = of_trust(few.tables["convergence"])
    assert (table["settled"] == False).all()  # noqa: E712
    assert (table["samples_needed"] > 32).all()
    assert all(math.log2(needed).is_integer() for needed in table["samples_needed"])
    (tmp_path / "plain").mkdir()
    text = experiment("sobol", ranges(UNIT[:2]), samples=2048)
    plain = found(text, lambda row, _: row[0] + 0.2 * row[1], tmp_path / "plain")
    table = of_trust(plain.tables["convergence"], measure="total")
    assert (table["settled"] == True).all()  # noqa: E712


def test_an_outcome_that_does_not_vary_has_no_indices_instead_of_zeros(tmp_path):
    same = found(experiment("sobol", ranges(UNIT[:2]), samples=16), lambda *_: 4.0, tmp_path)
    assert of_trust(same.tables["indices"])["index"].isna().all()
    assert of_trust(same.tables["convergence"])["settled"].isna().all()


def test_morris_finds_size_direction_and_what_depends_on_what(tmp_path):
    def function(row, replicate):
        return 3 * row[0] - 2 * row[1] + 4 * row[2] * row[3] + replicate

    text = experiment("morris", ranges(UNIT), samples=64, replicates=2)
    findings = found(text, function, tmp_path)
    table = of_trust(findings.tables["indices-over-worlds"]).pivot(
        index="factor", columns="measure", values="index"
    )
    star, sigma = table["mu star"], table["sigma"]
    assert star[UNIT[0]] == pytest.approx(3)
    assert star[UNIT[1]] == pytest.approx(2)
    assert sigma[list(UNIT[:2])].to_numpy() == pytest.approx(0, abs=1e-9)
    for name in UNIT[2:]:  # 4 times the other, which is 0 to 1: 2 on average
        assert star[name] == pytest.approx(2, abs=0.6)
        assert sigma[name] > 0.8
    effects = of_trust(findings.tables["effects"]).set_index("factor")["difference"]
    assert effects[UNIT[1]] == pytest.approx(-2)
    assert np.abs(effects[list(UNIT)]).to_numpy() == pytest.approx(star[list(UNIT)].to_numpy())


def test_a_straight_line_is_found_in_a_latin_hypercube_whatever_is_crossed_with_it(tmp_path):
    def function(row, replicate):
        listed = {"open-door": 0.0, "most-affected": 1.5}[row[2]]
        return 10 + 2 * row[0] - 1 * row[1] + listed + 7 * replicate

    levers = ranges(UNIT[:2]) + '\n"policy.reach" = ["open-door", "most-affected"]'
    text = experiment("latin-hypercube", levers, samples=24, replicates=2)
    table = of_trust(found(text, function, tmp_path).tables["effects"]).set_index("factor")
    assert table.loc[UNIT[0], "difference"] == pytest.approx(2)
    assert table.loc[UNIT[1], "difference"] == pytest.approx(-1)
    assert table.loc["policy.reach", "difference"] == pytest.approx(1.5)
    assert (table["high"] - table["low"]).to_numpy() == pytest.approx(0, abs=1e-9)


COEFFICIENTS = st.floats(-50, 50).map(lambda value: round(value, 3))


@given(
    one=COEFFICIENTS,
    other=COEFFICIENTS,
    both=COEFFICIENTS,
    dice=st.lists(COEFFICIENTS, min_size=3, max_size=3),
)
@settings(max_examples=8, deadline=None, derandomize=True)
def test_a_full_factorial_gives_back_the_effects_that_were_put_in(
    tmp_path_factory, one, other, both, dice
):
    """Dice that are the same at every point leave no trace: effects are exact, intervals have no width."""

    def function(row, replicate):
        return one * row[0] + other * row[1] + both * row[0] * row[1] + dice[replicate]

    levers = '"policy.feedback" = [0.0, 1.0]\n"policy.lay_weight" = [0.0, 1.0]'
    text = experiment("full-factorial", levers, replicates=3)
    findings = found(text, function, tmp_path_factory.mktemp("known"))
    table = of_trust(findings.tables["effects"]).set_index("factor")
    assert table.loc["policy.feedback", "difference"] == pytest.approx(one + both / 2, abs=1e-9)
    assert table.loc["policy.lay_weight", "difference"] == pytest.approx(other + both / 2, abs=1e-9)
    assert (table["high"] - table["low"]).to_numpy() == pytest.approx(0, abs=1e-9)
    interaction = of_trust(findings.tables["interactions"]).iloc[0]
    assert interaction["interaction"] == pytest.approx(both, abs=1e-9)
    cells = of_trust(findings.tables["maps"])["mean"].to_numpy()
    centre = np.mean(dice)
    assert cells == pytest.approx(
        [centre, centre + other, centre + one, centre + one + other + both]
    )


def test_one_at_a_time_holds_all_else_as_the_scenario_has_it(tmp_path):
    def function(row, replicate):
        feedback = 0.3 if row[0] is None else row[0]
        return 10 * feedback + (0 if row[1] is None else 2 * row[1]) + replicate

    levers = '"policy.feedback" = [0.0, 1.0]\n"policy.lay_weight" = [1.0]'
    text = experiment("one-at-a-time", levers, replicates=2)
    table = of_trust(found(text, function, tmp_path).tables["effects"])
    assert table["difference"].tolist() == pytest.approx([-3.0, 7.0, 2.0])
    assert table["level"].tolist() == ["0", "1", "1"]
    assert table["base_level"].tolist()[0] == "0.3"


def test_runs_that_failed_leave_their_pairs_out_and_tilt_nothing(tmp_path):
    def function(row, replicate):
        return 10 * row[0] + 100 * row[1] + replicate

    levers = '"policy.feedback" = [0.0, 1.0]\n"policy.lay_weight" = [0.0, 1.0]'
    text = experiment("full-factorial", levers, replicates=3)
    findings = found(
        text, function, tmp_path, fails=lambda run: (run.point, run.replicate) == (3, 1)
    )
    table = of_trust(findings.tables["effects"]).set_index("factor")
    assert table.loc["policy.feedback", "difference"] == pytest.approx(10)
    assert table.loc["policy.feedback", "pairs"] == 5
    levels = of_trust(findings.tables["levels"], factor="policy.feedback")["mean"].tolist()
    assert levels[1] - levels[0] == pytest.approx(10)
    assert (findings.grid.gathered.failed, findings.grid.gathered.absent) == (1, 0)


def test_what_has_no_denominator_stays_empty(tmp_path):
    levers = '"policy.feedback" = [0.0, 1.0]'
    findings = found(
        experiment("full-factorial", levers, replicates=2), lambda row, _: row[0], tmp_path
    )
    for name in ("effects", "points", "levels", "contrasts"):
        table = findings.tables[name]
        rows = table[table["indicator"] == "polarisation"]
        value = "difference" if "difference" in rows else "mean"
        assert len(rows) > 0
        assert rows[[value, "low", "high"]].isna().all(axis=None), name


def test_one_replicate_has_no_interval(tmp_path):
    levers = '"policy.feedback" = [0.0, 1.0]'
    findings = found(experiment("full-factorial", levers), lambda row, _: row[0], tmp_path)
    row = of_trust(findings.tables["effects"]).iloc[0]
    assert row["difference"] == 1
    assert np.isnan(row["low"])
    assert np.isnan(of_trust(findings.tables["replicates"])["needed"].iloc[0])


# ---- designs


def test_a_full_factorial_is_balanced():
    factors = [
        Factor("a", LEVER, (1, 2)), Factor("b", LEVER, (1, 2, 3)), Factor("c", LEVER, (), 0, 1, 2),
    ]  # fmt: skip
    rows = designs.rows_of("full-factorial", factors, 0, 1)
    assert len(set(rows)) == len(rows) == 12 == designs.size_of("full-factorial", factors, 0)
    for place, levels in enumerate((2, 3, 2)):
        counts = np.unique([row[place] for row in rows], return_counts=True)[1]
        assert counts.tolist() == [12 // levels] * levels


@given(dimensions=st.integers(1, 6), samples=st.integers(2, 64), seed=st.integers(0, 2**40))
@settings(max_examples=20, deadline=None, derandomize=True)
def test_every_stratum_of_a_latin_hypercube_is_met_once(dimensions, samples, seed):
    sample = designs.hypercube_sample(dimensions, samples, seed)
    for column in sample.T:
        assert sorted(np.floor(column * samples)) == list(range(samples))


@given(dimensions=st.integers(2, 6), power=st.integers(1, 6), seed=st.integers(0, 2**40))
@settings(max_examples=20, deadline=None, derandomize=True)
def test_a_sobol_design_has_n_times_d_plus_two_points_each_taken_from_two_samples(dimensions, power, seed):  # fmt: skip
    factors = [Factor(f"f{at}", LEVER, (), -1.0, 3.0) for at in range(dimensions)]
    rows = np.array(designs.rows_of("sobol", factors, 2**power, seed))
    assert len(rows) == 2**power * (dimensions + 2)
    assert rows.min() >= -1.0
    assert rows.max() <= 3.0
    blocks = rows.reshape(2**power, dimensions + 2, dimensions)
    for at in range(dimensions):  # all of A but one column, which is B's
        taken = blocks[:, 0].copy()
        taken[:, at] = blocks[:, -1, at]
        assert np.array_equal(blocks[:, 1 + at], taken)


@given(dimensions=st.integers(2, 5), power=st.integers(1, 5), seed=st.integers(0, 2**40))
@settings(max_examples=10, deadline=None, derandomize=True)
def test_a_sobol_design_for_pairs_has_n_times_two_d_plus_two_points(dimensions, power, seed):
    factors = [Factor(f"f{at}", LEVER, (), -1.0, 3.0) for at in range(dimensions)]
    rows = np.array(designs.rows_of("sobol", factors, 2**power, seed, second_order=True))
    assert len(rows) == 2**power * (2 * dimensions + 2)
    assert len(rows) == designs.size_of("sobol", factors, 2**power, second_order=True)
    blocks = rows.reshape(2**power, -1, dimensions)
    for at in range(dimensions):  # of A with one column of B, then of B with one column of A
        for place, whole, other in ((1 + at, 0, -1), (1 + dimensions + at, -1, 0)):
            taken = blocks[:, whole].copy()
            taken[:, at] = blocks[:, other, at]
            assert np.array_equal(blocks[:, place], taken)
    plain = np.array(designs.rows_of("sobol", factors, 2**power, seed))
    assert np.array_equal(blocks[:, [*range(dimensions + 1), -1]].reshape(plain.shape), plain)


@given(dimensions=st.integers(2, 6), trajectories=st.integers(4, 12), seed=st.integers(0, 2**40))
@settings(max_examples=20, deadline=None, derandomize=True)
def test_a_morris_trajectory_moves_each_factor_once_and_one_at_a_time(
    dimensions, trajectories, seed
):
    factors = [Factor(f"f{at}", LEVER, (), 0.0, 1.0) for at in range(dimensions)]
    rows = np.array(designs.rows_of("morris", factors, trajectories, seed))
    assert rows.shape == (trajectories * (dimensions + 1), dimensions)
    steps = np.diff(rows.reshape(trajectories, dimensions + 1, dimensions), axis=1)
    moved = ~np.isclose(steps, 0)
    assert (moved.sum(axis=2) == 1).all()
    assert (moved.sum(axis=1) == 1).all()
    assert np.allclose(np.abs(steps[moved]), 2 / 3)  # four levels


# ---- replicates and intervals


@given(spread=st.floats(0.01, 50), precision=st.floats(0.05, 5))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_enough_replicates_meet_the_precision_and_one_fewer_would_not(spread, precision):
    from scipy import stats

    needed = replicates_needed(spread, precision)

    def half(n):
        return stats.t.ppf(0.975, n - 1) * spread / math.sqrt(n)

    if math.isinf(needed):
        assert half(100_000) > precision
        return
    assert half(needed) <= precision
    assert needed == 2 or half(needed - 1) > precision


def test_replicates_by_hand(tmp_path):
    """Remainders of +1, 0, -1 against point, dice and mean: s = sqrt(2) times their spread."""
    table = np.array([[0.0, 0.0, 0.0], [1.0, 0.0, -1.0]])
    levers = '"policy.feedback" = [0.0, 1.0]'
    text = experiment("full-factorial", levers, replicates=3)
    findings = found(text, lambda row, replicate: float(table[int(row[0]), replicate]), tmp_path)
    row = of_trust(findings.tables["replicates"]).iloc[0]
    differences = table[1] - table[0]
    assert row["spread_paired"] == pytest.approx(np.std(differences, ddof=1))
    assert row["half_width_here"] == pytest.approx(4.302653 * 1.0 / math.sqrt(3))


def test_two_sources_of_error_join_as_satterthwaite_has_it():
    def source(square, freedom):
        return np.array([square]), np.array([freedom])

    half = joined_half_width(source(4.0, 3), source(1.0, 10))[0]
    freedom = 25 / (16 / 3 + 1 / 10)
    from scipy import stats

    assert half == pytest.approx(stats.t.ppf(0.975, freedom) * math.sqrt(5))
    alone = joined_half_width(source(np.nan, 0), source(1.0, 10))[0]
    assert alone == pytest.approx(stats.t.ppf(0.975, 10))
    assert np.isnan(joined_half_width(source(np.nan, 0), source(np.nan, 0))[0])
