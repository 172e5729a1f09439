"""Design points: values go into scenarios exactly as the reader of scenarios would put them there."""

import pytest

from analysis.experiment import points_of, read_experiment
from analysis.experiment.varying import is_single_number
from sim import load
from sim.assumptions import ASSUMPTIONS
from sim.parameter_sets import parameter_sets, with_parameters
from sim.policy.levers import LEVERS
from sim.theories import with_theory

HEAD = 'schema = 1\nweeks = 2\nresidents = 40\nreplicates = 1\ndesign = "one-at-a-time"\n'


def points(folder, text):
    path = folder / "e.toml"
    path.write_text(text)
    return points_of(read_experiment(path))


def same(one, other):
    """Equal in every number, in what its author said, and in what differs from the root."""
    assert one.to_dict() == other.to_dict()
    assert (one.hash, one.said, one.theory) == (other.hash, other.said, other.theory)
    assert one.changed == other.changed
    assert one.before == other.before


def test_every_lever_that_is_a_number_is_moved_as_its_file_would(tmp_path):
    levers = {name: known for name, known in LEVERS.items() if "." not in name}
    lines = [f'"policy.{name}" = [{known.low}, {known.high}]' for name, known in levers.items()]
    made = points(tmp_path, HEAD + "[levers]\n" + "\n".join(lines))
    assert all(is_single_number(factor) for factor in made.experiment.factors)
    at = 1
    for name, known in levers.items():
        for value in (known.low, known.high):
            same(made.scenario(at), load("baseline", [f"policy.{name}={value}"]))
            at += 1
    assert at == len(made) > 20


def test_every_assumption_is_moved_as_its_file_would_under_theories_and_sets(tmp_path):
    moved = {n: k for n, k in list(ASSUMPTIONS.items())[::9] if k.low < k.high}
    lines = [f'"assumptions.{n}" = [{k.low}, {k.high}]' for n, k in moved.items()]
    crossed = 'parameter_sets = 2\ntheory = ["fair-treatment", "effectiveness"]\n'
    head = HEAD + 'scenario = ["baseline", "two-way"]\n'
    made = points(tmp_path, head + "[uncertainties]\n" + crossed + "\n".join(lines))
    sets = parameter_sets()
    settings = [""] + [f"assumptions.{n}={v}" for n, k in moved.items() for v in (k.low, k.high)]
    assert len(made) == 2 * 2 * 2 * len(settings)
    table = made.table()
    for point in range(0, len(made), 5):
        row = table.iloc[point]
        setting = settings[point % len(settings)]
        full = load(row.scenario, [setting] if setting else [])
        full = full.with_before(load("baseline"))
        full = with_theory(with_parameters(full, sets[row.parameter_set]), row.theory)
        same(made.scenario(point), full)


def test_a_lever_reaches_the_switch_of_policy_that_builds_on_it(tmp_path):
    scenario = tmp_path / "switch.toml"
    scenario.write_text(
        'schema = 1\nextends = "baseline"\n[[events]]\nweek = 1\nkind = "policy"\n'
        "[events.policy]\nfeedback = 0.9\n"
    )
    made = points(tmp_path, HEAD + 'scenario = "switch.toml"\n[levers]\n"policy.hours" = [2, 9]\n')
    for at, hours in ((1, 2), (2, 9)):
        same(made.scenario(at), load(scenario, [f"policy.hours={hours}"]))
        assert made.scenario(at).events[0].policy.hours == hours


@pytest.mark.parametrize(
    ("lines", "single"),
    [
        ('[levers]\n"policy.hours" = [2, 6]', True),
        ('[levers]\n"policy.hours" = {low = 0, high = 40}', True),
        ('[levers]\n"policy.reach" = ["open-door"]', False),
        ('[levers]\n"policy.reach.need" = [0.2]', False),
        ('[areas]\n"area.warmup_weeks" = [2]', False),
        ('[uncertainties]\n"assumptions.absolve" = [0.2]', True),
    ],
)
def test_only_numbers_that_nothing_depends_on_are_moved_by_themselves(tmp_path, lines, single):
    factor = points(tmp_path, HEAD + lines).experiment.factors[0]
    assert is_single_number(factor) is single
