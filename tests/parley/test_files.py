"""Making and checking scenario and area files from the command line."""

import tomllib
from pathlib import Path

import pytest

from parley.cli import main
from sim.scenario import SHIPPED
from sim.theories import THEORIES

LONDON = Path(__file__).parents[1] / "data" / "london-tiny"
COLUMNS = (
    "key,label,share,need,ease,voice,street,involvement,trust,confidence,legitimacy,expectation"
)
PUBLICS = f"""{COLUMNS}
owners,Long-settled owners,0.6,0.3,0.8,0.6,0.2,0.1,64,63,66,60
young,=Young people,0.4,0.6,0.3,0.2,0.8,0.1,55,56,60,62
"""


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _names(folder):
    return sorted(entry.name for entry in folder.iterdir())


def test_a_new_scenario_is_fine_as_it_is(own_folder, capsys):
    assert main(["new", "mine.toml"]) == 0
    assert main(["check", "mine.toml"]) == 0
    assert "mine.toml: fine\n" in capsys.readouterr().out
    assert "#" in (own_folder / "mine.toml").read_text(encoding="utf-8")


def test_the_rival_theories_are_listed_with_every_number_they_set(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")
    assert main(["list", "--theories"]) == 0
    said = capsys.readouterr().out
    for theory in THEORIES.values():
        assert f"{theory.label} (--theory {theory.name})" in said
        assert " ".join(theory.account.split()) in " ".join(said.split())
        for name in theory.departures:
            assert f" {name} " in said


def test_a_new_scenario_replaces_nothing(own_folder, capsys):
    (own_folder / "mine.toml").write_text("a week of work")
    assert main(["new", "mine.toml"]) == 2
    assert "mine.toml exists and is kept" in capsys.readouterr().err
    assert (own_folder / "mine.toml").read_text() == "a week of work"
    assert main(["new", "mine.toml", "--force"]) == 0
    assert main(["check", "mine.toml"]) == 0


def test_an_experiment_is_checked_as_one(own_folder, capsys):
    good = (SHIPPED / "experiments" / "hours-and-reach.toml").read_text(encoding="utf-8")
    (own_folder / "good.toml").write_text(good, encoding="utf-8")
    (own_folder / "bad.toml").write_text(good.replace("full-factorial", "sobl"), encoding="utf-8")
    shipped = sorted(map(str, (SHIPPED / "experiments").glob("*.toml")))
    assert main(["check", *shipped]) == 0
    capsys.readouterr()
    assert main(["check", "good.toml", "bad.toml"]) == 2
    said = capsys.readouterr()
    assert said.out == "good.toml: fine\n"
    assert 'design = "sobl" is not known' in said.err
    assert "Did you mean sobol?" in said.err


def test_a_new_lesson_is_fine_as_it_is_and_checked_among_scenarios(own_folder, capsys):
    assert main(["new", "lesson.toml", "--lesson"]) == 0
    assert main(["new", "mine.toml"]) == 0
    assert main(["check", "lesson.toml", "mine.toml"]) == 0
    assert capsys.readouterr().out.endswith("lesson.toml: fine\nmine.toml: fine\n")
    text = (own_folder / "lesson.toml").read_text(encoding="utf-8")
    wrong = text.replace('indicator = "reach" ', 'indicator = "raech" ')
    (own_folder / "lesson.toml").write_text(wrong)
    (own_folder / "mine.toml").write_text(
        'schema = 1\nextends = "baseline"\n[policy]\nfeedbak = 1\n'
    )
    assert main(["check", "lesson.toml", "mine.toml"]) == 2
    first, second = capsys.readouterr().err.splitlines()
    assert first.startswith("lesson.toml, [predict]: ")
    assert "Did you mean reach?" in first
    assert "Did you mean feedback?" in second


def test_a_new_scenario_is_a_toml_file(own_folder, capsys):
    assert main(["new", "mine.csv"]) == 2
    assert "it should end in .toml" in capsys.readouterr().err
    assert _names(own_folder) == []


def test_every_fault_of_every_file_is_told_at_once(own_folder, capsys):
    Path("one.toml").write_text('schema = 1\nextends = "baseline"\n[policy]\nfeedback = 1.4\n')
    Path("two.toml").write_text('schema = 1\nextends = "baseline"\n[policy]\nfeedbak = 1\n')
    Path("three.toml").write_text('schema = 1\nextends = "baseline"\n')
    assert main(["check", "one.toml", "two.toml", "three.toml", "four.toml", "."]) == 2
    captured = capsys.readouterr()
    assert captured.out == "three.toml: fine\n"
    lines = captured.err.splitlines()
    assert len(lines) == 4
    assert "1.4 is outside 0 to 1" in lines[0]
    assert "feedback" in lines[1]
    assert "four.toml: there is no such file" in lines[2]
    assert "folder" in lines[3]


def test_every_shipped_scenario_is_listed_with_its_question(capsys):
    from sim.scenario import shipped

    assert main(["list"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    for scenario in shipped():
        assert f"{scenario.key} " in said
        assert scenario.question.split()[0] in said


def test_an_area_is_made_from_a_table_of_publics(own_folder, capsys):
    Path("publics.csv").write_text(PUBLICS)
    words = ["--name", "Our town", "--people", "40000", "--beats", "2"]
    assert main(["area", "publics.csv", "--out", "town.toml", *words]) == 0
    assert main(["check", "town.toml"]) == 0
    area = tomllib.loads(Path("town.toml").read_text(encoding="utf-8"))
    assert (area["name"], area["people"], area["beats"]) == ("Our town", 40000, 2)
    assert "stand at the model's defaults" in capsys.readouterr().out


def test_an_area_is_made_from_the_london_tables_and_says_what_it_assumed(own_folder, capsys):
    words = ["area", str(LONDON), "--borough", "Northbrook", "--out", "area.toml"]
    assert main([*words, "--scenario", "as-policed.toml"]) == 0
    assert "what had to be assumed:\n- " in capsys.readouterr().out
    assert main(["check", "area.toml", "as-policed.toml"]) == 0
    area = tomllib.loads(Path("area.toml").read_text(encoding="utf-8"))
    assert "Open Government Licence" in area["licence"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nowhere", "--out", "a.toml"], "nowhere: there is no such file or folder."),
        ([str(LONDON), "--out", "a.toml"], "say which borough with --borough NAME."),
        ([str(LONDON), "--borough", "Nortbrook", "--out", "a.toml"], "Did you mean Northbrook?"),
        ([str(LONDON), "--borough", "Northbrook", "--out", "."], "is a folder."),
        ([str(LONDON), "--borough", "Northbrook", "--out", "no/a.toml"], "does not exist"),
        ([str(LONDON), "--name", "x", "--out", "a.toml"], "--name goes with a table of publics."),
        (["publics.csv", "--borough", "x", "--out", "a.toml"], "goes with a folder of London"),
        (["short.csv", "--out", "a.toml"], "column trust is missing"),
        ([str(LONDON), "--borough", "Northbrook"], "Missing option '--out'"),
    ],
)
def test_an_area_that_cannot_be_made_leaves_nothing(own_folder, words, said, capsys):
    Path("publics.csv").write_text(PUBLICS)
    Path("short.csv").write_text("key,label,share\nowners,Owners,1\n")
    assert main(["area", *words]) == 2
    assert said in capsys.readouterr().err
    assert _names(own_folder) == ["publics.csv", "short.csv"]


def test_an_area_file_is_kept_unless_it_may_be_replaced(own_folder, capsys):
    Path("publics.csv").write_text(PUBLICS)
    Path("town.toml").write_text("mine")
    assert main(["area", "publics.csv", "--out", "town.toml"]) == 2
    assert Path("town.toml").read_text() == "mine"
    assert main(["area", "publics.csv", "--out", "town.toml", "--force"]) == 0
    assert "name = " in Path("town.toml").read_text(encoding="utf-8")
