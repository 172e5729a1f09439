"""What the report of a sweep holds, in order: parts of the report are listed in `PARTS`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pandas as pd

from analysis import robustness
from analysis.effects.findings import Findings
from analysis.effects.grid import BASE_SCENARIO
from analysis.experiment import form
from analysis.experiment.factors import AREA, EVENT, LEVER, UNCERTAINTY, Factor
from analysis.reading import load
from analysis.report import outcomes, replicates, sensitivity, weeks, words
from analysis.report.page import Head
from analysis.report.section import Section, Table
from sim.assumptions import ASSUMPTIONS
from sim.policy.levers import LEVERS
from sim.report import LIMITS
from sim.version import VERSION


def _robustness(findings: Findings) -> list[Section]:
    """Policies across worlds, on the outcomes that were asked for, where they are few enough."""
    design, experiment = findings.grid.gathered.design, findings.grid.experiment
    decided = ["scenario", *(factor.name for factor in experiment.of_role(LEVER))]
    policies = len(design[decided].drop_duplicates())
    if policies > MOST_POLICIES:
        said = (
            f"{policies:,} policies are too many to hold against one another: {MOST_POLICIES} is the most."
            " List a few values of each lever, or scenarios, and keep ranges for [uncertainties]."
        )
        return [Section("robustness", "Robustness: which policy holds up", (said,))]
    names = tuple(dict.fromkeys(one.indicator for one in findings.grid.gathered.outcomes))
    sweep = load(findings.place)
    kept = sweep.results[sweep.results["indicator"].isin(names)]
    asked = replace(findings.grid.experiment, indicators=names)
    return robustness.sections(replace(sweep, results=kept), asked)


# One line a part; each gives its sections. Those with a warning come first on the page.
PARTS: tuple[Callable[[Findings], list[Section]], ...] = (
    outcomes.sections,
    weeks.sections,
    _robustness,
    sensitivity.sections,
    replicates.sections,
)
MOST_POLICIES = 200  # combinations of levers and scenarios that robustness compares
_OTHERS = {"policy.reach": "whom engagement sets out to reach"}
_KINDS = {
    LEVER: "lever: what the police decide",
    UNCERTAINTY: "uncertainty: what nobody knows",
    AREA: "area: where it happens",
    EVENT: "event: what happens to everybody",
    BASE_SCENARIO: "base scenario",
}
_DESIGNS = {
    form.FULL_FACTORIAL: "every combination of the levels (full factorial)",
    form.ONE_AT_A_TIME: "one factor moved at a time from the scenario's own values",
    form.LATIN_HYPERCUBE: "a Latin hypercube over the ranges",
    form.SOBOL: "Saltelli's sample for Sobol indices",
    form.MORRIS: "Morris's trajectories, one factor moved at each step",
}
_OF_DESIGN = {
    form.FULL_FACTORIAL: (
        "Main effects are paired differences against the first level in the experiment file, averaged over"
        " every combination of the other factors, with a 95 % t interval over replicates. All points of"
        " the design are there, so chance between replicates is the only noise."
    ),
    form.ONE_AT_A_TIME: (
        "Effects are paired differences against the scenario's own values, with a 95 % t interval over"
        " replicates. They hold while everything else stays as it is: a design that moves one factor at"
        " a time cannot show interactions."
    ),
    form.LATIN_HYPERCUBE: (
        "Effects of ranges are slopes of one straight line through all points, from the low to the high"
        " end, with intervals that allow for unequal scatter (HC3) and for the dice (squares of standard errors"
        " add up, degrees of freedom by Satterthwaite). Effects of listed levels are paired differences at"
        " the same point."
    ),
    form.SOBOL: (
        "Effects are slopes of one straight line through the two independent halves of Saltelli's sample,"
        " from the low to the high end, with intervals that allow for unequal scatter (HC3) and for the"
        " dice. Indices are worked out on the mean over replicates."
    ),
    form.MORRIS: (
        "Effects are mean elementary effects: the change over the whole range that one step of a"
        " trajectory stands for, with intervals that join the spread over trajectories and over the dice"
        " (squares of standard errors add up, degrees of freedom by Satterthwaite)."
    ),
}


def sections(findings: Findings) -> list[Section]:
    """Every section of the report: warnings, what was asked, what was found, how it was reckoned."""
    found = [*_unfinished(findings), _asked(findings)]
    for part in PARTS:
        found += part(findings)
    found.append(_reckoned(findings))
    return found


def head(findings: Findings, command: str, marking: str = "") -> Head:
    """What stands above and below the sections."""
    gathered, experiment = findings.grid.gathered, findings.grid.experiment
    manifest = gathered.manifest
    lived = int(gathered.lived.sum())
    facts = (
        f"{lived:,} runs at {len(gathered.design):,} design points, {experiment.replicates} replicates of"
        f" each with the same dice everywhere; {experiment.residents:,} simulated residents over"
        f" {experiment.weeks:,} weeks. Figures in brackets are 95 % intervals."
    )
    provenance = [
        ("Parley", f"{manifest['version']} made the runs, {VERSION} this report"),
        ("Seed", f"{experiment.seed}"),
        (
            "Experiment and model",
            f"{manifest['fingerprint']} (fingerprint), {manifest['model']} (model)",
        ),
        ("Scenarios", ", ".join(experiment.scenarios)),
        ("Scenario hashes", _hashes(findings)),
        ("Sweep last written", f"{manifest.get('updated_at', words.DASH)}"),
    ]
    return Head(
        title=experiment.title or "A sweep without a title",
        question=experiment.question,
        facts=facts,
        short=outcomes.headline(findings),
        marking=marking,
        limits=tuple(LIMITS),
        provenance=provenance,
        command=command,
    )


def _hashes(findings: Findings) -> str:
    hashes = list(dict.fromkeys(text for text in findings.grid.gathered.hashes if text))
    if len(hashes) <= 6:
        return ", ".join(hashes) or words.DASH
    return f"{hashes[0]} to {hashes[-1]}, {len(hashes):,} in all; points.csv has the hash of each point"


def _unfinished(findings: Findings) -> list[Section]:
    """What a reader has to know before anything else."""
    gathered = findings.grid.gathered
    said = []
    if gathered.absent:
        said.append(
            f"This sweep is not finished: {gathered.absent:,} of {gathered.lived.size:,} runs are missing."
            " What is there is analysed; the same parley sweep command goes on, then analyse again with"
            " --force."
        )
    if gathered.failed:
        said.append(
            f"{gathered.failed:,} of {gathered.lived.size:,} runs failed and are left out. failures.parquet"
            " in the folder of the sweep says which and why. If they failed for a reason that has to do"
            " with a factor, what is left is not a fair sample."
        )
    if gathered.manifest["version"] != VERSION:
        said.append(
            f"The runs were made by Parley {gathered.manifest['version']}; this is {VERSION}."
        )
    said += findings.notes
    if not said:
        return []
    return [Section("unfinished", "Read this first", tuple(said), warning=True)]


def _asked(findings: Findings) -> Section:
    grid = findings.grid
    experiment = grid.experiment
    rows = [_factor_row(factor) for factor in experiment.factors]
    for axis in grid.axes[:-1]:
        if axis.crossed and len(axis.levels) > 1:
            rows.append(
                {"factor": axis.name, "kind": _KINDS[axis.role],
                 "values": _levels([str(level) for level in axis.levels]),
                 "what it is": "the whole design is repeated for each of them"}
            )  # fmt: skip
    table = pd.DataFrame(rows, columns=["factor", "kind", "values", "what it is"])
    sentences = [
        f"Design: {_DESIGNS[experiment.design]}.",
        f"Levers, uncertainties, areas and events are kept apart: {_counted(findings)}.",
    ]
    constants = [
        f"Base scenario: {words.listed(list(experiment.scenarios))}; outcomes kept"
        f" {'every week' if experiment.weekly else 'at the end'},"
        f" {'by public too' if experiment.publics else 'for everybody only'}."
    ]
    parts = (Table("factors", "What was varied", table),) if rows else ()
    return Section("asked", "What was asked", tuple(sentences + constants), parts)


def _counted(findings: Findings) -> str:
    names = {LEVER: "lever", UNCERTAINTY: "uncertainty", AREA: "area value", EVENT: "event value",
             BASE_SCENARIO: "base scenario"}  # fmt: skip
    grid = findings.grid
    roles = [factor.role for factor in grid.experiment.factors]
    roles += [axis.role for axis in grid.axes[:-1] if axis.crossed and len(axis.levels) > 1]
    said = []
    for role, name in names.items():
        if number := roles.count(role):
            plural = name if number == 1 else name.replace("uncertainty", "uncertaintie") + "s"
            said.append(f"{number} {plural}")
    return words.listed(said) if said else "nothing was varied"


def _factor_row(factor: Factor) -> dict[str, str]:
    short = factor.name.partition(".")[2]
    known = LEVERS.get(short) if factor.role == LEVER else ASSUMPTIONS.get(short)
    what = (
        f"{known.meaning} ({known.unit})"
        if known
        else _OTHERS.get(factor.name, "a value of the scenario")
    )
    if factor.is_range:
        values = f"{factor.low:g} to {factor.high:g}"
        values += f" in {factor.levels} levels" if factor.levels else ""
    else:
        values = _levels([str(value) for value in factor.values])
    return {
        "factor": factor.name,
        "kind": _KINDS[factor.role],
        "values": values,
        "what it is": what,
    }


def _levels(levels: Sequence[str]) -> str:
    if len(levels) <= 8:
        return ", ".join(levels)
    return f"{', '.join(levels[:6])} … {levels[-1]} ({len(levels)})"


def _reckoned(findings: Findings) -> Section:
    effects = findings.tables.get("effects", pd.DataFrame())
    compared = int((effects["public"] == "all").sum()) if len(effects) else 0
    said = [
        _OF_DESIGN[findings.grid.experiment.design],
        "Differences are paired: the same replicate has the same dice at every design point, so that a"
        " difference comes from the factor. Where there is no denominator a value is empty, not 0, and"
        " such pairs are left out.",
        f"Each interval is 95 % for itself. If nothing had any effect, {0.05 * compared:,.1f} of the"
        f" {compared:,} comparisons for everybody would be expected to leave zero out by chance.",
    ]
    return Section("reckoned", "How it was reckoned", tuple(said))
