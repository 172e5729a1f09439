"""Who talks with whom (F15)."""

from __future__ import annotations

import math

from sim import purposes
from sim.core import dice
from tests.reference.arithmetic import pick, running_sum


def tie_residents(model):
    """Everybody proposes some ties; ties go both ways."""
    ties = [set() for _ in model.residents]
    publics = running_sum([group.g for group in model.groups])
    for group in model.groups:
        group.beats = running_sum(group.table.beats)
    for one in model.residents:
        for proposal in range(_proposals(one)):
            other = _proposed(one, proposal, publics)
            if other is not one:
                ties[one.row].add(other.row)
                ties[other.row].add(one.row)
    for one in model.residents:
        one.ties = [model.residents[row] for row in sorted(ties[one.row])]


def _proposals(one):
    """How many ties somebody proposes: the mean, or one more or less where that is not whole."""
    mean = one.model.area.ties.mean / 2
    most = math.ceil(mean)
    if most > mean and one.share(purposes.TIE_COUNT, 0) >= mean - (most - 1):
        return most - 1
    return most


def _proposed(one, proposal, publics):
    cell = _cell(one, proposal, publics)
    word = one.word(purposes.TIE_TARGET, proposal)
    place = dice.upper_share(word)
    if cell is one.cell:
        side = 1.0 if int(word) & 1 else -1.0
        place = one.position - side * math.log(place) * 8.0 / len(cell.residents)
        place -= math.floor(place)
    found = next((at for at, two in enumerate(cell.residents) if two.position >= place), 0)
    if cell.residents[found] is one:
        found = (found + 1) % len(cell.residents)
    return cell.residents[found]


def _cell(one, proposal, publics):
    """Where a tie is proposed: mostly in one's own public and beat."""
    model, ties = one.model, one.model.area.ties
    u, v = one.upper(purposes.TIES, proposal), one.lower(purposes.TIES, proposal)
    group, beat = one.group, one.beat
    if u >= ties.homophily:
        group = model.groups[pick(publics, (u - ties.homophily) / (1.0 - ties.homophily))]
    if v >= ties.local:
        beat = model.beats[pick(group.beats, (v - ties.local) / (1.0 - ties.local))]
    cell = group.cells[beat.number]
    return cell if cell.residents else one.cell
