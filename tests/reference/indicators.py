"""Indicators that every row of publics has; one without a denominator is empty (None)."""

from __future__ import annotations

import math

from sim.ledger import ATTITUDES
from tests.reference.arithmetic import mean
from tests.reference.officers import mean_familiarity

YEAR, HALF = 52, 26
BY_PUBLIC = {}


def by_public(indicator):
    """An indicator that every row has."""
    BY_PUBLIC[indicator.__name__] = indicator
    return indicator


def ratio(part, whole, scale=1.0):
    """A share of something, empty where there is nothing to divide by."""
    return scale * part / whole if whole > 0.0 else None


def _mean_of(column):
    def level(model, row):
        return 100.0 * mean(getattr(one, column) for one in row.residents)

    return level


for name in ATTITUDES:
    BY_PUBLIC[name] = _mean_of(name)
BY_PUBLIC["voice_belief"] = _mean_of("belief")
BY_PUBLIC["perceived_impartiality"] = _mean_of("impartiality")
BY_PUBLIC["hardening"] = _mean_of("hardness")


@by_public
def expectation_gap(model, row):
    """What residents expect less what was delivered."""
    asked = row.over(HALF, "calls") + row.over(HALF, "closed")
    delivered = ratio(row.over(HALF, "resolved") + row.over(HALF, "acted"), asked, 100.0)
    expected = 100.0 * mean(one.expectation for one in row.residents)
    return None if delivered is None else expected - delivered


@by_public
def trust_gap(model, row):
    """Trust of everybody else less trust of the row."""
    if row is model.everybody:
        row = model.marked[0] if model.marked else None
    inside = set(row.residents) if row else set()
    outside = [one.trust for one in model.residents if one not in inside]
    if not outside or not inside:
        return None
    return 100.0 * (mean(outside) - mean(one.trust for one in row.residents))


def reached(model, row):
    """Who of a row had a contact in the last year."""
    return [one for one in row.residents if model.lived - one.last_contact < YEAR]


@by_public
def reach(model, row):
    """Residents with a contact in the last year."""
    return 100.0 * len(reached(model, row)) / row.people


@by_public
def informed(model, row):
    """Residents who were informed in the last year."""
    return 100.0 * mean(model.lived - one.last_informed < YEAR for one in row.residents)


@by_public
def visibility(model, row):
    """Residents who saw foot patrol this week."""
    return 100.0 * mean(one.saw_patrol for one in row.residents)


@by_public
def reach_by_need(model, row):
    """Whether contact goes where need is."""
    met = reached(model, row)
    if not met:
        return None
    everybody = mean(one.need_rank for one in row.residents)
    return 2.0 * (mean(one.need_rank for one in met) - everybody)


def yearly(part, whole):
    """An indicator: the part of what was counted in a year, in per cent."""

    def share(model, row):
        return ratio(row.over(YEAR, part), row.over(YEAR, whole), 100.0)

    return share


BY_PUBLIC["deliberation"] = yearly("two-way", "contacts")
BY_PUBLIC["accountability"] = yearly("answered", "closed")
BY_PUBLIC["responsiveness"] = yearly("acted", "closed")
BY_PUBLIC["effectiveness"] = yearly("resolved", "calls")
BY_PUBLIC["promises_kept"] = yearly("kept", "due")


@by_public
def marginalisation(model, row):
    """Searches of usual suspects over others, against involvement."""
    suspects = [one for one in row.residents if one.usual_suspect]
    others = [one for one in row.residents if not one.usual_suspect]
    if not suspects or not others:
        return None
    searched = ratio(
        row.suspects_hazard / len(suspects),
        (row.hazard - row.suspects_hazard) / len(others),
    )
    involved = ratio(
        mean(one.involvement for one in suspects), mean(one.involvement for one in others)
    )
    return ratio(searched, involved) if searched is not None and involved else None


@by_public
def repeat_stops(model, row):
    """Searches that fall on somebody searched in the last year."""
    return ratio(row.hazard_again, row.hazard, 100.0)


@by_public
def stop_ratio(model, row):
    """Searches per head, over the whole area; for all, the most over the least searched public."""
    if row is model.everybody:
        per_head = [group.hazard / group.people for group in model.groups if group.people]
        return ratio(max(per_head), min(per_head))
    return ratio(row.hazard / row.people, model.everybody.hazard / model.size)


@by_public
def stops(model, row):
    """Searches per 1,000 people a year, as expected."""
    return 52_000.0 * row.hazard / row.people


@by_public
def incidents(model, row):
    """Incidents per 1,000 people a year, as expected."""
    return 52_000.0 * row.risk / row.people


@by_public
def engagement_hours(model, row):
    """Hours of contacts per 1,000 people a week."""
    return 1000.0 * row.over(HALF, "engaged") / HALF / row.people


@by_public
def response_hours(model, row):
    """Hours of calls per 1,000 people a week."""
    return 1000.0 * row.over(HALF, "responded") / HALF / row.people


def over_groups(model, of_group):
    """The mean over residents of something that groups have."""
    return sum(group.share * of_group(group) for group in model.groups if group.people)


def _of_groups(of_group):
    def indicator(model, row):
        if row in model.groups:
            return of_group(row)
        return over_groups(model, of_group) if row is model.everybody else None

    return indicator


def _familiarity(group):
    """How well the officers who serve its beats know a public, teams by their posts."""
    model, team = group.model, group.model.assumed.team_part
    specialists = mean_familiarity(model.specialists, group)
    known = sum(
        len(cell.residents)
        * ((1.0 - team) * mean_familiarity(cell.beat.places, group) + team * specialists)
        for cell in group.cells
    )
    return known / group.people


def _accessibility(group):
    """The chance to talk to an officer in a month."""
    model, thousands = group.model, group.model.size / 1000
    hours = (model.plan.patrol + model.plan.contact_hours) / thousands
    opens = model.assumed.contact_opens_doors * hours * 4.345
    return 1.0 - math.exp(-opens * (0.25 + group.ease) * (0.5 + _familiarity(group)))


BY_PUBLIC["familiarity"] = _of_groups(lambda group: 100.0 * _familiarity(group))
BY_PUBLIC["accessibility"] = _of_groups(lambda group: 100.0 * _accessibility(group))
BY_PUBLIC["cooperation"] = _of_groups(lambda group: 100.0 * group.cooperation)
