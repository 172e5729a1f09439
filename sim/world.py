"""All state of one area in one replicate, as the compiled week sees it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.agents.columns import Groups, Officers, Residents

# levers, in the order of a row of Schedule.policies
LEVER_ORDER = (
    "hours",
    "time.engage",
    "time.patrol",
    "time.solve",
    "time.stop",
    "mix.inform",
    "mix.consult",
    "mix.collaborate",
    "reach.need",
    "reach.ease",
    "reach.voice",
    "reach.proportion",
    "reach.door",
    "specialists",
    "feedback",
    "forward",
    "promise",
    "lay_weight",
    "mixed_forums",
    "fairness_training",
    "leadership",
    "partnership",
    "stops",
    "tenure_weeks",
    "abstraction",
)
(
    HOURS,
    TIME_ENGAGE,
    TIME_PATROL,
    TIME_SOLVE,
    TIME_STOP,
    MIX_INFORM,
    MIX_CONSULT,
    MIX_COLLABORATE,
    REACH_NEED,
    REACH_EASE,
    REACH_VOICE,
    REACH_PROPORTION,
    REACH_DOOR,
    SPECIALISTS,
    FEEDBACK,
    FORWARD,
    PROMISE,
    LAY_WEIGHT,
    MIXED_FORUMS,
    FAIRNESS_TRAINING,
    LEADERSHIP,
    PARTNERSHIP,
    STOPS_SET,
    TENURE_WEEKS,
    ABSTRACTION,
) = range(len(LEVER_ORDER))

# events
EVENT_KINDS = ("critical-incident", "budget-cut", "rotation", "media-campaign", "policy")
CRITICAL_INCIDENT, BUDGET_CUT, ROTATION, MEDIA_CAMPAIGN, POLICY_SWITCH = range(5)

# what is counted, by week and public
COUNTED = (
    "contacts",
    "two_way",
    "raised",
    "closed",
    "answered",
    "acted",
    "calls",
    "resolved",
    "promises_due",
    "promises_kept",
    "heard_weight",
    "heard_loud",
    "searches",
    "engagement_hours",
    "response_hours",
    "incidents",
    "found",
    "only_answered",
)
(
    C_CONTACTS,
    C_TWO_WAY,
    C_RAISED,
    C_CLOSED,
    C_ANSWERED,
    C_ACTED,
    C_CALLS,
    C_RESOLVED,
    C_DUE,
    C_KEPT,
    C_HEARD,
    C_LOUD,
    C_SEARCHES,
    C_ENGAGED,
    C_RESPONDED,
    C_INCIDENTS,
    C_FOUND,
    C_ONLY_ANSWERED,
) = range(len(COUNTED))

# sums over residents in a week, by row of publics (publics, then all, most affected, usual suspects)
SUMMED = (
    "people",
    "trust",
    "confidence",
    "legitimacy",
    "expectation",
    "belief",
    "impartiality",
    "hardness",
    "trust_squared",
    "reached",
    "informed",
    "seen",
    "reached_rank",
    "rank",
    "search_hazard",
    "repeat_hazard",
    "suspect_hazard",
    "suspects",
    "suspect_involvement",
    "involvement",
    "incident_hazard",
    "ease",
)
(
    S_PEOPLE,
    S_TRUST,
    S_CONFIDENCE,
    S_LEGITIMACY,
    S_EXPECTATION,
    S_BELIEF,
    S_IMPARTIALITY,
    S_HARDNESS,
    S_TRUST_SQUARED,
    S_REACHED,
    S_INFORMED,
    S_SEEN,
    S_REACHED_RANK,
    S_RANK,
    S_HAZARD,
    S_REPEAT,
    S_SUSPECT_HAZARD,
    S_SUSPECTS,
    S_SUSPECT_INVOLVEMENT,
    S_INVOLVEMENT,
    S_INCIDENTS,
    S_EASE,
) = range(len(SUMMED))

# hours in and hours used, by week
HOURS_BOOKED = (
    "in",
    "abstracted",
    "training",
    "leading",
    "contacts",
    "answers",
    "passed_on",
    "patrol",
    "solving",
    "searches",
    "given_up",
    "carried",
    "specialist_engagement",
    "generalist_engagement",
    "generalist_offered",
    "response_in",
    "response_calls",
    "response_searches",
    "response_spare",
    "searches_made",
    "searches_carried",
)
(
    H_IN,
    H_ABSTRACTED,
    H_TRAINING,
    H_LEADING,
    H_CONTACTS,
    H_ANSWERS,
    H_PASSED_ON,
    H_PATROL,
    H_SOLVING,
    H_SEARCHES,
    H_GIVEN_UP,
    H_CARRIED,
    H_SPECIALISTS,
    H_GENERALISTS,
    H_OFFERED,
    H_RESPONSE_IN,
    H_RESPONSE_CALLS,
    H_RESPONSE_SEARCHES,
    H_RESPONSE_SPARE,
    H_SEARCHES_MADE,
    H_SEARCHES_CARRIED,
) = range(len(HOURS_BOOKED))

# single numbers that last from week to week, in Police.state
POLICE_STATE = (
    "cut",
    "openness",
    "internal_fairness",
    "skill",
    "partner_capacity",
    "officer_hours",
    "call_hours",
    "purse_inform",
    "purse_consult",
    "purse_collaborate",
    "purse_answers",
    "purse_passing",
    "purse_searches",
    "outreach_sum",
    "door_sum",
    "capacity",
    "cooperation",
    "capture",
    "searches_planned",
    "patrol_hours",
    "solve_hours",
    "contact_hours",
    "answers_allowed",
    "passing_allowed",
    "inform_count",
    "consult_count",
    "collaborate_count",
    "specialist_part",
    "plan_policy",
    "demand",
    "stop_hours",
    "response_stop_hours",
    "spare",
    "heard_total",
    "patrol_per_1000",
    "engage_hours",
    "neighbourhood_searches",
    "searches_needed",
    "response_in",
    "mean_openness",
    "demand_scale",
    "response_left",
)
(
    CUT,
    OPENNESS,
    INTERNAL_FAIRNESS,
    SKILL,
    PARTNER_CAPACITY,
    OFFICER_HOURS,
    CALL_HOURS,
    PURSE_INFORM,
    PURSE_CONSULT,
    PURSE_COLLABORATE,
    PURSE_ANSWERS,
    PURSE_PASSING,
    PURSE_SEARCHES,
    OUTREACH_SUM,
    DOOR_SUM,
    CAPACITY,
    COOPERATION,
    CAPTURE,
    SEARCHES_PLANNED,
    PATROL_HOURS,
    SOLVE_HOURS,
    CONTACT_HOURS,
    ANSWERS_ALLOWED,
    PASSING_ALLOWED,
    INFORM_COUNT,
    CONSULT_COUNT,
    COLLABORATE_COUNT,
    SPECIALIST_PART,
    PLAN_POLICY,
    DEMAND,
    STOP_HOURS,
    RESPONSE_STOP_HOURS,
    SPARE,
    HEARD_TOTAL,
    PATROL_PER_1000,
    ENGAGE_HOURS,
    NEIGHBOURHOOD_SEARCHES,
    SEARCHES_NEEDED,
    RESPONSE_IN,
    MEAN_OPENNESS,
    DEMAND_SCALE,
    RESPONSE_LEFT,
) = range(len(POLICE_STATE))


class Ties(NamedTuple):
    """Who talks with whom: row i's ties are `other[start[i]:start[i + 1]]`."""

    start: np.ndarray  # int32 or int64 [N + 1]
    other: np.ndarray  # int32 [ties, both ways]


class Publics(NamedTuple):
    """Tables by public (P rows)."""

    people: np.ndarray  # int64 [P]
    share: np.ndarray  # float64 [P]
    suspicion: np.ndarray  # float64 [P]
    start: np.ndarray  # float64 [P, 7]: four attitudes, belief, hardness, impartiality at week 0
    naming: np.ndarray  # float64 [P, P], cumulative chance that a resident of row names column
    need: np.ndarray  # float64 [P], sum of need
    ease: np.ndarray  # float64 [P], mean ease
    blame: np.ndarray  # float64 [P], weight of concerns that named the public, fading
    blame_intensity: np.ndarray  # float64 [P]
    contact_past: np.ndarray  # float64 [P], contacts, fading
    service: np.ndarray  # float64 [P], hours of service, fading
    passed_over: np.ndarray  # float64 [P]
    blame_new: np.ndarray  # float64 [P], this week
    stop_excess: np.ndarray  # float64 [P]
    hazard: np.ndarray  # float64 [P], expected searches this week
    cooperation: np.ndarray  # float64 [P]
    delivered: np.ndarray  # float64 [P]
    familiarity: np.ndarray  # float64 [P], mean over beats


class Places(NamedTuple):
    """Tables by beat (B), by cell of public and beat (P*B), and by topic (T)."""

    cell_start: np.ndarray  # int64 [P*B + 1]
    people: np.ndarray  # float64 [B]
    need_cell: np.ndarray  # float64 [P*B], sum of need
    involvement_cell: np.ndarray  # float64 [P*B]
    lay_cell: np.ndarray  # float64 [P*B], sum of street time and label
    familiarity_cell: np.ndarray  # float64 [P*B]
    outreach_cell: np.ndarray  # float64 [P*B], factor on outreach weights
    disorder: np.ndarray  # float64 [B, T]
    disorder_home: np.ndarray  # float64 [B, T]
    topic_rate: np.ndarray  # float64 [T], share of incidents by topic at the start
    partner_share: np.ndarray  # float64 [T]
    heard_topic: np.ndarray  # float64 [T]
    heard_beat: np.ndarray  # float64 [B]
    heard_topic_new: np.ndarray  # float64 [T], this week
    heard_beat_new: np.ndarray  # float64 [B], this week
    priorities: np.ndarray  # float64 [B, T], shares of problem-solving hours
    hours_topic: np.ndarray  # float64 [B, T], per 1,000 people of the beat
    act_chance: np.ndarray  # float64 [B, T]
    care: np.ndarray  # float64 [B]
    concern_need: np.ndarray  # float64 [P, B, T], need-weighted concerns
    public_topics: np.ndarray  # float64 [T], concerns of everybody
    loud_topics: np.ndarray  # float64 [T], concerns of the loudest tenth
    incident_factor: np.ndarray  # float64 [B], expected incidents per unit of need and week


class Police(NamedTuple):
    """Single numbers of the force that last from week to week."""

    state: np.ndarray  # float64 [len(POLICE_STATE)]


class Schedule(NamedTuple):
    """Policies and dated events of the whole run."""

    policies: np.ndarray  # float64 [policies, levers]
    of_week: np.ndarray  # int32 [all weeks + 1]
    event_week: np.ndarray  # int32 [events], week counted from the founding
    event_kind: np.ndarray  # int32 [events]
    event_public: np.ndarray  # int32 [events]
    event_size: np.ndarray  # float64 [events, 2]
    demand: (
        np.ndarray
    )  # float64 [3]: incidents and traffic stops per 1,000 a year, mean street time
    norms: np.ndarray  # float64 [3, 2]: mean and spread of need, ease, voice


class Books(NamedTuple):
    """What is written down. Rows of publics: each public, all, most affected, usual suspects."""

    ledger: (
        np.ndarray
    )  # float64 [weeks + 1, P + 2, 4, causes], sums over residents; last most affected, suspects
    counts: np.ndarray  # float64 [weeks + 1, Q, len(COUNTED)]
    window52: np.ndarray  # float64 [Q, len(COUNTED)]
    window26: np.ndarray  # float64 [Q, len(COUNTED)]
    sums: np.ndarray  # float64 [Q, len(SUMMED)]
    flow: (
        np.ndarray
    )  # float64 [P, 7], what moved levels other than their return home, since the last anchor
    hours: np.ndarray  # float64 [weeks + 1, len(HOURS_BOOKED)]
    values: np.ndarray  # float64 [weeks + 1, Q, indicators]
    traced: np.ndarray  # int64 [2]: row followed (-1 none), entries used
    trace_posts: np.ndarray  # float64 [weeks + 1, 4, causes] or [1, 4, causes]
    trace_levels: np.ndarray  # float64 [weeks + 1, 4] or [1, 4]
    trace_notes: np.ndarray  # float64 [entries, 6]: week, kind, and four details
    early_row: (
        np.ndarray
    )  # int32 [entries]: of whom something was counted in the last 52 weeks before week 0
    early_week: np.ndarray  # int16 [entries]
    early_what: np.ndarray  # int16 [entries]
    early_weight: np.ndarray  # float64 [entries]
    early_used: np.ndarray  # int64 [1]


class Scratch(NamedTuple):
    """Room for lists of a week."""

    rows: np.ndarray  # int32 [N]
    order: np.ndarray  # float64 [N]
    door_rows: np.ndarray  # int32 [N]
    door_order: np.ndarray  # float64 [N]
    chosen: np.ndarray  # int32 [N], residents met this week
    chosen_kind: np.ndarray  # uint8 [N]
    incident_rows: np.ndarray  # int32 [N]
    stop_rows: np.ndarray  # int32 [N], >= 0 searched, else ~row stopped in traffic
    waiting: np.ndarray  # int32 [N], residents whose concern waits
    used: np.ndarray  # int64 [6]: lengths of the lists
    spoken: np.ndarray  # float64 [N, 4], trust, confidence and story at the time of talking
    taken: np.ndarray  # uint8 [N]


class World(NamedTuple):
    """Everything that changes, and the tables it changes by."""

    seed: np.ndarray  # uint64 [1]
    clock: np.ndarray  # int64 [2]: weeks since the founding, week 0 counted from the founding
    a: np.ndarray  # record of assumptions, one entry
    residents: Residents
    ties: Ties
    officers: Officers
    groups: Groups
    publics: Publics
    places: Places
    police: Police
    schedule: Schedule
    books: Books
    scratch: Scratch
