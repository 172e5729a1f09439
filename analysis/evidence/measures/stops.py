"""Whom searches fall on and how they feel; levels and gaps of ratings; visibility."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from analysis.evidence.field import Field
from analysis.evidence.measures.contact import agreeing
from analysis.evidence.measures.measured import Measured, each
from analysis.evidence.measures.trials import MINORITY
from analysis.evidence.survey import BAD, agrees, respondents

START, END = 0, 52


def by_ethnic_group(field: Field) -> dict[str, Measured]:
    """Searches per 1,000 as expected of each person: highest over lowest ethnic group, all, and none found."""
    arm = field.arms[0]
    assumed = field.scenario(arm).assumptions

    def one(replicate: int) -> Iterator[float]:
        people = field.people(arm, END, replicate)
        hazard = people["search_hazard"]
        groups = [g for g in ("white", "asian", "black", "mixed") if (people["ethnic"] == g).any()]
        rates = [hazard[people["ethnic"] == group].mean() for group in groups]
        yield max(rates) / min(rates)
        yield 1000.0 * float(hazard.mean())
        found = assumed["found_by_chance"] + assumed["found_by_involvement"] * people["involvement"]
        found = np.minimum(0.95, found)
        yield 100.0 * float(1.0 - (hazard * found).sum() / hazard.sum())

    ratio, overall, nothing = each(field.replicates, one)
    return {"highest over lowest": ratio, "overall": overall, "nothing found": nothing}


def concentration(field: Field) -> dict[str, Measured]:
    """Share of expected searches on the 13 % most exposed."""

    def one(replicate: int) -> Iterator[float]:
        hazard = np.sort(field.people(field.arms[0], END, replicate)["search_hazard"])[::-1]
        yield 100.0 * float(hazard[: round(0.13 * hazard.size)].sum() / hazard.sum())

    (share,) = each(field.replicates, one)
    return {"on the most exposed": share}


def treatment(field: Field) -> dict[str, Measured]:
    """Young people who were searched and treated with respect; how fair the never searched find the police."""

    def one(replicate: int) -> Iterator[float]:
        people = field.people(field.arms[0], field.pattern.snapshots[-1], replicate)
        young = people["age"] == "16-24"
        minority = np.isin(people["ethnic"], MINORITY)
        searched = (people["stops"] > 0) & young
        respect = people["last_stop_fairness"] >= BAD
        yield 100.0 * float(respect[searched & minority].sum())
        yield float((searched & minority).sum())
        yield 100.0 * float(respect[searched & ~minority].sum())
        yield float((searched & ~minority).sum())
        rng = field.luck(replicate, "survey")
        fair = agrees(people, "fair", rng)
        never = (people["stops"] == 0) & young
        yield 100.0 * float(fair[never & ~minority].mean() - fair[never & minority].mean())

    fewer, few, more, many, never = each(field.replicates, one)
    minority, majority = fewer.sum() / max(1, few.sum()), more.sum() / max(1, many.sum())
    spread = _jackknife(fewer, few), _jackknife(more, many)
    return {
        "minority": spread[0] if few.sum() else np.full(few.size, np.nan),
        "majority": spread[1] if many.sum() else np.full(many.size, np.nan),
        "gap": spread[1] - spread[0],
        "never searched": never,
        "treatment less never": (majority - minority) - never,
    }


def _jackknife(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """Values whose mean is the pooled ratio and whose spread is that of leaving one replicate out."""
    if above.size < 2 or below.sum() - below.max() <= 0:
        return np.full(above.size, above.sum() / max(1e-9, below.sum()))
    whole = above.sum() / below.sum()
    left = (above.sum() - above) / (below.sum() - below)
    values = above.size * whole - (above.size - 1) * left
    return values - values.mean() + whole


def gaps_between_publics(field: Field) -> dict[str, Measured]:
    """Overall confidence at the start: the most searched ethnic group below the mean, the best minority above it."""

    def one(replicate: int) -> Iterator[float]:
        people = field.people(field.arms[0], START, replicate)
        rng = field.luck(replicate, "survey")
        says = agrees(people, "overall_confidence", rng)
        mean = says.mean()
        publics = np.unique(people["group"])
        exposed = [people["search_hazard"][people["group"] == p].mean() for p in publics]
        most = people["group"] == publics[int(np.argmax(exposed))]
        yield 100.0 * float(mean - says[most].mean())
        minorities = [says[people["ethnic"] == group].mean() for group in ("asian", "black")]
        yield 100.0 * float(max(minorities) - mean)

    below, above = each(field.replicates, one)
    return {"most searched below": below, "best minority above": above}


def levels(field: Field) -> dict[str, Measured]:
    """Good or excellent, overall confidence above it, and drift in a year without a shock."""
    arm = field.arms[0]

    def one(replicate: int) -> Iterator[float]:
        shares = []
        for week in (START, END):
            people = field.people(arm, week, replicate)
            rng = field.luck(replicate, f"survey {week}")
            rows = respondents(people, field.pattern.survey, rng)
            shares.append(agreeing(people, "good_job", rows, rng))
            if week == START:
                overall = agreeing(people, "overall_confidence", rows, rng)
        yield shares[0]
        yield overall - shares[0]
        yield shares[1] - shares[0]

    good, above, drift = each(field.replicates, one)
    return {"good or excellent": good, "overall above": above, "drift": drift}


def ratings_by_visibility(field: Field) -> dict[str, Measured]:
    """Good or excellent by how often people saw officers on foot in the year: thirds of what they recall."""

    def one(replicate: int) -> Iterator[float]:
        people = field.people(field.arms[0], END, replicate)
        rng = field.luck(replicate, "survey")
        rows = respondents(people, field.pattern.survey, rng)
        good = agrees(people, "good_job", rng)[rows]
        seen = people["patrols_seen"][rows] + rng.random(rows.size)
        low, high = np.quantile(seen, [1 / 3, 2 / 3])
        shares = [
            100.0 * float(good[who].mean())
            for who in (seen <= low, (seen > low) & (seen <= high), seen > high)
        ]
        yield shares[2] - shares[0]
        yield shares[1] - shares[0]
        yield shares[2] - shares[1]

    whole, lower, upper = each(field.replicates, one)
    return {"high less low": whole, "medium less low": lower, "high less medium": upper}
