"""Makes the compact table and the area files of all boroughs from the London tables."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from analysis.london.table import AREAS, END, MEASURES, START, TABLE, columns
from sim.areas import Borough, LondonTables, area_text, borough_from_london, read_tables

Say = Callable[[str], None]


def make(data: Path, say: Say) -> None:
    """Write an area file for each borough, and the table last.

    Args:
        data: folder of the London tables.
        say: told how far it is.

    Raises:
        ScenarioFaults: the tables are wrong.
    """
    tables = read_tables(data)
    AREAS.mkdir(parents=True, exist_ok=True)
    rows = []
    for name in tables.boroughs:
        borough = borough_from_london(tables, name, START)
        file = AREAS / f"{slug(name)}.toml"
        _replace(file, area_text(borough))
        rows.append(row_of(tables, borough, f"areas/london/{file.name}"))
        say(name)
    text = io.StringIO()
    writer = csv.DictWriter(text, columns(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    _replace(TABLE, text.getvalue())


def slug(name: str) -> str:
    """A borough's name as a file: small letters and hyphens."""
    return "-".join(name.lower().replace("&", "and").split())


def row_of(tables: LondonTables, borough: Borough, area: str) -> dict[str, object]:
    """The row of one borough."""
    at = tables.profile["borough"].index(borough.name)
    hours, searches = borough.hours, borough.searches
    row: dict[str, object] = {
        "borough": borough.name,
        "area": area,
        "people": borough.people,
        "hours": round(hours.hours, 3) if hours else "",
        "abstraction": round(hours.abstraction, 4) if hours else "",
        "stops": round(searches.rate, 2) if searches else "",
        "black": round(float(borough.ethnic[2]), 4),
        "deprived": round(float(tables.profile["imd25_mean_score"][at]), 2),
        "social": round(float(borough.tenure[2]), 4),
        "young": round(float(borough.age[0]), 4),
    }
    return row | dict(_surveyed(tables, borough.name))


def _surveyed(tables: LondonTables, name: str) -> Iterator[tuple[str, float]]:
    """Shares agreeing on both dates; London's also for boroughs without a survey."""
    survey = tables.survey
    short = {measure: key for key, measure in MEASURES.items()}
    for when, date in (("start", START), ("end", END)):
        for place, day in enumerate(survey["date"]):
            key = short.get(survey["measure"][place])
            if day != date or key is None:
                continue
            yield f"london_{when}_{key}", round(float(survey["mps_proportion"][place]), 4)
            if survey["borough"][place] == name:
                yield f"{when}_{key}", round(float(survey["proportion"][place]), 4)


def _replace(path: Path, text: str) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(text, encoding="utf-8")
    os.replace(draft, path)
