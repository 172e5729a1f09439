"""The kinds of dated events: as a file may give them, and complete."""

from __future__ import annotations

from typing import Any

from sim.core.declared import Declared
from sim.scenario.event_fields import EVENT_FIELDS
from sim.scenario.policy_tables import Policy
from sim.scenario.tables import Name, Table, number


class Dated(Table):
    """A week, whatever happens in it."""

    registry = EVENT_FIELDS
    week: int = number(EVENT_FIELDS["week"])

    @classmethod
    def declared(cls, name: str) -> Declared | None:
        """The declaration of one key; the week is declared once for all kinds."""
        return EVENT_FIELDS["week"] if name == "week" else super().declared(name)


class Event(Dated):
    """Something that happens in one week."""

    kind: Name


class CriticalIncident(Event):
    """One public feels wronged at once; others hear of it."""

    prefix = "critical-incident."
    group: Name
    severity: float = number(EVENT_FIELDS["critical-incident.severity"])


class BudgetCut(Event):
    """A share of the hours goes for good."""

    prefix = "budget-cut."
    share: float = number(EVENT_FIELDS["budget-cut.share"])


class Rotation(Event):
    """A share of the officers is replaced at once."""

    prefix = "rotation."
    share: float = number(EVENT_FIELDS["rotation.share"])


class MediaCampaign(Event):
    """Part of the public sees a message about the police."""

    prefix = "media-campaign."
    tone: float = number(EVENT_FIELDS["media-campaign.tone"])
    reach: float = number(EVENT_FIELDS["media-campaign.reach"])


class PolicySwitchTable(Event):
    """A switch of policy as a file gives it: the levers that change."""

    policy: dict[str, Any]


class PolicySwitch(Event):
    """Levers change from this week on.

    Attributes:
        changes: the levers it names, as given.
        policy: the whole policy from then on.
    """

    changes: dict[str, Any]
    policy: Policy


EVENT_KINDS: dict[str, type[Event]] = {
    "critical-incident": CriticalIncident,
    "budget-cut": BudgetCut,
    "rotation": Rotation,
    "media-campaign": MediaCampaign,
    "policy": PolicySwitchTable,
}
