"""What a run is asked to do, checked before anything is started: every fault of it at once."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from parley.faults import UserFault
from parley.machine import in_words, memory_free

_BOUNDS = {
    "weeks": (1, 5200, "100 years"),
    "residents": (1, 50_000_000, "the largest area"),
    "replicates": (1, 100_000, "more than any interval needs"),
    "workers": (1, 1024, "more than any machine here has"),
    "replicate": (0, 100_000, "more than any interval needs"),
    "seed": (0, 2**63 - 1, "the largest whole number of 64 bits"),
}
_LONGEST_MARKING = 100


@dataclass(frozen=True)
class Plan:
    """The size of a run and what it leaves.

    Args:
        weeks, residents, replicates, seed: as the options of the same names.
        workers: how many replicates are at work at once; None for all cores.
        snapshots: weeks whose residents are kept.
        out: folder for the files, or None.
        force: whether results made before are replaced.
        marking: protective marking for every export.
        theory: name of the account of trust to live under, or None.
    """

    weeks: int
    residents: int
    replicates: int
    seed: int
    workers: int | None = None
    snapshots: tuple[int, ...] = ()
    out: str | None = None
    force: bool = False
    marking: str = ""
    theory: str | None = None

    def for_the_model(self) -> dict[str, Any]:
        """What `sim.runs.run` and `compare` are called with."""
        return {
            "weeks": self.weeks,
            "residents": self.residents,
            "replicates": self.replicates,
            "seed": self.seed,
            "workers": self.workers,
            "snapshots": self.snapshots,
        }

    def as_options(self) -> list[str]:
        """The options that repeat it, defaults written out."""
        words = []
        for name in ("weeks", "residents", "replicates", "seed"):
            words += [f"--{name}", str(getattr(self, name))]
        if self.theory:
            words += ["--theory", self.theory]
        if self.snapshots:
            words += ["--snapshots", ",".join(str(week) for week in self.snapshots)]
        if self.out:
            words += ["--out", self.out]
        if self.marking:
            words += ["--marking", self.marking]
        return words


def made_plan(snapshots: str | None, theory: str | None, **given: Any) -> tuple[Plan, list[str]]:
    """Make a plan from options, with everything that is wrong with them."""
    faults = number_faults(**{name: given[name] for name in _BOUNDS if given.get(name) is not None})
    faults += theory_faults(theory)
    if given["out"] is not None and not given["out"].strip():
        faults.append("--out needs the name of a folder.")
    weeks, snapshot_faults = _snapshot_weeks(snapshots, given["weeks"])
    faults += snapshot_faults
    if weeks and not given["out"]:
        faults.append("--snapshots needs --out DIR: there is nowhere to write them.")
    faults += marking_faults(given["marking"])
    return Plan(snapshots=weeks, theory=theory, **given), faults


def number_faults(**numbers: int) -> list[str]:
    """One line for each number that is out of bounds."""
    faults = []
    for name, value in numbers.items():
        low, high, why = _BOUNDS[name]
        if value < low:
            faults.append(f"--{name} {value} is too low: it starts at {low}.")
        elif value > high:
            faults.append(f"--{name} {value} is too high: it ends at {high:,} ({why}).")
    return faults


def refuse_what_does_not_fit(plan: Plan, scenarios: int) -> None:
    """Refuse a plan that needs more memory than the machine has free, with both numbers.

    Args:
        plan: what is asked for.
        scenarios: how many scenarios are run under it.

    Raises:
        UserFault: it does not fit.
    """
    free = memory_free()
    if free is None:
        return

    def needed(residents: int) -> int:
        workers = plan.workers or os.cpu_count() or 1
        return _memory_needed(residents, plan.replicates * scenarios, plan.weeks, workers)

    if needed(plan.residents) <= free:
        return
    fits = _largest(lambda residents: needed(residents) <= free, plan.residents)
    advice = f"About {fits:,} residents would fit" if fits else "Ask for fewer replicates or weeks"
    raise UserFault(
        f"--residents {plan.residents} needs about {in_words(needed(plan.residents))} of memory"
        f" with these weeks, replicates and workers; this machine has {in_words(free)} free."
        f" {advice}."
    )


def _memory_needed(residents: int, replicates: int, weeks: int, workers: int) -> int:
    from sim.runs import memory_needed

    return memory_needed(residents, replicates, weeks, workers)


def _largest(fits: Callable[[int], bool], too_many: int) -> int:
    """The largest number of residents that fits, to two digits; 0 where not even one does."""
    low, high = 0, too_many
    while high - low > max(1, low // 100):
        middle = (low + high) // 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    step = 10 ** max(0, len(str(low)) - 2)
    return low // step * step


def _snapshot_weeks(text: str | None, last: int) -> tuple[tuple[int, ...], list[str]]:
    if text is None:
        return (), []
    weeks = []
    for word in text.split(","):
        if not word.strip().isdecimal():
            return (), [f"--snapshots {text} is no list of weeks such as 0,26,52."]
        weeks.append(int(word))
    beyond = [week for week in weeks if week > last]
    if beyond:
        return (), [f"--snapshots asks for week {beyond[0]}, but the run ends at week {last}."]
    return tuple(sorted(set(weeks))), []


def theory_faults(theory: str | None) -> list[str]:
    """What is wrong with the name of a rival account of trust."""
    if theory is None:
        return []
    from sim.theories import UnknownTheory, theory_named

    try:
        theory_named(theory)
    except UnknownTheory as fault:
        return [f"--theory: {fault}"]
    return []


def marking_faults(marking: str) -> list[str]:
    """What is wrong with a marking."""
    if len(marking) > _LONGEST_MARKING:
        return [f"--marking has {len(marking)} letters; it may have {_LONGEST_MARKING}."]
    if not marking.isprintable():
        return ["--marking has letters that cannot be printed. Give one line of plain text."]
    return []
