"""The model goes on giving what it was found to give for every published pattern; the command tells it."""

import json

import numpy as np
import pytest

from analysis.evidence.field import Effort, go_out
from analysis.evidence.measures.measured import Ratio
from analysis.evidence.patterns import shipped_patterns
from analysis.evidence.report import as_json, examine, inside
from parley.cli import main
from sim.parameter_sets import with_parameters
from tests.analysis import reduced

PATTERNS = {pattern.id: pattern for pattern in shipped_patterns()}
TINY = Effort(residents=300, replicates=2, seed=5, workers=1)
NEAR = 0.25  # of half an accepted range, or of 1 where it is open: a shift that could turn a hit


def test_no_change_breaks_a_pattern_unseen():
    kept = json.loads(reduced.KEPT.read_text(encoding="utf-8"))
    now = reduced.found()
    assert list(now) == list(kept)
    parts = {f"{p.id}/{part.name}": part for p in PATTERNS.values() for part in p.parts}
    moved = []
    for name, value in now.items():
        low, high = parts[name].accepted
        allowed = NEAR * ((high - low) / 2 if np.isfinite(high - low) else 1.0)
        if value is None or kept[name] is None:
            if value is not kept[name]:
                moved.append(name)
        elif abs(value - kept[name]) > allowed:
            moved.append(f"{name}: {kept[name]:.3f}, now {value:.3f}")
    assert moved == []


def test_the_same_dice_and_the_same_survey_give_the_same_report():
    asked = [PATTERNS["E24"], PATTERNS["E01"]]
    assert as_json(examine(asked, TINY)) == as_json(examine(asked, TINY))


def test_a_pattern_measures_the_same_alone_and_beside_others():
    alone = examine([PATTERNS["E31"]], TINY)[0].parts[0].value
    beside = examine([PATTERNS["E24"], PATTERNS["E31"], PATTERNS["E09"]], TINY)[1].parts[0].value
    assert alone == pytest.approx(beside, rel=1e-12)


def test_another_set_of_assumptions_gives_another_answer():
    asked = [PATTERNS["E31"]]
    usual = examine(asked, TINY)[0].parts[2].value
    more = (
        examine(asked, TINY, lambda s: with_parameters(s, {"found_by_chance": 0.4}))[0]
        .parts[2]
        .value
    )
    assert more < usual - 15


def test_rows_are_the_same_people_in_every_arm_and_week():
    pattern = PATTERNS["E13"]
    field = go_out([pattern], TINY)["E13"]
    keys = [
        field.people(arm, week, 1)["resident"].tolist() for arm in field.arms for week in (0, 4)
    ]
    assert all(key == keys[0] for key in keys)
    with pytest.raises(ValueError, match="week 3 of visits was not kept"):
        field.people("visits", 3, 0)


def test_a_range_holds_its_ends_and_nothing_that_is_no_number():
    assert inside(1.0, (1.0, 2.0))
    assert inside(2.0, (1.0, 2.0))
    assert not inside(float("nan"), (1.0, 2.0))
    assert not inside(2.1, (-np.inf, 2.0))


def test_a_part_may_be_hit_by_another_number(monkeypatch):
    from analysis.evidence import report

    pattern = PATTERNS["E01"]
    measured = {
        "bad": np.full(3, -0.5),
        "good": np.full(3, 0.2),
        "ratio": Ratio(np.full(3, 1.0), np.full(3, 0.2)),
    }
    monkeypatch.setitem(report.MEASURES, pattern.measure, lambda field: measured)
    found = examine([pattern], TINY)[0]
    assert found.hit
    entry = as_json([found])["patterns"][0]["parts"][1]
    assert entry["instead"] == {
        "name": "ratio",
        "value": pytest.approx(5.0),
        "accepted": [3.0, 15.0],
    }


def test_what_must_be_clear_of_zero_is_no_hit_while_chance_could_have_done_it(monkeypatch):
    from analysis.evidence import report

    pattern = PATTERNS["E23"]
    noisy = {"wider public": np.zeros(3), "participants more": np.array([0.3, -0.2, 0.1])}
    monkeypatch.setitem(report.MEASURES, pattern.measure, lambda field: noisy)
    assert [part.hit for part in examine([pattern], TINY)[0].parts] == [True, False]


def test_the_command_shows_hits_and_misses_and_ends_well(capsys):
    assert main(["evidence", "--only", "E44", "--only", "e28"]) == 0
    said = capsys.readouterr().out
    assert "E28  Where are associations thickest?" in said
    assert "Guess & Coppock 2020" in said
    assert "of 2 patterns hit" in said


def test_the_command_gives_json_and_keeps_it(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    asked = ["evidence", "--only", "E28", "--json", "--out", "found.json"]
    assert main(asked) == 0
    said = capsys.readouterr()
    assert said.err == "", "progress goes to a terminal alone"
    given = json.loads(said.out)
    assert given == json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))
    assert (given["of"], given["patterns"][0]["id"]) == (1, "E28")
    assert set(given["patterns"][0]["parts"][0]) >= {"name", "value", "lo", "hi", "accepted", "hit"}
    assert main(asked) == 2
    assert "found.json exists and is kept." in capsys.readouterr().err


def test_every_fault_of_the_command_is_told_at_once(capsys):
    assert main(["evidence", "--only", "E99", "--theory", "fair", "--workers", "0"]) == 2
    said = capsys.readouterr().err
    assert "--only E99 is no pattern. There are E01, E03" in said
    assert "--theory: there is no theory fair." in said
    assert "--workers 0 is too low" in said


def test_the_shipped_run_is_of_the_shipped_patterns():
    from sim.scenario import SHIPPED

    kept = json.loads((SHIPPED / "evidence" / "evidence.json").read_text(encoding="utf-8"))
    assert [entry["id"] for entry in kept["patterns"]] == list(PATTERNS)
    for entry in kept["patterns"]:
        pattern = PATTERNS[entry["id"]]
        accepted = [
            [end if np.isfinite(end) else None for end in part.accepted] for part in pattern.parts
        ]
        assert [part["accepted"] for part in entry["parts"]] == accepted
        assert entry["claim"] == pattern.claim
