"""`parley analyse`: tables, sensitivity and a report of a sweep."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Annotated, Any

import typer

from parley import options
from parley.faults import UserFault
from parley.machine import in_words, memory_free
from parley.plan import marking_faults
from parley.screen import put, say
from parley.taken import refuse_what_another_made

EXTRA = "This needs the extra research: pip install 'parley[research]'."
_OURS = ("analysis", "sim", "parley")


def analyse(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="The folder of a sweep.")],
    out: Annotated[
        str | None,
        typer.Option(
            "--out",
            metavar="DIR",
            help="Folder to be made; DIR/analysis if not given.",
        ),
    ] = None,  # fmt: skip
    indicator: Annotated[
        list[str] | None,
        typer.Option(
            "--indicator",
            metavar="NAME",
            help="Only this outcome; may be given more than once.",
        ),
    ] = None,  # fmt: skip
    precision: Annotated[
        list[str] | None,
        typer.Option(
            "--precision",
            metavar="WIDTH",
            help="How narrow intervals should be, as in 0.5 or trust=0.5, for how many replicates are"
            " enough; may be given more than once.",
        ),
    ] = None,  # fmt: skip
    marking: options.Marking = "",
    force: options.Force = False,
) -> None:
    """Tables, plots, sensitivity and a report of a sweep, finished or not."""
    faults = marking_faults(marking)
    if out is not None and not out.strip():
        faults.append("--out needs the name of a folder.")
    wanted = tuple(dict.fromkeys(indicator or ()))
    try:
        opened = _opened(folder, faults)
        widths = _widths(precision or [], wanted, opened, faults)
        if faults:
            raise UserFault(*faults)
        target = out or str(Path(folder) / "analysis")
        _refuse_the_sweep_itself(folder, target)
        refuse_what_another_made(target, "analyse")
        _refuse_what_does_not_fit(opened, wanted)
        words = _words(folder, out, indicator or [], precision or [], marking)
        _carry_out(opened, wanted, widths, target, words, marking, force)
    except ModuleNotFoundError as absent:
        if (absent.name or "").partition(".")[0] in _OURS:
            raise
        raise UserFault(f"parley analyse: {absent.name} is not installed. {EXTRA}") from None


def _opened(folder: str, faults: list[str]) -> Any:
    from analysis.effects.gathered import AnalysisFault, open_sweep

    try:
        return open_sweep(folder)
    except AnalysisFault as wrong:
        raise UserFault(*faults, *wrong.faults) from None


def _carry_out(
    opened: Any, wanted: tuple[str, ...], widths: dict[str, float], target: str, words: list[str],
    marking: str, force: bool,
) -> None:  # fmt: skip
    from analysis.effects.findings import find
    from analysis.report.contents import head
    from analysis.report.writing import REPORT, write_analysis
    from sim.place import new_folder

    with new_folder(target, force=force) as place:
        findings = find(opened, wanted, widths)
        sections = write_analysis(place, findings, words, marking)
    for section in sections:
        if section.warning:
            for line in section.sentences:
                say(line)
    for line in head(findings, "", marking).short:
        put(line)
    say(f"The report is {Path(target) / REPORT}; tables are beside it.")


def _widths(
    given: list[str], wanted: tuple[str, ...], opened: Any, faults: list[str]
) -> dict[str, float]:
    """The precision aimed for, by indicator; a bare number counts for all, a named one before it."""
    kept = wanted or opened.experiment.indicators
    found: dict[str, float] = {}
    for text in sorted(given, key=lambda one: "=" in one):
        name, _, width = text.rpartition("=")
        try:
            value = float(width)
        except ValueError:
            value = math.nan
        if not (math.isfinite(value) and value > 0):
            faults.append(
                f"--precision {text} is no width above 0. Write it as 0.5 or trust=0.5, in the unit of"
                " the outcome."
            )
        elif name and name not in kept:
            faults.append(f"--precision {text}: {name} is not among {', '.join(kept)}.")
        else:
            found |= dict.fromkeys([name] if name else kept, value)
    return found


def _refuse_the_sweep_itself(folder: str, target: str) -> None:
    """An analysis never takes the place of the sweep that it reads, nor of a folder around it."""
    sweep, place = Path(folder).expanduser().resolve(), Path(target).expanduser().resolve()
    if place == sweep or place in sweep.parents:
        raise UserFault(
            f"--out {target} would take the place of the sweep itself. Choose another folder."
        )
    if place.parent != sweep and sweep in place.parents:
        raise UserFault(
            f"--out {target} lies among the files of the sweep. Choose another folder, or leave it out."
        )


def _refuse_what_does_not_fit(opened: Any, wanted: tuple[str, ...]) -> None:
    from analysis.effects.gathered import AnalysisFault, memory_of

    unknown = [name for name in wanted if name not in opened.experiment.indicators]
    if unknown:
        from analysis.effects.gathered import refuse_unknown

        try:
            refuse_unknown(wanted, opened.experiment)
        except AnalysisFault as wrong:
            raise UserFault(*wrong.faults) from None
    free, needed = memory_free(), memory_of(opened, wanted)
    if free is not None and needed > free:
        raise UserFault(
            f"This sweep needs about {in_words(needed)} of memory; this machine has {in_words(free)} free."
            " --indicator NAME takes one outcome at a time."
        )


def _words(
    folder: str, out: str | None, indicators: list[str], precision: list[str], marking: str
) -> list[str]:
    """The command that makes the report again."""
    words = ["parley", "analyse", _quoted(folder)]
    words += ["--out", _quoted(out)] if out else []
    for option, values in (("--indicator", indicators), ("--precision", precision)):
        for value in values:
            words += [option, _quoted(value)]
    return [*words, *(["--marking", _quoted(marking)] if marking else []), "--force"]


def _quoted(text: str) -> str:
    import shlex

    return shlex.quote(text)
