"""The columns of each kind of agent: state lives here, one array per property.

`N` residents, `P` publics, `B` beats, `T` topics, `F` officers. Levels are shares 0-1.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

NEVER = -30000  # a week before any week: "not yet"
ATTITUDE_COUNT = 4
TOPIC_COUNT = 6
COUNTS = (
    "contacts",
    "consulted",
    "informed",
    "stops",
    "severe_stops",
    "calls",
    "calls_resolved",
    "promises_kept",
    "promises_broken",
    "answers",
    "traffic_stops",
    "meetings",
    "patrols_seen",
    "good_stories",
    "bad_stories",
)
(
    CONTACTS,
    CONSULTED,
    INFORMED,
    STOPS,
    SEVERE_STOPS,
    CALLS,
    CALLS_RESOLVED,
    PROMISES_KEPT,
    PROMISES_BROKEN,
    ANSWERS,
    TRAFFIC_STOPS,
    MEETINGS,
    PATROLS_SEEN,
    GOOD_STORIES,
    BAD_STORIES,
) = range(len(COUNTS))

# marks, fixed at week 0 (the loudest tenth at the founding)
MOST_AFFECTED, USUAL_SUSPECT, LOUDEST = 1, 2, 4
# what is known of a waiting concern
PROMISED, FOR_PARTNER, PASSED_ON, ANSWERED, WAITING = 1, 2, 4, 8, 16
RESPONSE, GENERALIST, SPECIALIST = 0, 1, 2


class Residents(NamedTuple):
    """Columns of residents, rows ordered by public, beat and position so that ties lie close together."""

    key: np.ndarray  # uint64 [N], from public and ordinal
    ordinal: np.ndarray  # int32 [N], place within the public
    public: np.ndarray  # uint8 [N]
    beat: np.ndarray  # uint8 [N]
    age: np.ndarray  # uint8 [N]
    tenure: np.ndarray  # uint8 [N]
    ethnic: np.ndarray  # uint8 [N]
    member: np.ndarray  # uint8 [N], 1 = member of the public's association
    marks: np.ndarray  # uint8 [N]
    need: np.ndarray  # float32 [N]
    ease: np.ndarray  # float32 [N]
    voice: np.ndarray  # float32 [N]
    street: np.ndarray  # float32 [N]
    involvement: np.ndarray  # float32 [N]
    enforcement: np.ndarray  # float32 [N]
    need_rank: np.ndarray  # float32 [N], fractional rank of need in the area
    outreach: np.ndarray  # float32 [N], weight in the present plan
    door: np.ndarray  # float32 [N], weight at the open door
    concerns: np.ndarray  # float32 [N, T], shares
    total: np.ndarray  # float64 [4, N]
    settled: np.ndarray  # float64 [4, N]
    disposition: np.ndarray  # float32 [4, N]
    belief: np.ndarray  # float64 [N], voice belief
    belief_home: np.ndarray  # float32 [N]
    hardness: np.ndarray  # float64 [N]
    hardness_home: np.ndarray  # float32 [N]
    impartiality: np.ndarray  # float64 [N], perceived
    impartiality_home: np.ndarray  # float32 [N]
    known: np.ndarray  # float64 [N]
    foreseen: np.ndarray  # float64 [N], predictive expectation
    story: np.ndarray  # float64 [N, 2], what one has to tell: trust, confidence
    concern_topic: np.ndarray  # uint8 [N]
    concern_week: np.ndarray  # int16 [N], week it was raised
    concern_state: np.ndarray  # uint8 [N], flags
    counts: np.ndarray  # uint16 [len(COUNTS), N]
    last_contact: np.ndarray  # int16 [N]
    last_informed: np.ndarray  # int16 [N]
    last_search: np.ndarray  # int16 [N]
    last_contact_fairness: np.ndarray  # float32 [N]
    last_stop_fairness: np.ndarray  # float32 [N]
    last_call_satisfaction: np.ndarray  # float32 [N]
    last_call_fairness: np.ndarray  # float32 [N]
    last_traffic_fairness: np.ndarray  # float32 [N]


class Officers(NamedTuple):
    """Columns of officers. An officer of the model stands for `weight` officers of the area's hours."""

    key: np.ndarray  # uint64 [F]
    role: np.ndarray  # uint8 [F]
    beat: np.ndarray  # uint8 [F], first beat of a generalist
    weight: np.ndarray  # float64 [F]
    skill: np.ndarray  # float64 [F]
    openness: np.ndarray  # float64 [F]
    familiarity: np.ndarray  # float64 [F, P]
    tenure: np.ndarray  # int32 [F], weeks in post
    tired: np.ndarray  # float64 [F]
    trained: np.ndarray  # float64 [F]
    reward: np.ndarray  # float64 [F], this week's contacts, quality less neutral
    met: np.ndarray  # float64 [F], this week's contacts
    met_public: np.ndarray  # float64 [F, P], this week's two-way contacts by depth
    of_beat: np.ndarray  # int32 [B, per beat], generalists of each beat
    specialists: np.ndarray  # int32 [specialists]
    responders: np.ndarray  # int32 [responders]


class Groups(NamedTuple):
    """Columns of the associations through which publics act, one for each public."""

    strength: np.ndarray  # float64 [P]
    access: np.ndarray  # float64 [P]
    access_start: np.ndarray  # float64 [P]
    energy: np.ndarray  # float64 [P]
    withdrawn: np.ndarray  # uint8 [P]
    agenda: np.ndarray  # float64 [P, T], formed by vocal members
    agenda_beats: np.ndarray  # float64 [P, B]
    loud_share: np.ndarray  # float64 [P], share of its weight that is from the loudest tenth
