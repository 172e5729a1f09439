"""`parley evidence`: the model held against published findings."""

from __future__ import annotations

import json as json_format
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from parley import options
from parley.faults import UserFault
from parley.plan import number_faults
from parley.running import compile_once
from parley.screen import put, say

Only = Annotated[
    list[str] | None,
    typer.Option("--only", metavar="ID", help="Only this pattern; may be given more than once."),
]
Out = Annotated[
    str | None, typer.Option("--out", metavar="FILE", help="Also write the JSON to this file.")
]


def evidence(
    only: Only = None,
    theory: options.Theory = None,
    seed: options.Seed = options.SEED,
    workers: options.Workers = None,
    out: Out = None,
    force: options.Force = False,
    json: options.AsJson = False,
) -> None:
    """Hold the model against published findings: what it gives, accepted range, hit or miss.

    A miss is information: the command ends well whatever the score.
    """
    faults = number_faults(seed=seed, **({} if workers is None else {"workers": workers}))
    patterns = _asked_for(only or [], faults)
    change = _theory(theory, faults)
    target = _free(out, force, faults)
    if faults:
        raise UserFault(*faults)
    compile_once()
    report = _report(patterns, change, seed, workers)
    if theory:
        report["theory"] = theory
    text = json_format.dumps(report, ensure_ascii=False, indent=1, allow_nan=False)
    if target is not None:
        from sim.place import write_file

        write_file(str(out), text + "\n", force=force)
    if json:
        put(text)
    else:
        from parley.show_evidence import show_evidence

        show_evidence(report)


def _report(patterns: list[Any], change: Any, seed: int, workers: int | None) -> dict[str, Any]:
    from analysis.calibration.targets import split
    from analysis.evidence.field import Effort
    from analysis.evidence.patterns import shipped_patterns
    from analysis.evidence.report import as_json, examine
    from sim.version import VERSION

    found = examine(patterns, Effort(seed=seed, workers=workers), change, _tell)
    return {"parley": VERSION, "seed": seed, **as_json(found, split(shipped_patterns()))}


def _tell(pattern: str) -> None:
    """Say which pattern is at work, to a terminal alone."""
    if sys.stderr.isatty():
        say(f"… {pattern}")


def _asked_for(only: list[str], faults: list[str]) -> list[Any]:
    from analysis.evidence.patterns import PatternFaults, shipped_patterns

    try:
        every = {pattern.id: pattern for pattern in shipped_patterns()}
    except PatternFaults as wrong:
        faults += wrong.faults
        return []
    for name in only:
        if name.upper() not in every:
            faults.append(f"--only {name} is no pattern. There are {', '.join(every)}.")
    wanted = {name.upper() for name in only} or set(every)
    return [pattern for pattern in every.values() if pattern.id in wanted]


def _theory(name: str | None, faults: list[str]) -> Any:
    if name is None:
        return None
    from functools import partial

    from sim.theories import UnknownTheory, theory_named, with_theory

    try:
        theory_named(name)
    except UnknownTheory as wrong:
        faults += [f"--theory: {fault}" for fault in wrong.faults]
    return partial(with_theory, name=name)


def _free(out: str | None, force: bool, faults: list[str]) -> Path | None:
    if out is None:
        return None
    from sim.place import PlaceFault, free_file

    try:
        return free_file(out, force=force)
    except PlaceFault as fault:
        faults += fault.faults
        return None
