"""The rival accounts of trust on a terminal: what each says, and the numbers it sets; which one a world is under."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from parley.tables import departure_table
from sim.theories import THEORIES, theory_named

_INTRODUCTION = (
    "Each account sets some of the model's numbers otherwise and nothing else: no decision, no"
    " attitude, no rule. On all other numbers it is silent. What a file or --set says of a number"
    " wins over the account. A conclusion that holds under all four hangs on none of them:"
)


def theories_page() -> Iterator[RenderableType]:
    """Every account in turn: due to whom, what matters, what hardly does, and each departure."""
    yield Text(f"{_INTRODUCTION}\n")
    yield Text("  parley compare baseline two-way --theory effectiveness\n")
    for theory in THEORIES.values():
        yield Text(f"{theory.label} (--theory {theory.name})\n", style="bold underline")
        yield Text(f"{theory.account}\n")
        yield Text(f"Due to: {theory.due_to}\n", style="dim")
        yield Text(f"Matters: {'; '.join(theory.matters)}.")
        yield Text(f"Hardly matters: {'; '.join(theory.matters_little)}.")
        yield departure_table(theory)


def theory_of(scenario: Any) -> str:
    """The account of trust that was asked for, with the numbers on which the files overrule it."""
    if scenario.theory is None:
        return ""
    theory = theory_named(scenario.theory)
    said = (name for name in theory.assumptions if name in scenario.said)
    kept = [name.replace("_", " ").replace(".", " ") for name in said]
    overruled = f", but for what was set: {', '.join(kept)}" if kept else ""
    return f"Under the theory {theory.label} ({theory.name}){overruled}. "
