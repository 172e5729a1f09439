"""How many replicates are enough, in words and figures."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.effects.findings import Findings
from analysis.effects.gathered import END
from analysis.report import drawing, words
from analysis.report.section import Figure, Section, Table
from sim.indicators.table import INDICATORS

_SIZES = (2, 4, 8, 16, 32, 64, 128, 256)


def sections(findings: Findings) -> list[Section]:
    """One section on replicates."""
    table = findings.tables["replicates"]
    own = table[(table["when"] == END) & (table["public"] == "all")]
    here = findings.grid.experiment.replicates
    sentences = [
        "Enough is the smallest number n of replicates for which the 95 % interval of one difference"
        " between two points, t(n − 1) · s / √n to each side, is as narrow as the precision stated. s"
        " is the standard deviation of that difference over replicates with the same dice. Differences"
        " averaged over many points need fewer.",
    ]
    known = own[np.isfinite(own["spread_paired"])]
    if known.empty:
        sentences.append("With one replicate, or one complete point, s is not known.")
        return [Section("replicates", "How many replicates are enough", tuple(sentences))]
    sentences += [_told(row) for _, row in known.iterrows()]
    if here < 5:
        sentences.append(
            f"s rests on {here} replicates only. needed_at_most in the table takes s at the upper end of"
            " its 80 % range."
        )
    columns = [name for name in own.columns if name not in ("public", "when")]
    twin = Table(
        "replicates", "Replicates for a stated precision, everybody, at the end", own[columns]
    )
    return [
        Section("replicates", "How many replicates are enough", tuple(sentences),
                (_figure(known, twin),))
    ]  # fmt: skip


def _told(row: pd.Series) -> str:
    name = str(row["indicator"])
    needed, own = row["needed"], row["needed_with_own_dice"]
    unit = words.unit_of_change(name)
    aimed = f"{row['precision']:g}"
    verdict = "enough" if needed <= row["replicates"] else "too few"
    return (
        f"{INDICATORS[name].label}: ± {aimed}{unit} needs {words.figure(needed, 0)} replicates"
        f" ({words.figure(own, 0)} if every point had dice of its own); this sweep has"
        f" {row['replicates']}, {verdict} for that."
    )


def _figure(known: pd.DataFrame, twin: Table) -> Figure:
    from scipy import stats

    series = []
    for _, row in list(known.iterrows())[:5]:
        halves = [stats.t.ppf(0.975, n - 1) * row["spread_paired"] / np.sqrt(n) / row["precision"]
                  for n in _SIZES]  # fmt: skip
        series.append((INDICATORS[str(row["indicator"])].label, halves, None))
    alternative = (
        "Half-width of a paired difference over the precision aimed for, by number of replicates; at or"
        " below 1 the precision is met. " + " ".join(
            f"{name}: {words.figure(values[2], 2)} with 8 replicates." for name, values, _ in series)
    )  # fmt: skip
    kept = [(name, [min(value, 8.0) for value in values], half) for name, values, half in series]
    svg = drawing.lines("Replicates", ("replicates", "half-width / precision (cut at 8)"), _SIZES,
                        kept, alternative, doubling=True, bound=1.0)  # fmt: skip
    return Figure(svg, alternative, twin)
