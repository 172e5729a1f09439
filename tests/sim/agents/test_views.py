"""Residents, groups and officers read what the columns hold, in the field's words and units."""

import numpy as np
import pytest

from sim.agents import columns as col
from sim.agents.groups import Group
from sim.agents.officers import Officer
from sim.agents.residents import Resident
from sim.model import EngagementModel
from sim.scenario import load
from sim.snapshots import snapshot
from sim.topics import TOPICS

WEEKS = 12
SETTINGS = ("area.warmup_weeks=2", "policy.hours=30", "policy.stops=90")


@pytest.fixture(scope="module")
def model():
    lived = EngagementModel(load("two-way", SETTINGS), 120)
    for _ in range(WEEKS):
        lived.step()
    return lived


def test_a_resident_says_what_a_snapshot_says(model):
    picture = snapshot(model.area.world, model.scenario, 0, WEEKS)
    by_key = {resident.key: resident for resident in model.residents}
    assert sorted(by_key) == sorted(picture["resident"])
    said = [name for name in picture if name not in ("replicate", "week", "resident", "group", "search_hazard")
            and "ties" not in name]  # fmt: skip
    for place, key in enumerate(picture["resident"]):
        assert by_key[key].public == picture["group"][place]
        for name in said:
            here, there = getattr(by_key[key], name), picture[name][place]
            assert here == there or (np.isnan(here) and np.isnan(there)), (key, name)
        ties = by_key[key].ties
        assert picture["number_of_ties"][place] == len(ties)
        elsewhere = sum(tie.public != by_key[key].public for tie in ties)
        assert picture["ties_to_other_publics"][place] == elsewhere
        across = sum(tie.ethnic != by_key[key].ethnic for tie in ties)
        assert picture["ties_to_other_ethnic_groups"][place] == across


def test_a_resident_belongs_to_a_public_whose_rule_they_meet(model):
    for resident in model.residents:
        rule = model.scenario.area.groups[resident.public].where
        who = {"age": resident.age, "tenure": resident.tenure, "ethnic": resident.ethnic}
        assert all(who[trait] in values for trait, values in (rule or {}).items())
        assert sum(resident.concerns.values()) == pytest.approx(1.0, abs=1e-6)
        assert isinstance(resident.group, Group)
        assert resident.group.public == resident.public


def test_ties_go_both_ways(model):
    for resident in model.residents:
        assert resident not in resident.ties
        assert all(resident in other.ties for other in resident.ties)


def test_a_concern_waits_from_the_week_it_was_raised(model):
    waiting = [resident.waiting for resident in model.residents if resident.waiting]
    assert waiting
    assert len(waiting) == int((model.area.world.residents.concern_state & col.WAITING > 0).sum())
    assert all(concern.topic in TOPICS for concern in waiting)
    assert all(WEEKS - 12 <= concern.week <= WEEKS for concern in waiting)
    assert any(not concern.passed_on or concern.for_partner for concern in waiting)


def test_marks_are_the_quarter_most_affected_and_the_best_known_tenth(model):
    residents = list(model.residents)
    assert sum(resident.most_affected for resident in residents) == len(residents) / 4
    assert sum(resident.usual_suspect for resident in residents) == len(residents) / 10
    assert sum(resident.loudest for resident in residents) == len(residents) / 10


def test_there_is_one_group_for_each_public(model):
    groups = list(model.groups)
    assert [group.key for group in groups] == list(model.scenario.area.groups)
    assert sum(group.people for group in groups) == 120
    for group in groups:
        area = model.scenario.area.groups[group.key]
        mine = [resident for resident in model.residents if resident.group is group]
        assert (group.label, group.strength) == (area.label, area.strength)
        assert (len(mine), sum(resident.member for resident in mine)) == (
            *(group.people, group.members),
        )
        assert 0.0 <= group.energy <= 1.0
        assert group.withdrawn in (False, True)
        if group.members:
            assert sum(group.agenda.values()) == pytest.approx(1.0)


def test_officers_have_a_role_beats_and_know_publics_they_have_met(model):
    officers = list(model.officers)
    assert {officer.role for officer in officers} == {"response", "generalist", "specialist"}
    beats = model.scenario.area.beats
    generalists = [officer for officer in officers if officer.role == "generalist"]
    assert {beat for officer in generalists for beat in officer.beats} == set(range(beats))
    for officer in officers:
        assert set(officer.familiarity) == set(model.scenario.area.groups)
        assert 0 <= officer.tenure <= WEEKS + 2
        assert officer.posts > 0.0
        if officer.role != "generalist":
            assert officer.beats == tuple(range(beats))
    assert max(max(officer.familiarity.values()) for officer in officers) > 0.0


def test_nobody_can_decree_what_a_resident_thinks(model):
    resident = model.residents[0]
    with pytest.raises(AttributeError, match="trust"):
        resident.trust = 100.0
    with pytest.raises(AttributeError, match="trust"):
        model.residents.set("trust", 100.0)


@pytest.mark.parametrize("kind", [Resident, Group, Officer])
def test_whoever_is_part_of_the_area_stays_in_it(model, kind):
    someone = model.agents_by_type[kind][0]
    with pytest.raises(TypeError, match=rf"<{kind.__name__} .*select"):
        someone.remove()
    assert someone in model.agents
