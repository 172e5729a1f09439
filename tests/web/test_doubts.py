"""Three kinds of doubt, each for itself, and what is said where one of them cannot be shown."""

import json

import pytest

import sim.runs as engine
from sim.parameter_sets import ParameterFaults
from sim.theories import THEORIES
from web import doubts
from web.files.routes import answered
from web.question import first_question


class Alone:
    """What an errand runs with where nobody else is at the desk."""

    def compare(self, base, others, **options):
        return engine.compare(base, others, workers=1, **options)


@pytest.fixture(scope="module")
def question():
    question = first_question().with_another()
    for name, value in {"weeks": 4, "residents": 100, "pairs": 2, "within": 0}.items():
        question = question.asking(name, value)
    return question


def found(question):
    steps, told = doubts.doubts(question)(Alone()), []
    while True:
        try:
            told.append(next(steps))
        except StopIteration as end:
            return end.value, told


def test_without_parameter_sets_the_page_says_how_to_make_them(question, monkeypatch):
    def missing():
        raise ParameterFaults(["there is no such file yet. `python -m analysis calibrate`"])

    monkeypatch.setattr(doubts, "parameter_sets", missing)
    spread, told = found(question)
    assert told[-1] == (len(THEORIES), len(THEORIES))
    page = json.loads(doubts.picture(answered(question), spread))
    assert "python -m analysis calibrate" in page["missing"]
    assert [row["kind"] for row in page["rows"]] == ["dice", *["theory"] * len(THEORIES)]


def test_parameter_sets_and_theories_have_rows_of_their_own(question, monkeypatch):
    sets = [{"absolve": 0.1 * number} for number in range(4)]
    monkeypatch.setattr(doubts, "parameter_sets", lambda: sets)
    spread, told = found(question)
    assert told[-1] == (len(THEORIES) + 4, len(THEORIES) + 4)
    answer = answered(question).looking_at(1)
    page = json.loads(doubts.picture(answer, spread))
    kinds = [row["kind"] for row in page["rows"]]
    assert (kinds.count("dice"), kinds.count("sets"), kinds.count("theory")) == (1, 1, 4)
    row = page["rows"][kinds.index("sets")]
    assert len(row["dots"]) == 4
    assert row["low"] <= row["mean"] <= row["high"]
    assert "parameter sets" in page["summary"]
    assert page["missing"] == ""


def test_of_many_parameter_sets_some_are_taken_evenly(monkeypatch):
    monkeypatch.setattr(doubts, "parameter_sets", lambda: [{"absolve": 0.1}] * 200)
    chosen, missing = doubts.some_sets()
    assert len(chosen) == doubts.SETS_AT_MOST
    assert (chosen[0][0], chosen[-1][0], missing) == ("set 1", "set 200", "")


def test_before_anybody_looks_only_the_dice_are_shown(question):
    page = json.loads(doubts.picture(answered(question), None))
    assert [row["kind"] for row in page["rows"]] == ["dice"]
    assert not page["asked"]
