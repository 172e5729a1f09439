"""The engine does what the page of the model says, as a plain second writing of it does."""

import random

import pytest

from sim import load
from sim.assumptions import ASSUMPTIONS
from sim.policy.levers import LEVERS
from sim.scenario import AREA_FIELDS
from tests.reference import side_by_side

EVENTFUL = """
schema = 1
title = "A year in which much happens"
extends = "over-promise"

[area.police]
openness = 0.4
skill = 0.6
officers_per_1000 = 2.0

[area.partners]
capacity = 0.7

[policy]
hours = 25
partnership = 0.9
fairness_training = 0.7
leadership = 0.5
forward = 0.5
stops = 60
tenure_weeks = 30

[[events]]
week = 3
kind = "critical-incident"
group = "black-mixed-young"
severity = 0.9

[[events]]
week = 5
kind = "budget-cut"
share = 0.3

[[events]]
week = 5
kind = "rotation"
share = 0.5

[[events]]
week = 9
kind = "media-campaign"
tone = 0.6
reach = 0.5

[[events]]
week = 12
kind = "policy"
policy.hours = 30
policy.reach = "most-affected"
policy.mixed_forums = 0.9
policy.mix = {inform = 0.0, consult = 0.5, collaborate = 0.5}

[[events]]
week = 20
kind = "policy"
policy = {reach = "easy-first"}

[[events]]
week = 24
kind = "policy"
policy = {reach = "most-affected"}

[[events]]
week = 24
kind = "policy"
policy.lay_weight = 1.0
policy.reach = {need = 1.0, ease = 0.0, voice = 0.5, proportion = 1.0, door = 0.0}

[[events]]
week = 30
kind = "media-campaign"
tone = -1.0
reach = 0.9

[[events]]
week = 40
kind = "policy"
policy = {hours = 0}
"""

BUSY = ("policy.hours=30", "policy.stops=80")
TOWN = 'area="areas/small-town.toml"'
WITHDRAWN = ("assumptions.withdraw_below=0.5", "assumptions.naming=2", "policy.lay_weight=1")


def live_side_by_side(scenario, residents, rng, replicate, weeks):
    """Live the same weeks in both, and stop with the first that differs."""
    area, model = side_by_side.begin(scenario, residents, rng, replicate, weeks)
    for week in range(weeks + 1):
        if week:
            area.live(1)
            model.step()
        differing = side_by_side.differences(area, model)
        assert not differing, f"week {week}: {differing[:5]}"


@pytest.mark.parametrize(
    "name, settings, warmup, residents, rng, replicate",
    [
        ("baseline", (), 60, 130, 1, 0),
        ("two-way", BUSY, 6, 180, 2, 1),
        ("closed-shop", (), 6, 150, 3, 0),
        ("lay-led", (*BUSY, *WITHDRAWN), 6, 180, 4, 3),
        ("two-way", (TOWN, *BUSY), 0, 160, 5, 0),
        ("collaborate", ("policy.hours=40", "policy.mixed_forums=1"), 6, 150, 6, 2),
        ("specialist-team", BUSY, 1, 120, 7, 0),
    ],
)
def test_everybody_stands_where_the_page_puts_them_in_every_week_of_a_year(
    name, settings, warmup, residents, rng, replicate
):
    scenario = load(name, (*settings, f"area.warmup_weeks={warmup}"))
    live_side_by_side(scenario, residents, rng, replicate, weeks=52)


@pytest.mark.parametrize("warmup, rng", [(6, 1), (0, 2)])
def test_a_year_in_which_much_happens_is_the_same_year(tmp_path, warmup, rng):
    file = tmp_path / "eventful.toml"
    file.write_text(EVENTFUL, encoding="utf-8")
    scenario = load(file, (f"area.warmup_weeks={warmup}",))
    live_side_by_side(scenario, 160, rng, replicate=0, weeks=52)


@pytest.mark.parametrize("residents", [1, 5, 40])
def test_a_handful_of_residents_live_by_the_page_too(residents):
    scenario = load("two-way", (*BUSY, "area.warmup_weeks=3"))
    live_side_by_side(scenario, residents, rng=1, replicate=0, weeks=26)


@pytest.mark.parametrize("world", range(12))
def test_whatever_is_assumed_and_decided_both_live_alike(world):
    chance = random.Random(world)
    settings = (*_any_settings(chance), f"area.warmup_weeks={chance.choice([0, 1, 5])}")
    scenario = load(chance.choice(["baseline", "two-way", "closed-shop"]), settings)
    live_side_by_side(scenario, chance.choice([20, 60]), world, replicate=0, weeks=15)


def _any_settings(chance):
    """Settings from anywhere in their declared ranges, ends included."""

    def value(declared):
        ends = chance.choice([declared.low, declared.high])
        return ends if chance.random() < 0.3 else chance.uniform(declared.low, declared.high)

    for name, declared in ASSUMPTIONS.items():
        if chance.random() < 0.3:
            yield f"assumptions.{name}={value(declared)!r}"
    for name, declared in LEVERS.items():
        if chance.random() < 0.5 and not name.startswith(("time.", "mix.", "tenure")):
            yield f"policy.{name}={value(declared)!r}"
    for name in ("police.openness", "police.skill", "partners.capacity", "ties.mean"):
        if chance.random() < 0.5:
            yield f"area.{name}={value(AREA_FIELDS[name])!r}"
    for name in ("involvement", "suspicion", "street", "hardness", "strength"):
        if chance.random() < 0.5:
            field = AREA_FIELDS[f"groups.{name}"]
            yield f"area.groups.social-renters.{name}={value(field)!r}"
    for table, kinds in {
        "time": ("engage", "patrol", "solve", "stop"),
        "mix": ("inform", "consult", "collaborate"),
    }.items():
        weights = [chance.random() + 0.01 for _ in kinds]
        parts = (f"{kind}={part / sum(weights)}" for kind, part in zip(kinds, weights))
        yield f"policy.{table}={{{', '.join(parts)}}}"
