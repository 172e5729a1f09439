"""Rival accounts of trust are sets of assumptions, and nothing but assumptions."""

from dataclasses import fields, replace
from functools import cache

import pytest

from sim import compare, load, run
from sim.assumptions import ASSUMPTIONS
from sim.parameter_sets import ParameterFaults, parameter_sets, with_parameters
from sim.theories import THEORIES, Departure, Theory, UnknownTheory, theory_named, with_theory
from tests.sim.small_worlds import always, same_numbers, today

NAMES = list(THEORIES)


def test_there_are_four_rival_accounts():
    assert NAMES == ["fair-treatment", "effectiveness", "shared-identity", "memory-of-contact"]


@pytest.mark.parametrize("name", NAMES)
def test_an_account_says_what_it_claims_and_who_made_it(name):
    theory = THEORIES[name]
    assert theory.name == name
    assert len(theory.account.split()) > 30
    assert any(sign.isdecimal() for sign in theory.due_to)
    assert theory.matters
    assert theory.matters_little
    assert all(len(one.because.split()) >= 4 for one in theory.departures.values())


@pytest.mark.parametrize("name", NAMES)
def test_every_departure_departs_and_stays_inside_the_declared_range(name):
    for number, value in THEORIES[name].assumptions.items():
        assert ASSUMPTIONS[number].holds(value)
        assert value != ASSUMPTIONS[number].default, f"{number} is no departure"


def test_an_account_that_sets_an_unknown_number_or_leaves_a_range_is_refused():
    words = ("mine", "Mine", "An account.", "nobody", ("this",), ("that",))
    with pytest.raises(ValueError, match="mine: fadde is no assumption"):
        Theory(*words, departures={"fadde": Departure(0.3, "a slip of the pen")})
    with pytest.raises(ValueError, match=r"mine: fade = 2.0 is outside 0.05 to 0.8"):
        Theory(*words, departures={"fade": Departure(2.0, "beyond all measure")})


@pytest.mark.parametrize("name", NAMES)
def test_a_theory_touches_assumptions_only(name):
    """Police, people, events and the world before week 0 are the same; so no effect is decreed."""
    scenario = load("two-way")
    under = with_theory(scenario, name)
    touched = {
        field.name
        for field in fields(scenario)
        if getattr(under, field.name) != getattr(scenario, field.name)
    }
    assert touched == {"assumptions", "root", "theory"}
    assert replace(under.root, assumptions=scenario.root.assumptions) == scenario.root
    assert under.assumptions == {**scenario.assumptions, **THEORIES[name].assumptions}
    assert under.changed == scenario.changed


def test_what_was_set_wins_over_the_theory_and_the_theory_over_defaults():
    under = with_theory(load("baseline", ["assumptions.hearsay=0.1"]), "memory-of-contact")
    assert under.assumptions["hearsay"] == 0.1
    assert under.assumptions["fade"] == THEORIES["memory-of-contact"].assumptions["fade"]
    assert under.assumptions["absolve"] == ASSUMPTIONS["absolve"].default
    usual = ASSUMPTIONS["hearsay"].default
    assert under.changed_assumptions == {"assumptions.hearsay": (usual, 0.1)}


def test_what_a_scenario_file_says_wins_as_well(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text('schema = 1\nextends = "baseline"\n[assumptions]\nhearsay = 0.15\n')
    under = with_theory(load(file), "shared-identity")
    assert under.assumptions["hearsay"] == 0.15
    again = tmp_path / "again.toml"
    again.write_text('schema = 1\nextends = "mine.toml"\n')
    assert with_theory(load(again), "shared-identity").assumptions["hearsay"] == 0.15


def test_the_hash_tells_theories_apart():
    scenario = load("baseline")
    hashes = {with_theory(scenario, name).hash for name in NAMES}
    assert len(hashes | {scenario.hash}) == 5


def test_an_unknown_theory_is_refused_with_the_nearest_name():
    with pytest.raises(UnknownTheory, match=r"there is no theory fair. .*fair-treatment"):
        with_theory(load("baseline"), "fair")
    with pytest.raises(UnknownTheory, match="Did you mean shared-identity?"):
        theory_named("shared identity")


def test_a_scenario_is_under_one_theory_at_a_time():
    under = with_theory(load("baseline"), "effectiveness")
    assert with_theory(under, "effectiveness") == under
    with pytest.raises(ValueError, match="baseline is under the theory effectiveness already"):
        with_theory(under, "fair-treatment")


def test_every_theory_lives_and_keeps_the_same_dice():
    """Identical policies differ by nothing under any theory; different theories do not agree."""
    lived = []
    for name in NAMES:
        scenario = with_theory(today(), name)
        found = compare(
            scenario, [replace(scenario)], weeks=6, residents=80, replicates=1, workers=1
        )
        assert same_numbers(found.base, found.others["baseline"])
        lived.append(found.base.values.tobytes())
    assert len(set(lived)) == 4


def test_under_effectiveness_a_fair_search_costs_less_trust_than_under_fair_treatment():
    """A rival account changes what people make of the same weeks, not what the police do in them."""
    size = {"weeks": 10, "residents": 400, "replicates": 2, "workers": 1}
    rude = ("area.police.openness=0.2", "area.police.skill=0.2")
    busy = ("policy.stops=60", "area.warmup_weeks=0", *rude)
    points, stops = {}, {}
    for name in ("fair-treatment", "effectiveness"):
        results = run(with_theory(always(load("baseline", busy)), name), **size)
        points[name] = results.ledger_total("trust")["own-stop"]
        stops[name] = results.estimate("stops").end
    assert points["fair-treatment"] < 0.0
    assert abs(points["fair-treatment"]) > 2 * abs(points["effectiveness"])
    assert stops["fair-treatment"] == pytest.approx(stops["effectiveness"], rel=0.5)


@cache
def moved(theory, attitude):
    """Size of the points by cause in a busy place under a theory, or under none."""
    busy = (
        "policy.hours=20",
        "area.warmup_weeks=0",
        "policy.mix={inform=0.4, consult=0.6, collaborate=0}",
    )
    scenario = always(load("baseline", busy))
    results = run(
        with_theory(scenario, theory) if theory else scenario,
        **{"weeks": 16, "residents": 400, "replicates": 2, "workers": 1},
    )
    return {cause: abs(points) for cause, points in results.ledger_total(attitude).items()}


@pytest.mark.parametrize(
    ("theory", "attitude", "more", "less"),
    [
        ("fair-treatment", "trust", "own-contact", "promise-kept"),
        ("fair-treatment", "confidence", "own-contact", "patrol-or-leaflet-seen"),
        ("effectiveness", "trust", "promise-kept", "own-contact"),
        ("effectiveness", "confidence", "promise-broken", "answer-given"),
        ("shared-identity", "trust", "blame-or-passed-over", "promise-kept"),
        ("shared-identity", "legitimacy", "follows-impartiality", "follows-confidence"),
        ("memory-of-contact", "trust", "friends-stories", "patrol-or-leaflet-seen"),
    ],
)
def test_what_a_theory_calls_important_moves_more_and_what_it_does_not_less(
    theory, attitude, more, less
):
    usual, under = moved(None, attitude), moved(theory, attitude)
    assert under[more] > usual[more] > 0.0
    assert under[less] < usual[less]


# ---- parameter sets


def sets(folder, text):
    path = folder / "sets.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_parameter_sets_are_read_in_order(tmp_path):
    path = sets(tmp_path, "set,fade,hearsay\n1,0.3,0.5\n2,0.4,0.25\n")
    assert parameter_sets(path) == [
        {"fade": 0.3, "hearsay": 0.5},
        {"fade": 0.4, "hearsay": 0.25},
    ]


def test_while_there_are_none_the_command_that_makes_them_is_named(tmp_path):
    said = r"none\.csv: there is no such file yet\. `python -m analysis calibrate` makes it\."
    with pytest.raises(ParameterFaults, match=said):
        parameter_sets(tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the file is empty"),
        ("set,fade\n", "it has no parameter set"),
        ("set\n1\n", "no column names an assumption"),
        ("number,fade\n1,0.3\n", "the first column is number. It should be set."),
        ("set,fadde\n1,0.3\n", "column fadde is no assumption. Did you mean fade?"),
        ("set,fade,fade\n1,0.3,0.3\n", "the column fade stands there more than once"),
        ("set,fade\n1,0.3\n1,0.4\n", "the set 1 stands there more than once"),
        ("set,fade\n1,0.3,0.4\n", "line 2: it has 3 cells and the head has 2"),
        ("set,fade\n1,low\n", "line 2: fade = low should be a number, 0.05 to 0.8"),
        ("set,fade\n1,0.3\n2,0.9\n", "line 3: fade = 0.9 is outside 0.05 to 0.8. It is how much"),
        ("set,fade\n1,nan\n", "line 2: fade = nan is outside 0.05 to 0.8"),
    ],
)
def test_a_file_of_parameter_sets_is_checked_by_line_name_and_range(tmp_path, text, said):
    with pytest.raises(ParameterFaults) as found:
        parameter_sets(sets(tmp_path, text))
    assert len(found.value.faults) == 1
    assert said in found.value.faults[0]


def test_every_fault_of_a_file_is_told_at_once(tmp_path):
    with pytest.raises(ParameterFaults) as found:
        parameter_sets(sets(tmp_path, "set,fade,wander\n1,5,x\n1,0.3\n"))
    assert len(found.value.faults) == 4


def test_a_parameter_set_gives_way_to_what_was_set_and_to_a_theory():
    chosen = {"fade": 0.31, "hearsay": 0.33, "absolve": 0.7}
    scenario = load("baseline", ["assumptions.absolve=0.2"])
    lived = with_parameters(scenario, chosen)
    assert [lived.assumptions[name] for name in chosen] == [0.31, 0.33, 0.2]
    first = with_parameters(with_theory(scenario, "shared-identity"), chosen)
    last = with_theory(with_parameters(scenario, chosen), "shared-identity")
    assert first == last
    assert [first.assumptions[name] for name in chosen] == [0.31, 0.6, 0.2]


def test_parameters_nobody_knows_are_refused():
    with pytest.raises(ParameterFaults, match="hearsai is no assumption. Did you mean hearsay?"):
        with_parameters(load("baseline"), {"hearsai": 0.3})
    with pytest.raises(ParameterFaults, match="fade = 9 is outside 0.05 to 0.8"):
        with_parameters(load("baseline"), {"fade": 9})
