"""What an answer says, against results whose size is known."""

import csv
import dataclasses
import io
import json
import re

import numpy as np
import pytest

from sim.indicators.table import INDICATORS
from sim.ledger import ATTITUDES
from tests.web import fake_engine
from web import charts
from web.answer import FIGURES, Answer, expected, figures
from web.causes import CHAIN, chain, why
from web.headline import headline
from web.measures import band
from web.question import first_question
from web.whom import FOR_WHOM, TABLES, equality, flags, for_whom

WEEKS, PAIRS = 52, 8


def run(scenario, pairs=PAIRS):
    return fake_engine.run(scenario, weeks=WEEKS, residents=1000, replicates=pairs)


@pytest.fixture(scope="module")
def answer():
    question = first_question().asking("weeks", WEEKS).asking("pairs", PAIRS)
    base, other = question.scenarios()
    comparison = fake_engine.Comparison(run(base), {other.key: run(other)})
    return Answer(question, comparison, finished=True)


def shifted(answer, indicator, public, by):
    """The same answer, with one measure of one public shifted in the other policy."""
    other = answer.comparison.others[answer.name]
    values = other.values.copy()
    at = other.publics.index(public), list(INDICATORS).index(indicator)
    dice = np.random.default_rng(5).normal(0, 0.01, len(values))
    base = answer.comparison.base.values
    values[:, -1, at[0], at[1]] = base[:, -1, at[0], at[1]] + by + dice
    comparison = fake_engine.Comparison(
        answer.comparison.base, {answer.name: dataclasses.replace(other, values=values)}
    )
    return Answer(answer.question, comparison, finished=True)


def test_the_figures_are_those_of_the_comparison_to_the_last_digit(answer):
    for figure in figures(answer):
        found = answer.comparison.difference(answer.name, figure["indicator"])
        assert figure["value"] == repr(float(found.difference))


def test_a_rise_in_trust_is_said_with_its_interval(answer):
    said = headline(shifted(answer, "trust", "all", 3.1))["main"]
    assert re.fullmatch(r"Trust ends 3\.1\d points higher \(3\.\d\d to 3\.1\d\)\.", said)


def test_a_clear_change_is_never_rounded_away_and_a_slight_one_is_called_slight(answer):
    said = next(
        f for f in figures(shifted(answer, "trust", "all", 0.06)) if f["indicator"] == "trust"
    )
    assert said["text"] == "+0.06"
    assert said["words"] == "slightly better"


def test_a_fall_in_trust_is_said_without_a_minus(answer):
    said = headline(shifted(answer, "trust", "all", -2.0))["main"]
    assert said.startswith("Trust ends 2.00 points lower (2.00 to 2.0")


def test_no_direction_is_claimed_where_chance_could_have_made_it(answer):
    said = headline(shifted(answer, "trust", "all", 0.0))["main"]
    assert said.startswith("No clear change in trust")


def test_the_public_that_fares_worst_is_named(answer):
    said = headline(shifted(answer, "trust", "private-renters", -9.0))
    assert any("Private renters fare worst" in line for line in said["lines"])


def test_a_mean_that_rises_while_one_public_loses_is_flagged(answer):
    said = headline(shifted(shifted(answer, "trust", "all", 2.0), "trust", "private-renters", -9.0))
    assert "The average rises" in said["warning"]
    assert "Private renters (−9.00)" in said["warning"]


def test_nobody_is_warned_of_where_nobody_loses(answer):
    calm = answer
    for public in answer.comparison.base.publics:
        calm = shifted(calm, "trust", public, 1.0)
    assert headline(calm)["warning"] == ""


def test_two_identical_policies_are_called_exactly_the_same(answer):
    same = fake_engine.Comparison(answer.comparison.base, {answer.name: answer.comparison.base})
    said = headline(Answer(answer.question, same, finished=True))
    assert "exactly the same" in said["main"]
    assert said["lines"] == []
    assert said["warning"] == ""


def test_a_wider_gap_is_worse_and_a_higher_trust_is_better(answer):
    moved = shifted(shifted(answer, "expectation_gap", "all", 4.0), "trust", "all", 4.0)
    verdicts = {figure["indicator"]: figure["verdict"] for figure in figures(moved)}
    assert (verdicts["expectation_gap"], verdicts["trust"]) == ("worse", "better")


@pytest.mark.parametrize(
    ("base", "other", "words"),
    [
        (4.0, 8.0, "widens by 4.0 points"),
        (8.0, 4.0, "narrows by 4.0 points"),
        (-8.0, -4.0, "Expectation rises by 4.0 points against what people get"),
        (-4.0, -8.0, "Expectation falls by 4.0 points against what people get"),
        (-2.0, 3.0, "ends 3.0 above it"),
        (3.0, -2.0, "ends 2.0 below it"),
    ],
)
def test_expectation_below_delivery_is_never_said_to_run_ahead(answer, base, other, words):
    (line,) = [line for line in headline(levelled(answer, base, other))["lines"] if words in line]
    assert ("ahead of delivery" in line or "gap" in line) == (min(base, other) > 0)


@pytest.mark.parametrize(
    ("base", "other", "words"),
    [
        (4.0, 8.0, "The gap in trust between the most affected and everybody else widens by 4.0"),
        (8.0, 4.0, "The gap in trust between the most affected and everybody else narrows by 4.0"),
        (-8.0, -4.0, "Against everybody else's, the trust of the most affected loses 4.0 points"),
        (-4.0, -8.0, "Against everybody else's, the trust of the most affected gains 4.0 points"),
    ],
)
def test_those_who_trust_more_are_not_said_to_stand_before_a_gap(answer, base, other, words):
    said = headline(levelled(answer, base, other, "trust_gap"))["lines"]
    assert any(line.startswith(words) for line in said), said


def levelled(answer, base, other, indicator="expectation_gap"):
    """The same answer, with an indicator of everybody held at these levels."""
    two = []
    for results, level in zip(answer.results()[:2], (base, other), strict=True):
        at = results.publics.index("all"), list(INDICATORS).index(indicator)
        values = results.values.copy()
        values[:, 1:, *at] = level
        two.append(dataclasses.replace(results, values=values))
    comparison = fake_engine.Comparison(two[0], {answer.name: two[1]})
    return Answer(answer.question, comparison, finished=True)


def test_two_ends_of_an_interval_are_told_apart(answer):
    said = next(
        each
        for each in figures(shifted(answer, "trust", "all", 3.14))
        if each["indicator"] == "trust"
    )
    low, high = said["interval"].split(" to ")
    assert low != high


def test_the_table_puts_everybody_first_and_then_those_who_fare_worst(answer):
    table = for_whom(shifted(answer, "trust", "asian-families", -9.0))
    assert [row["public"] for row in table["rows"][:2]] == ["all", "asian-families"]
    assert table["rows"][1]["losses"][0] == "trust"
    assert "Asian families" in table["summary"]
    assert len(table["columns"]) == len(FOR_WHOM)


def test_few_simulated_people_are_marked(answer):
    other = dataclasses.replace(
        answer.comparison.base, sizes={**answer.comparison.base.sizes, "young": 12}
    )
    few = fake_engine.Comparison(other, answer.comparison.others)
    rows = for_whom(Answer(answer.question, few, finished=True))["rows"]
    assert [row["public"] for row in rows if row["small"]] == ["young"]


@pytest.mark.parametrize("attitude", ATTITUDES)
def test_the_bars_lead_from_nothing_to_the_whole_difference(answer, attitude):
    found = why(answer, attitude, "young")
    points = answer.comparison.ledger_difference(answer.name, attitude, "young")
    assert found["finish"]["value"] == pytest.approx(points["total"], abs=1e-9)
    assert sum(bar["points"] for bar in found["bars"]) == pytest.approx(points["total"], abs=0.05)
    for bar, after in zip(found["bars"], found["bars"][1:]):
        assert bar["to"] == after["from"]


@pytest.mark.parametrize("letter", ["A", "B"])
def test_the_waterfall_of_one_policy_leads_from_its_start_to_its_end(answer, letter):
    found = why(answer, "trust", "all", letter)
    results = answer.results()["AB".index(letter)]
    estimate = results.estimate("trust")
    assert found["start"]["value"] == pytest.approx(estimate.start)
    last = found["bars"][-1]["to"] if found["bars"] else found["start"]["value"]
    assert last == pytest.approx(estimate.end, abs=0.02)


def test_an_opened_cause_tells_its_weeks_and_its_publics_and_both_add_up(answer):
    found = why(answer, "trust", "all", picked="own-stop")
    points = answer.comparison.ledger_difference(answer.name, "trust")["own-stop"]
    assert sum(week["points"] for week in found["picked"]["weeks"]) == pytest.approx(points)
    assert found["picked"]["publics"][0]["points"] == pytest.approx(points)
    assert why(answer, "trust", "all", picked="magic")["picked"] is None


def test_the_chain_runs_from_hours_to_attitudes_with_the_numbers_of_this_run(answer):
    found = chain(answer, "all")
    assert [link["name"] for link in found["links"]] == [name for name, _, _ in CHAIN]
    trust = found["links"][-1]["measures"][0]
    assert trust["change"] == figures(answer)[0]["text"]


def test_what_was_expected_stands_beside_what_came_out(answer):
    listed = expected(answer)
    assert len(listed) == len(answer.question.policies()[1].load().expectations)
    assert listed[0]["claim"].startswith("Trust")


def test_nobody_expected_anything_of_a_policy_with_a_moved_lever(answer):
    moved = answer.question.with_lever("feedback", 0.33)
    assert expected(Answer(moved, answer.comparison, finished=True)) == []


@pytest.mark.parametrize("view", [charts.LEVELS, charts.DIFFERENCE])
@pytest.mark.parametrize("indicator", charts.OVER_TIME)
def test_every_chart_has_a_mean_and_a_band_for_every_week(answer, indicator, view):
    chart = json.loads(charts.line_chart(answer, indicator, "young", view))
    for line in chart["series"]:
        assert len(line["mean"]) == len(line["low"]) == len(line["high"]) == WEEKS + 1
        assert all(low <= high for low, high in zip(line["low"], line["high"]) if low is not None)
    assert chart["summary"].endswith(").")


def test_a_measure_of_the_whole_area_is_not_passed_off_as_one_public_s(answer):
    base = answer.comparison.base
    values = base.values.copy()
    values[:, :, base.publics.index("young"), list(INDICATORS).index("marginalisation")] = np.nan
    comparison = fake_engine.Comparison(
        dataclasses.replace(base, values=values), answer.comparison.others
    )
    chart = json.loads(
        charts.line_chart(
            Answer(answer.question, comparison, finished=True), "marginalisation", "young", "levels"
        )
    )
    assert chart["who"] == "Everyone"
    assert "whole area" in chart["note"]


def test_what_has_no_value_stays_empty_in_a_chart():
    holes = np.array([[1.0, np.nan], [2.0, np.nan]])
    found = band(holes)
    assert found.mean[0] == 1.5
    assert np.isnan(found.mean[1])


def test_the_band_is_the_95_per_cent_interval_of_the_mean():
    found = band(np.array([[1.0], [2.0], [3.0], [4.0]]))
    half = 3.182446 * np.std([1, 2, 3, 4], ddof=1) / 2  # t with 3 degrees of freedom
    assert found.high[0] - found.mean[0] == pytest.approx(half, rel=1e-6)


def test_publics_are_ordered_by_need_where_reach_is_shown(answer):
    rows = json.loads(charts.reach_chart(answer))["rows"]
    needs = [float(row["need"]) for row in rows]
    assert needs == sorted(needs, reverse=True)


def test_every_figure_on_the_page_has_a_measure_in_the_one_table():
    assert set(FIGURES) | set(FOR_WHOM) | set(charts.OVER_TIME) <= set(INDICATORS)


def test_publics_too_small_to_be_shown_show_no_figures(answer):
    few = dataclasses.replace(
        answer.comparison.base, sizes={**answer.comparison.base.sizes, "young": 4}
    )
    tiny = Answer(
        answer.question, fake_engine.Comparison(few, answer.comparison.others), finished=True
    )
    row = next(row for row in for_whom(tiny)["rows"] if row["public"] == "young")
    assert (row["hidden"], row["cells"], row["losses"]) == (True, [], [])
    judged = next(row for row in equality(tiny)["rows"] if row[0] == answer.label("young"))
    assert judged[-1] == "cannot be judged: too few"
    assert "too few" in judged


def test_an_outcome_that_gets_better_on_average_and_worse_for_one_public_is_flagged(answer):
    moved = shifted(shifted(answer, "legitimacy", "all", 2.0), "legitimacy", "young", -3.0)
    assert any(
        line.startswith("Legitimacy gets better on average") and answer.label("young") in line
        for line in flags(moved)
    )


def test_the_table_for_an_equality_assessment_says_who_they_are_and_can_be_opened_anywhere(answer):
    table = equality(answer)
    rows = list(csv.reader(io.StringIO(table["csv"])))
    assert len(rows) == 1 + len(table["rows"])
    assert any("aged 16 to 24" in row[1] for row in rows)
    said = dict(zip(rows[0], rows[1], strict=True))
    assert said["Command"] == answer.question.command(answer.pairs)
    assert said["Pairs"] == str(answer.pairs)
    assert "synthetic" in said["Limits of use"]
    assert not any(cell[:1] in "=+-@" for row in rows for cell in row if cell)


def test_every_outcome_by_public_has_a_table():
    by_public = {name for name, entry in INDICATORS.items() if entry.by_public}
    assert {name for names in TABLES.values() for name in names} <= by_public
    outcomes = {name for name in by_public if INDICATORS[name].kind == "outcome"}
    assert outcomes - {"expectation", "trust_gap"} <= set(TABLES["Outcomes"])
