"""What `run` and `compare` have in common: read, run, write, show."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from parley.faults import UserFault
from parley.plan import Plan
from parley.running import carry_out, compile_once
from parley.screen import put, say
from parley.taken import refuse_what_another_made


@dataclass(frozen=True)
class Request:
    """A run or comparison that has passed every check.

    Args:
        plan: its size and what it leaves.
        scenarios: one to run, or the base and the others to compare.
        words: the command up to the options of the plan.
        as_json: whether standard output gets one JSON object.
    """

    plan: Plan
    scenarios: list[Any]
    words: list[str]
    as_json: bool


def scenario_of(name: str, settings: list[str], faults: list[str]) -> Any:
    """Read a scenario; what is wrong with it joins the faults, and None is returned."""
    from sim.scenario import ScenarioFaults, load

    try:
        return load(name, settings)
    except ScenarioFaults as wrong:
        faults += [str(fault) for fault in wrong.faults]
        return None


def under_theory(scenarios: list[Any], theory: str | None) -> list[Any]:
    """The same scenarios under the account of trust that was asked for, if one was."""
    if theory is None:
        return scenarios
    from sim.theories import with_theory

    return [with_theory(scenario, theory) for scenario in scenarios]


def deliver(request: Request) -> None:
    """Run what was asked for, write the files, show the result.

    Raises:
        UserFault: it was stopped before it had finished.
        PlaceFault: the files could not be written; the figures are shown all the same.
    """
    plan = request.plan
    with _claimed(request) as folder:
        compile_once()
        results, stopped = carry_out(
            partial(_work, request), _label(request), folder.abandon if folder else None
        )
        finished = _replicates(results)
        fault = None
        if folder is not None:
            fault = _written(folder, request, results, plan.replicates if stopped else None)
        _show(request, results)
    if stopped:
        say(
            f"Stopped after {finished} of {plan.replicates} replicates;"
            f" all that is shown or written comes from these {finished}."
        )
    if fault is not None:
        raise fault
    if stopped:
        raise UserFault("The run is not complete: Ctrl-C.")


def _work(request: Request, **more: Any) -> Any:
    from sim.runs import compare, run

    first, *others = request.scenarios
    if request.words[1] == "run":
        return run(first, **request.plan.for_the_model(), **more)
    return compare(first, others, **request.plan.for_the_model(), **more)


@contextlib.contextmanager
def _claimed(request: Request) -> Iterator[Any]:
    """The folder to be made, claimed before the work starts; None where no files are wanted."""
    plan = request.plan
    if not plan.out:
        yield None
        return
    from sim.place import new_folder

    refuse_what_another_made(plan.out, request.words[1])
    with new_folder(plan.out, force=plan.force) as folder:
        yield folder


def _written(folder: Any, request: Request, results: Any, asked: int | None) -> Exception | None:
    """Write the files and say where; a fault is handed back, for the figures can still be shown."""
    from sim.export import write_results
    from sim.place import PlaceFault

    plan = request.plan
    command = [*request.words, *plan.as_options()]

    def write(place: Path) -> None:
        write_results(results, place, command=command, marking=plan.marking, asked=asked)

    try:
        folder.fill(write)
    except PlaceFault as fault:
        return fault
    say(f"Results are in {plan.out}.")
    return None


def _show(request: Request, results: Any) -> None:
    from sim.report import as_json, compare_report, run_report

    report_of = run_report if request.words[1] == "run" else compare_report
    report = report_of(results, marking=request.plan.marking)
    if request.as_json:
        put(as_json(report))
        return
    from parley.show import show_comparison, show_run

    (show_run if request.words[1] == "run" else show_comparison)(results, report)


def _replicates(results: Any) -> int:
    return getattr(results, "base", results).replicates


def _label(request: Request) -> str:
    return " / ".join(scenario.key for scenario in request.scenarios)
