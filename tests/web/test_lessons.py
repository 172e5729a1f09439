"""What the pages of a lesson are told: predictions, outcomes, words, notes, sheets."""

from __future__ import annotations

import dataclasses
import json
import tomllib
from functools import cache
from html.parser import HTMLParser
from types import SimpleNamespace

import numpy as np
import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from web import settings

settings.apply()

from starlette.applications import Starlette  # noqa: E402

from tests.web import fake_engine  # noqa: E402
from web import teaching  # noqa: E402
from web.answer import Answer  # noqa: E402
from web.files import routes  # noqa: E402
from web.files.lesson_sheet import sheet  # noqa: E402
from web.lesson import told  # noqa: E402
from web.lesson.file import LARGEST, opened  # noqa: E402
from web.lesson.form import STEPS  # noqa: E402
from web.lesson.outcome import (  # noqa: E402
    Outcome,
    borne_out,
    by_stages,
    outcome,
    outcomes,
    right_option,
)
from web.lesson.predicted import MOST_HANDS, Predicted  # noqa: E402
from web.lesson.shelf import lessons, template  # noqa: E402

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)> {{7*7}} =cmd"


@cache
def results(name: str):
    """The comparison of a shipped lesson over the stand-in for the engine."""
    return compared(lessons()[name])


def compared(lesson):
    base, *others = lesson.question.scenarios()
    options = {"weeks": 20, "residents": 100, "replicates": 12}
    return fake_engine.compare(base, others, **options)


def answered(lesson) -> Answer:
    """What came of a lesson over the stand-in for the engine."""
    found = results(lesson.key) if lesson.key in lessons() else compared(lesson)
    return Answer(lesson.question, found, True)


def hostile_lesson():
    table = tomllib.loads(template())
    table |= {"title": f"T {HOSTILE}", "aim": f"A {HOSTILE}", "limits": [f"L {HOSTILE}"]}
    for step in STEPS:
        table[step] |= {"text": f"{step} {HOSTILE}", "notes": f"note {HOSTILE}"}
    table["question"]["asks"] = f"Q {HOSTILE}"
    table["discuss"]["questions"] = [f"D {HOSTILE}"]
    for option in table["predict"]["options"]:
        option["text"] = f"{option['change']} {HOSTILE}"
    found, wrong = opened(tomlkit.dumps(table), "hostile.toml")
    assert wrong == []
    return found.with_key(told.OWN)


@pytest.fixture(scope="module")
def lesson():
    return lessons()["expectations"]


@pytest.fixture(scope="module")
def answer(lesson):
    return answered(lesson)


# ---- predictions


def test_nothing_is_predicted_until_somebody_predicts():
    nothing = Predicted.nothing(3)
    assert (nothing.option, nothing.hands) == (None, (0, 0, 0))
    assert nothing.choosing(1).option == 1
    assert nothing.counting(2, 7).hands == (0, 0, 7)
    assert nothing.choosing(1).counting(0, 4).choosing(2) == Predicted(2, (4, 0, 0))


@given(
    st.one_of(st.none(), st.integers(), st.floats(), st.text(), st.booleans(), st.lists(st.none()))
)
def test_a_prediction_that_cannot_be_changes_nothing(value):
    before = Predicted(1, (1, 2, 3))
    fits = type(value) is int
    if not (fits and 0 <= value < 3):
        assert before.choosing(value) == before
        assert before.counting(value, 5) == before
    if not (fits and 0 <= value <= MOST_HANDS):
        assert before.counting(1, value) == before


@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5)),
        lambda inner: st.one_of(
            st.lists(inner, max_size=5),
            st.dictionaries(st.sampled_from(["option", "hands", "x"]), inner, max_size=3),
        ),
    )
)
def test_whatever_a_browser_kept_leaves_a_prediction_that_can_be(kept):
    found = Predicted.nothing(3).restored(kept)
    assert found.option in (None, 0, 1, 2)
    assert len(found.hands) == 3
    assert all(0 <= count <= MOST_HANDS for count in found.hands)


def test_what_was_kept_comes_back_as_it_was():
    before = Predicted(2, (3, 0, 11))
    assert Predicted.nothing(3).restored(json.loads(json.dumps(before.as_dict()))) == before


# ---- outcomes


def made(pairs, expected="", found="", mean=None) -> Outcome:
    pairs = np.array(pairs, dtype=float)
    middle = float(pairs.mean()) if mean is None else mean
    return Outcome(
        SimpleNamespace(expected=expected, found=found),
        SimpleNamespace(difference=middle),
        "rises" if middle > 0 else "falls",
        pairs,
        "",
    )


def test_agreement_counts_the_pairs_that_point_as_the_average_does():
    assert made([1, 2, -1, 4]).agreement == 75
    assert made([-1, -2, 1, -4]).agreement == 75
    assert made([0, 1, 1, 2]).agreement == 75  # a pair without a difference points nowhere
    assert np.isnan(made([], mean=float("nan")).agreement)


def test_how_much_is_borne_out_is_counted_over_what_was_expected():
    yes, no = made([1, 2], expected="rises"), made([1, 2], expected="falls")
    silent = made([1, 2])
    assert borne_out([yes, silent, yes]) == ("all", 2, 2)
    assert borne_out([yes, no, silent]) == ("some", 1, 2)
    assert borne_out([no]) == ("none", 0, 1)
    assert borne_out([silent]) == ("silent", 0, 0)
    assert told.borne_sentence([silent]) == ""
    assert "in part: 1 of 2 findings" in told.borne_sentence([yes, no])
    assert "does not give" in told.borne_sentence([no])


def test_the_interval_closes_stage_by_stage_and_ends_with_every_pair():
    dice = np.random.default_rng(1).normal(0.3, 1, 40)
    rows = by_stages(made(dice))
    assert [row[0] for row in rows] == [1, 4, 10, 20, 40]
    assert rows[-1][1] == pytest.approx(dice.mean())
    widths = [row[3] - row[2] for row in rows[1:]]
    assert widths[-1] < widths[0]
    assert [row[0] for row in by_stages(made([1, 2, 3]))] == [1, 3]


@pytest.mark.parametrize("name", sorted(lessons()))
def test_the_right_option_is_the_one_that_came(name):
    lesson = lessons()[name]
    main = outcome(lesson, answered(lesson), lesson.finding)
    right = right_option(lesson, main)
    option = lesson.options[right]
    if lesson.measure == "agreement":
        assert option.low <= main.agreement <= option.high
    else:
        assert option.change == main.came


def test_no_option_is_right_where_none_came(lesson, answer):
    main = outcome(lesson, answer, lesson.finding)
    left = tuple(each for each in lesson.options if each.change != main.came)
    fewer = dataclasses.replace(lesson, options=left)
    assert right_option(fewer, main) is None
    said = json.loads(told.reveal(fewer, answer, Predicted(0, (1, 2))))
    assert "none of the options" in said["verdict"]


# ---- what the page shows


@pytest.mark.parametrize("name", sorted(lessons()))
def test_everything_a_page_shows_is_plain_json(name):
    lesson = lessons()[name]
    answer, predicted = answered(lesson), Predicted.nothing(len(lesson.options))
    shown = [
        told.reveal(lesson, answer, predicted),
        told.prediction(lesson, predicted),
        told.running(lesson, False),
        told.notes(lesson, ""),
        *(told.text(lesson, step, True) for step in STEPS),
    ]
    for each in shown:
        json.loads(each, parse_constant=lambda word: pytest.fail(word))


def test_a_prediction_is_held_against_what_came(lesson, answer):
    main = outcome(lesson, answer, lesson.finding)
    right = right_option(lesson, main)
    wrong = (right + 1) % len(lesson.options)
    said = json.loads(told.reveal(lesson, answer, Predicted(right, (2, 1, 1))))
    assert said["agrees"]
    assert "so it comes" in said["verdict"]
    assert [each["came"] for each in said["tally"]].index(True) == right
    assert sum(each["share"] for each in said["tally"]) == 100
    said = json.loads(told.reveal(lesson, answer, Predicted(wrong, (0, 0, 0))))
    assert not said["agrees"]
    assert lesson.options[right].text in said["verdict"]
    assert said["tally"] == []


def test_where_a_run_gives_something_else_than_was_recorded_the_page_says_so(lesson, answer):
    main = outcome(lesson, answer, lesson.finding)
    other = next(each for each in ("rises", "falls") if each != main.came)
    wrong = dataclasses.replace(lesson, finding=dataclasses.replace(lesson.finding, found=other))
    said = json.loads(told.reveal(wrong, answer, Predicted.nothing(3)))["main"]
    assert "This run gives something else" in said["recorded"]
    right = dataclasses.replace(
        lesson, finding=dataclasses.replace(lesson.finding, found=main.came)
    )
    assert json.loads(told.reveal(right, answer, Predicted.nothing(3)))["main"]["recorded"] == ""


def test_a_finding_that_leans_on_untested_numbers_carries_the_dagger(lesson, answer):
    said = json.loads(told.reveal(lesson, answer, Predicted.nothing(3)))
    marks = {row["title"].split(",")[0]: row["mark"] for row in [said["main"], *said["also"]]}
    assert marks["Trust"] == "†"
    assert marks["Expectation gap"] == ""
    assert said["dagger"].startswith("† leans on untested numbers")


@pytest.mark.parametrize("name", sorted(lessons()))
def test_nothing_of_what_came_is_read_before_it_came(name):
    lesson = lessons()[name]
    for step in STEPS:
        shown = json.loads(told.text(lesson, step, False))["paragraphs"]
        if step in ("reveal", "why"):
            assert shown == []
        else:
            assert shown


def test_notes_are_not_among_what_the_wall_shows(lesson, answer):
    note = lesson.steps["reveal"].notes
    assert note not in told.reveal(lesson, answer, Predicted.nothing(3))
    assert json.loads(told.text(lesson, "reveal", True))["notes"] == [note]
    notes = json.loads(told.notes(lesson, "/here"))
    assert [step["key"] for step in notes["steps"]] == list(STEPS)
    assert notes["link"] == "/here/lessons/expectations/question"


def test_the_command_on_the_page_is_that_of_exactly_this_comparison(lesson):
    command = json.loads(told.running(lesson, False))["command"]
    assert command.startswith("parley compare baseline over-promise honest-promise consult ")
    assert "--residents 1000 --replicates 40 --seed 1" in command


# ---- an own lesson


def test_an_own_file_is_opened_or_every_fault_of_it_is_kept():
    found = teaching.open_file("mine.toml", template(), 1000)
    assert found is not None
    assert teaching.lesson_at(told.OWN) == found
    assert teaching.faults.value == ()
    assert teaching.open_file("mine.toml", "schema = 2\ntitel = 1\n", 20) is None
    assert len(teaching.faults.value) > 5
    assert all(fault.startswith("mine.toml") for fault in teaching.faults.value)
    assert teaching.lesson_at(told.OWN) == found  # what was open stays open


@pytest.mark.parametrize(
    ("name", "size", "says"),
    [
        ("lesson.html", 10, "should end in .toml"),
        ("big.toml", LARGEST + 1, "a lesson may have 64,000"),
        ("x" * 500, 10, "should end in .toml"),
    ],
)
def test_a_file_of_the_wrong_kind_or_size_is_refused_before_it_is_read(name, size, says):
    assert teaching.open_file(name, template(), size) is None
    assert says in teaching.faults.value[0]
    assert len(teaching.faults.value[0]) < 200


def test_there_is_no_lesson_at_an_address_that_names_none():
    for key in ("", "nowhere", "../baseline", "expectations.toml", "%2e%2e", HOSTILE):
        assert teaching.lesson_at(key) is None


# ---- the facilitator sheet


class Page(HTMLParser):
    """Every tag of a page, and everything it would fetch."""

    def __init__(self):
        super().__init__()
        self.tags, self.fetched = [], []

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        for name, value in attributes:
            if name in ("src", "href", "action") or name.startswith("on"):
                self.fetched.append(value)


@pytest.mark.parametrize("name", sorted(lessons()))
def test_a_sheet_has_all_that_a_trainer_needs(name):
    lesson = lessons()[name]
    answer = answered(lesson)
    text = sheet(lesson, answer, "OFFICIAL").decode()
    page = Page()
    page.feed(text)
    assert page.fetched == []
    assert "script" not in page.tags
    assert page.tags.count("h1") == 1
    plain = text.replace("&#x27;", "'").replace("&quot;", '"').replace("&amp;", "&")
    for step in lesson.steps.values():
        for paragraph in (*told.paragraphs(step.text), *told.paragraphs(step.notes)):
            assert paragraph in plain
    for words in (lesson.aim, *lesson.limits, *lesson.questions, "OFFICIAL", "@page"):
        assert words in plain
    assert lesson.question.command(answer.pairs) in plain
    assert answer.results()[1].scenario.hash in plain
    assert f"0 to {lesson.minutes}" in plain
    for each in outcomes(lesson, answer):
        assert repr(each.measured.difference) in plain


def test_hostile_words_of_an_own_lesson_stay_words_on_its_sheet():
    lesson = hostile_lesson()
    text = sheet(lesson, answered(lesson), HOSTILE).decode()
    page = Page()
    page.feed(text)
    assert page.fetched == []
    assert not {"script", "img"} & set(page.tags)
    assert "&lt;script&gt;alert(1)" in text


def test_a_sheet_is_fetched_with_the_numbers_of_the_model_and_its_marking(monkeypatch):
    small = dataclasses.replace(lessons()["least-needed"].question, weeks=6, residents=100, pairs=3)
    lesson = dataclasses.replace(lessons()["least-needed"], question=small)
    monkeypatch.setattr(routes, "lessons", lambda: {"least-needed": lesson})
    visitor = TestClient(Starlette(routes=routes.routes()))
    found = visitor.get("/files/lessons/least-needed.html?marking=OFFICIAL")
    assert found.status_code == 200
    assert "parley-lesson-least-needed.html" in found.headers["content-disposition"]
    assert found.headers["cache-control"] == "no-store"
    real = routes.answered(small)
    expected = repr(real.measured("reach", "all", 0).difference)
    assert expected in found.text
    assert "--replicates 3" in found.text
    assert "OFFICIAL" in found.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("nowhere.html", 404),
        ("expectations.toml", 404),
        ("expectations", 404),
        ("..%2f..%2fetc%2fpasswd.html", 404),
        ("expectations.html?marking=" + "x" * 101, 400),
        ("expectations.html?marking=a%0Ab", 400),
    ],
)
def test_there_are_no_other_sheets_and_a_wrong_marking_is_refused(path, status):
    visitor = TestClient(Starlette(routes=routes.routes()))
    assert visitor.get(f"/files/lessons/{path}").status_code == status
