"""The part of a report about robustness: warning first, then shares, publics, regret, switches, boxes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from analysis.experiment import Experiment
from analysis.reading import Sweep
from analysis.report.section import Figure, Section, Table
from analysis.robustness import boxes_told, drawing
from analysis.robustness.harm import ON_AVERAGE, RELATIVE, hurt_in_spite_of_the_mean
from analysis.robustness.pairs import Pairs, better, pairs
from analysis.robustness.regret import regrets
from analysis.robustness.shares import shares
from analysis.robustness.switching import switching_values
from analysis.robustness.words import (
    amount,
    counted,
    labels_of_publics,
    listed,
    outcome_name,
    percent,
    policy_name,
    rounded,
    side,
    subject_name,
    uncertainty,
    unit_of,
    within,
)
from sim.results import ALL

_MOST_TOLD = 12  # findings told in sentences; the tables hold all
_FEW_WORLDS = 10
_HOW_TO_PAIR = (
    "To ask which policy holds up, let policies meet the same worlds: list scenarios, as in scenario ="
    ' ["baseline", "two-way"], or lever values, as in "policy.hours" = [2, 6], and keep ranges for'
    " [uncertainties]. A latin-hypercube design crosses what is listed with the whole sample."
)
_HOW_TO_VARY = (
    "Robustness needs worlds that differ: give [uncertainties] ranges, parameter_sets = 50 or theory ="
    ' ["fair-treatment", "effectiveness"], or cross [areas].'
)


def sections(sweep: Sweep, experiment: Experiment, base: str | None = None) -> list[Section]:
    """What a report says of robustness, warnings first.

    Args:
        sweep: the tables of a sweep, finished or not.
        experiment: the experiment it belongs to.
        base: the policy that others are compared with; None for the first scenario with its own
            lever values.

    Returns:
        Sections with sentences, figures and tables; where nothing can be compared, one section that
        says why and how to ask.

    Raises:
        ValueError: no policy has the name `base`.
    """
    paired = pairs(sweep, experiment, base)
    labels = labels_of_publics(experiment)
    if not paired.others or not paired.paired_worlds or not paired.outcomes:
        return [_nothing(paired)]
    found = [_warning(paired, labels), _overview(paired), _publics(paired, labels)]
    if paired.paired_worlds > 1:
        found += [_regret(paired), _by_kind(paired), _switching(paired), boxes_told.section(paired)]
    return [section for section in found if section is not None]


def _nothing(paired: Pairs) -> Section:
    """Why no policy can be compared."""
    if not paired.outcomes:
        said = [
            f"No outcome kept has a better direction ({listed(list(map(outcome_name, paired.undirected)))}),"
            " so no policy can be said to beat another."
        ]
    elif not paired.others:
        said = ["There is one policy only, so there is nothing to compare it with.", _HOW_TO_PAIR]
        if paired.policies.sampled:
            said[0] = (
                f"Levers ({listed(paired.policies.sampled)}) and uncertainties were sampled together, so"
                " no two policies met the same world and their difference cannot be told from the"
                " world's."
            )
    elif paired.missing:
        said = [
            f"No other policy has been run in a world of the base {policy_name(paired.base)} yet:"
            f" {counted(paired.missing, 'run is', 'runs are')} missing or failed."
        ]
    else:
        said = [
            f"No other policy meets a world in which {policy_name(paired.base)} was run.",
            _HOW_TO_PAIR,
        ]
    return Section(
        "robustness", "Robustness: which policy holds up", (*said, *paired.policies.notes)
    )


# ---- warning


def _warning(paired: Pairs, labels: dict[str, str]) -> Section | None:
    table = hurt_in_spite_of_the_mean(paired)
    if table.empty:
        return None
    said = [_hurt(row, paired, labels) for row in table.head(_MOST_TOLD).to_dict("records")]
    if len(table) > _MOST_TOLD:
        said.append(f"{len(table) - _MOST_TOLD} more findings of this kind are in the table.")
    said += _guards(paired)
    caption = "Policies that help everybody on average and hurt a public"
    return Section(
        "robustness-harm", "Helps the mean, hurts a public", tuple(said),
        (Table("robustness-harm", caption, table),), warning=True,
    )  # fmt: skip


def _hurt(row: dict[str, object], paired: Pairs, labels: dict[str, str]) -> str:
    outcome, worlds = str(row["outcome"]), int(str(row["worlds"]))
    lifts = "lifts" if better(outcome) > 0 else "lowers (improves)"
    public = subject_name(str(row["public"]), labels)
    size = amount(outcome, float(str(row["difference"])))
    low, high = (amount(outcome, float(str(row[end]))) for end in ("low", "high"))
    both = f"in {row['both']} of {counted(worlds, 'world')} both happen at once"
    both += f" ({percent(float(str(row['share'])))})"
    clear = f"and in {row['clearly_worse']} the loss is clear of the dice"
    first = (
        f"The policy {policy_name(str(row['policy']))} {lifts} the mean of {outcome_name(outcome)}"
    )
    first += f" ({amount(outcome, float(str(row['overall'])))} against {policy_name(paired.base)}) and hurts {public}"
    if row["hurt"] == ON_AVERAGE:
        return f"{first}: {size} on average (95 % interval {low} to {high}); {both}, {clear}."
    return f"{first} in some worlds: {both}, {clear}; on average it is {size}."


def _guards(paired: Pairs) -> list[str]:
    """What small numbers leave open."""
    found = []
    if paired.paired_worlds == 1:
        found.append("This is one world: whether it holds in others is not known.")
    elif paired.paired_worlds < _FEW_WORLDS:
        found.append(f"These are {paired.paired_worlds} worlds only, so shares are rough.")
    if paired.replicates == 1:
        found.append(
            "With one replicate nothing can be told from the luck of the dice, which is the same in"
            " every world, and the worst-off public is picked partly by luck: use more replicates."
        )
    return found


# ---- overview


def _overview(paired: Pairs) -> Section:
    table = shares(paired)
    said = [_who_and_where(paired), *_guards(paired)]
    if paired.paired_worlds == 1:
        said.insert(1, _HOW_TO_VARY)
    said += _best(paired, table)
    said += _unchanged(paired, table)
    said += paired.policies.notes
    if paired.undirected:
        names = listed([outcome_name(name) for name in paired.undirected])
        said.append(f"Not judged, because neither direction is better: {names}.")
    if paired.missing:
        runs = counted(paired.missing, "run is", "runs are")
        said.append(
            f"{runs} missing: failed, or not run yet. Pairs without a partner are left out; what"
            " follows rests on the rest."
        )
    said.append(
        "Better and worse go by the mean of the paired differences in a world; clearly better and"
        " clearly worse are worlds where their 95 % interval over replicates leaves zero (of a hundred"
        " worlds without any difference, some two or three would still be called clear on each side)."
        " The worst-off public is the one that is worst off on the same outcome at the base's end in"
        " that world, for each replicate as the other replicates show it."
    )
    parts: list[Figure | Table] = [drawing.share_figure(paired, table)] if len(table) else []
    if len(paired.others) > drawing.MOST_ROWS:
        parts.append(Table("robustness-shares-all", "All policies", table))
    return Section("robustness", "Robustness: which policy holds up", tuple(said), tuple(parts))


def _who_and_where(paired: Pairs) -> str:
    own = "" if paired.policies.own_base else (
        ", the first listed: the base scenario's own lever values are not on the grid"
    )  # fmt: skip
    draws = len(set(paired.policies.draws))
    worlds = counted(paired.paired_worlds, "world")
    if 1 < draws < paired.worlds:
        worlds += f" ({counted(draws, 'draw')} of uncertain numbers, each under several theories, areas or events)"
    sampled = (
        f" Levers that were sampled ({listed(paired.policies.sampled)}) count as part of the world."
        if paired.policies.sampled
        else ""
    )
    return (
        f"{counted(len(paired.others), 'policy is', 'policies are')} compared with {policy_name(paired.base)}{own},"
        f" in {worlds}, at week {paired.week}, pair by pair with the same dice"
        f" ({counted(paired.replicates, 'replicate')}).{sampled}"
    )


def _best(paired: Pairs, table: pd.DataFrame) -> list[str]:
    """For each outcome, the policy that beats the base in most worlds."""
    found = []
    for outcome in paired.outcomes:
        for subject in paired.subjects(outcome):
            own = table[(table["outcome"] == outcome) & (table["subject"] == subject)]
            if own.empty or not (own["better"] + own["worse"]).any():
                continue
            row = own.sort_values("share_better", ascending=False, kind="stable").iloc[0]
            whom = "" if subject == ALL else " of the worst-off public"
            name, base = policy_name(row["policy"]), policy_name(paired.base)
            many = len(paired.others) > 1
            first = f"{base} is beaten most often by {name}:" if many else f"{name} beats {base}"
            worlds = counted(int(row["worlds"]), "world")
            interval = f"{percent(row['share_better'])}, 95 % interval {percent(row['low'])} to {percent(row['high'])}"
            clear = f"clearly better in {row['clearly_better']}, clearly worse in {row['clearly_worse']}"
            found.append(
                f"{outcome_name(outcome).capitalize()}{whom}: {first} in {row['better']} of {worlds}"
                f" ({interval}); {clear}. Mean difference {amount(outcome, row['mean_difference'])}, worst"
                f" {amount(outcome, row['worst_difference'])}."
            )
    return found


def _unchanged(paired: Pairs, table: pd.DataFrame) -> list[str]:
    found = []
    for outcome in paired.outcomes:
        own = table[table["outcome"] == outcome]
        if own.empty:
            found.append(f"{outcome_name(outcome).capitalize()} has no value in any pair.")
        elif not (own["better"] + own["worse"]).any():
            found.append(f"No policy changes {outcome_name(outcome)} in any world.")
    return found


# ---- publics


def _publics(paired: Pairs, labels: dict[str, str]) -> Section | None:
    outcomes = [name for name in paired.outcomes if len(paired.subjects(name)) > 1]
    if not outcomes:
        return None
    table = drawing.public_table(paired)
    said = [_loses_most(table.rows, outcome, labels) for outcome in outcomes]
    relative = [name for name in outcomes if name in RELATIVE]
    if relative:
        names = listed([outcome_name(name) for name in relative])
        said.append(
            f"Where one public gains on {names} another loses by definition: no warning is made of it."
        )
    said.append(
        "Intervals of means count what worlds and dice leave open; clearly worse worlds are counted with"
        " all publics looked at together."
    )
    figures = [drawing.public_figure(paired, outcome, labels) for outcome in outcomes]
    return Section(
        "robustness-publics", "For whom: differences by public",
        tuple(one for one in said if one), (*figures, table),
    )  # fmt: skip


def _loses_most(table: pd.DataFrame, outcome: str, labels: dict[str, str]) -> str:
    own = table[(table["outcome"] == outcome) & (table["public"] != ALL)]
    if own.empty:
        return ""
    row = own.loc[(own["mean_difference"] * better(outcome)).idxmin()]
    public, size = subject_name(row["public"], labels), amount(outcome, row["mean_difference"])
    name = outcome_name(outcome)
    if better(outcome) * row["mean_difference"] >= 0:
        return f"On {name} no public loses on average under any policy."
    interval = ""
    if row["low"] is not None and row["low"] == row["low"]:
        interval = (
            f", 95 % interval {amount(outcome, row['low'])} to {amount(outcome, row['high'])}"
        )
    clear = f"in {row['clearly_worse']} of {counted(row['worlds'], 'world')} clear of the dice"
    return f"On {name} {public} loses most, under {policy_name(row['policy'])}: {size} on average{interval}; {clear}."


# ---- regret


def _regret(paired: Pairs) -> Section | None:
    table = regrets(paired)
    if table.empty:
        none = "Regret needs worlds that every policy met, and there are none yet."
        return Section("robustness-regret", "Regret", (none,))
    said = [
        "The regret of a policy in a world is what it falls short of the best policy there. The choice"
        " by minimax regret is the policy whose largest regret is the smallest."
    ]
    for (outcome, subject), own in table.groupby(["outcome", "subject"], sort=False):
        said.append(_choice(str(outcome), str(subject), own))
    said.append(
        "The best of several policies is partly luck, so all regrets are somewhat too large, the more so"
        " the fewer replicates there are."
    )
    return Section(
        "robustness-regret", "Regret", tuple(said), (drawing.regret_figure(paired, table),)
    )


def _choice(outcome: str, subject: str, own: pd.DataFrame) -> str:
    whom = "" if subject == ALL else " of the worst-off public"
    first = f"{outcome_name(outcome).capitalize()}{whom}"
    best = own[own["minimax"]]
    if len(best) == len(own):
        return f"{first}: all policies have the same largest regret, so it does not choose between them."
    worst = own.loc[own["max_regret"].idxmax()]
    names = listed([policy_name(one) for one in best["policy"]])
    largest = amount(outcome, float(best["max_regret"].iloc[0]), signed=False)
    held = best["minimax_held"].sum() if best["minimax_held"].notna().all() else None
    dice = f"; chosen in {percent(held)} of resamples of the dice" if held is not None else ""
    return (
        f"{first}: {names}, at most {largest} below the best in"
        f" {counted(int(own['worlds'].iloc[0]), 'world')}{dice}. Most is risked with {policy_name(worst['policy'])}:"
        f" {amount(outcome, worst['max_regret'], signed=False)}."
    )


# ---- theory and area


def _by_kind(paired: Pairs) -> Section | None:
    kinds = paired.policies.kinds
    if kinds.empty or not len(kinds.columns):
        return None
    said, parts = [], []
    for name in kinds:
        table = shares(paired, name)
        parts.append(
            Table(
                f"robustness-by-{name}",
                f"Share of worlds in which a policy beats the base, by {name}",
                table,
            )
        )
        said += list(_depends(table, str(name)))
    said = said or [
        "No policy changes from better in most worlds to worse in most with any of these."
    ]
    return Section(
        "robustness-by", f"By {listed(list(kinds))}", tuple(said[:_MOST_TOLD]), tuple(parts)
    )


def _depends(table: pd.DataFrame, by: str) -> Iterable[str]:
    """Policies that are better in most worlds of one kind and worse in most of another."""
    for (policy, outcome, subject), own in table.groupby(
        ["policy", "outcome", "subject"], sort=False
    ):
        yes, no = own[own["low"] > 0.5], own[own["high"] < 0.5]
        if yes.empty or no.empty:
            continue
        whom = "" if subject == ALL else " of the worst-off public"
        better_in = listed(
            [f"{row[by]} ({percent(row['share_better'])})" for _, row in yes.iterrows()]
        )
        worse_in = listed(
            [f"{row[by]} ({percent(row['share_better'])})" for _, row in no.iterrows()]
        )
        yield (
            f"{policy_name(str(policy))} beats the base on {outcome_name(str(outcome))}{whom} in most"
            f" worlds of {better_in}, and in few of {worse_in}."
        )


# ---- switching values


def _switching(paired: Pairs) -> Section:
    title = "Switching values: where a policy stops being better"
    table = switching_values(paired)
    told = _told_once(table[table["told"]])
    known: set[str] = set()
    findings = [_switch(row, paired, known) for row in told[:_MOST_TOLD]]
    if len(told) > _MOST_TOLD:
        findings.append(f"{len(told) - _MOST_TOLD} more are in the table.")
    rule = (
        "A value is told only where the rule, fitted on half of the draws, is wrong in at most 15 % of"
        " the held-out worlds, in at most half as many as always giving the commoner answer, and where"
        " shuffled worlds rarely do as well."
    )
    caption = "Every uncertainty that was tried"
    parts = (Table("robustness-switching", caption, table),) if len(table) else ()
    said = findings or [_no_switch(table)]
    return Section("robustness-switching", title, (*said, rule), parts)


def _told_once(told: pd.DataFrame) -> list[dict[str, Any]]:
    """Findings of single theories and areas only where they say something else than all worlds do."""
    known = ["policy", "outcome", "subject", "uncertainty", "better"]
    whole = {
        tuple(row[name] for name in known): row
        for row in told[told["within"] == ""].to_dict("records")
    }
    found = []
    for row in told.to_dict("records"):
        all_worlds = whole.get(tuple(row[name] for name in known))
        alike = all_worlds is not None and all_worlds["low"] <= row["value"] <= all_worlds["high"]
        if not row["within"] or not alike:
            found.append(row)
    return found


def _switch(row: dict[str, object], paired: Pairs, known: set[str]) -> str:
    name, outcome = str(row["uncertainty"]), outcome_name(str(row["outcome"]))
    whom = "" if row["subject"] == ALL else " of the worst-off public"
    value, low, high = (rounded(float(str(row[key]))) for key in ("value", "low", "high"))
    unit = f"{unit_of(name)}; " if unit_of(name) else ""
    wrong, without = (percent(float(str(row[key]))) for key in ("wrong_held_out", "wrong_without"))
    return (
        f"{within(str(row['within']))}{policy_name(str(row['policy']))} stops being better than"
        f" {policy_name(paired.base)} on {outcome}{whom} when {uncertainty(name, known)} is"
        f" {side(str(row['better']))} {value} [{unit}95 % interval {low} to {high}]; wrong in {wrong} of"
        f" {int(float(str(row['held_out'])))} held-out worlds, against {without} without the rule."
    )


def _no_switch(table: pd.DataFrame) -> str:
    few = table[table["uncertainty"] == ""]
    if table.empty:
        return "No policy changes sides: each is better than the base in all worlds, or in none."
    if len(few) == len(table):
        return f"No switching value is looked for: {few['why'].iloc[0]}."
    return "No single uncertainty tells well enough where a policy stops being better."
