"""What counts for the hash of a scenario, and that a written-out scenario reads back the same."""

import json
import os
import random
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.assumptions import ASSUMPTIONS
from sim.policy.levers import LEVERS
from sim.scenario import AREA_FIELDS, load
from tests.sim.scenario_files import as_toml, on_baseline, village, written

FREE_LEVERS = [name for name in LEVERS if not name.startswith(("time.", "mix."))]
FEW = settings(max_examples=30, deadline=None)


def inside(declared):
    return st.floats(declared.low, declared.high, allow_nan=False)


numbers = st.one_of(
    st.sampled_from(FREE_LEVERS).flatmap(
        lambda name: st.tuples(st.just(f"policy.{name}"), inside(LEVERS[name]))
    ),
    st.sampled_from(sorted(ASSUMPTIONS)).flatmap(
        lambda name: st.tuples(st.just(f"assumptions.{name}"), inside(ASSUMPTIONS[name]))
    ),
    st.sampled_from(
        [name for name, field in AREA_FIELDS.items() if name.startswith(("police.", "ties."))]
    ).flatmap(lambda name: st.tuples(st.just(f"area.{name}"), inside(AREA_FIELDS[name]))),
)


def set_to(changes):
    return [f"{key}={value!r}" for key, value in changes]


def from_dict(folder, scenario):
    """The scenario that its own dictionary describes, once written to a file."""
    content = {
        key: value
        for key, value in scenario.to_dict().items()
        if key not in ("key", "hash", "before")
    }
    lines = [f"{key} = {as_toml(value)}" for key, value in content.items() if key != "area"]
    area = content["area"]
    lines += [f"area.{key} = {as_toml(value)}" for key, value in area.items() if key != "groups"]
    for key, group in area["groups"].items():
        lines.append(f"area.groups.{key} = {as_toml(group)}")
    return load(written(folder, "\n".join(lines), "again.toml"))


@FEW
@given(st.lists(numbers, max_size=5))
def test_a_scenario_written_out_reads_back_the_same(tmp_path_factory, changes):
    scenario = load("two-way", set_to(changes))
    again = from_dict(tmp_path_factory.mktemp("again"), scenario)
    assert again.area == scenario.area
    assert again.policy == scenario.policy
    assert again.assumptions == scenario.assumptions
    assert again.events == scenario.events
    assert again.with_before(scenario).before.policy == scenario.before.policy


@FEW
@given(numbers)
def test_the_hash_changes_with_every_number_and_with_nothing_else(change):
    base = load("baseline")
    other = load("baseline", set_to([change]))
    assert (other.hash == base.hash) == (not other.changed)


@FEW
@given(st.lists(numbers, unique_by=lambda change: change[0], max_size=5), st.randoms())
def test_the_order_of_settings_that_do_not_meet_is_of_no_account(changes, shuffled: random.Random):
    other = list(changes)
    shuffled.shuffle(other)
    assert load("baseline", set_to(changes)) == load("baseline", set_to(other))


@FEW
@given(st.lists(numbers, unique_by=lambda change: change[0], max_size=5))
def test_a_setting_says_the_same_as_a_line_of_a_file(tmp_path_factory, changes):
    text = "\n".join(set_to(changes))
    path = on_baseline(tmp_path_factory.mktemp("line"), "")
    path.write_text(f'schema = 1\nextends = "baseline"\n{text}\n')
    as_file, as_settings = load(path), load("baseline", set_to(changes))
    assert as_file.policy == as_settings.policy
    assert as_file.area == as_settings.area
    assert as_file.hash == as_settings.hash


def test_the_same_numbers_in_another_order_with_comments_have_the_same_hash(tmp_path):
    one = """
[policy]
hours = 6
feedback = 0.5
[area.groups.young]
where = {age = ["16-24"], tenure = ["private", "owner", "social"]}
"""
    other = """
# said otherwise
[area]
groups.young.where = {tenure = ["social", "owner", "private"], age = ["16-24"]}
[policy]  # the levers
feedback = 0.50
hours = 6.0
"""
    first, second = on_baseline(tmp_path, one), on_baseline(tmp_path, other, "other.toml")
    assert load(first).hash == load(second).hash


@pytest.mark.parametrize(
    "text",
    [
        'title = "T"\nquestion = "Q?"',
        '[area]\nname = "Elsewhere"\nsource = "S"\nlicence = "L"\nnotes = ["N"]',
        '[area.groups.young]\nlabel = "The young"',
        '[[expect]]\nindicator = "trust"\nchange = "rises"\nbecause = "So."',
    ],
)
def test_what_moves_no_number_leaves_the_hash_alone(tmp_path, text):
    assert load(on_baseline(tmp_path, text)).hash == load("baseline").hash


@pytest.mark.parametrize(
    "text",
    [
        "[area]\nwarmup_weeks = 103",
        "[area.groups.young]\nbeats = [0.5, 0.5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]",
        "[area.groups.young]\nconcerns = {burglary = 0.13, antisocial = 0.19}",
        "[area.demand.partner_share]\noverpoliced = 0.1",
        '[area.shares]\nage = {"16-24" = 0.16, "25-34" = 0.25}',
        '[[events]]\nweek = 5\nkind = "rotation"\nshare = 0.1',
        '[[events]]\nweek = 5\nkind = "policy"\npolicy = {feedback = 0.4}',
    ],
)
def test_what_moves_numbers_changes_the_hash(tmp_path, text):
    assert load(on_baseline(tmp_path, text)).hash != load("baseline").hash


def test_the_world_before_counts_for_the_hash(tmp_path):
    policy = "[policy]\nhours = 6"
    rooted = written(tmp_path, f'schema = 1\narea = "areas/inner-borough.toml"\n{policy}')
    later = on_baseline(tmp_path, policy, "later.toml")
    assert load(rooted).policy == load(later).policy
    assert load(rooted).hash != load(later).hash


def test_the_order_in_which_rules_apply_counts_for_the_hash(tmp_path):
    text = village(tmp_path).read_text()
    area = (tmp_path / "village.toml").read_text()
    head, old, new = area.split("[groups.")
    turned = f"{head}[groups.{new}\n[groups.{old}"
    written(tmp_path, turned, "turned.toml")
    other = written(tmp_path, text.replace("village.toml", "turned.toml"), "other.toml")
    one = load(tmp_path / "life.toml")
    assert list(one.area.groups) == ["old", "new"]
    assert list(load(other).area.groups) == ["new", "old"]
    assert load(other).hash != one.hash


def test_the_hash_does_not_depend_on_the_process_that_computes_it():
    code = "from sim.scenario import load; print(load('two-way', ['area.beats=7']).hash)"
    hashes = {load("two-way", ["area.beats=7"]).hash}
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        run = [sys.executable, "-c", code]
        out = subprocess.run(run, env=environment, capture_output=True, text=True, check=True)
        hashes.add(out.stdout.strip())
    assert len(hashes) == 1


def test_the_whole_scenario_can_be_put_into_json():
    content = json.loads(json.dumps(load("two-way").to_dict(), allow_nan=False))
    assert content["policy"]["reach"]["need"] == 1.5
    assert content["before"]["policy"]["reach"]["door"] == 0.8
    assert content["area"]["groups"]["young"]["where"] == {"age": ["16-24"]}
    assert set(content["assumptions"]) == set(ASSUMPTIONS)
