"""One resident's weeks from the command line, alone and in two worlds."""

import re

import pytest

from parley.cli import main

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


@pytest.mark.parametrize("width", [50, 70, 90, 140])
def test_a_diary_fits_the_terminal(width, monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", str(width))
    assert main(["diary", "baseline", "--against", "two-way", *TINY]) == 0
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
        (["baseline", "--resident", KEY, "--replicate", "-1"], "--replicate -1 is too low"),
    ],
)
def test_a_diary_of_nobody_is_refused_in_one_line(words, said, capsys):
    assert main(["diary", *words]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert said in captured.err
    assert captured.err.count("\n") == 1
