"""The only reader of experiment files: every fault at once, worded like those of scenarios."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from analysis.experiment import form
from analysis.experiment.factors import AREA, EVENT, LEVER, UNCERTAINTY, Factor
from analysis.experiment.form import Experiment
from analysis.experiment.trial import faults_of_factors, faults_of_places
from sim.indicators.table import INDICATORS
from sim.parameter_sets import ParameterFaults, parameter_sets
from sim.scenario.faults import MOST_FAULTS, Fault, ScenarioFaults, number, plain, shown, suggestion
from sim.scenario.files import SHIPPED, names_in, read_toml
from sim.theories import THEORIES

SCHEMA = 1
_SECTIONS = {"levers": LEVER, "uncertainties": UNCERTAINTY, "areas": AREA, "events": EVENT}
_HOME = {"policy": "levers", "assumptions": "uncertainties", "area": "areas", "events": "events"}
_SIZES = {
    "weeks": (1, 5200, "weeks after the warm-up", 156),
    "residents": (1, 50_000_000, "simulated residents", 3000),
    "replicates": (1, 100_000, "replicates of each design point", 20),
    "samples": (2, 10_000_000, "samples of a sampled design", None),
    "seed": (0, 2**63 - 1, "the number that all dice start from", 1),
}
_HEAD = (
    *("schema", "title", "question", "scenario", *_SIZES, "design"),
    *("indicators", "publics", "weekly", "second_order"),
)
_RANGE = ("low", "high", "levels")
_MOST_LEVELS = 1000
_DEFAULT_INDICATORS = ("trust", "trust_gap", "expectation_gap", "marginalisation")


class ExperimentFaults(ScenarioFaults):
    """An experiment cannot be used; `faults` has every reason."""


def read_experiment(path: str | Path) -> Experiment:
    """Read an experiment.

    Args:
        path: a TOML file, or the name of a shipped experiment.

    Raises:
        ExperimentFaults: with every fault of the file and of what it names.
    """
    called, path = plain(str(path)), _file_of(Path(path))
    try:
        data = read_toml(path, called)
    except ScenarioFaults as unreadable:
        raise ExperimentFaults(unreadable.faults) from None
    reader = _Reader(called, data, path.parent)
    experiment = reader.experiment(path.read_text(encoding="utf-8-sig"))
    if reader.faults or experiment is None:
        raise ExperimentFaults(_readable(reader.faults))
    return experiment


def is_experiment(path: str | Path) -> bool:
    """Whether a file is meant as an experiment: it names a design, or has what one varies.

    Args:
        path: a file; what cannot be read is no experiment.
    """
    return bool(names_in(path) & ({"design", *_SECTIONS} - {"events"}))


def faults_of(path: str | Path) -> list[Fault]:
    """Every fault of an experiment file; an empty list where it is fine."""
    try:
        read_experiment(path)
    except ExperimentFaults as wrong:
        return list(wrong.faults)
    return []


def _file_of(path: Path) -> Path:
    """A file as it is named, or a shipped experiment where only its name is given."""
    name = str(path)
    if path.exists() or path.suffix:
        return path
    shipped = {file.stem: file for file in sorted((SHIPPED / "experiments").glob("*.toml"))}
    if name not in shipped:
        said = "there is no such file, and no experiment of this name is shipped."
        raise ExperimentFaults([Fault(plain(name), "", f"{said} {suggestion(name, shipped)}")])
    return shipped[name]


def _readable(faults: list[Fault]) -> list[Fault]:
    unique = list({str(fault): fault for fault in faults}.values())
    left = len(unique) - MOST_FAULTS
    if left <= 0:
        return unique
    last = Fault(unique[0].file, "", f"{left:,} more faults are not shown. Mend these first.")
    return [*unique[:MOST_FAULTS], last]


class _Reader:
    """Reads one file and gathers its faults."""

    def __init__(self, called: str, data: Mapping[str, Any], folder: Path) -> None:
        self.called, self.data, self.folder = called, data, folder
        self.faults: list[Fault] = []
        self.notes: list[str] = []

    def fault(self, place: str, message: str, key: str = "") -> None:
        self.faults.append(Fault(self.called, place, message, key))

    def experiment(self, text: str) -> Experiment | None:
        self._head()
        sizes = {name: self._whole(name) for name in _SIZES}
        scenarios = self._names("", "scenario", self.data.get("scenario", "baseline"))
        areas = self._names("[areas]", "area", self._section("areas").get("area", []))
        theories = self._theories()
        design = self._design()
        sets, values = self._parameter_sets(sizes["seed"] or 1)
        factors = self._factors(design)
        self._samples(design, sizes, factors)
        second_order = self._second_order(design)
        if design in form.DESIGNS:
            self._of_design(design, factors)
        places = tuple(form.place_in(self.folder, name) for name in scenarios)
        area_places = tuple(form.place_in(self.folder, name) for name in areas)
        wrong = faults_of_places(self.called, places, area_places, scenarios, areas)
        self.faults += wrong
        if not wrong and places:
            self.faults += faults_of_factors(self.called, places, area_places, factors)
        if self.faults:
            return None
        return Experiment(
            called=self.called, text=text, title=self._text("title"), question=self._text("question"),
            scenarios=scenarios, places=places, design=design, indicators=self._indicators(),
            publics=bool(self.data.get("publics", True)), weekly=bool(self.data.get("weekly", False)),
            factors=tuple(factors), theories=theories, areas=areas, area_places=area_places,
            parameter_sets=sets, set_values=values, second_order=second_order, notes=tuple(self.notes),
            **{name: int(size or 0) for name, size in sizes.items()},
        )  # fmt: skip

    # ---- the head

    def _head(self) -> None:
        if "schema" not in self.data:
            self.fault("", f"schema is missing. Write schema = {SCHEMA} at the top.", "schema")
        elif self.data["schema"] is True or self.data["schema"] != SCHEMA:
            said = f"schema = {shown(self.data['schema'])} is not known."
            self.fault("", f"{said} This version reads schema = {SCHEMA}.", "schema")
        for key in self.data:
            if key not in (*_HEAD, *_SECTIONS):
                self._unknown("", key, self.data[key], (*_HEAD, *_SECTIONS))
        for key in ("title", "question"):
            value = self.data.get(key, "")
            if not isinstance(value, str):
                said = f"{key} = {shown(value)} should be a text in quotation marks."
                self.fault("", said, key)
        for key in ("publics", "weekly", "second_order"):
            value = self.data.get(key, False)
            if not isinstance(value, bool):
                self.fault("", f"{key} = {shown(value)} should be true or false.", key)
        self._indicators()

    def _unknown(self, place: str, key: str, value: Any, known: Iterable[str]) -> None:
        said = f"{plain(key)} = {shown(value)} is a key nobody reads."
        self.fault(place, f"{said} {suggestion(key, known)}", key)

    def _text(self, key: str) -> str:
        return str(self.data.get(key, ""))

    def _whole(self, key: str) -> int | None:
        low, high, what, default = _SIZES[key]
        value = self.data.get(key, default)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            said = f"{key} = {shown(value)} should be a whole number, {low:,} to {high:,}."
            self.fault("", f"{said} It is {what}.", key)
            return None
        if not low <= value <= high:
            said = f"{key} = {shown(value)} is outside {low:,} to {high:,}. It is {what}."
            self.fault("", said, key)
            return None
        return value

    def _indicators(self) -> tuple[str, ...]:
        given = self.data.get("indicators", list(_DEFAULT_INDICATORS))
        if not isinstance(given, list) or not given:
            said = f"indicators = {shown(given)} should be a list of names."
            self.fault("", f"{said} It is what is kept of each run.", "indicators")
            return ()
        for name in given:
            if not isinstance(name, str) or name not in INDICATORS:
                hint = suggestion(str(name), INDICATORS)
                self.fault("", f"indicators: {shown(name)} is no indicator. {hint}", "indicators")
            elif given.count(name) > 1:
                said = f"indicators: {shown(name)} stands there more than once. Keep one of them."
                self.fault("", said, "indicators")
        return tuple(given)

    def _design(self) -> str:
        given = self.data.get("design", form.FULL_FACTORIAL)
        if given not in form.DESIGNS:
            hint = suggestion(str(given), form.DESIGNS)
            known = ", ".join(form.DESIGNS)
            self.fault("", f"design = {shown(given)} is not known: {known}. {hint}", "design")
            return ""
        return str(given)

    def _samples(self, design: str, sizes: dict[str, Any], factors: list[Factor]) -> None:
        sampled = design in (form.LATIN_HYPERCUBE, form.SOBOL, form.MORRIS)
        samples = sizes["samples"]
        if not sampled:
            if samples is not None:
                self.notes.append(f"samples = {samples} is not used by a {design} design.")
            sizes["samples"] = 0
            return
        if samples is None:
            if "samples" not in self.data:
                said = f"samples is missing. A {design} design needs it, such as samples = 64."
                self.fault("", said, "samples")
        elif design == form.SOBOL and samples & (samples - 1):
            below = 2 ** (samples.bit_length() - 1)
            said = f"samples = {samples} is no power of 2, which a sobol design needs."
            self.fault("", f"{said} Use {below} or {2 * below}.", "samples")
        elif design == form.MORRIS and samples < 4:
            said = f"samples = {samples} is too few. A morris design needs 4 trajectories or more."
            self.fault("", said, "samples")
        if any(factor.levels is not None for factor in factors if factor.is_range):
            self.notes.append(f"levels are not used by a {design} design: it samples the range.")

    def _second_order(self, design: str) -> bool:
        wanted = self.data.get("second_order", False) is True
        if wanted and design != form.SOBOL:
            self.notes.append(f"second_order is not used by a {design} design: it is of sobol.")
        return wanted and design == form.SOBOL

    # ---- sections

    def _section(self, name: str) -> dict[str, Any]:
        value = self.data.get(name, {})
        if isinstance(value, dict):
            return value
        return {}

    def _names(self, place: str, key: str, given: Any) -> tuple[str, ...]:
        """A name or a list of names."""
        names = [given] if isinstance(given, str) else given
        fine = isinstance(names, list) and all(isinstance(name, str) and name for name in names)
        if not fine or (not names and key in (self._section(place.strip("[]")) or self.data)):
            self.fault(place, f"{key} = {shown(given)} should be a name or a list of names.", key)
            return ()
        for name in dict.fromkeys(names):
            if names.count(name) > 1:
                said = f"{key}: {shown(name)} stands there more than once. Keep one of them."
                self.fault(place, said, key)
        return tuple(names)

    def _theories(self) -> tuple[str, ...]:
        place = "[uncertainties]"
        names = self._names(place, "theory", self._section("uncertainties").get("theory", []))
        for name in names:
            if name not in THEORIES:
                said = f"theory: {shown(name)} is no theory. {suggestion(name, THEORIES)}"
                self.fault(place, said, "theory")
        return names

    def _parameter_sets(self, seed: int) -> tuple[tuple[int, ...], tuple[dict[str, float], ...]]:
        """Which calibrated sets are drawn, without replacement, and their values."""
        place, key = "[uncertainties]", "parameter_sets"
        wanted = self._section("uncertainties").get(key)
        if wanted is None:
            return (), ()
        if isinstance(wanted, bool) or not isinstance(wanted, int) or wanted < 1:
            said = f"{key} = {shown(wanted)} should be a whole number, at least 1."
            self.fault(place, f"{said} It is how many calibrated sets are drawn.", key)
            return (), ()
        try:
            known = parameter_sets()
        except ParameterFaults as absent:
            for line in absent.faults:
                self.fault(place, f"{key} = {wanted}: {line}", key)
            return (), ()
        if wanted > len(known):
            said = f"{key} = {wanted} is more than the {len(known)} sets there are."
            self.fault(place, f"{said} Ask for {len(known)} or fewer.", key)
            return (), ()
        drawn = np.random.default_rng(seed).choice(len(known), size=wanted, replace=False)
        chosen = tuple(sorted(int(one) for one in drawn))
        return chosen, tuple(known[one] for one in chosen)

    def _factors(self, design: str) -> list[Factor]:
        found: list[Factor] = []
        for section, role in _SECTIONS.items():
            table = self.data.get(section, {})
            if not isinstance(table, dict):
                self.fault("", f"{section} = {shown(table)} should be a table of factors.", section)
                continue
            own = {"areas": ("area",), "uncertainties": ("theory", "parameter_sets")}.get(
                section, ()
            )
            named = {
                key: value
                for key, value in table.items()
                if key not in own or (key == "area" and isinstance(value, dict))
            }
            for key, value in _flat(named):
                factor = self._factor(f"[{section}]", section, role, key, value)
                if factor is not None:
                    found.append(factor)
        return found

    def _factor(self, place: str, section: str, role: str, key: str, value: Any) -> Factor | None:
        name = f"events.{key}" if section == "events" and not key.startswith("events.") else key
        first = name.split(".")[0]
        known = ("theory", "parameter_sets") if section == "uncertainties" else ()
        if first not in _HOME:
            near = [*known, *(home for home, of in _HOME.items() if of == section)]
            hint = suggestion(first, near)
            start = next(home for home, of in _HOME.items() if of == section)
            said = f"{plain(key)} = {shown(value)} is no factor here; factors start with {start}."
            self.fault(place, f"{said} {hint}", name)
            return None
        if _HOME[first] != section:
            said = f"{plain(key)} belongs under [{_HOME[first]}]. Levers, uncertainties, areas and"
            self.fault(place, f"{said} events are kept apart. Move it there.", name)
            return None
        if "." not in name:
            self.fault(place, f"{plain(key)} = {shown(value)} names no value. Add its key.", name)
            return None
        if isinstance(value, dict):
            return self._range(place, name, role, value)
        if isinstance(value, list):
            return self._values(place, name, role, value)
        said = f"{plain(key)} = {shown(value)} should be a list of values, or a range such as"
        self.fault(place, f"{said} {{low = 0.0, high = 1.0}}.", name)
        return None

    def _values(self, place: str, name: str, role: str, values: list[Any]) -> Factor | None:
        if not values:
            self.fault(place, f"{plain(name)} = [] has no values. Give at least one.", name)
            return None
        for value in values:
            if isinstance(value, float) and not math.isfinite(value):
                said = f"{plain(name)}: {shown(value)} should be a finite number."
                self.fault(place, said, name)
                return None
        factor = Factor(name, role, tuple(values))
        cells = [factor.cell(value) for value in values]
        for cell in cells:
            if cells.count(cell) > 1:
                said = (
                    f"{plain(name)}: {shown(cell)} stands there more than once. Keep one of them."
                )
                self.fault(place, said, name)
                return None
        return factor

    def _range(self, place: str, name: str, role: str, value: dict[str, Any]) -> Factor | None:
        fine = True
        for key in value:
            if key not in _RANGE:
                said = (
                    f"{plain(name)}: {plain(str(key))} = {shown(value[key])} is a key nobody reads."
                )
                self.fault(place, f"{said} {suggestion(str(key), _RANGE)}", name)
                fine = False
        for end in ("low", "high"):
            if end not in value:
                said = f"{plain(name)}: {end} is missing. A range has low and high."
                self.fault(place, said, name)
                fine = False
            elif not _finite(value[end]):
                said = f"{plain(name)}: {end} = {shown(value[end])} should be a finite number."
                self.fault(place, said, name)
                fine = False
        levels = value.get("levels")
        whole = isinstance(levels, int) and not isinstance(levels, bool)
        if levels is not None and not (whole and 2 <= levels <= _MOST_LEVELS):
            said = f"{plain(name)}: levels = {shown(levels)} should be a whole number,"
            self.fault(place, f"{said} 2 to {_MOST_LEVELS:,}.", name)
            fine = False
        if not fine:
            return None
        if value["low"] >= value["high"]:
            ends = f"low = {number(value['low'])}, high = {number(value['high'])}"
            said = f"{plain(name)}: {ends} is an empty range. low has to be below high."
            self.fault(place, said, name)
            return None
        return Factor(name, role, (), float(value["low"]), float(value["high"]), levels)

    def _of_design(self, design: str, factors: list[Factor]) -> None:
        """What a design asks of its factors."""
        names = [factor.name for factor in factors]
        for name in dict.fromkeys(names):
            if names.count(name) > 1:
                self.fault("", f"{plain(name)} is a factor more than once. Keep one of them.", name)
        for factor in factors:
            for other in factors:
                if other.name.startswith(f"{factor.name}."):
                    said = f"{plain(other.name)} is part of {plain(factor.name)}, a factor too."
                    self.fault("", f"{said} Keep one of them.", other.name)
        ranges = [factor for factor in factors if factor.is_range]
        if design in (form.SOBOL, form.MORRIS):
            for factor in factors:
                if not factor.is_range:
                    said = (
                        f"{plain(factor.name)} lists values; a {design} design takes ranges only."
                    )
                    self.fault(
                        _place_of(factor),
                        f"{said} Write {{low = ..., high = ...}}, or choose another design.",
                        factor.name,
                    )
            if len(factors) < 2:
                said = f"a {design} design compares factors and needs two ranges or more."
                self.fault("", f"{said} This file has {len(ranges)}.", "design")
        elif design == form.LATIN_HYPERCUBE and not ranges and not self.faults:
            said = f"a {design} design samples ranges, and there is none. Give one, or choose"
            self.fault("", f"{said} full-factorial.", "design")


def _place_of(factor: Factor) -> str:
    section = next(name for name, role in _SECTIONS.items() if role == factor.role)
    return f"[{section}]"


def _finite(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _flat(table: Mapping[str, Any], before: str = "") -> Iterable[tuple[str, Any]]:
    """Factors by dotted key, whether the file wrote "policy.hours" or policy.hours."""
    for key, value in table.items():
        name = f"{before}{key}"
        if isinstance(value, dict) and value and not any(part in value for part in _RANGE):
            yield from _flat(value, f"{name}.")
        else:
            yield name, value
