"""Three kinds of doubt, each for itself, and what is said where one of them cannot be shown."""

import json

import pytest

import sim.runs as engine
from sim.parameter_sets import ParameterFaults, parameter_sets, with_parameters
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
    everything = doubts.PAIRS_A_THEORY * len(THEORIES)
    assert told[-1] == (everything, everything)
    page = json.loads(doubts.picture(answered(question), spread))
    assert "python -m analysis calibrate" in page["missing"]
    assert [row["kind"] for row in page["rows"]] == ["dice", *["theory"] * len(THEORIES)]


def test_parameter_sets_and_theories_have_rows_of_their_own(question, monkeypatch):
    sets = [{"absolve": 0.1 * number} for number in range(4)]
    monkeypatch.setattr(doubts, "parameter_sets", lambda: sets)
    spread, told = found(question)
    everything = doubts.PAIRS_A_THEORY * len(THEORIES) + doubts.PAIRS_A_SET * 4
    assert told[-1] == (everything, everything)
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


def test_the_accepted_sets_of_the_calibration_are_lived_and_stand_apart(question, monkeypatch):
    monkeypatch.setattr(doubts, "SETS_AT_MOST", 6)
    every = parameter_sets()
    assert len(every) > 6
    spread, _ = found(question)
    assert spread.missing == ""
    labels = [each.label for each in spread.sets]
    assert labels[0] == "set 1"
    assert labels[-1] == f"set {len(every)}"
    page = json.loads(doubts.picture(answered(question), spread))
    row = next(row for row in page["rows"] if row["kind"] == "sets")
    assert len(set(row["dots"])) > 1
    difference = answered(question).measured("trust").difference
    alike = sum((dot > 0) == (difference > 0) for dot in row["dots"])
    assert (
        f"Of 6 accepted parameter sets, {alike} put the difference on the same side"
        in (page["summary"])
    )
    assert row["account"].startswith(f"{alike} of 6 on the same side of zero")
    by_hand = with_parameters(question.scenarios()[0], every[0])
    others = [with_parameters(each, every[0]) for each in question.scenarios()[1:]]
    options = {**question.options(), "replicates": doubts.PAIRS_A_SET}
    exactly = engine.compare(by_hand, others, workers=1, **options)
    name = answered(question).name
    assert spread.sets[0].found[name][0] == exactly.difference(name, "trust").difference


def test_a_large_comparison_is_lived_under_fewer_sets_and_in_turns_that_end(question):
    large = question.asking("weeks", 520).asking("residents", 5000)
    assert doubts.FEWEST_SETS <= doubts.affordable_sets(large) < doubts.SETS_AT_MOST
    assert doubts.affordable_sets(question) == doubts.SETS_AT_MOST


def test_under_a_rival_theory_the_others_and_the_own_numbers_are_what_is_doubted(
    question, monkeypatch
):
    monkeypatch.setattr(doubts, "parameter_sets", lambda: [{"absolve": 0.1}])
    spread, _ = found(question.asking("theory", "effectiveness"))
    labels = [each.label for each in spread.theories]
    assert labels[0] == "Parley's own numbers"
    assert THEORIES["effectiveness"].label not in labels
    assert len(labels) == len(THEORIES)
    own = answered(question.asking("pairs", 10)).measured("trust").difference
    name = answered(question).name
    assert spread.theories[0].found[name][0] == pytest.approx(own, abs=1e-12)


def test_before_anybody_looks_only_the_dice_are_shown(question):
    page = json.loads(doubts.picture(answered(question), None))
    assert [row["kind"] for row in page["rows"]] == ["dice"]
    assert not page["asked"]
