"""Loading: from a name or path, through every layer, to a `Scenario` or to all its faults."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sim.assumptions import ASSUMPTIONS
from sim.scenario import files
from sim.scenario.area_tables import Area
from sim.scenario.chain import Chain, follow, is_area, read_area_file
from sim.scenario.faults import Fault, ScenarioFaults
from sim.scenario.head_tables import Head
from sim.scenario.inspection import Inspection
from sim.scenario.layers import Place, Tree, name_area, stack
from sim.scenario.policy_tables import Policy
from sim.scenario.read_area import read_area, read_force
from sim.scenario.read_events import read_events
from sim.scenario.read_expectations import drop_expectations_of, read_expectations
from sim.scenario.read_policy import read_policy
from sim.scenario.read_publics import group_keys
from sim.scenario.resolved import Before, Root, Scenario
from sim.scenario.settings import Setting, apply_setting, read_settings


def load(name_or_path: str | Path, settings: Sequence[str] = ()) -> Scenario:
    """Read a scenario.

    Args:
        name_or_path: a shipped scenario, such as "most-affected", or the path of a file.
        settings: laid over it one after the other, such as "policy.feedback=0.9".

    Raises:
        ScenarioFaults: with every fault of its files and settings.
    """
    chain = follow(name_or_path)
    given, faults = read_settings(settings, first_rank=len(chain.layers))
    chain.faults += faults
    if not chain.layers:
        raise ScenarioFaults(chain.faults)
    return _resolve(Path(name_or_path).stem, chain, given)


def check(path: str | Path) -> list[Fault]:
    """Every fault of a scenario or area file; an empty list where it is fine."""
    try:
        if is_area(files.find_scenario(path, Path())):
            return _faults_of_area(str(path))
        load(path)
    except ScenarioFaults as found:
        return found.faults
    return []


def shipped() -> list[Scenario]:
    """The scenarios that come with Parley, baseline first."""
    return [load(name) for name in files.shipped_names()]


def _faults_of_area(name: str) -> list[Fault]:
    faults: list[Fault] = []
    read = read_area_file(name, Path(), 0, name, faults)
    if read is None:
        return faults
    tree = Tree()
    name_area(tree, *read)
    inspection = Inspection(tree)
    inspection.add(*faults)
    read_area(inspection)
    return inspection.as_list()


def _resolve(key: str, chain: Chain, given: Sequence[Setting]) -> Scenario:
    """Merge the layers and check everything, the world before week 0 included."""
    root, named, whole = stack(chain.layers)
    inspection = Inspection(whole, complete=chain.complete)
    inspection.add(*chain.faults)
    old_publics = group_keys(inspection) or []
    named = _apply(given, whole, named, inspection)
    groups = group_keys(inspection)
    drop_expectations_of(inspection, set(old_publics) - set(groups or old_publics))
    parts: dict[str, Any] = {
        "area": read_area(inspection),
        "policy": read_policy(inspection),
        "events": read_events(inspection, groups),
        "assumptions": _assumptions(inspection),
        "expectations": read_expectations(inspection, groups, chain.layers[-1].folder),
    }
    head = _head(inspection)
    before = _before(inspection.of(root), inspection.of(named))
    if inspection.faults or head is None or before is None:
        raise ScenarioFaults(inspection.as_list())
    first = _root(root, named, before.policy, parts["area"], parts["assumptions"])
    return Scenario(
        key,
        head.title or key,
        head.question,
        **parts,
        before=before,
        root=first,
        said=frozenset(inspection.table("assumptions")),
    )


def _head(inspection: Inspection) -> Head | None:
    """Title and question."""
    others = [key for key in inspection.tree.values if key not in Head.model_fields]
    return inspection.read(Head, (), tables=others)


def _apply(given: Sequence[Setting], whole: Tree, named: Tree, inspection: Inspection) -> Tree:
    """Lay the settings over the whole.

    Returns:
        The tree as it stood when an area was last named.
    """
    for setting in given:
        source = setting.source
        if setting.place == ("area",) and isinstance(setting.value, str):
            faults: list[Fault] = []
            area = read_area_file(setting.value, Path(), source.rank, source.called, faults)
            inspection.add(*faults)
            if area is not None:
                name_area(whole, *area)
                named = whole.copy()
        elif wrong := apply_setting(whole, setting):
            inspection.add(Fault(source.called, "", wrong))
    return named


def _assumptions(inspection: Inspection) -> dict[str, float] | None:
    """Every assumption by name; those a file leaves out have their declared defaults."""
    place: Place = ("assumptions",)
    inspection.known_keys(place, ASSUMPTIONS)
    given = {name: value for name, value in inspection.table(*place).items() if name in ASSUMPTIONS}
    fine = [inspection.number((*place, name), ASSUMPTIONS[name]) for name in given]
    if not all(fine):
        return None
    return {name: float(given.get(name, known.default)) for name, known in ASSUMPTIONS.items()}


def _before(root: Inspection, named: Inspection) -> Before | None:
    policy = read_policy(root)
    police, partners = read_force(named)
    return Before(policy, police, partners) if policy and police and partners else None


def _root(
    root: Tree, named: Tree, policy: Policy, area: Area, assumptions: dict[str, float]
) -> Root:
    """What the differences of a scenario are counted against.

    A root need not be whole, and what a later layer has mended there is no fault: where its area
    or assumptions cannot be read, the scenario's own stand for them.
    """
    area = read_area(Inspection(named)) or area
    name = root.get("area", "name")
    return Root(
        policy=policy,
        area=area,
        area_name=name if isinstance(name, str) else area.name,
        events=read_events(Inspection(root), None) or (),
        assumptions=_assumptions(Inspection(root)) or assumptions,
    )
