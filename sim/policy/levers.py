"""The levers: what the police decide, each declared once.

A lever is an intention. What happens is the lesser of intention and capacity.
"""

from __future__ import annotations

from sim.core.declared import Declared

_PLAN = "a decision of the police, not a finding"


def _lever(
    name: str, default: float, low: float, high: float, unit: str, meaning: str, source: str = _PLAN
) -> Declared:
    return Declared(name, default, low, high, unit, meaning, source, "expert view")


_LEVERS = (
    _lever(
        "hours",
        5.0,
        0.0,
        40.0,
        "officer-hours per 1,000 people a week",
        "the neighbourhood hours that the area is given, before abstraction",
        "London ward officers 2019: about 4 to 6 hours per 1,000 people a week",
    ),
    _lever(
        "time.engage",
        0.35,
        0.0,
        1.0,
        "share of neighbourhood hours",
        "the share of neighbourhood hours planned for meeting people, answering and following up",
        "HMIC 2016; NPIA 2011: engagement and problem solving take about half a post",
    ),
    _lever(
        "time.patrol",
        0.30,
        0.0,
        1.0,
        "share of neighbourhood hours",
        "the share of neighbourhood hours planned for foot patrol",
    ),
    _lever(
        "time.solve",
        0.25,
        0.0,
        1.0,
        "share of neighbourhood hours",
        "the share of neighbourhood hours planned for solving local problems",
    ),
    _lever(
        "time.stop",
        0.10,
        0.0,
        1.0,
        "share of neighbourhood hours",
        "the share of neighbourhood hours planned for proactive stops",
    ),
    _lever(
        "mix.inform",
        0.6,
        0.0,
        1.0,
        "share of contact hours",
        "the share of contact hours spent on informing: brief, one way, many people",
    ),
    _lever(
        "mix.consult",
        0.35,
        0.0,
        1.0,
        "share of contact hours",
        "the share of contact hours spent on consulting: a resident raises a concern",
    ),
    _lever(
        "mix.collaborate",
        0.05,
        0.0,
        1.0,
        "share of contact hours",
        "the share of contact hours spent on collaborating: few people, long and deep",
    ),
    _lever(
        "reach.need",
        0.0,
        -3.0,
        3.0,
        "weight per standard deviation",
        "how strongly officers go to people with more exposure to harm and disorder",
    ),
    _lever(
        "reach.ease",
        0.0,
        -3.0,
        3.0,
        "weight per standard deviation",
        "how strongly officers go to people who are easy to reach",
    ),
    _lever(
        "reach.voice",
        0.0,
        -3.0,
        3.0,
        "weight per standard deviation",
        "how strongly officers go to people who speak up readily",
    ),
    _lever(
        "reach.proportion",
        0.0,
        0.0,
        1.0,
        "share of correction",
        "how far officers turn to publics that had less than their share of past contacts",
    ),
    _lever(
        "reach.door",
        0.8,
        0.0,
        1.0,
        "share of contacts",
        "the share of contacts left to whoever comes through the open door",
    ),
    _lever(
        "specialists",
        0.5,
        0.0,
        1.0,
        "share of engagement hours",
        "the share of engagement hours given to a specialist team",
    ),
    _lever(
        "feedback",
        0.3,
        0.0,
        1.0,
        "share of raised concerns",
        "the chance that officers set out to answer a raised concern within 12 weeks; each answer costs time",
    ),
    _lever(
        "forward",
        0.1,
        0.0,
        1.0,
        "share of two-way contacts",
        "the share of two-way contacts in which officers set out to discuss plans; it costs time",
    ),
    _lever(
        "promise",
        0.5,
        0.0,
        1.0,
        "share",
        "how much is promised: 0 only what can be done, 1 everything asked for",
    ),
    _lever(
        "lay_weight",
        0.4,
        0.0,
        1.0,
        "share",
        "the weight of what residents are heard to say against professional assessment",
    ),
    _lever(
        "mixed_forums",
        0.0,
        0.0,
        1.0,
        "share of collaborative sessions",
        "the share of collaborative sessions that set out to bring different publics together",
    ),
    _lever(
        "fairness_training",
        0.0,
        0.0,
        1.0,
        "training programmes a year",
        "the share of a fairness training programme that officers go through in a year; it costs hours",
    ),
    _lever(
        "leadership",
        0.0,
        0.0,
        1.0,
        "share of full effort",
        "the effort that leaders put into openness and fairness inside the force; it costs hours",
    ),
    _lever(
        "partnership",
        0.3,
        0.0,
        1.0,
        "share of partners' concerns",
        "the share of concerns for partner agencies that is passed on and followed up; each costs time",
    ),
    _lever(
        "stops",
        12.0,
        0.0,
        100.0,
        "searches per 1,000 people a year",
        "the number of searches that officers set out to make; each costs time",
        "Home Office: 7 to 12 per 1,000 in recent years, more in London",
    ),
    _lever(
        "tenure_weeks",
        104.0,
        13.0,
        1040.0,
        "weeks",
        "the mean time that an officer stays in post",
    ),
    _lever(
        "abstraction",
        0.2,
        0.0,
        0.9,
        "share of neighbourhood hours",
        "the share of neighbourhood hours taken away for other duties",
        "London ward officers 2019-24: a tenth to a third abstracted",
    ),
)
LEVERS: dict[str, Declared] = {lever.name: lever for lever in _LEVERS}

REACH_PRESETS: dict[str, dict[str, float]] = {
    "open-door": {"need": 0.0, "ease": 0.0, "voice": 0.0, "proportion": 0.0, "door": 0.8},
    "easy-first": {"need": 0.0, "ease": 1.5, "voice": 0.5, "proportion": 0.0, "door": 0.3},
    "representative": {"need": 0.0, "ease": 0.0, "voice": 0.0, "proportion": 1.0, "door": 0.3},
    "most-affected": {"need": 1.5, "ease": -0.5, "voice": 0.0, "proportion": 0.5, "door": 0.3},
}
ENGAGEMENT_ONLY = ("mix", "reach", "specialists", "feedback", "forward", "promise", "mixed_forums")
