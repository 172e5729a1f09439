"""The only reader of lesson files: what it takes, and every fault at once."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
import tomlkit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from web.lesson.file import LARGEST, LessonFaults, faults_of, is_lesson, opened, read_lesson
from web.lesson.form import STEPS
from web.lesson.shelf import FOLDER, TEMPLATE, lessons, template

HOSTILE = (
    "<script>window.harmed=1</script>",
    "<img src=x onerror=window.harmed=1>",
    "{{constructor.constructor('window.harmed=1')()}}",
    "=HYPERLINK(1)",
    "@SUM(1)",
    "../../etc/passwd",
    "'; DROP TABLE lessons; --",
    "\N{RIGHT DOUBLE QUOTATION MARK} and \N{SNOWMAN}",
)
WORDS = (
    ("title", "aim"),
    ("question", "asks"),
    ("predict", "text"),
    ("run", "notes"),
    ("why", "text"),
)


def plain_lesson() -> dict:
    return tomllib.loads(template())


def written(table: dict) -> str:
    return tomlkit.dumps(table)


def faults(table: dict) -> list[str]:
    return opened(written(table), "mine.toml")[1]


def changed(place: tuple, value: object) -> dict:
    table = plain_lesson()
    inside = table
    for part in place[:-1]:
        inside = inside[part]
    inside[place[-1]] = value
    return table


def without(*place) -> dict:
    table = plain_lesson()
    inside = table
    for part in place[:-1]:
        inside = inside[part]
    del inside[place[-1]]
    return table


def test_the_file_to_start_from_is_a_lesson_as_it_is():
    assert is_lesson(TEMPLATE)
    assert faults_of(TEMPLATE) == []
    lesson, wrong = opened(template(), "mine.toml")
    assert wrong == []
    assert list(lesson.steps) == list(STEPS)
    assert lesson.question.pairs == 40


def test_every_key_that_the_template_shows_is_one_that_is_read():
    """A commented line that nobody reads would send trainers astray."""
    lines, commented = [], 0
    for line in template().splitlines():
        bare = line.removeprefix("# ")
        if line.startswith("# ") and ("=" in bare.split("#")[0] or bare.startswith("[[")):
            commented += 1
            line = "" if bare.startswith("measure") else bare
        lines.append(line)
    lesson, wrong = opened("\n".join(lines), "mine.toml")
    assert wrong == []
    assert commented > 10
    assert len(lesson.also) == 1


def test_every_shipped_lesson_is_fine_and_has_what_a_lesson_needs():
    assert len(lessons()) == 9
    assert [lesson.number for lesson in lessons().values()] == list(range(1, 10))
    for lesson in lessons().values():
        assert lesson.finding.found or lesson.found_share is not None
        assert all(finding.found for finding in lesson.also)
        assert all(step.text and step.notes for step in lesson.steps.values())
        assert len(lesson.questions) >= 3
        assert lesson.limits
        assert 20 <= lesson.minutes <= 60


def test_a_scenario_or_an_area_is_no_lesson():
    assert not is_lesson(FOLDER.parent / "consult.toml")
    assert not is_lesson(FOLDER.parent / "areas" / "inner-borough.toml")
    assert not is_lesson(FOLDER.parent / "templates" / "new.toml")
    assert not is_lesson("there-is-no-such-file.toml")
    assert all(is_lesson(path) for path in FOLDER.glob("*.toml"))


@pytest.mark.parametrize("step", STEPS)
def test_a_missing_step_is_told_with_all_that_there_are(step):
    (said,) = [each for each in faults(without(step)) if f"[{step}] is missing" in each]
    assert "question, predict, run, reveal, why, discuss" in said


@pytest.mark.parametrize(
    "place",
    [("schema",), ("title",), ("aim",), ("limits",), ("question", "asks"), ("predict", "indicator")]
    + [("predict", "options"), ("run", "others"), ("discuss", "questions")],
)
def test_what_a_lesson_needs_is_asked_for_by_name(place):
    assert any(f"{place[-1]} is missing" in each for each in faults(without(*place)))


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        (("schema",), 2, "This version reads schema = 1"),
        (("schema",), True, "schema = true is not known"),
        (("titel",), "x", "Did you mean title?"),
        (("predict", "indicatr"), "trust", "Did you mean indicator?"),
        (("question", "minutes"), 500, "is outside 0 to 180 minutes"),
        (("question", "minutes"), "five", "should be a number, 0 to 180 minutes"),
        (("question", "minutes"), 2.5, "should be a whole number"),
        (("question", "asks"), 5, "should be a text in quotation marks"),
        (("question", "asks"), "  ", "asks is empty"),
        (("title",), "x" * 300, "is longer than 200 characters"),
        (("question", "text"), "x" * 4500, "is longer than 4,000 characters"),
        (("predict", "notes"), "bell \x07", "has a control character (\\x07)"),
        (("predict", "text"), "\u202ebackwards", "has a control character"),
        (("predict", "indicator"), "trsut", "Did you mean trust?"),
        (("predict", "public"), "most-afected", "Did you mean most-affected?"),
        (("predict", "other"), "open-door", "is none of the others that are run"),
        (("predict", "found"), "sinks", "should be rises, falls or no-clear-change"),
        (("predict", "measure"), "agrement", "Did you mean agreement?"),
        (("predict", "options"), "yes", "should be a list in square brackets"),
        (("predict", "options"), [], "options = [] is empty"),
        (("predict", "options"), [{"change": "rises", "text": "a"}], "give two or more"),
        (("predict", "options"), [3, 4], "should be a table of keys"),
        (("run", "place"), "atlantis", "is no place on offer"),
        (("run", "base"), "easy-frist", "Did you mean easy-first?"),
        (("run", "others"), ["easy-frist"], "Did you mean easy-first?"),
        (("run", "others"), ["baseline"], "is the base"),
        (("run", "others"), ["two-way", "two-way"], "stands there more than once"),
        (("run", "others"), ["two-way", "consult", "balanced", "collaborate"], "there may be 3"),
        (("run", "others"), ["../../etc/passwd"], "is no policy on offer"),
        (("run", "pairs"), 1000, "is outside 2 to 100 pairs"),
        (("why", "attitude"), "love", "should be trust, confidence, legitimacy or expectation"),
        (("why", "public"), "martians", "is no public of Inner borough"),
        (("reveal", "also"), 3, "should be tables, each [[reveal.also]]"),
        (("reveal", "also"), [{"indicator": "trust", "expected": "up"}], "should be rises, falls"),
        (("reveal", "also"), [{"public": "young"}], "indicator is missing"),
        (
            ("reveal", "also"),
            [{"indicator": "polarisation", "public": "young"}],
            "is measured for the whole area only",
        ),
        (("discuss", "questions"), ["fine?", 7], "questions, entry 2, = 7 should be a text"),
        (("limits",), [""], "limits, entry 1"),
        (("question",), "a text", "should be a table of keys"),
    ],
)  # fmt: skip
def test_a_fault_names_file_place_value_and_remedy(place, value, said):
    found = faults(changed(place, value))
    assert any(said in each for each in found), found
    assert all(each.startswith("mine.toml") for each in found)


def test_a_run_that_is_too_large_for_a_page_is_refused_with_its_numbers():
    table = plain_lesson()
    table["run"] |= {"pairs": 100, "residents": 5000, "weeks": 520}
    (said,) = faults(table)
    assert "520 weeks × 5,000 residents × 100 pairs × 2 policies" in said


def test_options_of_a_change_and_of_an_agreement_are_not_mixed():
    table = plain_lesson()
    table["predict"]["measure"] = "agreement"
    assert any("has low and high" in each for each in faults(table))
    table["predict"]["options"] = [
        {"text": "few", "low": 0, "high": 60},
        {"text": "many", "low": 50, "high": 100},
    ]
    assert any("options overlap: few and many" in each for each in faults(table))
    table["predict"]["options"][1]["low"] = 60
    assert faults(table) == []
    table["predict"]["options"][1] |= {"low": 100, "high": 60}
    assert any("is above high = 60" in each for each in faults(table))
    table = plain_lesson()
    table["predict"]["options"][0]["low"] = 3
    assert any("alone" in each for each in faults(table))
    table["predict"]["options"] = [
        {"change": "rises", "text": "a"},
        {"change": "rises", "text": "b"},
    ]
    assert any("stands there more than once" in each for each in faults(table))


def test_what_was_found_has_to_be_among_the_options():
    table = plain_lesson()
    table["predict"]["options"] = table["predict"]["options"][:2]
    table["predict"]["found"] = "no-clear-change"
    assert any("nobody could predict it" in each for each in faults(table))
    table["predict"] |= {"measure": "agreement", "found": 80}
    table["predict"]["options"] = [
        {"text": "few", "low": 0, "high": 60},
        {"text": "all", "low": 90, "high": 100},
    ]
    assert any("lies in none of the options" in each for each in faults(table))
    table["predict"]["found"] = 101
    assert any("is outside 0 to 100 %" in each for each in faults(table))


def test_every_fault_of_a_file_is_told_at_once():
    table = plain_lesson()
    table["schema"] = 3
    table["predict"]["indicator"] = "truts"
    table["run"]["others"] = ["nowhere"]
    table["why"]["attitude"] = "love"
    del table["discuss"]
    found = faults(table)
    for word in ("schema", "truts", "nowhere", "love", "[discuss] is missing"):
        assert any(word in each for each in found)


def test_a_file_that_is_too_large_broken_or_empty_is_refused_in_words():
    assert "a lesson may have 64,000" in opened("#" * (LARGEST + 1), "big.toml")[1][0]
    assert "not valid TOML" in opened("schema = ", "broken.toml")[1][0]
    assert "the file is empty" in opened("  \n", "empty.toml")[1][0]
    assert opened("\ud800", "odd.toml")[0] is None
    assert "nested" in opened("a = " + "[" * 500 + "]" * 500, "deep.toml")[1][0]


def test_a_large_lesson_on_the_disc_is_refused_too(tmp_path):
    path = tmp_path / "long.toml"
    path.write_text(template() + "\n#" * LARGEST)
    with pytest.raises(LessonFaults, match="Shorten its texts"):
        read_lesson(path)


@pytest.mark.parametrize("payload", HOSTILE)
@pytest.mark.parametrize("place", [("title",), *WORDS[1:], ("predict", "options", 0, "text")])
def test_hostile_words_stay_words(payload, place):
    lesson, wrong = opened(written(changed(place, payload)), "mine.toml")
    assert wrong == []
    everything = repr(lesson)
    assert repr(payload)[1:-1] in everything


VALUES = st.one_of(
    st.none().map(lambda _: {}),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=True, allow_infinity=True),
    st.text(max_size=40),
    st.sampled_from(HOSTILE),
    st.lists(st.one_of(st.integers(), st.text(max_size=5)), max_size=4),
    st.dictionaries(st.text("abcdef-", min_size=1, max_size=8), st.integers(), max_size=3),
)
PLACES = st.sampled_from(
    [(key,) for key in ("schema", "number", "title", "aim", "limits", *STEPS)]
    + [(step, key) for step in STEPS for key in ("minutes", "text", "notes")]
    + [("predict", key) for key in ("indicator", "public", "other", "measure", "found", "options")]
    + [("predict", "options", 0, key) for key in ("text", "change", "low", "high")]
    + [("run", key) for key in ("place", "base", "others", "weeks", "residents", "pairs")]
    + [("reveal", "also"), ("why", "attitude"), ("why", "public"), ("discuss", "questions")]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(place=PLACES, value=VALUES)
def test_whatever_stands_in_a_file_there_is_a_lesson_or_a_list_of_faults(place, value):
    try:
        text = written(changed(place, value))
    except (ValueError, TypeError):  # what TOML cannot hold
        return
    lesson, wrong = opened(text, "mine.toml")
    assert (lesson is None) == bool(wrong)
    for line in wrong:
        assert line.startswith("mine.toml")
        assert "\n" not in line
        assert "Traceback" not in line
    assert wrong == opened(text, "mine.toml")[1]


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=400))
def test_any_text_at_all_is_read_without_a_crash(text):
    lesson, wrong = opened(text, "mine.toml")
    assert lesson is None
    assert wrong


def test_the_reader_knows_no_screen():
    """`parley check` reads lessons where the app is not installed."""
    import subprocess
    import sys

    code = (
        "import sys; from web.lesson.file import faults_of; faults_of(sys.argv[1]);"
        "print([name for name in ('solara', 'starlette', 'numba', 'matplotlib') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(TEMPLATE)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
