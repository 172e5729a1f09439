import re

import pytest

from sim.policy.levers import LEVERS, REACH_PRESETS
from sim.scenario import SHIPPED, ScenarioFaults, check, load, shipped, shipped_areas, shipped_names
from sim.survey import agree
from tests.sim.scenario_files import on_baseline, written

CONSULT = {"policy.mix.inform": 0.2, "policy.mix.consult": 0.8, "policy.mix.collaborate": 0.0}
DIFFERENCES = {
    "inform-only": {
        "policy.mix.inform": 1.0,
        "policy.mix.consult": 0.0,
        "policy.mix.collaborate": 0.0,
    },
    "consult": CONSULT,
    "collaborate": {
        "policy.mix.inform": 0.2,
        "policy.mix.consult": 0.3,
        "policy.mix.collaborate": 0.5,
        "policy.mixed_forums": 0.5,
    },
    "open-door": {"policy.time.engage": 0.5, "policy.time.patrol": 0.15},
    "easy-first": {"policy.reach": "easy-first"},
    "most-affected": {"policy.reach": "most-affected"},
    "specialist-team": {"policy.specialists": 0.95},
    "everyones-job": {"policy.specialists": 0.1, "policy.leadership": 0.3},
    "culture-change": {"policy.leadership": 0.8, "policy.fairness_training": 0.3},
    "closed-shop": {"area.police.openness": 0.3, "area.police.internal_fairness": 0.3},
    "over-promise": {**CONSULT, "policy.promise": 1.0, "policy.feedback": 0.1},
    "honest-promise": {
        **CONSULT,
        "policy.promise": 0.1,
        "policy.feedback": 0.8,
        "policy.forward": 0.6,
    },
    "lay-led": {"policy.lay_weight": 0.9},
    "expert-led": {"policy.lay_weight": 0.05},
    "balanced": {"policy.reach": "representative", "policy.feedback": 0.6},
    "two-way": {
        "policy.mix.inform": 0.2,
        "policy.mix.consult": 0.4,
        "policy.mix.collaborate": 0.4,
        "policy.reach": "most-affected",
        "policy.feedback": 0.8,
        "policy.forward": 0.8,
        "policy.promise": 0.2,
        "policy.mixed_forums": 0.3,
        "policy.leadership": 0.3,
    },
}
OUR_SCENARIOS = ("baseline", *DIFFERENCES)

CONTRACT = """
schema = 1
title = "Listening to those most affected"
question = "Does meeting the most affected first narrow the trust gap?"
extends = "baseline"

[area]
name = "Inner borough"
people = 280000
beats = 12
warmup_weeks = 104

[area.groups.young]
label = "Young people"
where = {age = ["16-24"]}
need = 0.6
ease = 0.3
voice = 0.25
street = 0.8
involvement = 0.1
trust = 55
confidence = 56
legitimacy = 60
expectation = 62

[area.police]
officers_per_1000 = 2.4
openness = 0.6
internal_fairness = 0.5
skill = 0.5
demand_hours = 0.55

[area.partners]
capacity = 0.4

[policy]
hours = 5.0
time = {engage = 0.35, patrol = 0.3, solve = 0.25, stop = 0.1}
mix = {inform = 0.6, consult = 0.35, collaborate = 0.05}
reach = "open-door"
specialists = 0.5
feedback = 0.3
forward = 0.1
promise = 0.5
lay_weight = 0.4
mixed_forums = 0.0
fairness_training = 0.0
leadership = 0.0
partnership = 0.3
stops = 12.0
tenure_weeks = 104
abstraction = 0.2

[[events]]
week = 52
kind = "critical-incident"
group = "young"
severity = 0.6

[assumptions]
absolve = 0.4

[[expect]]
indicator = "trust_gap"
public = "all"
compared = "baseline"
change = "falls"
because = "They are met first."
found = "falls"
"""


@pytest.mark.parametrize("name", DIFFERENCES)
def test_a_shipped_scenario_differs_from_today_only_as_its_page_says(name):
    changed = load(name).changed
    assert {key: here for key, (_, here) in changed.items()} == DIFFERENCES[name]


def test_today_sets_every_lever_to_its_declared_default():
    levels = load("baseline").policy.levels()
    assert levels == {name: lever.default for name, lever in LEVERS.items()}


@pytest.mark.parametrize("name", OUR_SCENARIOS)
def test_a_shipped_scenario_asks_a_question_and_says_what_is_suspected_and_why(name):
    scenario = load(name)
    assert scenario.title != name
    assert scenario.question.endswith("?")
    assert 2 <= len(scenario.expectations) <= 6
    for expectation in scenario.expectations:
        assert expectation.because.endswith(".")
        assert expectation.compared != name
    stated = [(e.indicator, e.public, e.compared) for e in scenario.expectations]
    assert len(set(stated)) == len(stated)


def test_the_list_of_scenarios_begins_with_today():
    names = [scenario.key for scenario in shipped()]
    assert names == shipped_names()
    assert names[0] == "baseline"
    assert set(OUR_SCENARIOS) <= set(names)


@pytest.mark.parametrize("path", sorted(SHIPPED.rglob("*.toml")), ids=lambda path: path.stem)
def test_every_shipped_scenario_and_area_passes_its_own_check(path):
    other = ("experiments", "lessons", "patterns")  # with readers of their own
    if path.parent.name not in other and path.stem != "lesson":
        assert check(path) == []


def test_the_example_of_the_contract_loads(tmp_path):
    scenario = load(written(tmp_path, CONTRACT))
    assert scenario.area.groups["young"].trust == 55
    assert scenario.events[0].severity == 0.6
    assert scenario.expectations[0].found == "falls"


def test_the_template_of_a_new_scenario_loads_with_every_line_in_use(tmp_path):
    text = (SHIPPED / "templates" / "new.toml").read_text(encoding="utf-8")
    lines = [re.sub(r"^# (?=[\w\[]+.*[=\]])", "", line) for line in text.splitlines()]
    lines = [line for line in lines if not line.startswith(('area = "', "feedback = 0.6"))]
    scenario = load(written(tmp_path, "\n".join(lines)))
    assert "students" in scenario.area.groups
    assert [event.kind for event in scenario.events] == [
        "critical-incident",
        "budget-cut",
        "media-campaign",
        "policy",
    ]
    assert scenario.changed_levers == {}
    assert len(scenario.expectations) == 1


def test_the_template_names_every_lever():
    text = (SHIPPED / "templates" / "new.toml").read_text(encoding="utf-8")
    for lever in LEVERS:
        assert re.search(rf"\b{lever.split('.')[-1]} = ", text), lever


@pytest.mark.parametrize("area", shipped_areas())
def test_today_can_be_tried_in_every_shipped_area(area):
    scenario = load("baseline", [f"area={area}"])
    assert sum(group.share for group in scenario.area.groups.values()) == pytest.approx(1)
    assert scenario.policy == load("baseline").policy


@pytest.mark.parametrize("area", ["areas/inner-borough.toml", "areas/small-town.toml"])
def test_a_template_area_starts_where_the_crime_survey_was(area):
    groups = load("baseline", [f"area={area}"]).area.groups.values()

    def answer(item):
        return sum(g.share * agree(item, g.confidence / 100) for g in groups)

    assert answer("good_job") == pytest.approx(0.63, abs=0.01)
    assert answer("overall_confidence") == pytest.approx(0.76, abs=0.01)


def test_the_most_searched_public_of_the_inner_borough_starts_well_below_the_mean():
    groups = load("baseline").area.groups
    levels = {key: 100 * agree("good_job", g.confidence / 100) for key, g in groups.items()}
    mean = sum(levels[key] * group.share for key, group in groups.items())
    most = max(groups, key=lambda key: groups[key].street * groups[key].suspicion)
    assert most == "black-mixed-young"
    assert 10 <= mean - levels[most] <= 25
    assert levels["asian-families"] >= mean


def test_searches_of_the_inner_borough_begin_as_unequal_as_they_were_counted():
    by_ethnic, people = {}, {}
    for group in load("baseline").area.groups.values():
        for *_, ethnic, share in group.cells:
            weight = group.share * share
            people[ethnic] = people.get(ethnic, 0) + weight
            by_ethnic[ethnic] = by_ethnic.get(ethnic, 0) + weight * group.street * group.suspicion
    rate = {ethnic: by_ethnic[ethnic] / people[ethnic] for ethnic in people}
    assert 5 <= rate["black"] / rate["white"] <= 9


@pytest.mark.parametrize("area", ["areas/inner-borough.toml", "areas/small-town.toml"])
def test_offending_is_the_same_in_every_public_of_the_templates(area):
    groups = load("baseline", [f"area={area}"]).area.groups.values()
    assert {group.involvement for group in groups} == {0.10}


@pytest.mark.parametrize("preset", REACH_PRESETS)
def test_every_way_of_reaching_people_can_be_named_or_written_out(preset):
    named = load("baseline", [f"policy.reach={preset}"])
    weights = ", ".join(f"{key} = {value}" for key, value in REACH_PRESETS[preset].items())
    written_out = load("baseline", [f"policy.reach={{{weights}}}"])
    assert named.policy.reach_name == written_out.policy.reach_name == preset
    assert named.hash == written_out.hash


def test_a_missing_scenario_is_refused_with_the_nearest_name():
    with pytest.raises(ScenarioFaults, match="Did you mean most-affected"):
        load("most-afected")


def test_what_a_scenario_says_about_itself_is_not_inherited(tmp_path):
    scenario = load(on_baseline(tmp_path, ""))
    assert (scenario.title, scenario.question, scenario.expectations) == ("listening", "", ())
