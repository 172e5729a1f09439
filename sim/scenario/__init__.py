"""The only reader of scenario and area files.

`load` gives a `Scenario` with nothing left open, or raises `ScenarioFaults` with every fault of its
files at once.
"""

from sim.scenario.area_fields import AREA_FIELDS
from sim.scenario.area_tables import Area, Demand, Group, Partners, Police, Ties
from sim.scenario.event_fields import EVENT_FIELDS
from sim.scenario.event_tables import (
    BudgetCut,
    CriticalIncident,
    Event,
    MediaCampaign,
    PolicySwitch,
    Rotation,
)
from sim.scenario.faults import Fault, ScenarioFaults
from sim.scenario.files import SHIPPED, shipped_areas, shipped_names
from sim.scenario.head_tables import Expectation
from sim.scenario.load import check, load, shipped
from sim.scenario.policy_tables import Policy
from sim.scenario.resolved import Before, Scenario

__all__ = [
    "AREA_FIELDS",
    "EVENT_FIELDS",
    "SHIPPED",
    "Area",
    "Before",
    "BudgetCut",
    "CriticalIncident",
    "Demand",
    "Event",
    "Expectation",
    "Fault",
    "Group",
    "MediaCampaign",
    "Partners",
    "Police",
    "Policy",
    "PolicySwitch",
    "Rotation",
    "Scenario",
    "ScenarioFaults",
    "Ties",
    "check",
    "load",
    "shipped",
    "shipped_areas",
    "shipped_names",
]
