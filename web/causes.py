"""Why: the ledger as a waterfall, one cause opened by weeks and publics, and the chain behind it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from sim.indicators.table import INDICATORS
from sim.ledger import ATTITUDES, CAUSES
from sim.results import QUARTER
from web import measures
from web.answer import ATTITUDE_LABELS, Answer, figure
from web.measures import Band, band, end, exists, level_unit
from web.question import letters
from web.words import decimals_for, interval, listed, number, signed, unit_of_change

DIFFERENCE = "difference"
_LEAST = 0.005
_REST = "everything-else"
CHAIN = (
    ("Hours", "What officers give", ("engagement_hours", "response_hours")),
    ("Contacts", "Whom they meet, and how", ("reach", "deliberation", "reach_by_need")),
    ("Agenda", "Whose words count", ("representativeness", "voice_concentration", "impartiality")),
    ("Stops", "Where enforcement lands", ("stops", "repeat_stops", "marginalisation")),
    ("Hearsay", "What people tell each other", ("hardening",)),
    ("Attitudes", "What they make of it", ("trust", "confidence", "expectation_gap")),
)
LEADS = (
    "Hours, and whom they are spent on, decide who meets an officer at all.",
    "Whoever is met can be heard: their concerns make the agenda, weighed against the police's own.",
    "The agenda says where problems are solved and where searches and stops are made.",
    "Whoever was stopped, answered or let down tells friends.",
    "Stories reach those who met no officer, and move what they think as well.",
)
"""How each link leads to the next."""


def views(answer: Answer) -> dict[str, str]:
    """What a waterfall can be of: the difference, or one policy by itself."""
    base, other = letters(answer.question)[0], letters(answer.question)[1 + answer.focus]
    named = dict(zip(letters(answer.question), answer.lettered(), strict=True))
    return {DIFFERENCE: f"The difference, {other} less {base}", **named}


def why(
    answer: Answer, attitude: str, public: str, view: str = DIFFERENCE, picked: str = ""
) -> dict[str, Any]:
    """Which causes make a change, or a difference, in one attitude of one public.

    Args:
        answer: results and their question.
        attitude, public: what is explained, and whose.
        view: `DIFFERENCE`, or the letter of one policy.
        picked: a cause that is opened; empty for none.
    """
    points = _postings(answer, view, attitude)
    at = answer.comparison.base.publics.index(public)
    mean = np.array([_totals(answer, view, attitude, public)[cause] for cause in CAUSES])
    spread = replace(band(points[:, :, at].sum(axis=1)), mean=mean)
    start, finish = _ends(answer, view, attitude, public)
    label = ATTITUDE_LABELS[attitude].lower()
    bars = _bars(spread, start, finish)
    what = "Difference in" if view == DIFFERENCE else f"Change of {view} in"
    found = [bar for bar in bars if bar["cause"] != _REST]
    return {
        "title": f"{what} {label}, {answer.label(public)}",
        "difference": view == DIFFERENCE,
        "bars": bars,
        "start": {"value": start, "text": number(start, 1)},
        "finish": {"value": finish, "text": number(finish, 1)},
        "total": {"text": signed(finish - start, 2), "points": round(finish - start, 4)},
        "kinds": _kinds(spread),
        "summary": _sentence(found, finish - start, label),
        "picked": _opened(answer, points, picked, public, label) if picked in CAUSES else None,
    }


def chain(answer: Answer, public: str) -> dict[str, Any]:
    """Hours, contacts, agenda, stops, hearsay, attitudes: each link with this run's numbers."""
    links = [
        {
            "name": name,
            "meaning": meaning,
            "measures": [_link(answer, indicator, public) for indicator in indicators],
            "leads": leads,
        }
        for (name, meaning, indicators), leads in zip(CHAIN, (*LEADS, ""), strict=True)
    ]
    stories = _stories(answer, public)
    links[4]["measures"].insert(0, stories)
    base, other = letters(answer.question)[0], letters(answer.question)[1 + answer.focus]
    return {
        "links": links,
        "letters": [base, other],
        "who": answer.label(public),
        "names": [answer.lettered()[0], answer.lettered()[1 + answer.focus]],
        "summary": f"Each link leads to the next. Numbers at the end of the run: {base}, then "
        f"{other}, then the difference with its 95 % range. {_chain_sentence(links)}",
    }


def _postings(answer: Answer, view: str, attitude: str) -> np.ndarray:
    """Points posted: [replicate, quarter, public, cause]."""
    which = ATTITUDES.index(attitude)
    results = answer.results()
    if view == DIFFERENCE:
        other = results[1 + answer.focus]
        return other.ledger[:, :, :, which] - results[0].ledger[:, :, :, which]
    return results[letters(answer.question).index(view)].ledger[:, :, :, which]


def _totals(answer: Answer, view: str, attitude: str, public: str) -> dict[str, float]:
    """Points by cause over all weeks, as the command prints them."""
    if view == DIFFERENCE:
        name = answer.others[answer.focus]
        return answer.comparison.ledger_difference(name, attitude, public)
    results = answer.results()[letters(answer.question).index(view)]
    return dict(results.ledger_total(attitude, public))


def _ends(answer: Answer, view: str, attitude: str, public: str) -> tuple[float, float]:
    """Where the waterfall begins and ends."""
    if view == DIFFERENCE:
        return 0.0, answer.measured(attitude, public).difference
    results = answer.results()[letters(answer.question).index(view)]
    return float(results.series(attitude, public)[:, 0].mean()), end(results, attitude, public)


def _bars(spread: Band, start: float, finish: float) -> list[dict[str, Any]]:
    """One bar a cause, largest first, each beginning where the one before it ended."""
    order = np.argsort(-np.abs(spread.mean), kind="stable").tolist()
    shown = [at for at in order if abs(spread.mean[at]) >= _LEAST]
    names, level, bars = list(CAUSES), start, []
    for at in shown:
        mean, low, high = (float(part[at]) for part in (spread.mean, spread.low, spread.high))
        bars.append(_bar(names[at], CAUSES[names[at]].label, mean, level))
        bars[-1] |= {"interval": interval(low, high, 2, sign=True), "kind": CAUSES[names[at]].kind}
        level += mean
    if abs(finish - level) >= _LEAST:
        bars.append(_bar(_REST, "everything else", finish - level, level))
    return bars


def _bar(cause: str, label: str, points: float, level: float) -> dict[str, Any]:
    return {
        "cause": cause,
        "label": label,
        "kind": "neither",
        "points": points,
        "from": level,
        "to": level + points,
        "text": signed(points, 2),
        "interval": "",
    }


def _kinds(spread: Band) -> list[dict[str, str]]:
    found = {"expressive": 0.0, "instrumental": 0.0, "neither": 0.0}
    for cause, points in zip(CAUSES.values(), spread.mean.tolist(), strict=True):
        found[cause.kind] += points
    return [{"kind": kind, "text": signed(points, 2)} for kind, points in found.items()]


def _opened(
    answer: Answer, points: np.ndarray, cause: str, public: str, label: str
) -> dict[str, Any]:
    """One cause by quarter of a year and by public."""
    base, at = answer.comparison.base, list(CAUSES).index(cause)
    of_public = band(points[:, :, base.publics.index(public), at])
    of_all = band(points[:, :, :, at].sum(axis=1))
    weeks = [
        _part(_quarter(number_of, base.weeks), of_public, number_of)
        for number_of in range(points.shape[1])
    ]
    publics = [_part(answer.label(key), of_all, which) for which, key in enumerate(base.publics)]
    return {
        "cause": cause,
        "label": CAUSES[cause].label,
        "weeks": weeks,
        "publics": publics,
        "weeks_title": f"In which weeks: points of {label}, {answer.label(public)}",
        "publics_title": f"For whom: points of {label} over all weeks",
        "summary": _opened_sentence(CAUSES[cause].label, weeks, publics[1:]),
    }


def _part(label: str, spread: Band, at: int) -> dict[str, Any]:
    mean, low, high = (float(part[at]) for part in (spread.mean, spread.low, spread.high))
    shown = interval(low, high, 2, sign=True)
    return {"label": label, "points": mean, "text": signed(mean, 2), "interval": shown}


def _quarter(at: int, weeks: int) -> str:
    return f"Weeks {at * QUARTER + 1} to {min(weeks, (at + 1) * QUARTER)}"


def _opened_sentence(label: str, weeks: list[dict], publics: list[dict]) -> str:
    most = max(weeks, key=lambda each: abs(each["points"]))
    whom = max(publics, key=lambda each: abs(each["points"]))
    return (
        f"{label[0].upper()}{label[1:]} weighs most in {most['label'].lower()} ({most['text']}), "
        f"and for {whom['label']} ({whom['text']})."
    )


def _sentence(found: list[dict[str, Any]], total: float, label: str) -> str:
    if not found:
        return f"No cause makes a difference to {label} here."
    along = [each for each in found if each["points"] * total > 0][:2]
    against = [each for each in found if each["points"] * total < 0][:2]
    says = f"Of {signed(total, 2)} points, most comes from {_named(along)}" if along else ""
    turns = f"; pulling the other way: {_named(against)}" if against else ""
    return f"{says}{turns}." if says else f"Pulling both ways: {_named(found[:3])}."


def _named(found: list[dict[str, Any]]) -> str:
    return listed([f"{each['label']} ({each['text']})" for each in found])


def _link(answer: Answer, indicator: str, public: str) -> dict[str, Any]:
    """One measure of the chain; for the whole area where it has no value for a public."""
    whose = public if exists(answer.comparison.base, indicator, public) else "all"
    found, entry = answer.measured(indicator, whose), INDICATORS[indicator]
    decimals = decimals_for(entry.unit)
    return {
        "label": entry.label,
        "meaning": entry.meaning,
        "unit": level_unit(entry),
        "indicator": indicator,
        "public": whose,
        "values": _plain((found.base, found.other, found.difference)),
        "bars": _lengths(found.base, found.other),
        "levels": [number(found.base, decimals), number(found.other, decimals)],
        "change": figure(found)["text"],
        "interval": figure(found)["interval"],
        "change_unit": unit_of_change(entry.unit),
        "verdict": found.verdict,
        "words": figure(found)["words"],
        "whole_area": whose != public,
    }


def _stories(answer: Answer, public: str) -> dict[str, Any]:
    """What friends' stories did to trust over the whole run."""
    at = list(CAUSES).index("friends-stories")
    which = answer.comparison.base.publics.index(public)
    trust = ATTITUDES.index("trust")
    base, other = answer.comparison.base, answer.results()[1 + answer.focus]
    sums = [each.ledger[:, :, which, trust, at].sum(axis=1) for each in (base, other)]
    spread = band(sums[1] - sums[0])
    low, high = float(spread.low), float(spread.high)
    verdict = measures.verdict_of(float(spread.mean), low, high, "higher")
    return {
        "label": "Friends' stories",
        "meaning": "What friends' stories about the police did to trust over the whole run.",
        "unit": "points of trust",
        "indicator": "friends-stories",
        "public": public,
        "values": _plain((*(float(each.mean()) for each in sums), float(spread.mean))),
        "bars": _lengths(*(float(each.mean()) for each in sums)),
        "levels": [signed(float(each.mean()), 2) for each in sums],
        "change": signed(float(spread.mean), 2),
        "interval": interval(low, high, 2, sign=True),
        "change_unit": "points",
        "verdict": verdict,
        "words": measures.VERDICT_WORDS[verdict],
        "whole_area": False,
    }


def _plain(values: tuple[float, ...]) -> list[float | None]:
    return [value if np.isfinite(value) else None for value in values]


def _lengths(base: float, other: float) -> list[float]:
    """Two bars that show two values, each from -1 to 1, the longer one as long as can be."""
    both = [value if np.isfinite(value) else 0.0 for value in (base, other)]
    most = max(abs(value) for value in both)
    return [round(value / most, 4) if most else 0.0 for value in both]


def _chain_sentence(links: list[dict[str, Any]]) -> str:
    """The links in which something clearly changes."""
    changed = [
        link["name"].lower()
        for link in links
        if any(each["verdict"] in ("better", "worse", "changed") for each in link["measures"])
    ]
    if not changed:
        return "No link clearly changes."
    return f"Something clearly changes in: {listed(changed)}."
