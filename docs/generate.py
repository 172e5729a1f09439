"""Writes the generated tables of the documentation anew, between their markers.

`python docs/generate.py` writes; with `--check` it only says which pages are stale and exits 1.
A marker is a comment `<!-- table: name -->`, closed by `<!-- end: name -->`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from docs import assumption_log  # noqa: E402
from sim.assumptions import ASSUMPTIONS  # noqa: E402
from sim.core.declared import STRENGTHS, Declared  # noqa: E402
from sim.indicators.table import INDICATORS, Indicator  # noqa: E402
from sim.ledger import CAUSES  # noqa: E402
from sim.policy.levers import ENGAGEMENT_ONLY, LEVERS, REACH_PRESETS  # noqa: E402
from sim.scenario.area_fields import AREA_FIELDS  # noqa: E402
from sim.scenario.event_fields import EVENT_FIELDS  # noqa: E402
from sim.survey import ITEMS  # noqa: E402
from sim.theories import THEORIES  # noqa: E402

PAGES = ("docs/model.md", "docs/sources.md", "docs/assumptions.md")
_MARKED = re.compile(r"<!-- table: (?P<name>[\w-]+) -->\n.*?<!-- end: (?P=name) -->", re.DOTALL)


def number(value: float | None) -> str:
    """A number without needless digits; a dash where there is none."""
    if value is None:
        return "–"
    text = f"{value:,}" if isinstance(value, int) else f"{value:,.6g}"
    return text.replace("-", "−")


def cell(text: str) -> str:
    """Text as one cell of a table."""
    return text.replace("|", "\\|").replace("\n", " ")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cell(text) for text in line)} |" for line in lines)


def span(low: float | None, high: float | None) -> str:
    """A range in words."""
    if high is None:
        return "open" if low is None else f"from {number(low)}"
    return f"{number(low)} to {number(high)}"


def levers() -> str:
    """Every lever; a mark on those that only shape engagement."""

    def shapes(lever: Declared) -> str:
        return "yes" if lever.name.split(".")[0] in ENGAGEMENT_ONLY else ""

    return table(
        ("Lever", "Default", "Range", "Unit", "It is", "Only shapes engagement"),
        (
            (f"`{x.name}`", number(x.default), span(x.low, x.high), x.unit, x.meaning, shapes(x))
            for x in LEVERS.values()
        ),
    )


def reach() -> str:
    """The presets of reach."""
    names = list(next(iter(REACH_PRESETS.values())))
    return table(
        ("`reach`", *names),
        (
            (f"`{key}`", *(number(preset[name]) for name in names))
            for key, preset in REACH_PRESETS.items()
        ),
    )


def assumptions() -> str:
    """Every assumption."""
    return table(
        ("Assumption", "Default", "Range", "Unit", "It is", "Evidence"),
        (
            (f"`{x.name}`", number(x.default), span(x.low, x.high), x.unit, x.meaning, x.strength)
            for x in ASSUMPTIONS.values()
        ),
    )


def indicators() -> str:
    """Every indicator."""

    def rows(one: Indicator) -> Sequence[str]:
        by_public = "yes" if one.by_public else "area only"
        bounds = span(one.low, one.high)
        return (f"`{one.name}`", one.kind, one.unit, bounds, one.better, by_public, one.meaning)

    heads = ("Indicator", "Kind", "Unit", "Range", "Better", "By public", "Meaning")
    return table(heads, map(rows, INDICATORS.values()))


def causes() -> str:
    """Every cause of the ledger."""
    return table(
        ("Cause", "On pages", "Kind"), ((f"`{x.name}`", x.label, x.kind) for x in CAUSES.values())
    )


def items() -> str:
    """Every survey item."""
    return table(
        ("Item", "Wording", "Reads", "Threshold", "Noise", "Fixed by"),
        (
            (f"`{x.name}`", x.wording, x.attitude, number(x.threshold), number(x.noise), x.source)
            for x in ITEMS.values()
        ),
    )


def fields(declared: dict[str, Declared]) -> str:
    """Fields of a file."""
    return table(
        ("Field", "Default", "Range", "Unit", "It is"),
        (
            (f"`{x.name}`", number(x.default), span(x.low, x.high), x.unit, x.meaning)
            for x in declared.values()
        ),
    )


def by_source() -> str:
    """Declared numbers by the source they name."""
    found: dict[str, list[Declared]] = {}
    for declared in (*ASSUMPTIONS.values(), *LEVERS.values(), *AREA_FIELDS.values()):
        found.setdefault(declared.source, []).append(declared)

    def row(source: str) -> Sequence[str]:
        strengths = {one.strength for one in found[source]}
        names = ", ".join(f"`{one.name}`" for one in found[source])
        return (source, names, ", ".join(x for x in STRENGTHS if x in strengths))

    return table(("Source as declared", "Numbers", "Evidence"), map(row, sorted(found)))


def strengths() -> str:
    """How many assumptions stand on what."""

    def row(strength: str) -> Sequence[str]:
        names = [x.name for x in ASSUMPTIONS.values() if x.strength == strength]
        return (strength, str(len(names)), f"{100 * len(names) / len(ASSUMPTIONS):.0f} %")

    return table(("Evidence", "Assumptions", "Of all"), map(row, STRENGTHS))


def theories() -> str:
    """Every number that a rival account of trust sets, beside the default."""

    def row(name: str) -> Sequence[str]:
        set_by = [theory.assumptions.get(name) for theory in THEORIES.values()]
        return (f"`{name}`", number(ASSUMPTIONS[name].default), *(number(x) for x in set_by))

    heads = ("Number", "Default", *(f"`{name}`" for name in THEORIES))
    touched = [x for x in ASSUMPTIONS if any(x in one.departures for one in THEORIES.values())]
    return table(heads, map(row, touched))


def written(rows: Callable[[], assumption_log.Rows]) -> Callable[[], str]:
    """A table of the log of assumptions as text."""
    return lambda: table(*rows())


TABLES: dict[str, Callable[[], str]] = {
    "levers": levers,
    "reach": reach,
    "assumptions": assumptions,
    "indicators": indicators,
    "causes": causes,
    "items": items,
    "area": lambda: fields(AREA_FIELDS),
    "events": lambda: fields(EVENT_FIELDS),
    "by-source": by_source,
    "strengths": strengths,
    "theories": theories,
    **{name: written(rows) for name, rows in assumption_log.TABLES.items()},
}


def fresh(text: str) -> str:
    """A page with its generated tables written anew.

    Raises:
        KeyError: a marker names no table.
    """

    def written(found: re.Match[str]) -> str:
        name = found["name"]
        return f"<!-- table: {name} -->\n{TABLES[name]()}\n<!-- end: {name} -->"

    return _MARKED.sub(written, text)


def tables_in(text: str) -> list[str]:
    """Names of the tables a page has markers for."""
    return [found["name"] for found in _MARKED.finditer(text)]


def stale() -> list[str]:
    """Pages whose generated tables are not as they should be."""
    texts = {page: (ROOT / page).read_text(encoding="utf-8") for page in PAGES}
    return [page for page, text in texts.items() if fresh(text) != text]


def main(arguments: Sequence[str]) -> int:
    """Write all pages, or only check them."""
    if unknown := [argument for argument in arguments if argument != "--check"]:
        print(f"docs/generate.py: {unknown[0]} is no option here. Use --check or nothing.")
        return 2
    pages = stale()
    if "--check" in arguments:
        for page in pages:
            print(f"{page} is stale: its tables differ from the declarations. Run make docs.")
        return 1 if pages else 0
    for page in pages:
        path = ROOT / page
        path.write_text(fresh(path.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
        print(f"{page} written")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
