"""Every shipped scenario does what it was found to do."""

from __future__ import annotations

import pytest

from sim.expectations import find
from sim.scenario import load, shipped, shipped_names

SECTION_8 = {
    "baseline", "inform-only", "consult", "collaborate", "open-door", "easy-first", "most-affected",
    "specialist-team", "everyones-job", "culture-change", "closed-shop", "over-promise", "honest-promise",
    "lay-led", "expert-led", "balanced", "two-way",
}  # fmt: skip


@pytest.fixture(scope="module")
def found() -> dict[str, dict[int, str]]:
    return find(shipped())


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
