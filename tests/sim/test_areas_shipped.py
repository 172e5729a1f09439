"""The two real boroughs that come with Parley."""

from __future__ import annotations

import numpy as np
import pytest

from sim.areas.publics import PUBLICS
from sim.scenario import load
from sim.survey import agree

BOROUGHS = ("hackney", "bexley")


@pytest.mark.parametrize("borough", BOROUGHS)
def test_a_shipped_borough_has_the_declared_publics_and_its_licence(borough):
    area = load(borough).area
    assert list(area.groups) == [public.key for public in PUBLICS]
    assert "Open Government Licence v3.0" in area.licence
    assert any("aged 16 and over" in note for note in area.notes)


@pytest.mark.parametrize("borough", BOROUGHS)
def test_confidence_is_uneven_between_publics_as_surveys_found_it(borough):
    """Input E35: the most searched public well below the mean, a minority at or above it."""
    groups = load(borough).area.groups
    confident = {
        key: agree("overall_confidence", group.confidence / 100) for key, group in groups.items()
    }
    mean = sum(group.share * confident[key] for key, group in groups.items())
    searched = max(groups, key=lambda key: groups[key].street * groups[key].suspicion)
    assert 0.10 <= mean - confident[searched] <= 0.25
    assert confident["asian-families"] >= mean


@pytest.mark.parametrize("borough", BOROUGHS)
def test_offending_is_taken_to_be_the_same_in_every_public(borough):
    groups = load(borough).area.groups
    assert len({group.involvement for group in groups.values()}) == 1


@pytest.mark.parametrize("borough", BOROUGHS)
def test_publics_placed_in_beats_fill_the_beats(borough):
    area = load(borough).area
    placed = sum(group.share * np.array(group.beats) for group in area.groups.values())
    assert placed == pytest.approx(area.beat_shares, abs=0.005)


@pytest.mark.parametrize("borough", BOROUGHS)
def test_the_two_way_variant_warms_up_under_the_boroughs_own_policy(borough):
    today, two_way = load(borough), load(f"{borough}-two-way")
    assert two_way.before.policy == today.policy
    assert (two_way.policy.hours, two_way.policy.stops) == (today.policy.hours, today.policy.stops)
    assert two_way.area == today.area


def test_the_two_boroughs_are_of_different_kinds():
    hackney, bexley = load("hackney"), load("bexley")
    owners = [scenario.area.shares["tenure"]["owner"] for scenario in (hackney, bexley)]
    assert owners[1] > 2 * owners[0]
    assert hackney.area.demand.incidents > 1.5 * bexley.area.demand.incidents
    assert hackney.policy.stops > 1.5 * bexley.policy.stops
