"""Every number of an area, declared once: range, unit, meaning, source, strength.

Names are dotted as below `[area]`; "groups." stands for every public. A default of None means that
a file has to say it, or that the default is a whole table. Attitudes are in points 0 to 100: the
mean of what residents hold, not a share of a survey.
"""

from __future__ import annotations

from sim.core.declared import Declared

AGES = ("16-24", "25-34", "35-44", "45-64", "65+")
TENURES = ("owner", "private", "social")
ETHNICS = ("white", "asian", "black", "mixed", "other")
TRAITS = {"age": AGES, "tenure": TENURES, "ethnic": ETHNICS}

_OURS = "judgement of the project; area files argue their own"
_CSEW = "Crime Survey for England and Wales 2013/14: 63 % good or excellent, 76 % confident overall"
_CENSUS = "Census 2021, England and Wales, rounded; tenure of households, the rest of adults"

DEFAULT_SHARES = {
    "age": {"16-24": 0.13, "25-34": 0.17, "35-44": 0.16, "45-64": 0.32, "65+": 0.22},
    "tenure": {"owner": 0.63, "private": 0.20, "social": 0.17},
    "ethnic": {"white": 0.83, "asian": 0.09, "black": 0.04, "mixed": 0.02, "other": 0.02},
}
DEFAULT_TOPICS = {
    "burglary": 0.10,
    "antisocial": 0.40,
    "drugs": 0.10,
    "traffic": 0.15,
    "violence": 0.25,
}
DEFAULT_PARTNER_SHARE = {
    "burglary": 0.1,
    "antisocial": 0.5,
    "drugs": 0.4,
    "traffic": 0.6,
    "violence": 0.2,
    "overpoliced": 0.0,
}
DEFAULT_CONCERNS = {
    "burglary": 0.20,
    "antisocial": 0.32,
    "drugs": 0.15,
    "traffic": 0.15,
    "violence": 0.15,
    "overpoliced": 0.03,
}


def _field(
    name: str,
    default: float | None,
    low: float,
    high: float,
    unit: str,
    meaning: str,
    source: str = _OURS,
    strength: str = "expert view",
) -> Declared:
    return Declared(name, default, low, high, unit, meaning, source, strength)


_FIELDS = (
    _field(
        "people",
        None,
        1,
        50_000_000,
        "people",
        "the number of people who live in the area",
        "census",
    ),
    _field("beats", None, 1, 200, "beats", "the number of beats that officers are posted to"),
    _field(
        "warmup_weeks",
        104,
        0,
        520,
        "weeks",
        "the time the area lives before week 0, so that familiarity and waiting concerns exist",
    ),
    _field(
        "beat_shares",
        None,
        0,
        1,
        "share of people",
        "the share of people who live in a beat",
        "census",
    ),
    _field(
        "beat_disorder",
        None,
        0,
        10,
        "times the mean",
        "the disorder of a beat, relative to the other beats",
    ),
    _field(
        "shares",
        None,
        0,
        1,
        "share of people",
        "the share of people aged 16 and over who are so",
        _CENSUS,
    ),
    _field(
        "joint.share",
        None,
        0,
        1,
        "share of people",
        "the share of people of this age, tenure and ethnic group together",
        "census",
    ),
    _field(
        "groups.share",
        None,
        0,
        1,
        "share of people",
        "the share of people who belong to this public",
    ),
    _field("groups.need", None, 0, 1, "share", "the exposure of this public to harm and disorder"),
    _field(
        "groups.ease",
        None,
        0,
        1,
        "share",
        "how easily an officer reaches and follows this public: language, hours, manner, culture",
    ),
    _field(
        "groups.voice", None, 0, 1, "share", "the readiness and skill of this public to speak up"
    ),
    _field(
        "groups.street", None, 0, 1, "share", "the time that this public spends in public space"
    ),
    _field(
        "groups.involvement",
        None,
        0,
        1,
        "share",
        "actual offending; equal across publics unless there is evidence that it is not",
    ),
    _field(
        "groups.trust",
        None,
        0,
        100,
        "points",
        "the belief that the police treat people like me fairly",
        _CSEW,
    ),
    _field(
        "groups.confidence",
        None,
        0,
        100,
        "points",
        "the belief that the local police do a good job",
        _CSEW,
    ),
    _field(
        "groups.legitimacy",
        None,
        0,
        100,
        "points",
        "the belief that the police have the right to be obeyed and share one's values",
    ),
    _field(
        "groups.expectation", None, 0, 100, "points", "what the police should do for this public"
    ),
    _field(
        "groups.voice_belief", 45, 0, 100, "points", "the belief that speaking up changes something"
    ),
    _field("groups.hardness", 30, 0, 100, "points", "the distance felt towards other publics"),
    _field(
        "groups.impartiality",
        None,
        0,
        100,
        "points",
        "the belief that the police serve all publics alike; as high as legitimacy if not said",
    ),
    _field(
        "groups.suspicion",
        1,
        0.1,
        20,
        "times neutral",
        "how much officers think of this public when they look for suspects; 1 is neutral",
        "Home Office, searches by ethnic group 2018/19, read as what officers believe",
    ),
    _field(
        "groups.strength",
        0.4,
        0,
        1,
        "share",
        "how well organised the association is that speaks for this public",
        strength="untested",
    ),
    _field(
        "groups.access",
        0.4,
        0,
        1,
        "share",
        "how easily the association of this public gets to see officers",
        strength="untested",
    ),
    _field(
        "groups.enforcement",
        0.5,
        0,
        1,
        "share",
        "how far this public wants more enforcement: 0 less, 0.5 as it is, 1 much more",
        strength="untested",
    ),
    _field(
        "groups.concerns",
        None,
        0,
        1,
        "share of concerns",
        "the share of this public's concerns on a topic",
    ),
    _field(
        "groups.beats",
        None,
        0,
        1,
        "share of the public",
        "the share of this public that lives in a beat",
    ),
    _field(
        "police.officers_per_1000",
        2.4,
        0.1,
        20,
        "officers per 1,000 people",
        "the number of officers, response and neighbourhood together",
        "Home Office workforce statistics: about 2.4 in England and Wales",
    ),
    _field(
        "police.openness",
        0.6,
        0,
        1,
        "share",
        "the readiness of officers to listen to and work with the public",
        strength="untested",
    ),
    _field(
        "police.internal_fairness",
        0.5,
        0,
        1,
        "share",
        "how fairly officers feel treated inside the force",
        strength="untested",
    ),
    _field(
        "police.skill",
        0.5,
        0,
        1,
        "share",
        "how well officers handle an encounter",
        strength="untested",
    ),
    _field(
        "police.demand_hours",
        0.55,
        0,
        1,
        "share of response hours",
        "the share of response time that demand takes at the start",
    ),
    _field(
        "partners.capacity",
        0.4,
        0,
        1,
        "share of passed concerns",
        "the share of concerns passed to them that partner agencies can solve in a quarter",
        strength="untested",
    ),
    _field(
        "demand.incidents",
        350,
        0,
        5000,
        "incidents per 1,000 people a year",
        "the number of incidents of crime and disorder that residents suffer, before reporting",
    ),
    _field("demand.topics", None, 0, 1, "share of incidents", "the share of incidents on a topic"),
    _field(
        "demand.partner_share",
        None,
        0,
        1,
        "share of concerns",
        "the share of concerns on a topic that only partner agencies can solve",
        strength="untested",
    ),
    _field(
        "demand.traffic_stops",
        100,
        0,
        5000,
        "stops per 1,000 people a year",
        "the number of brief, mild traffic stops",
        "ONS 2012; Home Office SB 18/11: about one adult in ten a year",
        "single study",
    ),
    _field(
        "ties.mean",
        8,
        0,
        64,
        "ties per resident",
        "the mean number of people a resident talks with",
    ),
    _field(
        "ties.homophily",
        0.6,
        0,
        1,
        "share of ties",
        "the share of ties kept for people of one's own public; the rest fall as they may",
    ),
    _field(
        "ties.local",
        0.75,
        0,
        1,
        "share of ties",
        "the share of ties kept for people of one's own beat; the rest fall as they may",
    ),
)
AREA_FIELDS: dict[str, Declared] = {field.name: field for field in _FIELDS}
