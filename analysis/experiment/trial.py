"""Tries every value of every factor on the base scenarios, so that faults show before any run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

from analysis.experiment.factors import AREA, EVENT, LEVER, UNCERTAINTY, Factor, toml
from sim import load
from sim.scenario.faults import Fault, ScenarioFaults, shown

_SECTION = {LEVER: "[levers]", UNCERTAINTY: "[uncertainties]", AREA: "[areas]", EVENT: "[events]"}
_UNKNOWN = "is a key nobody reads"
_MOST_TRIED = 40  # values of one factor; a longer list is tried at its ends and in between


def faults_of_places(
    called: str,
    places: Sequence[str],
    areas: Sequence[str],
    scenarios: Sequence[str],
    area_names: Sequence[str],
) -> list[Fault]:
    """What is wrong with the scenarios and areas that an experiment names."""
    found: list[Fault] = []
    for place, name in zip(places, scenarios, strict=True):
        found += [_told(fault, called, f"scenario = {shown(name)}") for fault in _faults(place, [])]
    if found or not places:
        return found
    for place, name in zip(areas, area_names, strict=True):
        wrong = _faults(places[0], [f"area={toml(place)}"])
        found += [_told(fault, called, f"[areas], area = {shown(name)}") for fault in wrong]
    return found


def faults_of_factors(
    called: str, places: Sequence[str], areas: Sequence[str], factors: Sequence[Factor]
) -> list[Fault]:
    """What the scenario reader says of each value of each factor, told at its place in the file."""
    found: list[Fault] = []
    for factor in factors:
        if factor.role == EVENT and (absent := _no_such_event(called, places, factor)):
            found.append(absent)
            continue
        everywhere = factor.role in (AREA, EVENT)
        bases = list(_bases(places, areas)) if everywhere else [(places[0], [])]
        for value in _tried(factor):
            setting = f"{factor.name}={toml(value)}"
            wrong = [fault for place, more in bases for fault in _faults(place, [*more, setting])]
            found += [_of_factor(fault, called, factor) for fault in wrong]
            if any(_UNKNOWN in fault.message for fault in wrong):
                break  # an unknown key is unknown with every value
    return found


def _no_such_event(called: str, places: Sequence[str], factor: Factor) -> Fault | None:
    """What is wrong where a scenario has no event at the position that a factor names."""
    position = factor.name.split(".")[1]
    for place in places:
        events = load(place).events
        if not position.isdecimal() or int(position) >= len(events):
            there = f"events 0 to {len(events) - 1}" if events else "no events"
            said = f"{factor.name.removeprefix('events.')} names event {position}, but the scenario"
            name = place.replace(chr(92), "/").rsplit("/", 1)[-1]
            said += f" {name} has {there}. Events are counted from 0."
            return Fault(called, _SECTION[EVENT], said, factor.name)
    return None


def _bases(places: Sequence[str], areas: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    for place, area in product(places, areas or [""]):
        yield place, [f"area={toml(area)}"] if area else []


def _tried(factor: Factor) -> list[Any]:
    if factor.is_range:
        return [factor.low, factor.high]
    step = max(1, len(factor.values) // _MOST_TRIED)
    return list(factor.values[::step])


def _faults(place: str, settings: list[str]) -> list[Fault]:
    try:
        load(place, settings)
    except ScenarioFaults as wrong:
        return wrong.faults
    return []


def _told(fault: Fault, called: str, where: str) -> Fault:
    """A fault of a named file, with the place that names it."""
    inside = str(fault)
    return Fault(called, "", f"{where}: {re.sub(r'^--set area=', 'area ', inside)}", fault.key)


def _of_factor(fault: Fault, called: str, factor: Factor) -> Fault:
    if not fault.file.startswith("--set"):
        return replace(fault, file=called, place=_SECTION[factor.role])
    return Fault(called, _SECTION[factor.role], fault.message, factor.name)
