"""One resident's weeks from the command line, alone and in two worlds."""

import re

import pytest

from parley.cli import main
from sim.diary import diary as followed
from sim.scenario import load

KEY = "black-mixed-young-3"
TINY = ["--resident", KEY, "--weeks", "20", "--residents", "200"]


@pytest.fixture(autouse=True)
def wide_terminal(monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")


def test_a_resident_has_weeks_in_plain_english(capsys):
    assert main(["diary", "baseline", *TINY]) == 0
    said = capsys.readouterr().out
    assert f"Resident {KEY} (Black and mixed young people)" in said
    assert "At the end of the warm-up." in said
    assert "." in said
    for attitude in ("Trust", "Confidence", "Legitimacy", "Expectation"):
        assert attitude in said
    assert "What moved their trust over these weeks" in said
    assert re.search(r"\n +(\d+-)?20  ", said)


def test_two_worlds_are_marked_where_they_part(capsys):
    words = ["diary", "baseline", "--against", "over-promise", *TINY]
    assert main(words) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert said.count("Here the two worlds part") == 1
    assert "Both worlds are the same" not in said


def test_the_same_world_twice_is_told_as_the_same(capsys):
    assert main(["diary", "baseline", "--against", "baseline", *TINY]) == 0
    said = capsys.readouterr().out
    assert "Both worlds are the same for this resident in every week." in said
    assert ">>" not in said


def test_a_lever_set_in_the_other_world_alone_parts_two_worlds_of_one_scenario(capsys):
    same = ["diary", "baseline", "--against", "baseline", *TINY]
    said = {}
    for option in ("--set", "--set-base", "--set-other"):
        assert main([*same, option, "policy.stops=40"]) == 0
        said[option] = " ".join(capsys.readouterr().out.split())
    assert "Both worlds are the same" in said["--set"]
    for option in ("--set-base", "--set-other"):
        assert said[option].count("Here the two worlds part") == 1
        assert "with policy.stops=40" in said[option]
    assert said["--set-base"] != said["--set-other"]


def test_a_number_before_a_setting_means_the_only_other_there_is(capsys):
    told = []
    for setting in ("policy.stops=40", "1:policy.stops=40"):
        words = ["--against", "baseline", "--set-other", setting, *TINY]
        assert main(["diary", "baseline", *words]) == 0
        told.append(capsys.readouterr().out)
    assert told[0] == told[1]


def test_what_is_set_in_the_base_alone_is_also_what_came_before_the_other_world(capsys):
    base, other = load("baseline", ["policy.stops=40"]), load("baseline")
    size = {"weeks": 20, "residents": 200}
    first = followed(base, KEY, **size)
    second = followed(other, KEY, before=base, **size)
    words = ["--against", "baseline", "--set-base", "policy.stops=40", *TINY]
    assert main(["diary", "baseline", *words]) == 0
    last = capsys.readouterr().out.split("What moved")[0].rstrip().splitlines()[-1]
    ends = [f"{each.entries[-1].attitudes[0]:.1f}" for each in (first, second)]
    assert first.entries[0].attitudes == second.entries[0].attitudes
    assert [word for word in last.split() if re.fullmatch(r"[0-9]+[.][0-9]", word)] == ends


def test_a_rival_theory_tells_another_story_and_is_named(capsys):
    told = []
    for more in ([], ["--theory", "effectiveness"]):
        assert main(["diary", "baseline", *TINY, *more]) == 0
        told.append(capsys.readouterr().out)
    own, rival = (each.split("What moved")[0] for each in told)
    assert own != rival
    assert "Under the theory Effectiveness (effectiveness)." in " ".join(told[1].split())
    assert "theory" not in told[0]


@pytest.mark.parametrize("width", [50, 70, 90, 140])
def test_a_diary_fits_the_terminal(width, monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", str(width))
    words = ["--against", "two-way", "--set-other", "policy.fairness_training=0.75"]
    assert main(["diary", "baseline", *words, *TINY]) == 0
    said = capsys.readouterr().out
    assert max(len(line) for line in said.splitlines()) <= width
    assert "…" not in said


def test_the_diary_is_that_of_the_seed_and_replicate(capsys):
    told = []
    for more in ([], ["--seed", "2"], ["--replicate", "1"], []):
        assert main(["diary", "baseline", *TINY, *more]) == 0
        told.append(capsys.readouterr().out)
    assert told[0] == told[3]
    assert len(set(told)) == 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["baseline", "--resident", "nobody"], "No resident is called nobody."),
        (["baseline", "--resident", "black-mixed-yung-3"], "Did you mean black-mixed-young?"),
        (["baseline", "--resident", "black-mixed-young-99999"], "keys go from"),
        (["baseline"], "Missing option '--resident'"),
        (["baselin", "--resident", KEY], "Did you mean baseline?"),
        (["baseline", "--against", "tow-way", "--resident", KEY], "Did you mean two-way?"),
        (
            ["baseline", "--resident", KEY, "--set-other", "policy.stops=40"],
            "--set-other policy.stops=40: there is no other scenario; name one with --against.",
        ),
        (
            ["baseline", "--against", "two-way", "--resident", KEY, "--set-other", "2:a=1"],
            "--set-other 2:a=1: there is no other scenario number 2; they go from 1 to 1.",
        ),
        (
            ["baseline", "--resident", KEY, "--set-base", "policy.stop=40"],
            "policy.stop",
        ),
        (
            ["baseline", "--resident", KEY, "--theory", "fear"],
            "--theory: there is no theory fear. Known here: fair-treatment",
        ),
        (["baseline", "--resident", KEY, "--replicate", "-1"], "--replicate -1 is too low"),
    ],
)
def test_a_diary_of_nobody_is_refused_in_one_line(words, said, capsys):
    assert main(["diary", *words]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert said in captured.err
    assert captured.err.count("\n") == 1
