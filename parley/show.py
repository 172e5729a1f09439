"""A run or a comparison on a terminal, in a reader's order: words, worst off, tables, causes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.text import Text

from parley import tables
from parley.screen import page_width, plain, put_page
from parley.show_theories import theory_of
from sim.doubtful import MARK, MEANING, leaning
from sim.headline import compare_headline, run_headline
from sim.report import LIMITS, Report, attribution, run_report

if TYPE_CHECKING:
    from sim.results import Comparison, Results


def show_run(results: Results, report: Report) -> None:
    """Show what one scenario did."""
    width, marked = page_width(), leaning(report["doubt"])
    parts: list[RenderableType] = [
        _heading(report, results.scenario.title),
        _paragraph(results.scenario.question, "italic"),
        _paragraph(_where(results)),
        _paragraph(" ".join(run_headline(report, results.labels)), "bold"),
        tables.public_table(report, results.labels, results.sizes, width, marked),
        tables.indicator_table(report["indicators"], width, marked),
        tables.ledger_table(
            f"What moved trust over {results.weeks} weeks, in points",
            results.ledger_total("trust"),
            results.ledger_total("trust", "most-affected"),
            width,
            marked,
        ),
        _foot(results, marked),
    ]
    put_page(*parts)


def show_comparison(comparison: Comparison, report: Report) -> None:
    """Show how each other scenario differs from the base."""
    base = comparison.base
    parts: list[RenderableType] = [
        _heading(report, f"Held against: {base.scenario.title}"),
        _paragraph(_where(base)),
    ]
    for name in comparison.others:
        parts += _one_comparison(comparison, report, name)
    put_page(*parts, _foot(base, leaning(report["doubt"])))


def _one_comparison(comparison: Comparison, report: Report, name: str) -> list[RenderableType]:
    base, scenario, width = comparison.base, comparison.others[name].scenario, page_width()
    differences, marked = report["others"][name], leaning(report["doubt"])
    titles = {"base": _quoted(base.scenario.title), name: _quoted(scenario.title)}
    parts = [
        _rule(f"{scenario.title} ({name}) against {base.scenario.key}"),
        _paragraph(scenario.question, "italic"),
        _paragraph(" ".join(compare_headline(report, name, titles, base.labels)), "bold"),
    ]
    changed = _changed(scenario)
    parts += [_paragraph(changed)] if changed else []
    expectations = _expectations(scenario, base.scenario.key, differences)
    if expectations:
        parts.append(
            tables.expectation_table(
                "What was expected, and what is found here",
                expectations,
                base.labels,
                width,
                marked,
            )
        )
    parts += [
        tables.public_difference_table(differences, base.labels, base.sizes, width, marked),
        tables.difference_table(
            report["indicators"],
            run_report(comparison.others[name])["indicators"],
            differences["indicators"],
            width,
            marked,
        ),
        tables.ledger_table(
            "What makes the difference in trust, in points",
            comparison.ledger_difference(name, "trust"),
            comparison.ledger_difference(name, "trust", "most-affected"),
            width,
            marked,
        ),
    ]
    return parts


def _expectations(
    scenario: Any, base: str, differences: Mapping[str, Any]
) -> list[tuple[Any, Any]]:
    """The expectations that speak of this base, each with the difference found here."""
    publics = {"all": differences["indicators"], **differences["groups"]}
    return [
        (expectation, publics[expectation.public][expectation.indicator])
        for expectation in scenario.expectations
        if expectation.compared == base and expectation.public in publics
    ]


def _changed(scenario: Any) -> str:
    """What is otherwise than at the scenario's root: decisions, place, assumptions apart."""
    kinds = (
        ("What the police decide otherwise", "policy.", scenario.changed_levers),
        ("What is otherwise in the area", "area.", scenario.changed_area),
        (
            "What is assumed otherwise (no policy)",
            "assumptions.",
            scenario.changed_assumptions,
        ),
    )
    said = []
    for words, prefix, changed in kinds:
        moves = [
            f"{_named(name.removeprefix(prefix))} {_short(was)} to {_short(now)}"
            for name, (was, now) in changed.items()
        ]
        said += [f"{words}: {'; '.join(moves)}."] if moves else []
    return " ".join(said)


def _named(key: str) -> str:
    return key.replace("_", " ").replace(".", " ")


def _where(results: Results) -> str:
    area = results.scenario.area
    replicates = "1 replicate" if results.replicates == 1 else f"{results.replicates} replicates"
    return (
        theory_of(results.scenario)
        + f"{area.name}, {area.people:,} people, drawn as {results.residents:,} residents."
        f" {results.weeks} weeks, {replicates}, seed {results.seed},"
        f" scenario {results.scenario.hash}, {results.elapsed_s:.1f} s."
    )


def _heading(report: Report, title: str) -> RenderableType:
    marking = [Text(plain(report["marking"]), style="bold")] if report.get("marking") else []
    return Group(*marking, _rule(f"{title} ({report['scenario']})"))


def _rule(title: str) -> Text:
    return Text(f"\n{plain(title)}\n", style="bold underline")


def _paragraph(text: str, style: str = "") -> Text:
    return Text(f"{plain(text)}\n", style=style)


def _foot(results: Results, marked: frozenset[str]) -> RenderableType:
    doubt = (
        f"{MARK} {MEANING}: see the log of assumptions, docs/assumptions.md.\n" if marked else ""
    )
    said = doubt + (
        "An interval shows the play of chance between replicates, not doubt about assumptions or"
        " theory. " + LIMITS[1]
    )
    licence = attribution(results)
    return Text(plain(f"\n{said}" + (f"\n{licence}" if licence else "")), style="dim")


def _quoted(title: str) -> str:
    return f'"{title}"'


def _short(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_short(part)}" for name, part in value.items())
    return f"{value:g}" if isinstance(value, float) else plain(str(value))
