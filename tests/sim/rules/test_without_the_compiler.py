"""Rules are plain Python: the same weeks are lived without the compiler, only slower."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np

import sim

HOUSE = Path(sim.__file__).parents[1]
LIFE = """
import sys
import numpy as np
from sim import live, load
from sim.core import dice

scenario = load("baseline", (
    "area.warmup_weeks=2", "policy.hours=40", "policy.stops=100", "policy.forward=0.5", "policy.mixed_forums=0.5",
    "policy.mix={inform=0.2, consult=0.4, collaborate=0.4}", "area.demand.incidents=4000",
    'events=[{week=2, kind="critical-incident", group="young", severity=0.5},'
    ' {week=2, kind="media-campaign", tone=-0.5, reach=0.5}, {week=3, kind="rotation", share=0.5},'
    ' {week=3, kind="budget-cut", share=0.3}]',
))
area = live.begin(scenario, dice.replicate_seed(1, 0), 50, 3, traced=True)
live.follow(area, 4)
area.live(3)
w = area.world
np.savez(
    sys.argv[1], values=w.books.values, ledger=w.books.ledger, hours=w.books.hours, total=w.residents.total,
    known=w.residents.known, counts=w.residents.counts, openness=w.officers.openness, trace=w.books.trace_posts,
    disorder=w.places.disorder, concerns=w.residents.concerns, ties=w.ties.other,
)
"""


def lived(folder, name, **environment):
    path = folder / f"{name}.npz"
    subprocess.run(
        [sys.executable, "-W", "ignore", "-c", LIFE, str(path)],
        check=True, env=os.environ | environment, cwd=HOUSE, timeout=500,
    )  # fmt: skip
    return np.load(path)


SINGLE = (
    1e-6  # traits are kept in single precision, and plain Python keeps it where they meet a number
)


def test_a_tiny_world_lives_the_same_weeks_without_the_compiler(tmp_path):
    compiled = lived(tmp_path, "compiled")
    plain = lived(tmp_path, "plain", NUMBA_DISABLE_JIT="1")
    assert compiled["counts"].sum() > 15
    for name in ("counts", "ties", "concerns"):
        assert np.array_equal(compiled[name], plain[name]), name
    for name in compiled.files:
        one, other = compiled[name], plain[name]
        assert np.array_equal(np.isnan(one), np.isnan(other)), name
        apart = np.abs(one - other) / np.maximum(1.0, np.abs(one))
        assert np.nanmax(apart) < SINGLE, name
