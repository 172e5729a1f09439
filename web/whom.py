"""Who gains and who loses: every public beside the others."""

from __future__ import annotations

from typing import Any

from sim.indicators.table import INDICATORS
from web import measures
from web.answer import Answer, figure
from web.measures import WORSE
from web.words import listed, unit_of_change

FOR_WHOM = ("trust", "confidence", "expectation_gap", "stops")


def for_whom(answer: Answer) -> dict[str, Any]:
    """Who gains and who loses: a row for each public, those who fare worst first."""
    results = answer.comparison.base
    worst_first = sorted(
        measures.groups(results), key=lambda key: answer.measured("trust", key).difference
    )
    order = ["all", *worst_first, "most-affected", "usual-suspects"]
    rows = [_row(answer, public) for public in order if public in results.publics]
    losers = [row["label"] for row in rows[1:] if row["losses"]]
    return {
        "columns": [
            {"label": INDICATORS[name].label, "unit": _shown_unit(name)} for name in FOR_WHOM
        ],
        "rows": rows,
        "summary": f"{listed(losers)} lose on at least one count."
        if losers
        else "Nobody loses on any of these counts, slight changes aside.",
    }


def _row(answer: Answer, public: str) -> dict[str, Any]:
    results = answer.comparison.base
    found = [answer.measured(indicator, public) for indicator in FOR_WHOM]
    losses = [
        INDICATORS[each.indicator].label.lower()
        for each in found
        if each.verdict == WORSE and not each.slight
    ]
    people = float(results.sizes[public])
    return {
        "public": public,
        "label": answer.label(public),
        "share": f"{100 * people / float(results.sizes['all']):.0f} %",
        "small": people < measures.TOO_FEW,
        "losses": losses,
        "cells": [figure(each) for each in found],
    }


def _shown_unit(indicator: str) -> str:
    return unit_of_change(INDICATORS[indicator].unit)
