"""Step 0: what is dated for this week happens."""

from __future__ import annotations

from sim import purposes
from sim.ledger import CONFIDENCE, LEGITIMACY, PUBLIC_EVENT, TRUST
from tests.reference.arithmetic import bounded
from tests.reference.officers import mean_openness, replace


def happen(model):
    """Everything dated for this week, in the order of the file."""
    for event in model.own_scenario.events:
        if event.week == model.week and event.kind in KINDS:
            KINDS[event.kind](model, event)


def _critical_incident(model, event):
    settles = model.assumed.settles_severe
    group = next(group for group in model.groups if group.public == event.group)
    for one in group.residents:
        heard = 0.5 + one.share(purposes.INCIDENT_HEARD)
        push = bounded(-event.severity * model.assumed.incident_shocks * heard)
        one.post(TRUST, PUBLIC_EVENT, push, settles)
        one.post(CONFIDENCE, PUBLIC_EVENT, 0.5 * push, settles)
        one.post(LEGITIMACY, PUBLIC_EVENT, 0.5 * push, settles)
        one.tell(push, 0.5 * push)


def _budget_cut(model, event):
    model.cut *= 1.0 - event.share


def _rotation(model, event):
    norm = mean_openness(model)
    for officer in model.officers:
        if officer.share(purposes.ROTATION) < event.share:
            replace(officer, norm)


def _media_campaign(model, event):
    push = bounded(event.tone * model.assumed.campaign_moves)
    for one in model.residents:
        if one.share(purposes.CAMPAIGN) < event.reach:
            one.post(TRUST, PUBLIC_EVENT, push, model.assumed.settles_message)
            one.post(CONFIDENCE, PUBLIC_EVENT, push, model.assumed.settles_message)


KINDS = {
    "critical-incident": _critical_incident,
    "budget-cut": _budget_cut,
    "rotation": _rotation,
    "media-campaign": _media_campaign,
}
