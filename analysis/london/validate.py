"""The end of 2016 to the end of 2019: the model's error by measure, beside three baselines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.london.living import Change, live
from analysis.london.table import COMPOSITION, MEASURES, BoroughRow, boroughs
from sim.results import Results
from sim.survey import ITEMS, agree

WEEKS = 156
SURVEY_ERROR = 2.3
"""Standard error of one borough's figure, in percentage points (about 400 interviews a year)."""
SCORED = tuple(name for name in MEASURES if name != "ward_officer")
BASELINES = ("last value", "London trend", "composition")

Say = Callable[[str], None]


@dataclass(frozen=True)
class Compared:
    """One measure over the surveyed boroughs, in percentage points.

    Attributes:
        measure: our name of it.
        found: what the survey found at the end.
        guesses: by "model" and baseline, what was foreseen for each borough.
    """

    measure: str
    found: np.ndarray
    guesses: Mapping[str, np.ndarray]

    def error(self, who: str) -> float:
        """Mean absolute error."""
        return float(np.abs(self.guesses[who] - self.found).mean())

    def bias(self, who: str) -> float:
        """Mean error: above 0 where too much was foreseen."""
        return float((self.guesses[who] - self.found).mean())

    def order(self, who: str) -> float:
        """Correlation of foreseen and found over boroughs: whether the differences between them are right."""
        return float(np.corrcoef(self.guesses[who], self.found)[0, 1])

    @property
    def best(self) -> str:
        """Whose error is smallest."""
        return min(self.guesses, key=self.error)


def validate(
    *, residents: int, replicates: int, seed: int, workers: int | None, change: Change | None = None,
    say: Say = lambda text: None,
) -> list[Compared]:  # fmt: skip
    """Live the surveyed boroughs from the end of 2016 to the end of 2019 and compare every measure.

    Officer hours and searches are held at the first level known (2019-20, 2021-22): they start later.

    Raises:
        NoLondonTable: the table of boroughs is not there.
    """
    rows = [row for row in boroughs() if row.surveyed]
    foreseen: dict[str, list[float]] = {measure: [] for measure in SCORED}
    for row in rows:
        say(row.name)
        results = live(row, WEEKS, residents, replicates, seed, workers, change)
        for measure in SCORED:
            foreseen[measure].append(_share(results, measure, row))
    return [
        Compared(
            measure,
            np.array([100.0 * row.end[measure] for row in rows]),
            {"model": np.array(foreseen[measure]), **_baselines(rows, measure)},
        )
        for measure in SCORED
    ]


def _share(results: Results, measure: str, row: BoroughRow) -> float:
    """Per cent agreeing at the end: the survey's own start plus what the model changed.

    A public's change of level is read through the item; the start is the borough's own figure, so that
    the error is of change, not of how well levels were built.
    """
    if measure == "informed":
        series = results.series("informed").mean(axis=0)
        return 100.0 * row.start[measure] + float(series[-1] - series[0])
    item = ITEMS[measure]
    change = 0.0
    sizes = results.sizes
    publics = list(results.scenario.area.groups)
    whole = sum(sizes[public] for public in publics)
    for public in publics:
        series = results.series(item.attitude, public).mean(axis=0) / 100.0
        if np.isnan(series[[0, -1]]).any():
            continue
        moved = agree(item, series[-1]) - agree(item, series[0])
        change += sizes[public] / whole * float(moved)
    return 100.0 * (row.start[measure] + change)


def _baselines(rows: Sequence[BoroughRow], measure: str) -> dict[str, np.ndarray]:
    start = np.array([100.0 * row.start[measure] for row in rows])
    found = np.array([100.0 * row.end[measure] for row in rows])
    trend = 100.0 * (rows[0].london_end[measure] - rows[0].london_start[measure])
    table = np.array([[row.composition[name] for name in COMPOSITION] for row in rows])
    return {
        "last value": start,
        "London trend": start + trend,
        "composition": _left_out(table, found),
    }


def _left_out(table: np.ndarray, found: np.ndarray) -> np.ndarray:
    """Regression on composition, each borough foreseen from all the others."""
    matrix = np.column_stack([np.ones(len(table)), table])
    foreseen = np.empty(len(found))
    for place in range(len(found)):
        others = np.arange(len(found)) != place
        slopes = np.linalg.lstsq(matrix[others], found[others], rcond=None)[0]
        foreseen[place] = matrix[place] @ slopes
    return foreseen


def as_json(compared: Sequence[Compared], across: Mapping[str, Any]) -> dict[str, Any]:
    """The report: errors, biases and order by measure and by who foresaw."""
    return {
        "start": "2016-12-31",
        "end": "2019-12-31",
        "boroughs": int(compared[0].found.size),
        "survey_error": SURVEY_ERROR,
        "measures": [
            {
                "measure": one.measure,
                "question": MEASURES[one.measure],
                "mean_found": float(one.found.mean()),
                "best": one.best,
                "who": {
                    who: {"error": one.error(who), "bias": one.bias(who), "order": one.order(who)}
                    for who in one.guesses
                },
            }
            for one in compared
        ],
        "across": dict(across),
    }
