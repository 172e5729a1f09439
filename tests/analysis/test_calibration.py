"""The calibration: priors, emulators, ruling out, and going on after a kill."""

import numpy as np
import pandas as pd
import pytest

from analysis.calibration import emulator, priors
from analysis.calibration.findings import _difference
from analysis.calibration.matching import RULED_OUT, candidates, matched, nearest_to
from analysis.calibration.summaries import ABOVE, BELOW
from analysis.calibration.targets import Target
from analysis.calibration.waves import NAMES, run_wave
from analysis.evidence.patterns import Part
from sim.assumptions import ASSUMPTIONS

SOME = ("fade", "drift_rate", "wander", "absolve", "hearsay")


def target(name, accepted, width=None):
    half = (accepted[1] - accepted[0]) / 2 if width is None else width
    return Target("X", Part(name, accepted, "unit", "means"), half)


def made_up(number=600, noise=0.1, seed=2):
    """Runs of a made-up model: one summary that follows two assumptions, one that follows a ratio."""
    luck = np.random.default_rng(seed)
    scores = priors.spread_out(SOME, number, 3)
    runs = pd.DataFrame(scores, columns=list(SOME))
    runs["X/sum"] = scores[:, 0] + 0.5 * scores[:, 1] + noise * luck.standard_normal(number)
    runs["X/ratio" + ABOVE] = 2.0 + 0.3 * scores[:, 2] + noise * luck.standard_normal(number)
    runs["X/ratio" + BELOW] = 1.0 + 0.0 * scores[:, 0] + 0.01 * luck.standard_normal(number)
    return runs


def test_a_prior_keeps_to_the_declared_range_and_peaks_at_the_argued_value():
    for name in ASSUMPTIONS:
        prior, declared = priors.prior(name), ASSUMPTIONS[name]
        assert prior.ppf(1e-6) >= declared.low
        assert prior.ppf(1 - 1e-6) <= declared.high
        assert declared.low <= priors.argued(name) <= declared.high
        if declared.low < priors.argued(name) < declared.high:
            step = 0.05 * (declared.high - declared.low)
            beside = [priors.argued(name) - step, priors.argued(name) + step]
            assert all(prior.pdf(priors.argued(name)) >= prior.pdf(x) for x in beside)


def test_scores_and_values_are_two_ways_to_say_one_set():
    scores = priors.spread_out(NAMES, 20, 1)
    assert priors.scores(NAMES, priors.values(NAMES, scores)) == pytest.approx(scores, abs=1e-6)


def test_a_design_is_spread_evenly_over_every_prior():
    scores = priors.spread_out(SOME, 100, 1)
    shares = priors.prior("fade").cdf(priors.values(SOME, scores)[:, 0])
    assert sorted(np.floor(shares * 100).astype(int)) == list(range(100))


def test_an_emulator_finds_what_moves_a_summary_and_how_noisy_it_is():
    runs = made_up()
    scores = runs[list(SOME)].to_numpy()
    found = emulator.fit(scores, runs["X/sum"].to_numpy())
    new = priors.spread_out(SOME, 50, 9)
    expected, error = found(new)
    assert expected == pytest.approx(new[:, 0] + 0.5 * new[:, 1], abs=0.2)
    assert (error < 0.1).all()
    assert 0.05 < found.noise < 0.2
    strong = np.abs(emulator.what_matters(scores, runs["X/sum"].to_numpy())) > 4
    assert strong.tolist() == [True, True, False, False, False]


def test_sets_outside_the_range_are_ruled_out_and_the_drawn_ones_are_not():
    match = matched(SOME, [target("sum", (1.0, 1.6)), target("ratio", (2.2, 2.6))], made_up())
    far = np.zeros((1, 5))
    assert match.implausibility(far)[0, 0] > RULED_OUT
    drawn = candidates(match, 200, np.random.default_rng(4))
    assert (match.implausibility(drawn).max(axis=1) <= RULED_OUT).mean() > 0.9
    truth = drawn[:, 0] + 0.5 * drawn[:, 1]
    assert ((truth > 0.8) & (truth < 1.8)).mean() > 0.9
    assert abs(drawn[:, 3].mean()) < 0.25  # does not matter: the prior


def test_the_nearest_set_fits_and_leaves_alone_what_does_not_matter():
    match = matched(SOME, [target("sum", (1.0, 1.6))], made_up())
    start = np.array([0.2, 0.0, 0.3, -0.4, 0.1])
    best = nearest_to(match, start)
    assert best[3:].tolist() == start[3:].tolist()
    assert 0.85 < best[0] + 0.5 * best[1] < 1.6
    assert np.abs(best - start).max() < 1.2


def test_distance_is_counted_in_half_ranges_and_vanishes_inside():
    one = target("sum", (1.0, 3.0))
    assert one.distance(np.array([2.0, 1.0, 4.0, 0.0])).tolist() == [0.0, 0.0, 1.0, 1.0]
    assert one.distance(np.array([np.nan])).tolist() == [10.0]
    assert target("low", (0.0, np.inf), 0.5).distance(np.array([-1.0, 9.0])).tolist() == [2.0, 0.0]


def test_the_difference_of_two_scores_comes_with_an_interval():
    told = _difference([True] * 9 + [False] * 5, [True] * 7 + [False] * 7)
    assert told["fit"] == {"hits": 9, "of": 14}
    assert told["difference"]["value"] == pytest.approx(2 / 14)
    assert told["difference"]["lo"] < 0 < told["difference"]["hi"]
    even = _difference([True, False], [True, False])["difference"]
    assert even["value"] == 0.0
    assert even["lo"] == pytest.approx(-even["hi"])


def test_a_wave_goes_on_after_a_kill_and_runs_nothing_twice(tmp_path, monkeypatch):
    from analysis.calibration import waves

    lived = []

    class AtOnce:
        def __init__(self, *_):
            pass

        def __enter__(self):
            return self

        def __exit__(self, *_):
            return False

        def submit(self, work, *words):
            work(*words)

            class Done:
                def result(self):
                    return None

            return Done()

    def small(one, seed, replicates=1):
        lived.append(seed)
        if len(lived) == 30:
            raise KeyboardInterrupt
        return {"X/sum": sum(one.values()) + seed}

    monkeypatch.setattr(waves, "ProcessPoolExecutor", AtOnce)
    monkeypatch.setattr(waves, "summaries", small)
    design = priors.spread_out(NAMES, 45, 1)
    with pytest.raises(KeyboardInterrupt):
        run_wave(tmp_path, 1, design, 1, lambda text: None)
    first = len(lived)
    found = run_wave(tmp_path, 1, np.empty((0, len(NAMES))), 1, lambda text: None)
    assert len(found) == 45
    assert len(lived) - first == 25  # the first part of twenty was kept
    again = run_wave(tmp_path, 1, np.empty((0, len(NAMES))), 1, lambda text: None)
    pd.testing.assert_frame_equal(found, again)
    assert len(lived) - first == 25
    assert not list(tmp_path.glob("*.draft"))
