"""What a run is asked to do is checked before anything is started."""

import pytest

from parley import plan as plans
from parley.faults import UserFault
from parley.machine import in_words, memory_free
from parley.plan import Plan, made_plan, number_faults


def _made(snapshots=None, theory=None, **given):
    usual = {"weeks": 8, "residents": 200, "replicates": 2, "seed": 1, "workers": None}
    return made_plan(
        snapshots, theory, **{**usual, "out": None, "force": False, "marking": "", **given}
    )


@pytest.mark.parametrize("name", ["weeks", "residents", "replicates", "workers"])
@pytest.mark.parametrize("value", [0, -1, -(10**30)])
def test_a_run_without_size_is_refused(name, value):
    assert number_faults(**{name: value}) == [f"--{name} {value} is too low: it starts at 1."]


@pytest.mark.parametrize("name", ["weeks", "residents", "replicates", "workers", "seed"])
def test_a_run_beyond_all_measure_is_refused(name):
    (fault,) = number_faults(**{name: 10**30})
    assert fault.startswith(f"--{name} {10**30} is too high: it ends at ")


def test_every_fault_of_a_plan_is_told_at_once():
    _, faults = _made(weeks=0, residents=-3, replicates=0, seed=-1, theory="other", marking="a\nb")
    assert len(faults) == 6


def test_snapshots_are_weeks_of_the_run():
    plan, faults = _made("8,0,4,4", out="folder")
    assert (plan.snapshots, faults) == ((0, 4, 8), [])
    assert _made("0,9", out="folder")[1] == [
        "--snapshots asks for week 9, but the run ends at week 8."
    ]
    for text in ("", "one", "1;2", "-1", "1.5", "1,,2"):
        assert _made(text, out="folder")[1] == [
            f"--snapshots {text} is no list of weeks such as 0,26,52."
        ]


def test_snapshots_need_somewhere_to_go():
    assert _made("0")[1] == ["--snapshots needs --out DIR: there is nowhere to write them."]


def test_the_command_that_repeats_a_run_has_every_number():
    plan, _ = _made("0,4", out="my results", marking="OFFICIAL")
    assert plan.as_options() == [
        *("--weeks", "8", "--residents", "200", "--replicates", "2", "--seed", "1"),
        *("--snapshots", "0,4", "--out", "my results", "--marking", "OFFICIAL"),
    ]


def test_more_residents_than_memory_are_refused_with_what_would_fit(monkeypatch):
    monkeypatch.setattr(plans, "memory_free", lambda: 3_000_000_000)
    monkeypatch.setattr(plans, "_memory_needed", lambda residents, *rest: residents * 1000)
    plans.refuse_what_does_not_fit(Plan(8, 3_000_000, 2, 1), scenarios=1)
    said = "needs about 40 GB of memory.*has 3.0 GB free. About 2,9[0-9]0,000 residents would fit."
    with pytest.raises(UserFault, match=said):
        plans.refuse_what_does_not_fit(Plan(8, 40_000_000, 2, 1), scenarios=1)


def test_memory_is_said_as_people_say_it():
    assert [in_words(size) for size in (7, 1500, 2.34e7, 1.5e9, 9e15)] == [
        *("7 bytes", "1.5 kB", "23 MB", "1.5 GB", "9,000 TB"),
    ]


def test_this_machine_has_memory_left():
    assert memory_free() > 1_000_000
