"""Every shipped scenario does what it was found to do."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

from sim.expectations import PAIRS, compared_with, find, what_is_found
from sim.results import Comparison, Results
from sim.runs import compare
from sim.scenario import load, shipped, shipped_names

if TYPE_CHECKING:
    from sim.scenario import Scenario

SECTION_8 = {
    "baseline", "inform-only", "consult", "collaborate", "open-door", "easy-first", "most-affected",
    "specialist-team", "everyones-job", "culture-change", "closed-shop", "over-promise", "honest-promise",
    "lay-led", "expert-led", "balanced", "two-way",
}  # fmt: skip


def world(scenario: Scenario) -> str:
    """Everything that decides what is lived."""
    return json.dumps(scenario.to_dict(), default=str)


def lived_once(*, residents: int, weeks: int, pairs: int) -> dict[str, Results]:
    """Every world that the expectations of shipped scenarios need, lived once, whatever it is held against."""
    areas: dict[str, dict[str, Scenario]] = defaultdict(dict)
    for base, others in compared_with(shipped()).items():
        for each in (load(base), *(other.with_before(load(base)) for other in others)):
            start = json.dumps([each.area.name, each.to_dict()["before"]], default=str)
            areas[start][world(each)] = each
    lived = {}
    for worlds in areas.values():
        first, *rest = worlds.values()
        every = compare(first, rest, weeks=weeks, residents=residents, replicates=pairs)
        lived |= dict(zip(worlds, (every.base, *every.others.values()), strict=True))
    assert all(world(results.scenario) == asked for asked, results in lived.items())
    return lived


def found_in(lived: dict[str, Results]) -> dict[str, dict[int, str]]:
    """What `find` finds, put together from worlds that were lived once."""
    found: dict[str, dict[int, str]] = defaultdict(dict)
    for name, others in compared_with(shipped()).items():
        base = load(name)
        named = {other.key: lived[world(other.with_before(base))] for other in others}
        for other in others:
            comparison = Comparison(lived[world(base)], named)
            found[other.key] |= what_is_found(comparison, other, name)
    return dict(found)


@pytest.fixture(scope="module")
def found() -> dict[str, dict[int, str]]:
    return found_in(lived_once(residents=3000, weeks=156, pairs=PAIRS))


def test_worlds_lived_once_give_what_comparisons_one_by_one_give() -> None:
    size = {"residents": 100, "weeks": 6, "pairs": 2}
    assert found_in(lived_once(**size)) == find(shipped(), **size)


def test_the_baseline_and_the_sixteen_are_shipped() -> None:
    assert set(shipped_names()) >= SECTION_8


@pytest.mark.parametrize("name", sorted(shipped_names()))
def test_a_scenario_says_what_it_asks_and_what_it_expects(name: str) -> None:
    scenario = load(name)
    assert scenario.title
    assert scenario.question.endswith("?")
    assert len(scenario.expectations) >= 2
    assert all(expected.because for expected in scenario.expectations)


@pytest.mark.parametrize("name", sorted(shipped_names()))
def test_a_scenario_does_what_it_was_found_to_do(
    name: str, found: dict[str, dict[int, str]]
) -> None:
    recorded = {place: expected.found for place, expected in enumerate(load(name).expectations)}
    assert found[name] == recorded
