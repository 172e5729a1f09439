"""What a scenario expects, and what the model gives: rises, falls or no clear change.

`found` beside an expectation is what 40 paired differences gave. `python -m sim.expectations`
writes it into the shipped files; expectations themselves are never touched.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from sim.headline import direction
from sim.results import Comparison
from sim.runs import compare
from sim.scenario import SHIPPED, load, shipped

if TYPE_CHECKING:
    from sim.scenario import Scenario

PAIRS = 40


def compared_with(scenarios: Iterable[Scenario]) -> dict[str, list[Scenario]]:
    """Return scenarios by the name of the one that their expectations compare them with."""
    groups: dict[str, list[Scenario]] = {}
    for scenario in scenarios:
        for base in dict.fromkeys(expected.compared for expected in scenario.expectations):
            groups.setdefault(base, []).append(scenario)
    return groups


def what_is_found(comparison: Comparison, scenario: Scenario, base: str) -> dict[int, str]:
    """Return what a comparison gives, by place, for the expectations of one scenario against a base."""
    found = {}
    for place, expected in enumerate(scenario.expectations):
        if expected.compared == base:
            difference = comparison.difference(scenario.key, expected.indicator, expected.public)
            found[place] = direction(difference.lo, difference.hi)
    return found


def find(
    scenarios: Iterable[Scenario], *, pairs: int = PAIRS, residents: int = 3000, weeks: int = 156
) -> dict[str, dict[int, str]]:
    """Return what the model gives for every expectation, by scenario and place.

    Args:
        scenarios: those whose expectations are held against the model.
        pairs, residents, weeks: size of the comparison.
    """
    results: dict[str, dict[int, str]] = {}
    for base, others in compared_with(scenarios).items():
        comparison = compare(load(base), others, replicates=pairs, residents=residents, weeks=weeks)
        for scenario in others:
            found = what_is_found(comparison, scenario, base)
            results.setdefault(scenario.key, {}).update(found)
    return results


def record(folder: Path = SHIPPED) -> dict[str, dict[int, str]]:
    """Write `found` beside every expectation of the shipped scenarios; returns it."""
    import tomlkit

    results = find(shipped())
    for key, found in results.items():
        path = folder / f"{key}.toml"
        document = tomlkit.parse(path.read_text(encoding="utf-8"))
        for place, what in found.items():
            document["expect"][place]["found"] = what
        path.write_text(tomlkit.dumps(document), encoding="utf-8")
    return results


if __name__ == "__main__":
    for scenario_key, found_there in record().items():
        print(scenario_key, *found_there.values())
