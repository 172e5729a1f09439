"""Which policy holds up: checked on sweeps whose answer is known because it was made up."""

import re
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import robustness
from analysis.experiment import points_of
from analysis.reading import Sweep
from analysis.report.section import Figure, Table
from analysis.robustness import drawing, intervals
from analysis.robustness.switching import best_cut
from sim.parameter_sets import parameter_sets
from sim.results import ALL
from sim.theories import THEORIES
from tests.analysis.made_up_sweep import experiment_of, made_up

TWO = """
scenario = ["baseline", "two-way"]
replicates = 3
indicators = ["trust"]
"""
SAMPLED = (
    TWO
    + """
design = "latin-hypercube"
samples = 100
[uncertainties]
"assumptions.absolve" = {low = 0.0, high = 0.8}
"assumptions.hearsay" = {low = 0.0, high = 0.5}
"""
)


def said(sections):
    return " ".join(sentence for section in sections for sentence in section.sentences)


def section(sections, key):
    return next(one for one in sections if one.key == key)


def steps(gain):
    """The base at 50; others as much better as `gain` says of the row and the public."""

    def value(row, public, indicator):
        return 50.0 if row["scenario"] == "baseline" else 50.0 + gain(row, public)

    return value


# ---- policies and worlds


def test_policies_are_scenarios_and_levers_and_worlds_are_all_else(tmp_path):
    experiment = experiment_of(
        tmp_path,
        'scenario = ["baseline", "two-way"]\nindicators = ["trust"]\nreplicates = 1\n'
        '[levers]\n"policy.hours" = [2, 5]\n'
        '[uncertainties]\n"assumptions.absolve" = [0.1, 0.5]\ntheory = ["effectiveness"]\n'
        '[areas]\narea = ["areas/inner-borough.toml", "areas/small-town.toml"]\n',
    )
    paired = robustness.pairs(made_up(experiment, lambda *_: 50.0), experiment)
    assert paired.base == "baseline (hours = 5)"
    assert paired.policies.own_base
    assert set(paired.others) == {
        "baseline (hours = 2)",
        "two-way (hours = 2)",
        "two-way (hours = 5)",
    }
    assert paired.worlds == 4
    assert list(paired.policies.kinds) == ["area"]
    assert list(paired.policies.numbers) == ["assumptions.absolve"]
    assert len(set(paired.policies.draws)) == 2


def test_a_base_that_is_not_on_the_grid_is_the_first_listed_and_said(tmp_path):
    experiment = experiment_of(
        tmp_path,
        'indicators = ["trust"]\nreplicates = 2\n[levers]\n"policy.hours" = [2, 6]\n'
        '[uncertainties]\n"assumptions.absolve" = [0.1, 0.5]\n',
    )
    sweep = made_up(experiment, lambda row, *_: row["policy.hours"])
    paired = robustness.pairs(sweep, experiment)
    assert (paired.base, paired.policies.own_base) == ("hours = 2", False)
    assert "lever values are not on the grid" in said(robustness.sections(sweep, experiment))
    other = robustness.pairs(sweep, experiment, base="hours = 6")
    assert (other.base, other.others) == ("hours = 6", ("hours = 2",))
    assert robustness.shares(other)["share_better"].tolist() == [0.0, 0.0]


def test_a_base_that_does_not_exist_is_refused_with_those_that_do(tmp_path):
    experiment = experiment_of(tmp_path, SAMPLED)
    sweep = made_up(experiment, lambda *_: 50.0)
    with pytest.raises(ValueError, match="no policy 'two-wy'.*two-way.*Policies of this sweep"):
        robustness.pairs(sweep, experiment, base="two-wy")


def test_numbers_of_a_world_are_those_its_runs_lived_with(tmp_path):
    """And what a theory sets is not told apart from the theory."""
    experiment = experiment_of(
        tmp_path,
        TWO + '[uncertainties]\n"assumptions.absolve" = [0.1, 0.5]\nparameter_sets = 3\n'
        'theory = ["fair-treatment", "effectiveness"]\n',
    )
    points = points_of(experiment)
    paired = robustness.pairs(made_up(experiment, lambda *_: 50.0), experiment)
    numbers, place = paired.policies.numbers, paired.policies.place
    for point in range(len(points)):
        assumptions = points.scenario(point).assumptions
        world = numbers.iloc[place[point, 1]]
        assert world.to_dict() == {
            name: assumptions[name.removeprefix("assumptions.")] for name in numbers
        }
    names = {name.removeprefix("assumptions.") for name in numbers}
    for theory in experiment.theories:
        assert not names & set(THEORIES[theory].assumptions)
    assert "absolve" in names
    assert len(names) > 90
    assert len(set(paired.policies.draws)) == 6


def test_scenarios_with_areas_of_their_own_meet_only_at_home(tmp_path):
    experiment = experiment_of(
        tmp_path,
        'scenario = ["hackney", "hackney-two-way", "bexley", "bexley-two-way"]\n'
        'indicators = ["trust"]\nreplicates = 2\n'
        '[uncertainties]\n"assumptions.absolve" = [0.1, 0.5]\n',
    )
    sweep = made_up(experiment, lambda *_: 50.0)
    table = robustness.shares(robustness.pairs(sweep, experiment))
    assert set(table["policy"]) == {"hackney-two-way"}
    assert "no policy decides the area" in said(robustness.sections(sweep, experiment))


# ---- shares


def test_the_share_of_worlds_is_counted_by_hand(tmp_path):
    experiment = experiment_of(
        tmp_path, TWO + '[uncertainties]\n"assumptions.absolve" = [0.0, 0.1, 0.2, 0.3]\n'
    )
    gains = {0.0: 2.0, 0.1: 1.0, 0.2: 0.0, 0.3: -1.0}
    sweep = made_up(experiment, steps(lambda row, _: gains[row["assumptions.absolve"]]))
    row = robustness.shares(robustness.pairs(sweep, experiment)).iloc[0]
    assert (row.worlds, row.better, row.worse, row.same) == (4, 2, 1, 1)
    assert (row.share_better, row.mean_difference, row.worst_difference) == (0.5, 0.5, -1.0)
    assert (row.clearly_better, row.clearly_worse) == (2, 1)
    assert row.low == pytest.approx(0.1500, abs=1e-4)  # Wilson, 2 of 4
    assert row.high == pytest.approx(0.8500, abs=1e-4)


def test_where_lower_is_better_a_fall_beats_the_base(tmp_path):
    experiment = experiment_of(tmp_path, SAMPLED.replace('"trust"', '"trust_gap"'))
    sweep = made_up(experiment, steps(lambda *_: -1.0))
    row = robustness.shares(robustness.pairs(sweep, experiment)).iloc[0]
    assert (row.share_better, row.mean_difference) == (1.0, -1.0)


def test_the_worst_off_public_is_the_one_at_the_end_of_the_base_in_that_world(tmp_path):
    experiment = experiment_of(
        tmp_path, TWO + '[uncertainties]\n"assumptions.absolve" = [0.1, 0.5]\n'
    )

    def value(row, public, indicator):
        lowest = "young" if row["assumptions.absolve"] < 0.3 else "settled"
        start = 40.0 if public == lowest else 30.0 if public == "most-affected" else 60.0
        moved = row["scenario"] == "two-way" and public == "young"
        return start - 3.0 * moved

    paired = robustness.pairs(made_up(experiment, value), experiment)
    chosen = [[paired.publics[place] for place in world] for world in paired.worst_off("trust")]
    assert chosen == [["young"] * 3, ["settled"] * 3]
    assert paired.gains("trust", "two-way", "worst-off")[:, 0].tolist() == [-3.0, 0.0]


def test_a_public_that_looks_worst_off_by_luck_is_not_what_a_policy_gains(tmp_path):
    """A policy without effect would else beat the base for the worst-off public nearly everywhere."""
    experiment = experiment_of(tmp_path, SAMPLED)
    sweep = made_up(experiment, steps(lambda *_: 0.0), noise=1.0)
    table = robustness.shares(robustness.pairs(sweep, experiment)).set_index("subject")
    worst = table.loc["worst-off"]
    assert worst["mean_low"] < 0 < worst["mean_high"]
    assert 0.35 < worst["share_better"] < 0.65


def test_one_replicate_is_never_clear_of_the_dice(tmp_path):
    experiment = experiment_of(tmp_path, SAMPLED.replace("replicates = 3", "replicates = 1"))
    sweep = made_up(experiment, steps(lambda *_: 5.0))
    row = robustness.shares(robustness.pairs(sweep, experiment)).iloc[0]
    assert (row.share_better, row.clearly_better) == (1.0, 0)
    assert "With one replicate" in said(robustness.sections(sweep, experiment))


def test_a_mean_over_worlds_knows_that_all_worlds_share_their_dice():
    """The luck of one replicate is the same in a hundred worlds and does not average out."""
    dice = np.random.default_rng(1)
    held = 0
    for _ in range(200):
        luck = dice.standard_normal(4)
        gains = luck[None, :] + 0.1 * dice.standard_normal((100, 4))
        mean = intervals.mean_over(gains, np.arange(100))
        held += mean.low <= 0 <= mean.high
    assert 0.9 <= held / 200 <= 0.99


# ---- regret


def test_regret_is_as_a_hand_computes_it(tmp_path):
    experiment = experiment_of(
        tmp_path,
        'scenario = ["baseline", "two-way", "consult"]\nreplicates = 2\nindicators = ["trust"]\n'
        'publics = false\n[uncertainties]\n"assumptions.absolve" = [0.0, 0.1, 0.2]\n',
    )
    ends = {"baseline": (50, 50, 50), "two-way": (56, 52, 41), "consult": (53, 51, 49)}
    worlds = {0.0: 0, 0.1: 1, 0.2: 2}

    def value(row, *_):
        return float(ends[row["scenario"]][worlds[row["assumptions.absolve"]]])

    paired = robustness.pairs(made_up(experiment, value, publics=()), experiment)
    by_world = robustness.regret_by_world(paired, "trust", ALL)
    assert by_world["baseline"].tolist() == [6, 2, 0]
    assert by_world["two-way"].tolist() == [0, 0, 9]
    assert by_world["consult"].tolist() == [3, 1, 1]
    table = robustness.regrets(paired).set_index("policy")
    assert table["max_regret"].to_dict() == {"baseline": 6, "two-way": 9, "consult": 3}
    assert table["mean_regret"]["consult"] == pytest.approx(5 / 3)
    assert table["best_in"].to_dict() == {"baseline": 1, "two-way": 2, "consult": 0}
    assert table.index[table["minimax"]].tolist() == ["consult"]
    assert table["minimax_held"]["consult"] == 1.0


# ---- warning


def test_a_policy_that_lifts_the_mean_and_hurts_one_public_is_flagged_first(tmp_path):
    experiment = experiment_of(tmp_path, SAMPLED)
    sweep = made_up(
        experiment, steps(lambda _, public: -1.0 if public == "young" else 2.0), noise=0.3
    )
    found = robustness.sections(sweep, experiment)
    assert [one.warning for one in found] == [True, *[False] * (len(found) - 1)]
    first = found[0].sentences[0]
    assert "two-way lifts the mean of trust (+2 points against baseline) and hurts" in first
    assert "in 100 of 100 worlds both happen at once (100 %)" in first
    assert len(found[0].parts[0].rows) == 1


def test_a_public_hurt_in_some_worlds_only_is_flagged_as_that(tmp_path):
    experiment = experiment_of(tmp_path, SAMPLED)

    def gain(row, public):
        return -2.0 if public == "young" and row["assumptions.absolve"] > 0.6 else 2.0

    table = robustness.hurt_in_spite_of_the_mean(
        robustness.pairs(made_up(experiment, steps(gain), noise=0.1), experiment)
    )
    assert table["hurt"].tolist() == ["in some worlds"]
    assert table["both"].tolist() == [25]


def test_luck_alone_hurts_nobody(tmp_path):
    experiment = experiment_of(tmp_path, SAMPLED)
    for seed in range(6):
        sweep = made_up(experiment, steps(lambda *_: 0.02), noise=1.0, seed=seed)
        assert robustness.hurt_in_spite_of_the_mean(robustness.pairs(sweep, experiment)).empty


# ---- switching values


def test_the_switching_value_of_an_uncertainty_is_recovered(tmp_path):
    experiment = experiment_of(tmp_path, SAMPLED)
    sweep = made_up(
        experiment, steps(lambda row, _: 4 * (0.43 - row["assumptions.absolve"])), noise=0.1
    )
    table = robustness.switching_values(robustness.pairs(sweep, experiment))
    told = table[table["told"]]
    assert set(told["uncertainty"]) == {"assumptions.absolve"}
    assert set(told["subject"]) == {"all", "worst-off"}
    row = told.iloc[0]
    assert row["better"] == "below"
    assert row["value"] == pytest.approx(0.43, abs=0.03)
    assert row["low"] <= 0.43 <= row["high"]
    assert row["high"] - row["low"] < 0.15
    assert row["wrong_held_out"] < 0.1 < row["wrong_without"]
    switches = said([section(robustness.sections(sweep, experiment), "robustness-switching")])
    assert "two-way stops being better than baseline on trust when assumptions.absolve" in switches
    assert switches.count("(how far generalists give up") == 1  # its meaning is given once


def test_noise_has_no_switching_value(tmp_path):
    experiment = experiment_of(tmp_path, SAMPLED)
    told = 0
    for seed in range(8):
        sweep = made_up(experiment, steps(lambda *_: 0.0), noise=1.0, seed=seed)
        told += robustness.switching_values(robustness.pairs(sweep, experiment))["told"].sum()
    assert told == 0


@given(
    st.lists(st.tuples(st.integers(0, 8), st.booleans()), min_size=2, max_size=30).filter(
        lambda worlds: len({number for number, _ in worlds}) > 1
    )
)
def test_no_cut_misclassifies_fewer_worlds_than_the_one_that_sorting_finds(worlds):
    numbers = np.array([float(number) for number, _ in worlds])
    answer = np.array([better for _, better in worlds])
    found = best_cut(numbers, answer)
    tried = [
        float(np.mean(((numbers > value) == side) != answer))
        for value in np.unique(numbers)[:-1] + 0.5
        for side in (True, False)
    ]
    assert found.wrong == pytest.approx(min(tried))
    assert np.mean(found.says(numbers) != answer) == pytest.approx(found.wrong)


# ---- scenario discovery


def test_a_planted_box_is_found_and_holds_on_held_out_worlds(tmp_path):
    experiment = experiment_of(tmp_path, SAMPLED.replace("samples = 100", "samples = 300"))

    def gain(row, _):
        return (
            -1.0 if row["assumptions.absolve"] > 0.5 and row["assumptions.hearsay"] < 0.3 else 1.0
        )

    sweep = made_up(experiment, steps(gain), noise=0.05, publics=())
    (box,) = robustness.discovered(robustness.pairs(sweep, experiment))
    assert box.holds
    limits = {limit.name: limit for limit in box.limits}
    assert limits["assumptions.absolve"].low == pytest.approx(0.5, abs=0.06)
    assert limits["assumptions.absolve"].high is None
    assert limits["assumptions.hearsay"].high == pytest.approx(0.3, abs=0.06)
    assert min(box.coverage, box.density, box.held_coverage, box.held_density) > 0.8
    assert box.usual < 0.35
    told = said(robustness.sections(sweep, experiment))
    assert "is 0.5" in told or "is 0.4" in told
    assert "[share per share; tried from" in told
    assert "On training worlds density was" in told


def test_a_box_may_be_told_by_theory(tmp_path):
    experiment = experiment_of(
        tmp_path, SAMPLED + 'theory = ["fair-treatment", "effectiveness", "shared-identity"]\n'
    )
    sweep = made_up(
        experiment,
        steps(lambda row, _: -1.0 if row["theory"] == "effectiveness" else 1.0),
        noise=0.05,
        publics=(),
    )
    paired = robustness.pairs(sweep, experiment)
    (box,) = robustness.discovered(paired)
    assert box.holds
    assert [(limit.name, limit.kinds) for limit in box.limits] == [("theory", ("effectiveness",))]
    by_theory = robustness.shares(paired, "theory").set_index("theory")["share_better"]
    assert by_theory.to_dict() == {
        "fair-treatment": 1.0,
        "effectiveness": 0.0,
        "shared-identity": 1.0,
    }
    sections = robustness.sections(sweep, experiment)
    assert "in few of effectiveness (0 %)" in said([section(sections, "robustness-by")])


def test_pure_noise_has_no_box_and_that_is_said(tmp_path):
    experiment = experiment_of(tmp_path, SAMPLED)
    for seed in range(3):
        sweep = made_up(experiment, steps(lambda *_: 0.0), noise=1.0, publics=(), seed=seed)
        assert not any(
            box.holds for box in robustness.discovered(robustness.pairs(sweep, experiment))
        )
    told = said([section(robustness.sections(sweep, experiment), "robustness-discovery")])
    assert "No set of worlds was found in which a policy reliably does worse." in told


def test_worlds_of_one_draw_are_held_out_together_and_do_not_count_as_many(tmp_path):
    """A draw that is bad by luck is bad under every theory: that is one piece of evidence, not four."""
    from analysis.robustness.holding_out import chance_of, held_out

    dice = np.random.default_rng(3)
    small = naive = 0
    for seed in range(25):
        draws = np.repeat(np.arange(24), 4)
        answer = np.repeat(dice.random(24) < 0.5, 4)
        out = held_out(draws, answer, seed)
        assert not set(draws[out]) & set(draws[~out])
        inside = np.repeat(dice.random(24) < 0.5, 4)
        small += chance_of(inside, answer, draws, seed) <= 0.05
        naive += chance_of(inside, answer, np.arange(96), seed) <= 0.05
    assert small <= 3  # one or two are expected
    assert naive > small


def test_too_few_worlds_are_said_to_be_too_few(tmp_path):
    experiment = experiment_of(tmp_path, SAMPLED.replace("samples = 100", "samples = 12"))
    sweep = made_up(experiment, steps(lambda row, _: 0.4 - row["assumptions.absolve"]), noise=0.01)
    found = robustness.sections(sweep, experiment)
    told = said([section(found, "robustness-switching"), section(found, "robustness-discovery")])
    assert told.count("12 worlds are too few: 40 are needed") == 2


# ---- designs that pair, and designs that do not


def test_levers_only_say_that_robustness_needs_uncertainties(tmp_path):
    experiment = experiment_of(
        tmp_path,
        'replicates = 4\nindicators = ["trust"]\n[levers]\n"policy.hours" = [5, 6]\n',
    )
    sweep = made_up(experiment, lambda row, *_: float(row["policy.hours"]), noise=0.01)
    found = robustness.sections(sweep, experiment)
    assert [one.key for one in found] == ["robustness", "robustness-publics"]
    assert "Robustness needs worlds that differ" in said(found)
    assert "in 1 world," in said(found)


def test_levers_sampled_with_uncertainties_give_no_pairs_and_how_to_get_them_is_told(tmp_path):
    experiment = experiment_of(
        tmp_path,
        'replicates = 2\nindicators = ["trust"]\ndesign = "sobol"\nsamples = 4\n'
        '[levers]\n"policy.feedback" = {low = 0.0, high = 1.0}\n'
        '[uncertainties]\n"assumptions.absolve" = {low = 0.0, high = 0.8}\n',
    )
    (only,) = robustness.sections(made_up(experiment, lambda *_: 50.0), experiment)
    assert "were sampled together, so no two policies met the same world" in only.sentences[0]
    assert 'scenario = ["baseline", "two-way"]' in only.sentences[1]


def test_scenarios_crossed_with_sampled_levers_are_compared_and_the_levers_count_as_world(tmp_path):
    experiment = experiment_of(
        tmp_path,
        TWO + 'design = "latin-hypercube"\nsamples = 50\n'
        '[levers]\n"policy.feedback" = {low = 0.0, high = 1.0}\n'
        '[uncertainties]\n"assumptions.absolve" = {low = 0.0, high = 0.8}\n',
    )
    sweep = made_up(experiment, steps(lambda row, _: row["policy.feedback"] - 0.5))
    paired = robustness.pairs(sweep, experiment)
    assert (paired.others, paired.worlds) == (("two-way",), 50)
    assert "policy.feedback" in paired.policies.numbers
    assert "Levers that were sampled (policy.feedback) count as part of the world" in said(
        robustness.sections(sweep, experiment)
    )


def test_one_at_a_time_pairs_levers_only_in_the_world_they_were_moved_in(tmp_path):
    experiment = experiment_of(
        tmp_path,
        'replicates = 2\nindicators = ["trust"]\ndesign = "one-at-a-time"\n'
        '[levers]\n"policy.hours" = [2, 6]\n[uncertainties]\n"assumptions.absolve" = [0.1, 0.5]\n',
    )
    paired = robustness.pairs(made_up(experiment, lambda *_: 50.0), experiment)
    assert paired.base == "hours = 5"
    assert (paired.worlds, paired.paired_worlds) == (3, 1)


# ---- what is missing


def test_what_is_missing_is_left_out_in_pairs_and_said(tmp_path):
    experiment = experiment_of(tmp_path, SAMPLED)
    whole = made_up(experiment, steps(lambda *_: 1.0), noise=0.1)
    rows = whole.results
    gone = (rows["point"] < 3) | ((rows["point"] == 4) & (rows["replicate"] == 0))
    sweep = Sweep(rows[~gone], whole.design, whole.failures)
    paired = robustness.pairs(sweep, experiment)
    row = robustness.shares(paired).iloc[0]
    assert (paired.missing, row.worlds) == (10, 97)
    assert "10 runs are missing: failed, or not run yet" in said(
        robustness.sections(sweep, experiment)
    )


def test_a_sweep_that_has_not_begun_says_so(tmp_path):
    experiment = experiment_of(tmp_path, SAMPLED)
    whole = made_up(experiment, steps(lambda *_: 1.0))
    empty = Sweep(pd.DataFrame(), whole.design, whole.failures)
    (only,) = robustness.sections(empty, experiment)
    assert "600 runs are missing or failed" in said([only])
    half = Sweep(whole.results[whole.results["point"] < 100], whole.design, whole.failures)
    (only,) = robustness.sections(half, experiment)
    assert "300 runs are missing or failed" in said([only])


def test_what_has_no_denominator_is_left_out(tmp_path):
    experiment = experiment_of(tmp_path, SAMPLED)

    def gain(row, public):
        return np.nan if row["assumptions.absolve"] > 0.4 or public == "settled" else 1.0

    sweep = made_up(experiment, steps(gain))
    row = robustness.shares(robustness.pairs(sweep, experiment)).iloc[0]
    assert (row.worlds, row.share_better) == (50, 1.0)
    nothing = made_up(experiment, lambda *_: np.nan)
    assert robustness.shares(robustness.pairs(nothing, experiment)).empty
    assert "Trust has no value in any pair" in said(robustness.sections(nothing, experiment))


def test_an_outcome_that_nothing_moves_is_said_to_stay(tmp_path):
    experiment = experiment_of(tmp_path, SAMPLED)
    sweep = made_up(experiment, lambda *_: 50.0)
    found = robustness.sections(sweep, experiment)
    assert "No policy changes trust in any world." in said(found)
    assert not any(one.warning for one in found)
    assert "does not choose between them" in said(found)


def test_what_has_no_better_direction_is_not_judged(tmp_path):
    experiment = experiment_of(tmp_path, SAMPLED.replace('["trust"]', '["trust", "expectation"]'))
    sweep = made_up(experiment, steps(lambda *_: 1.0))
    assert set(robustness.shares(robustness.pairs(sweep, experiment))["outcome"]) == {"trust"}
    told = said(robustness.sections(sweep, experiment))
    assert "Not judged, because neither direction is better: expectation." in told


# ---- what always holds

SMALL = """
scenario = ["baseline", "two-way", "consult"]
replicates = 2
indicators = ["trust"]
[uncertainties]
"assumptions.absolve" = [0.0, 0.2, 0.4]
"""
ORDERED = SMALL.replace('"two-way", "consult"', '"consult", "two-way"')


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    folder = tmp_path_factory.mktemp("small")
    return [experiment_of(folder, text) for text in (SMALL, ORDERED)]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(-3, 3) | st.just(None), min_size=54, max_size=54))
def test_shares_and_regrets_keep_their_bounds_whatever_the_values(small, drawn):
    """Whatever is found: the base beats itself nowhere, and the order of policies changes nothing."""
    scenarios, worlds = ["baseline", "two-way", "consult"], [0.0, 0.2, 0.4]
    publics = [ALL, "young", "settled"]

    def value(row, public, _):
        place = scenarios.index(row["scenario"]) * 9 + worlds.index(row["assumptions.absolve"]) * 3
        found = drawn[place + publics.index(public)]
        return np.nan if found is None else float(found)

    first, second = (
        robustness.pairs(made_up(one, value, publics=("young", "settled")), one) for one in small
    )
    shares = robustness.shares(first)
    assert shares["share_better"].between(0, 1).all()
    assert (shares["low"] <= shares["share_better"] + 1e-12).all()
    assert (shares["share_better"] <= shares["high"] + 1e-12).all()
    assert (shares["better"] + shares["worse"] + shares["same"] == shares["worlds"]).all()
    for subject in robustness.SUBJECTS:
        itself = first.gains("trust", first.base, subject)
        assert (itself[~np.isnan(itself)] == 0).all()
        regret = robustness.regret_by_world(first, "trust", subject)
        assert (regret >= 0).all().all()
        assert (regret.min(axis=1) == 0).all()
    keys = ["policy", "outcome", "subject"]
    pd.testing.assert_frame_equal(
        shares.sort_values(keys, ignore_index=True),
        robustness.shares(second).sort_values(keys, ignore_index=True),
    )
    pd.testing.assert_frame_equal(
        robustness.regrets(first).sort_values(keys, ignore_index=True),
        robustness.regrets(second).sort_values(keys, ignore_index=True),
    )


# ---- figures


def test_each_figure_is_told_in_words_and_has_a_table_that_says_the_same(tmp_path):
    experiment = experiment_of(
        tmp_path,
        SAMPLED.replace('["trust"]', '["trust", "trust_gap", "polarisation"]').replace("100", "30"),
    )
    sweep = made_up(experiment, steps(lambda row, _: 0.4 - row["assumptions.absolve"]), noise=0.1)
    found = robustness.sections(sweep, experiment)
    figures = [part for one in found for part in one.parts if isinstance(part, Figure)]
    assert len(figures) == 4
    ids = []
    for figure in figures:
        picture = ElementTree.fromstring(figure.svg)
        assert picture.tag.endswith("svg")
        ids += re.findall(r'\bid="([^"]+)"', figure.svg)
        used = set(re.findall(r'(?:href="#|url\(#)([^")]+)', figure.svg))
        assert used <= set(ids)
        assert len(figure.alternative) > 60
        assert "nan" not in figure.alternative
        assert len(figure.twin.rows)
    assert len(ids) == len(set(ids))
    names = [
        part.twin.name if isinstance(part, Figure) else part.name
        for one in found
        for part in one.parts
    ]
    assert len(names) == len(set(names))
    assert all(isinstance(part, (Figure, Table)) for one in found for part in one.parts)
    assert len({one.key for one in found}) == len(found)
    paired = robustness.pairs(sweep, experiment)
    again = drawing.share_figure(paired, robustness.shares(paired))
    assert again.svg == figures[0].svg


# ---- a real sweep, and other tools


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """A tiny sweep that the model lived: accepted parameter sets, theories, two scenarios."""
    from analysis import sweep

    folder = tmp_path_factory.mktemp("real")
    path = folder / "robust.toml"
    path.write_text(
        'schema = 1\nscenario = ["baseline", "two-way"]\nweeks = 2\nresidents = 60\nreplicates = 2\n'
        'indicators = ["trust", "trust_gap", "polarisation"]\nseed = 3\n'
        "[uncertainties]\nparameter_sets = 4\n"
        'theory = ["fair-treatment", "effectiveness"]\n'
        '[areas]\n"area.warmup_weeks" = [1]\n'
    )
    return path, folder / "out", sweep(path, folder / "out", workers=1)


def test_a_real_sweep_over_accepted_sets_and_theories_is_told_from_end_to_end(real):
    from analysis.experiment import read_experiment

    path, _, sweep = real
    experiment = read_experiment(path)
    known = parameter_sets()
    assert [known[one] for one in experiment.parameter_sets] == list(experiment.set_values)
    assert len(sweep.design) == 16
    assert sweep.failures.empty
    paired = robustness.pairs(sweep, experiment)
    assert (paired.worlds, paired.paired_worlds, len(set(paired.policies.draws))) == (8, 8, 4)
    assert len(paired.policies.numbers.columns) > 100
    table = robustness.shares(paired).set_index(["outcome", "subject"])
    ends = sweep.results[(sweep.results.week == 2) & (sweep.results.public == "all")]
    trust = ends[ends.indicator == "trust"].pivot_table(
        index=["parameter_set", "theory"], columns="scenario", values="value", observed=True
    )
    apart = trust["two-way"] - trust["baseline"]
    assert table.loc[("trust", "all"), "better"] == (apart > 0).sum()
    assert table.loc[("trust", "all"), "mean_difference"] == pytest.approx(apart.mean())
    found = robustness.sections(sweep, experiment)
    assert {"robustness", "robustness-regret", "robustness-by"} <= {one.key for one in found}
    assert "8 worlds (4 draws of uncertain numbers" in said(found)


def test_polars_and_duckdb_read_the_same_numbers(real):
    import duckdb
    import polars

    _, folder, sweep = real
    wanted = (
        sweep.results.astype({"scenario": str, "theory": str, "indicator": str})
        .groupby(["scenario", "theory", "indicator"])["value"]
        .mean()
        .sort_index()
    )
    files = (folder / "results" / "*.parquet").as_posix()
    names = ["scenario", "theory", "indicator"]
    by_polars = (
        polars.scan_parquet(files)
        .with_columns(polars.col(names).cast(polars.String))
        .group_by(names)
        .agg(polars.col("value").mean())
        .sort(names)
        .collect()
    )
    by_duckdb = duckdb.sql(
        f"select scenario, theory, indicator, avg(value) from read_parquet('{files}')"
        " group by all order by all"
    ).fetchall()
    keys = [tuple(map(str, key)) for key in wanted.index]
    assert [row[:3] for row in by_polars.rows()] == keys
    assert [row[:3] for row in by_duckdb] == keys
    for found in ([row[3] for row in by_polars.rows()], [row[3] for row in by_duckdb]):
        np.testing.assert_allclose(found, wanted.to_numpy(), rtol=1e-12)
    rows = len(sweep.results)
    assert polars.scan_parquet(files).select(polars.len()).collect().item() == rows
    assert duckdb.sql(f"select count(*) from '{files}'").fetchall() == [(rows,)]
