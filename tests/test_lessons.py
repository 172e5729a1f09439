"""Every shipped lesson reveals what the model gives."""

from __future__ import annotations

from collections import defaultdict

import pytest

from sim.headline import direction
from sim.runs import compare
from sim.scenario import load
from web.answer import Answer
from web.lesson.form import AGREEMENT, Lesson
from web.lesson.outcome import borne_out, outcome, outcomes, right_option
from web.lesson.shelf import lessons
from web.question import SEED

NAMES = sorted(lessons())


def test_there_is_a_lesson_for_each_question_of_the_paper_for_its_hope_and_for_doubt() -> None:
    """Seven questions, the closing hope, and one on reading uncertainty."""
    assert (
        sorted(
            ["least-needed", "loudest", "specialists", "culture", "expectations", "lay-knowledge"]
            + ["detached-stance", "two-way", "how-sure"]
        )
        == NAMES
    )


@pytest.fixture(scope="module")
def answers() -> dict[str, Answer]:
    """The comparison of every lesson at its own size; lessons with the same base are lived together."""
    together: dict[tuple, list[Lesson]] = defaultdict(list)
    for lesson in lessons().values():
        asked = lesson.question
        sizes = (asked.weeks, asked.residents, asked.pairs)
        together[asked.policies()[0].scenario, asked.policies()[0].settings, sizes].append(lesson)
    found = {}
    for (base, settings, (weeks, residents, pairs)), group in together.items():
        scenarios = {
            policy.key: policy.load()
            for lesson in group
            for policy in lesson.question.policies()[1:]
        }
        every = compare(
            load(base, settings), list(scenarios.values()),
            weeks=weeks, residents=residents, replicates=pairs, seed=SEED,
        )  # fmt: skip
        for lesson in group:
            own = [tried.policy for tried in lesson.question.tried]
            others = {name: every.others[name] for name in own}
            found[lesson.key] = Answer(lesson.question, type(every)(every.base, others), True)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_lesson_reveals_what_it_was_found_to_give(name: str, answers: dict[str, Answer]) -> None:
    lesson = lessons()[name]
    for each in outcomes(lesson, answers[name])[lesson.measure == AGREEMENT :]:
        where = (each.finding.other, each.finding.indicator, each.finding.public)
        assert (where, each.came) == (where, each.finding.found)


@pytest.mark.parametrize("name", NAMES)
def test_one_of_the_options_comes_true(name: str, answers: dict[str, Answer]) -> None:
    lesson = lessons()[name]
    main = outcome(lesson, answers[name], lesson.finding)
    right = right_option(lesson, main)
    assert right is not None
    if lesson.measure == AGREEMENT:
        assert main.agreement == pytest.approx(lesson.found_share)
    else:
        assert lesson.options[right].change == lesson.finding.found


@pytest.mark.parametrize("name", NAMES)
def test_a_lesson_and_its_scenarios_have_found_the_same(name: str) -> None:
    """Where a scenario has recorded the same comparison, at its own size, both point the same way."""
    compared = 0
    for finding in lessons()[name].findings():
        for recorded in load(finding.other).expectations:
            same = (recorded.indicator, recorded.public) == (finding.indicator, finding.public)
            if same and recorded.compared == lessons()[name].question.base and finding.found:
                compared += 1
                assert (finding.indicator, finding.found) == (finding.indicator, recorded.found)
                if finding.expected:
                    assert finding.expected == recorded.change
    assert compared


def test_lessons_say_where_the_model_does_not_give_what_is_feared_or_hoped(
    answers: dict[str, Answer],
) -> None:
    """Not one story is told that the model does not give: several lessons come only in part."""
    borne = {
        name: borne_out(outcomes(lessons()[name], answers[name]))[0]
        for name in NAMES
        if name != "how-sure"
    }
    assert set(borne.values()) == {"all", "some"}
    assert {name for name, how in borne.items() if how == "some"} >= {
        *("loudest", "specialists", "expectations", "lay-knowledge", "detached-stance", "two-way"),
    }


def test_a_single_pair_may_say_the_contrary_of_a_clear_average(answers: dict[str, Answer]) -> None:
    lesson = lessons()["how-sure"]
    main = outcome(lesson, answers["how-sure"], lesson.finding)
    assert direction(main.measured.low, main.measured.high) == "rises"
    assert (main.pairs < 0).any()
