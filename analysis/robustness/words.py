"""How outcomes, publics, policies and uncertainties are named in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.experiment import Experiment
from analysis.experiment.points import AREA_COLUMN, PARAMETER_SET, THEORY
from analysis.robustness.discovery import Limit
from analysis.robustness.pairs import WORST_OFF
from analysis.robustness.switching import ABOVE
from sim import load
from sim.assumptions import ASSUMPTIONS
from sim.indicators.table import INDICATORS
from sim.policy.levers import LEVERS
from sim.results import MARKED_LABELS
from sim.scenario.faults import ScenarioFaults
from sim.theories import THEORIES


def outcome_name(outcome: str) -> str:
    """An indicator as it stands in a sentence, such as "trust gap"."""
    return INDICATORS[outcome].label.lower()


def amount(outcome: str, value: float, *, signed: bool = True) -> str:
    """A number of an indicator with its unit, such as "+1.3 points"."""
    unit = INDICATORS[outcome].unit
    unit = {"%": " percentage points", "ratio": ""}.get(unit, f" {unit}")
    sign = "+" if signed and value > 0 else "−" if value < 0 else ""
    return f"{sign}{rounded(abs(value))}{unit}"


def rounded(value: float) -> str:
    """Two figures that count, and no more decimals than that takes."""
    if value == 0:
        return "0"
    if abs(value) >= 10:
        return f"{value:,.0f}"
    return f"{value:.2g}" if abs(value) >= 0.001 else f"{value:.1e}"


def percent(share: float) -> str:
    """A share in per cent, "under 1 %" where rounding would say none."""
    if 0 < share < 0.01:
        return "under 1 %"
    if 0.99 < share < 1:
        return "over 99 %"
    return f"{100 * share:.0f} %"


def subject_name(subject: str, labels: dict[str, str]) -> str:
    """Whose outcome is meant."""
    if subject == WORST_OFF:
        return "the worst-off public"
    return labels.get(subject, MARKED_LABELS.get(subject, subject))


def labels_of_publics(experiment: Experiment) -> dict[str, str]:
    """Names of publics by key, as the scenarios and areas give them."""
    found = dict(MARKED_LABELS)
    places: list[tuple[str, list[str]]] = [(place, []) for place in experiment.places]
    places += [(experiment.places[0], [f'area="{area}"']) for area in experiment.area_places]
    for place, settings in places:
        try:
            scenario = load(place, settings)
        except (ScenarioFaults, OSError):
            continue
        for key, group in scenario.area.groups.items():
            found.setdefault(key, group.label or key)
    return found


def policy_name(label: str) -> str:
    """A policy in a sentence, in quotation marks where it is more than a word."""
    return f"“{label}”" if " " in label else label


def uncertainty(name: str, told: set[str]) -> str:
    """An uncertainty by its key, with its meaning the first time.

    Args:
        name: its key.
        told: those whose meaning has been given; this one is added.
    """
    first, _, rest = name.partition(".")
    declared = {"assumptions": ASSUMPTIONS, "policy": LEVERS}.get(first, {}).get(rest)
    if declared is None:
        return _plain_column(name)
    if name in told:
        return name
    told.add(name)
    return f"{name} ({declared.meaning})"


def unit_of(name: str) -> str:
    """What an uncertainty is counted in; empty where that is not declared."""
    first, _, rest = name.partition(".")
    declared = {"assumptions": ASSUMPTIONS, "policy": LEVERS}.get(first, {}).get(rest)
    return declared.unit if declared is not None else ""


def condition(limit: Limit, told: set[str]) -> str:
    """A limit of a box as part of a sentence, bounds in the uncertainty's own unit."""
    name = uncertainty(limit.name, told)
    if limit.kinds:
        words = [_kind(limit.name, kind) for kind in limit.kinds]
        return f"{name} is {_either(words)}"
    if limit.low is None:
        bounds = f"is {rounded(float(limit.high or 0))} or less"
    elif limit.high is None:
        bounds = f"is {rounded(limit.low)} or more"
    else:
        bounds = f"is between {rounded(limit.low)} and {rounded(limit.high)}"
    unit = unit_of(limit.name)
    tried = f"tried from {rounded(limit.tried[0])} to {rounded(limit.tried[1])}"
    return f"{name} {bounds} [{unit}; {tried}]" if unit else f"{name} {bounds} [{tried}]"


def within(part: str) -> str:
    """The part of the worlds that a finding is about, as the start of a sentence."""
    if not part:
        return ""
    name, _, value = part.partition(" = ")
    return f"Under {_plain_column(name)} {_kind(name, value)}: "


def side(better: str) -> str:
    """The other side of a switching value: where a policy stops being better."""
    return "below" if better == ABOVE else "above"


def listed(words: Sequence[str]) -> str:
    """Words with commas and a last "and"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its word, such as "1 world" or "3 worlds"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _either(words: Sequence[str]) -> str:
    return " or ".join(words)


def _kind(name: str, value: str) -> str:
    if name == THEORY and value in THEORIES:
        return f"“{THEORIES[value].label}”"
    return value


def _plain_column(name: str) -> str:
    known = {THEORY: "the theory", AREA_COLUMN: "the area", PARAMETER_SET: "the parameter set"}
    return known.get(name, name)
