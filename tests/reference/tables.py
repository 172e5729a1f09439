"""Tables that the founding draws up: sums, associations, whom publics name, what is heard."""

from __future__ import annotations

import math
from itertools import accumulate

import numpy as np

from sim.topics import OVERPOLICED, TOPICS
from tests.reference.arithmetic import mean, running_sum, single


def draw_up(model):
    """All tables (F16) to (F19)."""
    rank_needs(model)
    sum_tables(model)
    for group in model.groups:
        found_association(group)
    find_whom_to_name(model)
    found_agenda(model)


def rank_needs(model):
    """The fractional rank of need, in 4,096 bins (F17)."""
    bins = [min(4095, int(resident.need * 4096)) for resident in model.residents]
    here = np.bincount(bins, minlength=4096).tolist()
    below = [0, *accumulate(here)]
    for resident, own in zip(model.residents, bins):
        resident.need_rank = single(0.5 * (2 * below[own] + here[own]) / model.size)


def sum_tables(model):
    """Sums over cells, publics and all that are taken once (F16)."""
    for group in model.groups:
        for cell in group.cells:
            cell.need = sum(one.need for one in cell.residents)
            cell.involvement = sum(one.involvement for one in cell.residents)
            cell.concern_need = [
                sum(single(one.need * one.concerns[k]) for one in cell.residents)
                for k in range(len(TOPICS))
            ]
        group.need = sum(cell.need for cell in group.cells)
        group.ease = mean(one.ease for one in group.residents)
    model.public_topics = mean_concerns(model.residents)
    model.loud_topics = mean_concerns([one for one in model.residents if one.loudest])
    sum_lay_weights(model)


def sum_lay_weights(model):
    """How visible a cell is to whoever goes by looks and labels (F16)."""
    draws = model.assumed.known_draws_stops
    for group in model.groups:
        for cell in group.cells:
            cell.lay = sum(one.street * (1.0 + draws * one.known) for one in cell.residents)


def mean_concerns(residents):
    """Mean shares of concerns by topic."""
    return [mean(one.concerns[k] for one in residents) for k in range(len(TOPICS))]


def found_association(group):
    """What an association wants, and how much of it comes from the loudest (F18)."""
    model = group.model
    members = [one for one in group.residents if one.member]
    weights = [math.exp(model.assumed.loudness_by_voice * one.score["voice"]) for one in members]
    whole = sum(weights) or 1.0

    def part(values):
        return sum(weight * value for weight, value in zip(weights, values)) / whole

    group.agenda = [part(one.concerns[k] for one in members) for k in range(len(TOPICS))]
    group.agenda_by_beat = [part(one.beat is beat for one in members) for beat in model.beats]
    group.loud_share = part(one.loudest for one in members)


def find_whom_to_name(model):
    """Running sums of the chances that a public names another (F19)."""
    visible = [g.table.street * g.table.suspicion * g.g for g in model.groups]
    for group in model.groups:
        others = [0.0 if q == group.number else x for q, x in enumerate(visible)]
        group.names = running_sum(others) if sum(others) > 0.0 else [0.0] * len(others)


def found_agenda(model):
    """What is heard at the start: what everybody thinks."""
    rates = model.area.demand.topics
    model.topic_rate = [0.0 if k == OVERPOLICED else rates[t] for k, t in enumerate(TOPICS)]
    model.heard = list(model.public_topics)
    model.heard_by_beat = [len(beat.residents) / model.size for beat in model.beats]
    model.new_heard = [0.0] * len(TOPICS)
    model.new_heard_by_beat = [0.0] * len(model.beats)
    model.capture = 0.0
    for group in model.groups:
        group.contact_past = group.g
