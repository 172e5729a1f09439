"""Founding: who lives where, with which traits and levels (F1) to (F14)."""

from __future__ import annotations

import math
from types import SimpleNamespace

from sim import purposes
from sim.ledger import ATTITUDES, EXPECTATION
from sim.topics import TOPICS
from tests.reference.agents import Beat, Cell, Group, Resident
from tests.reference.arithmetic import (
    clip,
    log_odds_of,
    logistic,
    pick,
    running_sum,
    single,
    variance_of_spread,
)

SCORED = ("need", "ease", "voice")
TRAITS = {
    "need": purposes.NEED,
    "ease": purposes.EASE,
    "voice": purposes.VOICE,
    "street": purposes.STREET,
    "enforcement": purposes.ENFORCEMENT,
}


def found_beats(model):
    """The beats, each with the disorder that it returns to."""
    area = model.area
    levels = area.beat_disorder if area.beats > 1 else [1.0]
    crime = len(TOPICS) - 1
    model.beats = [Beat(b, [level] * crime + [1.0]) for b, level in enumerate(levels)]


def found_groups(model):
    """The publics, as large as they are (F1)."""
    tables = model.area.groups
    whole = sum(table.share for table in tables.values())
    model.groups = [Group(model, p, key, table) for p, (key, table) in enumerate(tables.items())]
    for group in model.groups:
        group.g = group.table.share / whole
    for group, people in zip(model.groups, seats([g.g for g in model.groups], model.size)):
        group.share = people / model.size
        group.residents = [Resident(model, group, ordinal) for ordinal in range(people)]


def seats(shares, residents):
    """Whole numbers of residents by share; those left over go where they are most due (F1)."""
    given = [math.floor(share * max(0, residents - len(shares))) for share in shares]
    while sum(given) < residents:
        due = [share / (2 * seat + 1) for share, seat in zip(shares, given)]
        given[due.index(max(due))] += 1
    return given


def find_homes(model):
    """Give residents a beat and a place in it, and order them by it (F2)."""
    for group in model.groups:
        beats = running_sum(group.table.beats)
        for resident in group.residents:
            resident.beat = model.beats[pick(beats, resident.share(purposes.BEAT, 0))]
            resident.position = resident.share(purposes.POSITION, 0)
        group.residents.sort(key=lambda resident: resident.beat.number + resident.position)
    model.residents = [resident for group in model.groups for resident in group.residents]
    for row, resident in enumerate(model.residents):
        resident.row = row
        resident.beat.residents.append(resident)
    for group in model.groups:
        group.cells = [
            Cell(group, beat, [one for one in group.residents if one.beat is beat])
            for beat in model.beats
        ]
        for cell in group.cells:
            for resident in cell.residents:
                resident.cell = cell


def find_norms(model):
    """Mean and spread of need, ease and voice over the area (F6)."""
    spread = model.assumed.trait_spread
    model.norms = {}
    for trait in SCORED:
        stated = [
            (group.g, clip(getattr(group.table, trait), 0.002, 0.998)) for group in model.groups
        ]
        middle = sum(g * x for g, x in stated)
        variance = sum(
            g * (variance_of_spread(log_odds_of(x, spread), spread) + (x - middle) ** 2)
            for g, x in stated
        )
        model.norms[trait] = SimpleNamespace(mean=middle, spread=math.sqrt(max(1e-6, variance)))


def give_traits(resident):
    """Everything about somebody that never changes (F7) to (F12)."""
    model, table, assumed = resident.model, resident.group.table, resident.model.assumed
    for trait, purpose in TRAITS.items():
        middle = log_odds_of(getattr(table, trait), assumed.trait_spread)
        value = logistic(middle + assumed.trait_spread * resident.normal(purpose, 0))
        setattr(resident, trait, single(value))
    resident.score = {
        trait: clip((getattr(resident, trait) - norm.mean) / norm.spread, -3.0, 3.0)
        for trait, norm in model.norms.items()
    }
    cell = pick(running_sum([row[3] for row in table.cells]), resident.share(purposes.CELL, 0))
    resident.age, resident.tenure, resident.ethnic = table.cells[cell][:3]
    y = table.involvement
    power = y / max(1e-9, 1.0 - y)
    drawn = resident.share(purposes.INVOLVEMENT, 0)
    resident.involvement = single(1.0 - math.exp(power * math.log(drawn)))
    resident.known = 1.0 - math.exp(
        -(
            assumed.known_at_start
            * -math.log(resident.share(purposes.KNOWN, 0))
            * resident.street
            * table.suspicion
            * (0.5 + 0.5 * resident.involvement / y if y > 0.0 else 1.0)
        )
    )
    resident.door_weight = single(math.exp(assumed.door_by_voice * resident.score["voice"]))
    middle = log_odds_of(assumed.member_share * table.strength, assumed.members_by_voice)
    chance = logistic(middle + assumed.members_by_voice * resident.score["voice"])
    resident.member = resident.share(purposes.MEMBER, 0) < chance
    weights = [
        table.concerns[topic] * math.exp(0.8 * resident.normal(purposes.CONCERNS, k))
        for k, topic in enumerate(TOPICS)
    ]
    resident.concerns = [single(weight / sum(weights)) for weight in weights]


def give_levels(resident):
    """What somebody holds at the founding, and returns to (F13)."""
    table, assumed = resident.group.table, resident.model.assumed
    common = resident.normal(purposes.PERSON, 0)

    def level(points, purpose, week=0, tied=True):
        z = resident.normal(purpose, week)
        if tied:
            together = assumed.person_common
            z = math.sqrt(together) * common + math.sqrt(1.0 - together) * z
        middle = log_odds_of(points / 100.0, assumed.person_spread)
        return single(logistic(middle + assumed.person_spread * z))

    resident.disposition = [
        level(getattr(table, name), purposes.DISPOSITIONS, k, tied=k != EXPECTATION)
        for k, name in enumerate(ATTITUDES)
    ]
    resident.total = list(resident.disposition)
    resident.settled = list(resident.disposition)
    resident.foreseen = resident.confidence
    resident.belief = resident.belief_home = level(table.voice_belief, purposes.BELIEF)
    resident.hardness = level(table.hardness, purposes.HARDNESS, tied=False)
    resident.hardness_home = resident.hardness
    resident.impartiality = level(table.impartiality, purposes.IMPARTIALITY)
    resident.impartiality_home = resident.impartiality


def find_loudest(model):
    """Mark the tenth with the most voice (F14)."""
    tenth = max(1, math.ceil(model.size / 10))
    least = sorted((one.voice for one in model.residents), reverse=True)[tenth - 1]
    for resident in model.residents:
        resident.loudest = resident.voice >= least


def found_people(model):
    """Everybody who lives in the area."""
    find_norms(model)
    for resident in model.residents:
        give_traits(resident)
        give_levels(resident)
    find_loudest(model)
