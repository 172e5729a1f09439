"""The numbers as tidy CSV with their dictionary, in one small archive."""

from __future__ import annotations

import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from sim.export import manifest, named_worlds, write_dictionary
from sim.ledger import ATTITUDES, CAUSES
from sim.results import interval
from sim.tidy import spreadsheet_safe
from web.answer import Answer
from web.files.brief import Brief, Terms
from web.question import letters

_WHEN = (2000, 1, 1, 0, 0, 0)
_DIFFERENCES = (
    "policy",
    "scenario",
    "public",
    "indicator",
    "difference",
    "lo",
    "hi",
    "pairs",
    "share_above_zero",
)
_WEEKLY = ("policy", "scenario", "week", "public", "indicator", "mean", "lo", "hi")
_WEEKLY_DIFFERENCES = (
    "policy",
    "scenario",
    "week",
    "public",
    "indicator",
    "difference",
    "lo",
    "hi",
    "pairs",
)
_CAUSES = ("policy", "scenario", "public", "attitude", "cause", "difference", "lo", "hi", "pairs")
_COLUMNS = {
    "policy": "letter of the policy on the page and in about.csv; A is the base",
    "difference": "this scenario less the base, paired; mean over pairs: in differences.csv at the "
    "end, in weekly_differences.csv in each week, in causes.csv the points that a cause posted to "
    "an attitude over all weeks",
    "mean": "mean over the histories of this scenario",
    "lo": "lower end of the 95 % interval of the mean (play of chance only)",
    "hi": "upper end of the 95 % interval of the mean (play of chance only)",
    "pairs": "pairs of histories in which there is a value",
    "share_above_zero": "share of these pairs in which the difference is above zero",
}


def archive(answer: Answer, brief: Brief, terms: Terms) -> bytes:
    """A zip file: differences, weekly, weekly_differences, causes, dictionary, about, manifest."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive_file:
        files = {
            "differences.csv": _csv(_DIFFERENCES, differences(answer), terms.marking),
            "weekly.csv": _csv(_WEEKLY, weekly(answer), terms.marking),
            "weekly_differences.csv": _csv(
                _WEEKLY_DIFFERENCES, weekly_differences(answer), terms.marking
            ),
            "causes.csv": _csv(_CAUSES, causes(answer), terms.marking),
            "dictionary.csv": _dictionary(answer, terms.marking),
            "about.csv": _csv(("what", "value"), _about(brief), terms.marking),
        }
        files["manifest.json"] = _manifest(answer, terms, [*files, "manifest.json"])
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, _WHEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive_file.writestr(entry, text)
    return stream.getvalue()


def differences(answer: Answer) -> Iterator[tuple[Any, ...]]:
    """Every difference at the end, as `parley compare --json` gives it."""
    base = answer.comparison.base
    for name, (letter, called, _) in zip(answer.others, _others(answer), strict=True):
        for public in base.publics:
            for indicator in base.indicators:
                found = answer.comparison.difference(name, indicator, public)
                yield (
                    letter,
                    called,
                    public,
                    indicator,
                    found.difference,
                    found.lo,
                    found.hi,
                    found.pairs,
                    found.share_above_zero,
                )


def weekly(answer: Answer) -> Iterator[tuple[Any, ...]]:
    """Every mean by week, with its interval, of every scenario."""
    for letter, name, results in _worlds(answer):
        mean, low, high = (part.tolist() for part in interval(results.values))
        for week in range(results.weeks + 1):
            for q, public in enumerate(results.publics):
                for k, indicator in enumerate(results.indicators):
                    at = mean[week][q][k], low[week][q][k], high[week][q][k]
                    yield (letter, name, week, public, indicator, *at)


def weekly_differences(answer: Answer) -> Iterator[tuple[Any, ...]]:
    """Every paired difference by week, with its interval; the last week is `parley compare`'s end."""
    base = answer.comparison.base
    for letter, name, other in _others(answer):
        pairs = other.values - base.values
        mean, low, high = (part.tolist() for part in interval(pairs))
        count = (~np.isnan(pairs)).sum(axis=0).tolist()
        for week in range(base.weeks + 1):
            for q, public in enumerate(base.publics):
                for k, indicator in enumerate(base.indicators):
                    at = mean[week][q][k], low[week][q][k], high[week][q][k], count[week][q][k]
                    yield (letter, name, week, public, indicator, *at)


def causes(answer: Answer) -> Iterator[tuple[Any, ...]]:
    """Points that each cause posted over all weeks, this scenario less the base, with the interval."""
    base = answer.comparison.base
    for name, (letter, called, other) in zip(answer.others, _others(answer), strict=True):
        every = slice(None)
        posted = other.posted(every, every) - base.posted(every, every)
        _, low, high = interval(posted)
        for q, public in enumerate(base.publics):
            for a, attitude in enumerate(ATTITUDES):
                points = answer.comparison.ledger_difference(name, attitude, public)
                for c, cause in enumerate(CAUSES):
                    at = points[cause], float(low[q, a, c]), float(high[q, a, c])
                    yield (letter, called, public, attitude, cause, *at, answer.pairs)


def _worlds(answer: Answer) -> list[tuple[str, str, Any]]:
    """Letter, name and results of every policy, the base first; no two have the same name."""
    named = zip(letters(answer.question), named_worlds(answer.comparison), strict=True)
    return [(letter, name, results) for letter, (name, results) in named]


def _others(answer: Answer) -> list[tuple[str, str, Any]]:
    return _worlds(answer)[1:]


def safe(cell: Any) -> Any:
    """A cell that no spreadsheet runs: text made safe, an empty cell where there is no number."""
    if isinstance(cell, str):
        return spreadsheet_safe(cell)
    return "" if isinstance(cell, float) and cell != cell else cell


def _csv(columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]], marking: str) -> str:
    stream = io.StringIO()
    lines = csv.writer(stream, lineterminator="\n")
    more: tuple[str, ...] = (spreadsheet_safe(marking),) if marking else ()
    lines.writerow((*columns, *(("marking",) if marking else ())))
    for row in rows:
        lines.writerow((*(safe(cell) for cell in row), *more))
    return stream.getvalue()


def _dictionary(answer: Answer, marking: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dictionary.csv"
        write_dictionary(answer.comparison.base, path, marking)
        text = path.read_text(encoding="utf-8")
    columns = next(csv.reader(io.StringIO(text)))
    stream = io.StringIO()
    lines = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
    more = {"marking": spreadsheet_safe(marking)} if marking else {}
    for name, meaning in _COLUMNS.items():
        lines.writerow({"kind": "column", "name": name, "meaning": meaning, **more})
    return text + stream.getvalue()


def _about(brief: Brief) -> Iterator[tuple[str, str]]:
    yield "title", brief.title
    yield "headline", brief.main
    for line in (*brief.lines, brief.pairs):
        yield "in words", line
    for question in brief.questions:
        yield "question", question
    for table in brief.tables:
        if "changed" in table.title:
            for row in table.rows or [["none"]]:
                yield table.title.lower(), "; ".join(row)
    yield from brief.facts.items()
    for line in brief.limits:
        yield "limit of use", line


def _manifest(answer: Answer, terms: Terms, files: list[str]) -> str:
    import shlex

    worlds = named_worlds(answer.comparison)
    command = shlex.split(answer.question.command(answer.pairs))
    found = manifest(worlds, command, terms.marking, None, files)
    return json.dumps({**found, "link": terms.link}, indent=2, ensure_ascii=False) + "\n"
