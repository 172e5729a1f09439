"""How compiled rules hold a world: by one reference, not by a hundred arrays.

Passing a tuple of a hundred and fifty arrays to every function made compiling take more than ten
minutes (decision 0003). A Numba structure reference is one pointer; its fields read like the tuple's.
"""

from __future__ import annotations

import os

from numba import types
from numba.experimental import structref

from sim.core.jit import rule
from sim.world import World


@structref.register
class ResidentsType(types.StructRef):
    """Type of the reference to Residents."""


class ResidentsReference(structref.StructRefProxy):
    """Reference to Residents, as compiled code holds it."""


@structref.register
class OfficersType(types.StructRef):
    """Type of the reference to Officers."""


class OfficersReference(structref.StructRefProxy):
    """Reference to Officers, as compiled code holds it."""


@structref.register
class GroupsType(types.StructRef):
    """Type of the reference to Groups."""


class GroupsReference(structref.StructRefProxy):
    """Reference to Groups, as compiled code holds it."""


@structref.register
class TiesType(types.StructRef):
    """Type of the reference to Ties."""


class TiesReference(structref.StructRefProxy):
    """Reference to Ties, as compiled code holds it."""


@structref.register
class PublicsType(types.StructRef):
    """Type of the reference to Publics."""


class PublicsReference(structref.StructRefProxy):
    """Reference to Publics, as compiled code holds it."""


@structref.register
class PlacesType(types.StructRef):
    """Type of the reference to Places."""


class PlacesReference(structref.StructRefProxy):
    """Reference to Places, as compiled code holds it."""


@structref.register
class PoliceType(types.StructRef):
    """Type of the reference to Police."""


class PoliceReference(structref.StructRefProxy):
    """Reference to Police, as compiled code holds it."""


@structref.register
class ScheduleType(types.StructRef):
    """Type of the reference to Schedule."""


class ScheduleReference(structref.StructRefProxy):
    """Reference to Schedule, as compiled code holds it."""


@structref.register
class BooksType(types.StructRef):
    """Type of the reference to Books."""


class BooksReference(structref.StructRefProxy):
    """Reference to Books, as compiled code holds it."""


@structref.register
class ScratchType(types.StructRef):
    """Type of the reference to Scratch."""


class ScratchReference(structref.StructRefProxy):
    """Reference to Scratch, as compiled code holds it."""


@structref.register
class WorldType(types.StructRef):
    """Type of the reference to World."""


class WorldReference(structref.StructRefProxy):
    """Reference to World, as compiled code holds it."""


structref.define_proxy(
    ResidentsReference,
    ResidentsType,
    [
        "key",
        "ordinal",
        "public",
        "beat",
        "age",
        "tenure",
        "ethnic",
        "member",
        "marks",
        "need",
        "ease",
        "voice",
        "street",
        "involvement",
        "enforcement",
        "need_rank",
        "outreach",
        "door",
        "concerns",
        "total",
        "settled",
        "disposition",
        "belief",
        "belief_home",
        "hardness",
        "hardness_home",
        "impartiality",
        "impartiality_home",
        "known",
        "foreseen",
        "story",
        "concern_topic",
        "concern_week",
        "concern_state",
        "counts",
        "last_contact",
        "last_informed",
        "last_search",
        "last_contact_fairness",
        "last_stop_fairness",
        "last_call_satisfaction",
        "last_call_fairness",
        "last_traffic_fairness",
    ],
)
structref.define_proxy(
    OfficersReference,
    OfficersType,
    [
        "key",
        "role",
        "beat",
        "weight",
        "skill",
        "openness",
        "familiarity",
        "tenure",
        "tired",
        "trained",
        "reward",
        "met",
        "met_public",
        "of_beat",
        "specialists",
        "responders",
    ],
)
structref.define_proxy(
    GroupsReference,
    GroupsType,
    [
        "strength",
        "access",
        "access_start",
        "energy",
        "withdrawn",
        "agenda",
        "agenda_beats",
        "loud_share",
    ],
)
structref.define_proxy(
    TiesReference,
    TiesType,
    ["start", "other"],
)
structref.define_proxy(
    PublicsReference,
    PublicsType,
    [
        "people",
        "share",
        "suspicion",
        "start",
        "naming",
        "need",
        "ease",
        "blame",
        "blame_intensity",
        "contact_past",
        "service",
        "passed_over",
        "blame_new",
        "stop_excess",
        "hazard",
        "cooperation",
        "delivered",
        "familiarity",
    ],
)
structref.define_proxy(
    PlacesReference,
    PlacesType,
    [
        "cell_start",
        "people",
        "need_cell",
        "involvement_cell",
        "lay_cell",
        "familiarity_cell",
        "outreach_cell",
        "disorder",
        "disorder_home",
        "topic_rate",
        "partner_share",
        "heard_topic",
        "heard_beat",
        "heard_topic_new",
        "heard_beat_new",
        "priorities",
        "hours_topic",
        "act_chance",
        "care",
        "concern_need",
        "public_topics",
        "loud_topics",
        "incident_factor",
    ],
)
structref.define_proxy(
    PoliceReference,
    PoliceType,
    ["state"],
)
structref.define_proxy(
    ScheduleReference,
    ScheduleType,
    [
        "policies",
        "of_week",
        "event_week",
        "event_kind",
        "event_public",
        "event_size",
        "demand",
        "norms",
    ],
)
structref.define_proxy(
    BooksReference,
    BooksType,
    [
        "ledger",
        "counts",
        "window52",
        "window26",
        "sums",
        "flow",
        "hours",
        "values",
        "traced",
        "trace_posts",
        "trace_levels",
        "trace_notes",
        "early_row",
        "early_week",
        "early_what",
        "early_weight",
        "early_used",
    ],
)
structref.define_proxy(
    ScratchReference,
    ScratchType,
    [
        "rows",
        "order",
        "door_rows",
        "door_order",
        "chosen",
        "chosen_kind",
        "incident_rows",
        "stop_rows",
        "waiting",
        "used",
        "spoken",
        "taken",
    ],
)
structref.define_proxy(
    WorldReference,
    WorldType,
    [
        "seed",
        "clock",
        "a",
        "residents",
        "ties",
        "officers",
        "groups",
        "publics",
        "places",
        "police",
        "schedule",
        "books",
        "scratch",
    ],
)


@rule
def hold_residents(c):
    """Return a reference to Residents."""
    return ResidentsReference(
        c.key,
        c.ordinal,
        c.public,
        c.beat,
        c.age,
        c.tenure,
        c.ethnic,
        c.member,
        c.marks,
        c.need,
        c.ease,
        c.voice,
        c.street,
        c.involvement,
        c.enforcement,
        c.need_rank,
        c.outreach,
        c.door,
        c.concerns,
        c.total,
        c.settled,
        c.disposition,
        c.belief,
        c.belief_home,
        c.hardness,
        c.hardness_home,
        c.impartiality,
        c.impartiality_home,
        c.known,
        c.foreseen,
        c.story,
        c.concern_topic,
        c.concern_week,
        c.concern_state,
        c.counts,
        c.last_contact,
        c.last_informed,
        c.last_search,
        c.last_contact_fairness,
        c.last_stop_fairness,
        c.last_call_satisfaction,
        c.last_call_fairness,
        c.last_traffic_fairness,
    )


@rule
def hold_officers(c):
    """Return a reference to Officers."""
    return OfficersReference(
        c.key,
        c.role,
        c.beat,
        c.weight,
        c.skill,
        c.openness,
        c.familiarity,
        c.tenure,
        c.tired,
        c.trained,
        c.reward,
        c.met,
        c.met_public,
        c.of_beat,
        c.specialists,
        c.responders,
    )


@rule
def hold_groups(c):
    """Return a reference to Groups."""
    return GroupsReference(
        c.strength,
        c.access,
        c.access_start,
        c.energy,
        c.withdrawn,
        c.agenda,
        c.agenda_beats,
        c.loud_share,
    )


@rule
def hold_ties(c):
    """Return a reference to Ties."""
    return TiesReference(c.start, c.other)


@rule
def hold_publics(c):
    """Return a reference to Publics."""
    return PublicsReference(
        c.people,
        c.share,
        c.suspicion,
        c.start,
        c.naming,
        c.need,
        c.ease,
        c.blame,
        c.blame_intensity,
        c.contact_past,
        c.service,
        c.passed_over,
        c.blame_new,
        c.stop_excess,
        c.hazard,
        c.cooperation,
        c.delivered,
        c.familiarity,
    )


@rule
def hold_places(c):
    """Return a reference to Places."""
    return PlacesReference(
        c.cell_start,
        c.people,
        c.need_cell,
        c.involvement_cell,
        c.lay_cell,
        c.familiarity_cell,
        c.outreach_cell,
        c.disorder,
        c.disorder_home,
        c.topic_rate,
        c.partner_share,
        c.heard_topic,
        c.heard_beat,
        c.heard_topic_new,
        c.heard_beat_new,
        c.priorities,
        c.hours_topic,
        c.act_chance,
        c.care,
        c.concern_need,
        c.public_topics,
        c.loud_topics,
        c.incident_factor,
    )


@rule
def hold_police(c):
    """Return a reference to Police."""
    return PoliceReference(c.state)


@rule
def hold_schedule(c):
    """Return a reference to Schedule."""
    return ScheduleReference(
        c.policies,
        c.of_week,
        c.event_week,
        c.event_kind,
        c.event_public,
        c.event_size,
        c.demand,
        c.norms,
    )


@rule
def hold_books(c):
    """Return a reference to Books."""
    return BooksReference(
        c.ledger,
        c.counts,
        c.window52,
        c.window26,
        c.sums,
        c.flow,
        c.hours,
        c.values,
        c.traced,
        c.trace_posts,
        c.trace_levels,
        c.trace_notes,
        c.early_row,
        c.early_week,
        c.early_what,
        c.early_weight,
        c.early_used,
    )


@rule
def hold_scratch(c):
    """Return a reference to Scratch."""
    return ScratchReference(
        c.rows,
        c.order,
        c.door_rows,
        c.door_order,
        c.chosen,
        c.chosen_kind,
        c.incident_rows,
        c.stop_rows,
        c.waiting,
        c.used,
        c.spoken,
        c.taken,
    )


@rule
def hold_world(
    seed,
    clock,
    a,
    residents,
    ties,
    officers,
    groups,
    publics,
    places,
    police,
    schedule,
    books,
    scratch,
):
    """Return a reference to a world."""
    return WorldReference(
        seed,
        clock,
        a,
        residents,
        ties,
        officers,
        groups,
        publics,
        places,
        police,
        schedule,
        books,
        scratch,
    )


def hold(world: World):
    """Return the reference by which compiled code holds a world (the world itself without a compiler)."""
    if os.environ.get("NUMBA_DISABLE_JIT") == "1":
        return world
    return hold_world(
        world.seed, world.clock, world.a, hold_residents(world.residents), hold_ties(world.ties),
        hold_officers(world.officers), hold_groups(world.groups), hold_publics(world.publics),
        hold_places(world.places), hold_police(world.police), hold_schedule(world.schedule),
        hold_books(world.books), hold_scratch(world.scratch),
    )  # fmt: skip
