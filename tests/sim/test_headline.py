"""The sentences above the tables say what happened, never more than the interval allows."""

import pytest

from sim.headline import compare_headline, direction, no_difference, reading, run_headline

LABELS = {
    "owners": "Long-settled owners",
    "young": "Young people",
    "most-affected": "Most affected",
    "usual-suspects": "Usual suspects",
}
TITLES = {"base": '"Today"', "other": '"Another way"'}


def _moved(change, lo, hi, start=50.0):
    return {"trust": {"start": start, "end": start + change, "change": change, "lo": lo, "hi": hi}}


def _apart(difference, lo, hi):
    return {"trust": {"difference": difference, "lo": lo, "hi": hi, "pairs": 20}}


def _comparison(everyone, owners, young, most_affected):
    groups = {"owners": owners, "young": young, "most-affected": most_affected}
    other = {"indicators": everyone, "groups": groups}
    return {"weeks": 156, "others": {"other": other}}


def test_an_interval_that_holds_zero_is_no_change():
    assert direction(-0.1, 0.4) == "no-clear-change"
    assert direction(0.0, 0.0) == "no-clear-change"
    assert direction(None, None) == "no-clear-change"
    assert direction(0.1, 0.4) == "rises"
    assert direction(-0.4, -0.1) == "falls"


@pytest.mark.parametrize(
    ("indicator", "lo", "hi", "said"),
    [
        ("trust", 0.1, 0.4, "better"),
        ("trust", -0.4, -0.1, "worse"),
        ("marginalisation", 0.1, 0.4, "worse"),
        ("marginalisation", -0.4, -0.1, "better"),
        ("expectation", 0.1, 0.4, "rises"),
        ("trust", -0.1, 0.1, "no clear change"),
    ],
)
def test_a_reading_knows_which_way_is_better(indicator, lo, hi, said):
    assert reading(indicator, lo, hi) == said


def test_a_run_is_told_for_everyone_the_most_affected_and_whoever_fares_worst():
    report = {
        "weeks": 156,
        "indicators": _moved(2.0, 1.5, 2.5),
        "groups": {
            "owners": _moved(3.0, 2.0, 4.0),
            "young": _moved(-1.0, -1.4, -0.6, start=40.0),
            "most-affected": _moved(0.1, -0.2, 0.4),
            "usual-suspects": _moved(-9.0, -9.5, -8.5),
        },
    }
    assert " ".join(run_headline(report, LABELS)) == (
        "Over 156 weeks trust rises by 2.0 points, from 50.0 to 52.0 (95 % interval +1.5 to +2.5)."
        " Among the most affected it shows no clear change, from 50.0 to 50.1"
        " (95 % interval -0.20 to +0.40)."
        " Of the local publics, Young people fare worst: there trust falls by 1.0 points, from 40.0"
        " to 39.0 (95 % interval -1.4 to -0.6)."
    )


def test_one_replicate_has_no_interval_and_no_clear_change():
    report = {"weeks": 8, "indicators": _moved(2.0, None, None), "groups": {}}
    assert run_headline(report, LABELS) == [
        "Over 8 weeks trust shows no clear change, from 50.0 to 52.0 (no interval)."
    ]


def test_a_mean_that_rises_while_a_public_pays_is_flagged():
    report = _comparison(
        _apart(2.0, 1.5, 2.5), _apart(3.0, 2, 4), _apart(-1.0, -1.4, -0.6), _apart(0.1, -0.2, 0.4)
    )
    said = " ".join(compare_headline(report, "other", TITLES, LABELS))
    assert 'trust is 2.0 points higher (95 % interval +1.5 to +2.5) than under "Today".' in said
    assert "Young people fare worst: there it is 1.0 points lower" in said
    assert said.endswith("Take care: the mean rises while trust falls among Young people.")


def test_the_same_decisions_are_told_as_the_same():
    nothing = _apart(0.0, 0.0, 0.0)
    report = _comparison(nothing, nothing, nothing, nothing)
    assert no_difference(report["others"]["other"])
    assert compare_headline(report, "other", TITLES, LABELS) == [
        '"Another way" gives exactly what "Today" gives: the same dice and the same decisions.'
    ]
