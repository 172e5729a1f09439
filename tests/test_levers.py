"""Every lever and every assumption moves at least one indicator beyond the noise of the dice.

Each is set to both ends of its range in worlds with the same dice. What one end gives less what the
other gives, as a mean over the weeks, has to leave zero by a 99 % interval over replicates that is
widened for the number of indicators and publics looked at (Bonferroni), and be large enough to see.
"""

from __future__ import annotations

import warnings
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from scipy.special import stdtrit

from sim import Scenario, compare, load, run
from sim.assumptions import ASSUMPTIONS
from sim.policy.levers import LEVERS
from sim.world import LEVER_ORDER

WEEKS, RESIDENTS, REPLICATES = 40, 1500, 10
ERROR = 0.01  # over all indicators and publics of one lever or assumption
SEEN = 0.001  # in the unit of the indicator

# An area where much happens in few weeks: many incidents and stops, many hours of all kinds of work.
# No warm-up: anchoring would hold each public at its surveyed levels whatever is assumed.
BUSY = (
    "area.warmup_weeks=0", "area.demand.incidents=2000", "area.demand.traffic_stops=1000", "policy.hours=40",
    "policy.time={engage=0.5, patrol=0.15, solve=0.2, stop=0.15}",
    "policy.mix={inform=0.2, consult=0.5, collaborate=0.3}", "policy.mixed_forums=0.5", "policy.forward=0.5",
    "policy.feedback=0.5", "policy.fairness_training=0.5", "policy.leadership=0.4", "policy.stops=60",
    "policy.partnership=0.6", "policy.reach={need=0.5, ease=0.0, voice=0.0, proportion=0.5, door=0.5}",
    'events=[{week=3, kind="critical-incident", group="young", severity=0.7},'
    ' {week=6, kind="media-campaign", tone=0.7, reach=0.6}]',
)  # fmt: skip
# Associations show where they bring everybody through the door, lobby and pass the word.
ASSOCIATIONS = (
    "policy.mix={inform=1, consult=0, collaborate=0}", "policy.time={engage=0.2, patrol=0.5, solve=0.2, stop=0.1}",
    "policy.reach={need=0, ease=0, voice=0, proportion=0, door=1}", "assumptions.mobilising=8",
    "assumptions.member_share=0.8", "assumptions.lobbying=3", "assumptions.passes_word=1",
)  # fmt: skip
CONSULTING = (
    "policy.mix={inform=0, consult=1, collaborate=0}",
    "policy.time={engage=0.4, patrol=0.2, solve=0.2, stop=0.2}",
)
# Only calls move anybody: nothing else happens in the week.
CALLED = (
    "policy.hours=0", "policy.stops=0", "area.demand.traffic_stops=0", "assumptions.report_base=0.95",
    "assumptions.hearsay=1", "events=[]",
)  # fmt: skip
ASKED = (
    "policy.hours=5",
    "policy.mix={inform=0, consult=1, collaborate=0}",
    "policy.feedback=1",
    "policy.partnership=1",
)
SEARCHING = (
    "policy.time={engage=0.1, patrol=0.1, solve=0, stop=0.8}", "policy.stops=100", "assumptions.label_fades=0",
    "assumptions.search_makes_known=0", "assumptions.find_makes_known=0.9",
)  # fmt: skip
INVOLVED = tuple(f"area.groups.{public}.involvement=0.5" for public in load("baseline").area.groups)
# What has to be the case besides for an assumption or lever to have something to act on.
CONTEXT: dict[str, tuple[str, ...]] = {
    "answers_at_most": ASKED,
    "call_moves_trust": CALLED,
    "news_moves_foresight": (*CALLED, "assumptions.expectation_follows=0.8"),
    "plan_corrects": (
        *CONSULTING,
        "policy.forward=1",
        "assumptions.expectation_follows=0",
        "assumptions.promise_lifts=0",
        "assumptions.settles_concern=0.9",
    ),
    "capture_seen_partial": (
        *CONSULTING,
        "policy.lay_weight=1",
        "assumptions.loudness_by_voice=2",
        "assumptions.heard_fades=0.5",
    ),  # fmt: skip
    "contacts_reward": (*CONSULTING, "area.police.skill=0.9", "assumptions.officer_spread=0"),
    "culture_pulls": ("policy.leadership=1",),
    "door_floor": ASSOCIATIONS,
    "energy_at_rest": (*ASSOCIATIONS, "assumptions.energy_fades=0.1"),
    "energy_fades": ASSOCIATIONS,
    "energy_follows_success": (
        *CONSULTING,
        "assumptions.mobilising=8",
        "assumptions.member_share=0.8",
    ),
    "find_makes_known": (*SEARCHING, "assumptions.found_by_chance=0.5"),
    "found_by_chance": SEARCHING,
    "found_by_involvement": (*SEARCHING, "assumptions.found_by_chance=0", *INVOLVED),
    "heard_fades": (*ASSOCIATIONS, "policy.lay_weight=1"),
    "member_share": ASSOCIATIONS,
    "members_by_voice": ASSOCIATIONS,
    "norm_pulls": (
        *CONSULTING,
        "area.police.skill=0.9",
        "assumptions.officer_spread=0",
        "assumptions.culture_pulls=0",
        "assumptions.contacts_reward=0.02",
    ),  # fmt: skip
    "officer_spread": (
        *CONSULTING,
        "area.police.openness=0.95",
        "area.police.skill=0.95",
        "assumptions.officer_matters=1.5",
        "assumptions.severe_share=0.4",
    ),  # fmt: skip
    "passing_on_at_most": ASKED,
    "passes_word": ASSOCIATIONS,
    "person_common": (
        *CONSULTING,
        "policy.reach={need=0, ease=0, voice=0, proportion=0, door=1}",
        "assumptions.person_spread=1.2",
        "assumptions.door_floor=0.01",
        "assumptions.door_by_voice=0",
        "assumptions.prior_colours_contact=1",
    ),  # fmt: skip
    "search_moves_confidence": SEARCHING,
    "search_moves_trust": SEARCHING,
    "severe_costs": (*SEARCHING, "assumptions.severe_share=0.4"),
    "spare_response_stops": (
        "policy.time={engage=0.5, patrol=0.3, solve=0.2, stop=0}",
        "area.police.demand_hours=0.2",
    ),
    "traffic_moves_trust": ("area.demand.traffic_stops=5000",),
    "withdraw_below": (
        *ASSOCIATIONS,
        "assumptions.energy_fades=0.1",
        "assumptions.energy_at_rest=0",
    ),
}


@cache
def context(*more: str) -> Scenario:
    return load("baseline", (*BUSY, *more))


def lived(scenario):
    return run(scenario, weeks=WEEKS, residents=RESIDENTS, replicates=REPLICATES)


def strongest(one, other):
    """The indicator and public that move most clearly: t over its bar, points, public, indicator."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore", RuntimeWarning)  # a mean of nothing is empty
        pairs = np.nanmean((other.values - one.values)[:, 1:], axis=1)
        whole = np.isfinite(pairs).all(axis=0)
        move = np.where(whole, pairs.mean(axis=0), 0.0)
        error = np.where(whole, pairs.std(axis=0, ddof=1), 0.0) / np.sqrt(REPLICATES)
        t = np.where(np.abs(move) > SEEN, np.abs(move) / error, 0.0)
    bar = stdtrit(REPLICATES - 1, 1.0 - ERROR / 2 / whole.sum())
    q, k = np.unravel_index(np.argmax(t), t.shape)
    return t[q, k] / bar, move[q, k], one.publics[q], one.indicators[k]


def share_of_rest(policy, name, value):
    """One share of a table at a value, the others in proportion."""
    table = name.split(".")[0]
    others = {
        lever: policy.level(lever)
        for lever in LEVERS
        if lever.startswith(f"{table}.") and lever != name
    }
    rest = {lever: level / sum(others.values()) * (1.0 - value) for lever, level in others.items()}
    return table, rest | {name: value}


def lever_at(name, value):
    """The setting that puts a lever at a value."""
    policy = context(*CONTEXT.get(name, ())).policy
    if "." not in name:
        return f"policy.{name}={value!r}"
    table, levels = name.split(".")[0], {}
    if table == "reach":
        levels = {lever: policy.level(lever) for lever in LEVERS if lever.startswith("reach.")} | {
            name: value
        }
    else:
        table, levels = share_of_rest(policy, name, value)
    inside = ", ".join(f"{lever.split('.')[1]} = {level!r}" for lever, level in levels.items())
    return f"policy.{table}={{{inside}}}"


@pytest.mark.parametrize("name", ASSUMPTIONS)
def test_every_assumption_moves_something(name):
    scenario, known = context(*CONTEXT.get(name, ())), ASSUMPTIONS[name]
    low, high = (
        lived(replace(scenario, assumptions=scenario.assumptions | {name: end}))
        for end in (known.low, known.high)
    )
    clear, points, public, indicator = strongest(low, high)
    assert clear > 1.0, (
        f"{name}: {indicator} of {public} moves by {points:.4f}, {clear:.2f} of what is clear"
    )


@pytest.mark.parametrize("name", LEVERS)
def test_every_lever_moves_something(name):
    lever, more = LEVERS[name], CONTEXT.get(name, ())
    low, high = (
        load("baseline", (*BUSY, *more, lever_at(name, end))) for end in (lever.low, lever.high)
    )
    found = compare(low, [high], weeks=WEEKS, residents=RESIDENTS, replicates=REPLICATES)
    clear, points, public, indicator = strongest(found.base, found.others["baseline"])
    assert clear > 1.0, (
        f"{name}: {indicator} of {public} moves by {points:.4f}, {clear:.2f} of what is clear"
    )


def test_a_number_that_nothing_reads_would_be_found_out():
    """The bar is one that a change of nothing, and a change of luck alone, do not clear."""
    here = lived(context())
    again = lived(replace(context(), title="Another title"))
    assert strongest(here, again)[0] == 0.0
    shuffled = replace(here, values=here.values[np.roll(np.arange(REPLICATES), 1)])
    assert strongest(here, shuffled)[0] < 1.0


def test_every_context_is_that_of_a_lever_or_an_assumption():
    assert set(CONTEXT) <= set(ASSUMPTIONS) | set(LEVERS)
    assert set(LEVER_ORDER) == set(LEVERS)
