"""Who belongs to which public, where they live, and what a file may leave out."""

import copy
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.scenario import load
from sim.scenario.area_fields import AGES, DEFAULT_CONCERNS, DEFAULT_SHARES, ETHNICS, TENURES
from sim.scenario.publics import divide, evenly_spread, every_cell, members, redrawn
from tests.sim.scenario_files import PUBLIC, VILLAGE, on_baseline, village

FEW = settings(max_examples=60, deadline=None)
weights = st.lists(st.floats(0.01, 1), min_size=75, max_size=75)
rules = st.fixed_dictionaries(
    {},
    optional={
        "age": st.lists(st.sampled_from(AGES), min_size=1, unique=True),
        "tenure": st.lists(st.sampled_from(TENURES), min_size=1, unique=True),
        "ethnic": st.lists(st.sampled_from(ETHNICS), min_size=1, unique=True),
    },
)


def people(weights):
    return [(*cell, weight / sum(weights)) for cell, weight in zip(every_cell(), weights)]


@FEW
@given(weights, st.lists(rules, max_size=6))
def test_everybody_belongs_to_one_public_or_to_none(weights, some_rules):
    cells = people(weights)
    taken, left = divide(cells, {str(at): rule for at, rule in enumerate(some_rules)})
    together = sorted([cell for own in taken.values() for cell in own] + left)
    assert together == sorted(cells)


@FEW
@given(weights, st.lists(rules, max_size=6))
def test_a_last_public_for_everyone_left_leaves_nobody_out(weights, some_rules):
    every = {**{str(at): rule for at, rule in enumerate(some_rules)}, "rest": {}}
    taken, left = divide(people(weights), every)
    assert left == []
    assert sum(members(own)[0] for own in taken.values() if own) == pytest.approx(1)


@FEW
@given(st.lists(st.floats(0, 1), min_size=1, max_size=40), st.integers(1, 40))
def test_a_profile_keeps_its_sum_over_any_number_of_beats(profile, beats):
    drawn = redrawn(profile, beats)
    assert len(drawn) == beats
    assert sum(drawn) == pytest.approx(sum(profile))
    assert min(drawn) >= 0


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_a_profile_over_its_own_number_of_beats_stays_as_it_is(profile):
    assert redrawn(profile, len(profile)) == pytest.approx(profile)


@pytest.mark.parametrize("beats", [1, 2, 12, 200])
def test_disorder_is_spread_evenly_around_its_mean_where_a_file_says_nothing(beats):
    disorder = evenly_spread(beats)
    assert sum(disorder) / beats == pytest.approx(1)
    assert beats == 1 or (disorder[0], disorder[-1]) == pytest.approx((0.6, 1.4))


def test_every_public_of_today_lives_by_its_rule():
    for group in load("baseline").area.groups.values():
        assert sum(cell[3] for cell in group.cells) == pytest.approx(1)
        for age, tenure, ethnic, share in group.cells:
            assert share > 0
            traits = {"age": age, "tenure": tenure, "ethnic": ethnic}
            assert all(traits[trait] in values for trait, values in group.where.items())


def test_a_joint_table_takes_the_place_of_independent_shares(tmp_path):
    row = '[[area.joint]]\nage = "{}"\ntenure = "{}"\nethnic = "{}"\nshare = {}\n'
    kinds = [("16-24", "social", "black"), ("16-24", "private", "asian")]
    kinds += [("25-34", "social", ethnic) for ethnic in ETHNICS]
    kinds += [("65+", "owner", "white"), ("45-64", "private", "white")]
    text = "".join(row.format(*kind, round(1 / len(kinds), 4)) for kind in kinds)
    area = load(on_baseline(tmp_path, text)).area
    assert area.joint is not None
    assert len(area.joint) == 9
    assert area.shares["tenure"]["owner"] == pytest.approx(1 / 9)
    assert area.groups["settled-owners"].cells == (("65+", "owner", "white", 1.0),)
    assert area.groups["settled-owners"].share == pytest.approx(1 / 9)


def test_publics_with_shares_have_the_same_mix_of_people(tmp_path):
    area = load(village(tmp_path)).area
    assert {key: group.share for key, group in area.groups.items()} == {"old": 0.75, "new": 0.25}
    assert area.groups["old"].cells == area.groups["new"].cells
    assert area.shares == DEFAULT_SHARES


def test_what_an_area_leaves_out_has_a_default(tmp_path):
    area = load(village(tmp_path)).area
    group = area.groups["old"]
    assert (group.voice_belief, group.hardness, group.suspicion) == (45, 30, 1)
    assert (group.strength, group.access, group.enforcement) == (0.4, 0.4, 0.5)
    assert group.impartiality == group.legitimacy == 60
    assert group.concerns == DEFAULT_CONCERNS
    assert area.beat_shares == group.beats == (0.5, 0.5)
    assert area.beat_disorder == pytest.approx((0.6, 1.4))
    assert (area.warmup_weeks, area.ties.mean, area.demand.incidents) == (104, 8, 350)
    assert (area.police.openness, area.partners.capacity) == (0.6, 0.4)


def test_where_people_live_follows_from_where_their_publics_do(tmp_path):
    text = VILLAGE.replace('label = "Old hands"', 'label = "Old hands"\nbeats = [0.8, 0.2]')
    area = load(village(tmp_path, area=text)).area
    assert area.groups["new"].beats == (0.5, 0.5)
    assert area.beat_shares == pytest.approx((0.725, 0.275))


def test_topics_left_out_of_a_table_count_nothing(tmp_path):
    text = VILLAGE + "concerns = {burglary = 0.5, drugs = 0.5}"
    concerns = load(village(tmp_path, area=text)).area.groups["new"].concerns
    assert concerns["burglary"] == 0.5
    assert concerns["overpoliced"] == 0


def test_shares_rounded_in_the_file_are_made_to_sum_to_one(tmp_path):
    text = VILLAGE.replace("0.75", "0.6667").replace("0.25", "0.3334")
    groups = load(village(tmp_path, area=text)).area.groups
    assert sum(group.share for group in groups.values()) == pytest.approx(1, abs=1e-15)


def test_sixteen_publics_are_not_too_many(tmp_path):
    public = '[groups.g{}]\nlabel = "G"\nshare = 0.0625\n' + PUBLIC
    head = 'name = "Many"\npeople = 160\nbeats = 1\n'
    area = head + "".join(public.format(number) for number in range(16))
    assert len(load(village(tmp_path, area=area)).area.groups) == 16


def test_a_scenario_can_be_copied_and_sent_to_another_process():
    scenario = load("two-way", ["events=[{week=3, kind='policy', policy={feedback=0.1}}]"])
    for again in (copy.deepcopy(scenario), pickle.loads(pickle.dumps(scenario))):
        assert again == scenario
        assert again.hash == scenario.hash
        assert again.policy.levels() == scenario.policy.levels()


def test_nothing_of_a_loaded_scenario_can_be_set():
    scenario = load("baseline")
    with pytest.raises(Exception, match="frozen"):
        scenario.policy.hours = 3
    with pytest.raises(Exception, match="frozen"):
        scenario.area.groups["young"].need = 3
    with pytest.raises(Exception, match="cannot assign"):
        scenario.policy = None
