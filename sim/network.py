"""Who talks with whom, as a networkx graph for pictures and other people's tools."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx
import numpy as np

from sim import world as w_
from sim.population import AGES, ETHNIC_GROUPS, TENURES
from sim.snapshots import resident_keys, snapshot

if TYPE_CHECKING:
    from sim.scenario import Scenario

_NOT_OF_A_RESIDENT = ("replicate", "week", "resident")


def network(world: w_.World, scenario: Scenario) -> networkx.Graph:
    """Return residents as nodes and ties as edges.

    A node is called by the resident's key, such as "young-17". Its attributes are the columns of a
    snapshot (attitudes in points 0-100, traits as shares) with age band, tenure and ethnic group,
    plain enough for `networkx.write_graphml`. What a resident has none of is left out.
    """
    graph = networkx.Graph(name=scenario.area.name, scenario=scenario.key)
    keys = resident_keys(world, list(scenario.area.groups)).tolist()
    graph.add_nodes_from(zip(keys, _attributes(world, scenario), strict=True))
    starts = world.ties.start
    ends = np.repeat(np.arange(len(keys)), np.diff(starts))
    others = world.ties.other[: starts[-1]]
    once = ends < others
    graph.add_edges_from(
        (keys[one], keys[other])
        for one, other in zip(ends[once].tolist(), others[once].tolist(), strict=True)
    )
    return graph


def _attributes(world: w_.World, scenario: Scenario) -> list[dict[str, Any]]:
    """Attributes of each node, in the order of rows."""
    residents = world.residents
    columns = snapshot(world, scenario, 0, 0)
    order = np.lexsort((residents.ordinal, residents.public))
    by_row = np.argsort(order)
    lists = {
        name: column[by_row].tolist()
        for name, column in columns.items()
        if name not in _NOT_OF_A_RESIDENT
    }
    for name, words in (("age", AGES), ("tenure", TENURES), ("ethnic", ETHNIC_GROUPS)):
        lists[name] = np.array(words)[getattr(residents, name)].tolist()
    rows = zip(*lists.values(), strict=True)
    return [
        {name: value for name, value in zip(lists, row, strict=True) if value == value}
        for row in rows
    ]
