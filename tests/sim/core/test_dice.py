"""The dice are even, and no address tells anything about another."""

from __future__ import annotations

import itertools
import math

import numba
import numpy as np
import pytest
from scipy import special, stats

from sim.core import dice

MANY = 1 << 17
FEW = 1 << 13
# One test in ten thousand of these would fail by chance alone; all are fixed draws, so none will.
UNLIKELY = 1e-4
SEEDS = (0, 1, 2, 12345, 2**63 + 17, 2**64 - 1)
LAST_WORD = np.uint64(2**64 - 1)


@numba.njit(cache=False)
def _words(seeds, purposes, weeks, keys, out):
    for n in range(out.size):
        out[n] = dice.bits(dice.stream(seeds[n], purposes[n], weeks[n]), keys[n])


def words(seed=1, purpose=3, week=7, key=0, many=MANY):
    """The words at these addresses; one of the four may be an array."""
    out = np.empty(many, np.uint64)
    spread = [
        np.broadcast_to(np.asarray(part, kind), many)
        for part, kind in (
            (seed, np.uint64),
            (purpose, np.int64),
            (week, np.int64),
            (key, np.uint64),
        )
    ]
    _words(*spread, out)
    return out


def shares(given):
    """Shares from the upper 53 bits, as `dice.share` makes them."""
    return ((given >> np.uint64(11)).astype(float) + 0.5) / 2.0**53


def member_keys(name, many=MANY):
    name_key = dice.name_key(name)
    return np.array([dice.member_key(name_key, n) for n in range(many)], np.uint64)


COUNT = np.arange(MANY, dtype=np.uint64)
RUNS = {
    "keys of residents": lambda: words(key=member_keys("young")),
    "keys that count up": lambda: words(key=COUNT),
    "keys that count in the upper bits": lambda: words(key=COUNT << np.uint64(47)),
    "weeks that follow each other": lambda: words(
        week=np.arange(-1000, MANY - 1000), key=dice.name_key("a")
    ),
    "seeds that follow each other": lambda: words(seed=COUNT, key=dice.name_key("a")),
    "purposes that follow each other": lambda: words(
        purpose=np.arange(MANY), key=dice.name_key("a")
    ),
    "replicates of one seed": lambda: words(
        seed=np.array([dice.replicate_seed(1, r) for r in range(MANY)], np.uint64),
        key=dice.name_key("a"),
    ),
}


@pytest.fixture(scope="module", params=RUNS, ids=lambda name: name.replace(" ", "-"))
def run(request):
    return RUNS[request.param]()


def assert_even(counts):
    """Every place is hit as often as every other (chi-square)."""
    assert stats.chisquare(counts).pvalue > UNLIKELY


def assert_unrelated(one, other):
    """Two columns of shares show no correlation, and no pattern on a grid of sixteen by sixteen."""
    assert abs(np.corrcoef(one, other)[0, 1]) < 4.0 / math.sqrt(one.size)
    grid, _, _ = np.histogram2d(one, other, bins=16, range=[[0, 1], [0, 1]])
    assert_even(grid.ravel())


# ---- even, along every part of the address


def test_draws_are_spread_evenly(run):
    x = shares(run)
    assert_even(np.bincount((x * 256).astype(int), minlength=256))
    assert stats.kstest(x, "uniform").pvalue > UNLIKELY


def test_every_bit_is_set_half_the_time(run):
    for bit in range(64):
        ones = int(((run >> np.uint64(bit)) & np.uint64(1)).sum())
        assert abs(ones - run.size / 2) < 4.5 * math.sqrt(run.size) / 2, f"bit {bit}"


def test_no_bit_follows_another(run):
    some = run[: 1 << 15]
    signs = (
        2.0 * ((some[:, None] >> np.arange(64, dtype=np.uint64)) & np.uint64(1)).astype(np.float32)
        - 1.0
    )
    together = signs.T @ signs / some.size
    np.fill_diagonal(together, 0.0)
    assert np.abs(together).max() < 5.5 / math.sqrt(some.size)


def test_a_draw_says_nothing_of_its_neighbours(run):
    x = shares(run)
    for lag in (1, 2, 3, 7, 13, 52, 64, 1024):
        assert_unrelated(x[:-lag], x[lag:])


def test_runs_up_and_down_are_as_long_as_chance_has_them(run):
    above = shares(run) > 0.5
    changes = int((above[1:] != above[:-1]).sum())
    assert abs(changes - (run.size - 1) / 2) < 4.5 * math.sqrt(run.size) / 2


def test_three_in_a_row_fill_a_cube_evenly(run):
    x = (shares(run)[: MANY // 3 * 3] * 8).astype(int).reshape(-1, 3)
    assert_even(np.bincount(x @ [64, 8, 1], minlength=512))


def test_no_word_comes_twice(run):
    assert np.unique(run).size == run.size


def test_birthdays_fall_together_as_often_as_chance_has_it(run):
    """Marsaglia's birthday spacings: in 2**24 days, 512 birthdays leave 2 equal spacings on average."""
    expected, found = 0.0, 0
    for shift in (0, 20, 40):
        days = ((run >> np.uint64(shift)) & np.uint64(2**24 - 1)).astype(np.int64)
        years = np.sort(days[: 128 * 512].reshape(128, 512), axis=1)
        spacings = np.sort(np.diff(years, axis=1), axis=1)
        found += int((np.diff(spacings, axis=1) == 0).sum())
        expected += 128 * 512**3 / (4.0 * 2**24)
    assert abs(found - expected) < 5.0 * math.sqrt(expected)


# ---- independent, across every part of the address


@pytest.mark.parametrize("part", ["seed", "purpose", "week"])
def test_the_same_people_throw_unrelated_dice_elsewhere(part):
    keys = member_keys("young", FEW)
    columns = [shares(words(**{part: value}, key=keys, many=FEW)) for value in range(12)]
    for one, other in itertools.combinations(columns, 2):
        assert abs(np.corrcoef(one, other)[0, 1]) < 4.5 / math.sqrt(FEW)
    table = np.corrcoef(columns)[np.triu_indices(12, 1)] * math.sqrt(FEW)
    assert stats.kstest(table, "norm").pvalue > UNLIKELY


def test_publics_with_like_names_throw_unrelated_dice():
    columns = [
        shares(words(key=member_keys(name, FEW), many=FEW))
        for name in ("young", "younh", "youn", "a", "b")
    ]
    for one, other in itertools.combinations(columns, 2):
        assert_unrelated(one, other)


def test_replicates_are_unrelated():
    keys = member_keys("young", FEW)
    columns = []
    for seed, replicate in itertools.product((0, 1, 2), range(6)):
        columns.append(shares(words(seed=dice.replicate_seed(seed, replicate), key=keys, many=FEW)))
    table = np.corrcoef(columns)[np.triu_indices(len(columns), 1)] * math.sqrt(FEW)
    assert np.abs(table).max() < 4.5
    assert stats.kstest(table, "norm").pvalue > UNLIKELY


def test_no_two_replicates_of_neighbouring_seeds_share_their_seed():
    found = {int(dice.replicate_seed(seed, r)) for seed in range(200) for r in range(200)}
    assert len(found) == 200 * 200


def test_negative_weeks_are_weeks_of_their_own():
    keys = member_keys("young", 64)
    rows = {tuple(words(week=week, key=keys, many=64)) for week in range(-600, 600)}
    assert len(rows) == 1200
    assert_unrelated(shares(words(week=-5, key=COUNT)), shares(words(week=5, key=COUNT)))


def test_purpose_and_week_do_not_stand_in_for_each_other():
    keys = member_keys("young", 4)
    rows = {
        tuple(words(purpose=p, week=t, key=keys, many=4))
        for p in range(60)
        for t in range(-104, 160)
    }
    assert len(rows) == 60 * 264


@pytest.mark.parametrize("part", ["seed", "purpose", "week", "key"])
def test_one_bit_of_the_address_turns_half_the_bits_of_the_word(part):
    """Avalanche: over many addresses, every input bit flips every output bit half of the time."""
    number = 2048
    rng = np.random.default_rng(5)
    width = {"seed": 64, "key": 64, "purpose": 6, "week": 10}[part]
    whole = {
        "seed": rng.integers(0, 2**64, number, np.uint64, endpoint=False),
        "purpose": rng.integers(0, 60, number),
        "week": rng.integers(0, 1024, number),
        "key": rng.integers(0, 2**64, number, np.uint64, endpoint=False),
    }
    before = words(**whole, many=number)
    for bit in range(width):
        turned = dict(whole)
        turned[part] = whole[part] ^ whole[part].dtype.type(1 << bit)
        flips = before ^ words(**turned, many=number)
        share = ((flips[:, None] >> np.arange(64, dtype=np.uint64)) & np.uint64(1)).mean(axis=0)
        assert np.abs(share - 0.5).max() < 5.0 * 0.5 / math.sqrt(number), f"{part}, bit {bit}"


def test_mixing_loses_nothing():
    """Undoing each step gives the word back: no two words are mixed into one."""
    back_first, back_second = pow(int(dice._FIRST), -1, 2**64), pow(int(dice._SECOND), -1, 2**64)

    def unshift(word, by):
        out = word
        for _ in range(64 // by):
            out = word ^ (out >> by)
        return out

    for word in [0, 1, 2**63, 2**64 - 1, *map(int, words(many=500, key=COUNT[:500]))]:
        mixed = unshift(int(dice.mix(np.uint64(word))), 27) * back_second % 2**64
        mixed = unshift(mixed, 33) * back_first % 2**64
        assert unshift(mixed, 27) == word


# ---- what is made of a word


def test_a_draw_is_the_share_of_the_word_at_its_address():
    for seed, key in itertools.product(SEEDS, (0, 1, 2**64 - 1)):
        word = words(seed=seed, purpose=9, week=-3, key=key, many=1)[0]
        assert (
            dice.draw(np.uint64(seed), 9, -3, np.uint64(key))
            == dice.share(word)
            == shares(np.array([word]))[0]
        )


@pytest.mark.parametrize("of", [dice.share, dice.upper_share, dice.lower_share])
def test_a_share_is_never_0_or_1(of):
    assert 0.0 < of(np.uint64(0)) < 1e-9
    assert 1.0 - 1e-9 < of(LAST_WORD) < 1.0


def test_halves_of_a_word_are_unrelated_and_even():
    given = words(key=COUNT)
    upper = np.array([dice.upper_share(word) for word in given])
    lower = np.array([dice.lower_share(word) for word in given])
    assert stats.kstest(upper, "uniform").pvalue > UNLIKELY
    assert stats.kstest(lower, "uniform").pvalue > UNLIKELY
    assert_unrelated(upper, lower)


def test_quarters_of_a_word_are_unrelated_and_centred():
    given = words(key=COUNT)
    quarters = np.array([[dice.centred(word, q) for word in given] for q in range(4)])
    assert quarters.min() > -1.0
    assert quarters.max() < 1.0
    assert np.abs(quarters.mean(axis=1)).max() < 4.0 * math.sqrt(1 / 3 / MANY)
    for one, other in itertools.combinations((quarters + 1.0) / 2.0, 2):
        assert_unrelated(one, other)


def test_quarters_lie_evenly_around_zero():
    for q in range(4):
        low, high = dice.centred(np.uint64(0), q), dice.centred(LAST_WORD, q)
        assert low == -high == -1.0 + 0.5 / 2**15


@pytest.mark.parametrize("places", [1, 2, 3, 7, 10, 97])
def test_every_place_is_as_likely(places):
    found = np.array([dice.place(word, places) for word in words(key=COUNT[:FEW], many=FEW)])
    assert found.min() >= 0
    assert found.max() <= places - 1
    if places > 1:
        assert_even(np.bincount(found, minlength=places))
    assert dice.place(np.uint64(0), places) == 0
    assert dice.place(LAST_WORD, places) == places - 1


def test_picks_come_as_often_as_their_shares():
    parts = np.array([0.1, 0.0, 0.5, 0.25, 0.15])
    picked = [
        dice.pick(np.cumsum(parts), chance) for chance in shares(words(key=COUNT[:FEW], many=FEW))
    ]
    counts = np.bincount(picked, minlength=5)
    assert counts[1] == 0
    assert stats.chisquare(counts[parts > 0], parts[parts > 0] * FEW).pvalue > UNLIKELY


def test_a_pick_takes_the_first_place_past_the_chance_and_at_last_the_last():
    parts = np.array([0.25, 0.5, 0.5, 0.999])
    assert [dice.pick(parts, x) for x in (0.0, 0.2499, 0.25, 0.4999, 0.5, 0.9989, 0.9995)] == [
        0,
        0,
        1,
        1,
        3,
        3,
        3,
    ]
    assert dice.pick(np.array([1.0]), 0.7) == 0


def test_a_pair_has_one_key_whoever_comes_first():
    keys = member_keys("young", 300)
    found = {}
    for one, other in itertools.combinations(range(300), 2):
        key = int(dice.pair_key(keys[one], keys[other]))
        assert key == int(dice.pair_key(keys[other], keys[one]))
        assert found.setdefault(key, (one, other)) == (one, other)
    assert len(found) == 300 * 299 / 2


def test_pairs_of_one_person_throw_unrelated_dice():
    keys = member_keys("young", FEW + 2)
    pairs = [
        np.array([dice.pair_key(keys[-n], key) for key in keys[:FEW]], np.uint64) for n in (1, 2)
    ]
    one, other = (shares(words(key=pair, many=FEW)) for pair in pairs)
    assert stats.kstest(one, "uniform").pvalue > UNLIKELY
    assert_unrelated(one, other)


def test_members_of_all_publics_have_keys_of_their_own():
    found = np.concatenate([member_keys(name, 50_000) for name in ("young", "owners", "officers")])
    assert np.unique(found).size == found.size


def test_a_member_keeps_their_key_however_many_others_there_are():
    assert list(member_keys("young", 10)) == list(member_keys("young", 1000)[:10])


def test_a_name_has_the_same_key_on_every_machine():
    assert int(dice.name_key("young")) == int(dice.name_key("young"))
    assert (
        len(
            {int(dice.name_key(name)) for name in ("young", "Young", "young ", "gnuoy", "jüng", "")}
        )
        == 6
    )


def test_these_words_stay_what_they_are():
    """Results change where these do: the changelog has to say so."""
    assert int(dice.mix(np.uint64(1))) == MIX_OF_1
    assert int(dice.replicate_seed(1, 0)) == REPLICATE_0_OF_1
    assert int(dice.name_key("young")) == KEY_OF_YOUNG
    assert dice.draw(np.uint64(1), 2, 3, np.uint64(4)) == DRAW_1_2_3_4


MIX_OF_1 = 4324205816119988925
REPLICATE_0_OF_1 = 16448767867859631687
KEY_OF_YOUNG = 5275237168982144474
DRAW_1_2_3_4 = 0.36002901208435517


# ---- the normal quantile


def test_the_normal_quantile_is_that_of_scipy():
    near = np.concatenate([10.0 ** np.arange(-300, -1, 0.37), np.linspace(1e-3, 1 - 1e-3, 20_001)])
    chances = np.concatenate(
        [near, 1.0 - 10.0 ** np.arange(-15.5, -1, 0.1), [0.075, 0.925, 0.5 - 2**-54]]
    )
    found = np.array([dice.normal(chance) for chance in chances])
    expected = special.ndtri(chances)
    assert np.abs(found - expected).max() <= 1e-13 * np.maximum(1.0, np.abs(expected)).max()
    assert (np.abs(found - expected) <= 1e-13 * np.maximum(1.0, np.abs(expected))).all()


def test_the_normal_quantile_is_odd_and_rises():
    chances = np.linspace(0.0005, 0.9995, 5001)
    found = np.array([dice.normal(chance) for chance in chances])
    assert (np.diff(found) > 0).all()
    assert np.abs(found + found[::-1]).max() < 1e-12
    assert dice.normal(0.5) == 0.0


def test_the_farthest_draws_are_finite():
    assert abs(dice.normal(dice.share(np.uint64(0)))) < 9.0
    assert abs(dice.normal(dice.share(LAST_WORD))) < 9.0


def test_draws_made_normal_are_normal():
    found = np.array([dice.normal(chance) for chance in shares(words(key=COUNT[:FEW], many=FEW))])
    assert stats.kstest(found, "norm").pvalue > UNLIKELY
    assert abs(found.std() - 1.0) < 4.5 / math.sqrt(2 * FEW)
