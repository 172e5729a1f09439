import pytest

from sim.scenario import SHIPPED, ScenarioFaults, load
from tests.sim.scenario_files import PUBLIC, on_baseline, village, written


def test_a_layer_changes_only_the_keys_it_names(tmp_path):
    scenario = load(
        on_baseline(tmp_path, "[policy]\nfeedback = 0.9\n[area.groups.young]\nease = 0.4")
    )
    base = load("baseline")
    assert scenario.changed == {
        "area.groups.young.ease": (0.35, 0.4),
        "policy.feedback": (0.3, 0.9),
    }
    assert scenario.area.groups["young"].voice == base.area.groups["young"].voice


def test_levers_assumptions_and_area_are_told_apart(tmp_path):
    text = "[policy]\nhours = 6\n[assumptions]\nabsolve = 0\n[area]\npeople = 1000"
    scenario = load(on_baseline(tmp_path, text))
    assert scenario.changed_levers == {"policy.hours": (5.0, 6.0)}
    assert scenario.changed_assumptions == {"assumptions.absolve": (0.4, 0.0)}
    assert scenario.changed_area == {"area.people": (280000, 1000)}


def test_the_last_of_several_layers_decides(tmp_path):
    on_baseline(tmp_path, "[policy]\nfeedback = 0.5\nhours = 7", "first.toml")
    second = written(tmp_path, 'schema = 1\nextends = "first.toml"\n[policy]\nfeedback = 0.7')
    scenario = load(second, ["policy.feedback=0.9"])
    assert (scenario.policy.feedback, scenario.policy.hours) == (0.9, 7)


def test_lists_are_replaced_whole(tmp_path):
    event = '[[events]]\nweek = {}\nkind = "budget-cut"\nshare = 0.1\n'
    on_baseline(tmp_path, event.format(5) + event.format(9), "first.toml")
    second = written(tmp_path, 'schema = 1\nextends = "first.toml"\n' + event.format(30))
    assert [event.week for event in load(second).events] == [30]


def test_one_weight_of_reach_can_be_changed_on_top_of_a_named_way(tmp_path):
    scenario = load("most-affected", ["policy.reach.door=0.1"])
    reach = dict(scenario.policy.reach)
    assert reach == {"need": 1.5, "ease": -0.5, "voice": 0.0, "proportion": 0.5, "door": 0.1}
    assert scenario.policy.reach_name == "custom"


def test_a_public_that_a_layer_adds_takes_its_people_before_the_inherited_ones(tmp_path):
    where = 'where = {age = ["16-24"], tenure = ["private"]}'
    text = f'[area.groups.students]\nlabel = "Students"\n{where}\n{PUBLIC}'
    groups = load(on_baseline(tmp_path, text)).area.groups
    assert list(groups)[0] == "students"
    assert groups["students"].share == pytest.approx(0.15 * 0.34)
    assert groups["young"].share == pytest.approx(0.15 * 0.66 * 0.77)


def test_a_rule_gives_way_to_a_share_that_a_layer_names(tmp_path):
    keys = list(load("baseline").area.groups)
    shares = [0.4] + [0.1] * (len(keys) - 1)
    text = "\n".join(f"[area.groups.{k}]\nshare = {s}" for k, s in zip(keys, shares))
    groups = load(on_baseline(tmp_path, text)).area.groups
    assert [group.where for group in groups.values()] == [None] * len(keys)
    assert [group.share for group in groups.values()] == pytest.approx(shares)


def test_an_area_file_is_found_beside_the_scenario_that_names_it(tmp_path):
    assert load(village(tmp_path)).area.name == "Village"


def test_an_area_file_is_found_among_the_shipped_ones(tmp_path):
    path = written(tmp_path, 'schema = 1\narea = "areas/small-town.toml"')
    assert load(path).area.name == "Small town"


def test_inherited_lists_by_beat_are_redrawn_when_the_number_of_beats_changes():
    area = load("baseline", ["area.beats=24"]).area
    assert len(area.beat_shares) == len(area.beat_disorder) == 24
    assert sum(area.beat_disorder) / 24 == pytest.approx(1)
    for group in area.groups.values():
        assert len(group.beats) == 24
        assert sum(group.beats) == pytest.approx(1)
    before = load("baseline").area.groups["settled-owners"].beats
    after = area.groups["settled-owners"].beats
    assert after[0] + after[1] == pytest.approx(before[0])


# The world before week 0


def test_before_week_0_the_area_lives_under_the_policy_of_the_root(tmp_path):
    on_baseline(tmp_path, "[policy]\nfeedback = 0.5", "first.toml")
    second = written(tmp_path, 'schema = 1\nextends = "first.toml"\n[policy]\nhours = 9')
    scenario = load(second, ["policy.stops=3"])
    assert scenario.before.policy == load("baseline").policy
    assert scenario.policy.levels() != scenario.before.policy.levels()


def test_a_scenario_without_extends_lives_under_its_own_policy_before(tmp_path):
    scenario = load(village(tmp_path, "[policy]\nhours = 9"))
    assert scenario.before.policy == scenario.policy
    assert scenario.policy.hours == 9


def test_a_setting_takes_effect_at_week_0_and_not_before():
    scenario = load("baseline", ["policy.feedback=0.9", "area.police.openness=0.2"])
    assert (scenario.before.policy.feedback, scenario.policy.feedback) == (0.3, 0.9)
    assert (scenario.before.police.openness, scenario.area.police.openness) == (0.6, 0.2)


def test_a_layer_that_only_changes_the_force_does_so_at_week_0():
    closed = load("closed-shop")
    assert (closed.before.police.openness, closed.area.police.openness) == (0.6, 0.3)
    assert closed.before.partners == closed.area.partners


def test_a_layer_that_names_an_area_brings_its_force_from_the_founding(tmp_path):
    text = 'schema = 1\nextends = "closed-shop"\narea = "areas/small-town.toml"'
    scenario = load(written(tmp_path, text))
    assert scenario.before.police == scenario.area.police
    assert scenario.area.police.officers_per_1000 == 1.9
    assert scenario.before.policy == load("baseline").policy


def test_a_root_with_an_area_of_its_own_has_its_force_before(tmp_path):
    text = f"""
schema = 1
[area]
name = "Hamlet"
people = 100
beats = 1
[area.police]
openness = 0.2
[area.groups.all-of-us]
label = "All of us"
where = {{}}
{PUBLIC}
[area.shares]
age = {{"65+" = 1.0}}
tenure = {{owner = 1.0}}
ethnic = {{white = 1.0}}
"""
    root = written(tmp_path, text, "hamlet.toml")
    assert load(root).before.police.openness == 0.2
    later = written(tmp_path, 'schema = 1\nextends = "hamlet.toml"\n[area.police]\nopenness = 0.9')
    assert load(later).before.police.openness == 0.2


def test_a_setting_that_names_an_area_founds_it():
    scenario = load("closed-shop", ["area=areas/small-town.toml", "area.partners.capacity=0.9"])
    assert scenario.before.police == scenario.area.police
    assert (scenario.before.partners.capacity, scenario.area.partners.capacity) == (0.35, 0.9)
    assert scenario.changed_area == {
        "area": ("Inner borough", "Small town"),
        "area.partners.capacity": (0.35, 0.9),
    }


def test_compared_scenarios_share_the_world_before_week_0(tmp_path):
    base = load(village(tmp_path, "[policy]\nhours = 9"))
    other = load("two-way", ["area=areas/small-town.toml"])
    paired = other.with_before(base)
    assert paired.before.policy.hours == 9
    assert paired.before.police == other.before.police
    assert paired.hash != other.hash
    assert (paired.policy, paired.area) == (other.policy, other.area)


def test_in_one_area_the_force_before_is_that_of_the_base(tmp_path):
    text = (SHIPPED / "areas" / "inner-borough.toml").read_text(encoding="utf-8")
    written(tmp_path, text.replace("\nopenness = 0.6", "\nopenness = 0.2"), "closed.toml")
    base = load(written(tmp_path, 'schema = 1\narea = "closed.toml"'))
    assert base.before.police.openness == 0.2
    assert load("baseline").with_before(base).before.police.openness == 0.2
    elsewhere = load("baseline", ["area=areas/small-town.toml"])
    assert elsewhere.with_before(base).before.police.openness == 0.6


# Settings


@pytest.mark.parametrize(
    "setting, read",
    [
        ("policy.feedback=0.9", lambda s: s.policy.feedback == 0.9),
        (" policy . feedback = 0.9 ", lambda s: s.policy.feedback == 0.9),
        ("policy.hours=6", lambda s: s.policy.hours == 6.0),
        ("policy.reach=most-affected", lambda s: s.policy.reach_name == "most-affected"),
        ('policy.reach="most-affected"', lambda s: s.policy.reach_name == "most-affected"),
        ("policy.reach.need=2", lambda s: s.policy.reach.need == 2),
        ("area.groups.young.ease=0.3", lambda s: s.area.groups["young"].ease == 0.3),
        ('area.groups."young".ease=0.3', lambda s: s.area.groups["young"].ease == 0.3),
        ("assumptions.absolve=0", lambda s: s.assumptions["absolve"] == 0),
        ("area=areas/small-town.toml", lambda s: s.area.name == "Small town"),
        ("title=Another name", lambda s: s.title == "Another name"),
        ("policy.mix={inform=1,consult=0,collaborate=0}", lambda s: s.policy.mix.inform == 1),
        ('area.groups.young.where={age=["16-24"]}', lambda s: s.area.groups["young"].where),
        ("events=[{week=3, kind='rotation', share=0.5}]", lambda s: s.events[0].share == 0.5),
    ],
)
def test_a_setting_is_read_as_toml_or_as_a_word(setting, read):
    assert read(load("baseline", [setting]))


def test_a_setting_can_change_one_event_by_its_position(tmp_path):
    text = '[[events]]\nweek = 5\nkind = "budget-cut"\nshare = 0.1\n'
    path = on_baseline(tmp_path, text * 2)
    events = load(path, ["events.1.share=0.4"]).events
    assert [event.share for event in events] == [0.1, 0.4]


def test_what_was_expected_of_publics_that_another_area_lacks_is_left_out(tmp_path):
    expected = '[[expect]]\nindicator = "trust"\nchange = "rises"\nbecause = "So."\npublic = "{}"\n'
    text = expected.format("young") + expected.format("asian-families") + expected.format("all")
    path = on_baseline(tmp_path, text)
    kept = load(path, ["area=areas/small-town.toml"]).expectations
    assert [expectation.public for expectation in kept] == ["young", "all"]


@pytest.mark.parametrize(
    "setting, message",
    [
        ("policy.feedback", "--set policy.feedback: a setting needs a key, an equals sign"),
        ("=1", "the key is not a dotted path"),
        ("policy..feedback=1", "the key is not a dotted path"),
        ("policy.feedback=", "the value is not TOML"),
        ("policy.feedback=0.9 or so", "the value is not TOML"),
        ("policy.feedback=0.9\npolicy.hours=1", "the value is not TOML"),
        ("polcy.feedback=1", "polcy cannot be set. Did you mean policy?"),
        ("extends=consult", "extends cannot be set"),
        ("policy.feedback=1.4", "--set policy.feedback=1.4: feedback = 1.4 is outside 0 to 1"),
        ("policy.fedback=0.4", "fedback = 0.4 is a key nobody reads. Did you mean feedback?"),
        ("policy.feedback.share=0.4", "policy.feedback is a single value"),
        ("policy.reach=most-afected", "Did you mean most-affected?"),
        ("area=areas/smal-town.toml", "Did you mean areas/small-town.toml?"),
        ("policy.mix.inform=0.8", "= 1.2 (consult, collaborate from baseline.toml)"),
        ("area.beats=nan", "beats = nan should be a finite number"),
        ("a.b.c.d.e.f.g.h.i.j.k.l.m.n=1", "more than 12 parts"),
        ("title=" + "x" * 6000, "longer than 5,000 characters"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_refused(setting, message):
    with pytest.raises(ScenarioFaults) as found:
        load("baseline", [setting])
    assert message in str(found.value)


@pytest.mark.parametrize(
    "position, message",
    [("7", "name an entry by its position (0 to 0)"), ("x", "name an entry by its position")],
)
def test_an_event_that_is_not_there_cannot_be_set(tmp_path, position, message):
    path = on_baseline(tmp_path, '[[events]]\nweek = 5\nkind = "budget-cut"\nshare = 0.1\n')
    with pytest.raises(ScenarioFaults) as found:
        load(path, [f"events.{position}.share=0.4"])
    assert message in str(found.value)


def test_faults_of_settings_and_files_are_reported_together(tmp_path):
    path = on_baseline(tmp_path, "[policy]\nhours = 99")
    with pytest.raises(ScenarioFaults) as found:
        load(path, ["policy.feedback=2", "nonsense"])
    assert len(found.value.faults) == 3


# Dated switches of policy


def test_a_switch_of_policy_is_laid_over_the_one_before_it(tmp_path):
    text = """
[[events]]
week = 60
kind = "policy"
[events.policy]
feedback = 0.9
reach = "representative"
[[events]]
week = 20
kind = "policy"
[events.policy]
hours = 8
feedback = 0.6
"""
    later, earlier = load(on_baseline(tmp_path, text)).events
    assert (earlier.policy.hours, earlier.policy.feedback) == (8, 0.6)
    assert (later.policy.hours, later.policy.feedback) == (8, 0.9)
    assert later.policy.reach_name == "representative"
    assert later.changes == {"feedback": 0.9, "reach": "representative"}
