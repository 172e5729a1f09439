"""Indicators of the whole area; one without a denominator is empty (None)."""

from __future__ import annotations

from tests.reference.arithmetic import mean
from tests.reference.indicators import YEAR, over_groups, ratio, reached, yearly

OF_ALL = {}


def of_all(indicator):
    """An indicator of the whole area."""
    OF_ALL[indicator.__name__] = indicator
    return indicator


@of_all
def inclusion(model):
    """Reach of the least reached public over the mean."""
    least = min(len(reached(model, g)) / g.people for g in model.groups if g.people)
    return ratio(least, len(reached(model, model.everybody)) / model.size, 100.0)


@of_all
def voice_concentration(model):
    """What is heard of the loudest tenth."""
    return yearly("loud", "heard")(model, model.everybody)


@of_all
def representativeness(model):
    """How close what is heard is to who lives here."""
    heard = [group.over(YEAR, "heard") for group in model.groups]
    return _closeness(heard, [group.share for group in model.groups])


@of_all
def impartiality(model):
    """How close service is to need."""
    service = [group.service for group in model.groups]
    return _closeness(service, [group.need for group in model.groups])


def _closeness(parts, others):
    """100 less half of all differences between shares."""
    whole, other = sum(parts), sum(others)
    if whole <= 0.0 or other <= 0.0:
        return None
    return 100.0 * (1.0 - 0.5 * sum(abs(x / whole - y / other) for x, y in zip(parts, others)))


@of_all
def polarisation(model):
    """How much of the variance of trust lies between publics."""
    trust = [one.trust for one in model.residents]
    middle = mean(trust)
    between = over_groups(
        model, lambda group: (mean(one.trust for one in group.residents) - middle) ** 2
    )
    return ratio(between, mean(x * x for x in trust) - middle * middle, 100.0)


@of_all
def equity_of_service(model):
    """Evenness of service by need over publics."""
    served = [(g.share, g.service / g.need) for g in model.groups if g.need > 0.0]
    apart = sum(s * z * abs(x - y) for s, x in served for z, y in served)
    whole = sum(s for s, _ in served) * sum(s * x for s, x in served)
    gini = ratio(apart, 2.0 * whole)
    return None if gini is None else 100.0 * (1.0 - gini)


@of_all
def agenda_capture(model):
    """How much nearer priorities lie to the loudest."""
    return 100.0 * model.capture


@of_all
def specialist_share(model):
    """Engagement hours of specialists."""
    return ratio(model.plan.by_team, model.plan.engaged, 100.0)


@of_all
def generalist_effort(model):
    """Engagement hours that generalists gave of those that were theirs."""
    return ratio(model.plan.given, model.plan.offered, 100.0)


@of_all
def officer_openness(model):
    """Openness of the force."""
    return 100.0 * model.mean_openness
