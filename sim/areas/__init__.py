"""Building areas: a London borough from its public tables, or any area from a table of publics.

What is built is text for the one reader of scenario and area files, `sim.scenario`.
"""

from sim.areas.borough_file import area_from_london, area_text, scenario_text
from sim.areas.london import DATE, Borough, borough_from_london
from sim.areas.publics_table import area_from_table
from sim.areas.tables import LondonTables, read_tables

__all__ = [
    "DATE",
    "Borough",
    "LondonTables",
    "area_from_london",
    "area_from_table",
    "area_text",
    "borough_from_london",
    "read_tables",
    "scenario_text",
]
