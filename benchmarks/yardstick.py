"""An outside yardstick: Starsim's SIS epidemic over a random network of the same mean degree.

Both models keep common random numbers (its default, and ours). Its network is drawn once and stays
(`dynamic=False`), as our ties do, which costs it less than its own default of drawing all partners
anew every step; that one is given too. Steps are timed after the model is made and has lived a few.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib.util import find_spec

from benchmarks import engine
from benchmarks.row import Row, missing, three_digits
from benchmarks.sizes import Sizes
from benchmarks.timing import best, in_turns

REACH = 0.2
DEGREE = 8
WARM_STEPS = 5
STEPS_IN_A_TURN = 10


def epidemic(agents: int, turns: int, *, redrawn: bool) -> Callable[[], None]:
    """Work that takes the next steps of an epidemic; there are enough for these turns."""
    os.environ.setdefault("STARSIM_INSTALL_FONTS", "0")
    import starsim

    sim = starsim.Sim(
        n_agents=agents,
        diseases=starsim.SIS(),
        networks=starsim.RandomNet(n_contacts=starsim.constant(DEGREE), dynamic=redrawn),
        start=2000,
        stop=2000 + WARM_STEPS + STEPS_IN_A_TURN * (turns + 1),
        rand_seed=1,
        verbose=0,
    )
    sim.init()
    for _ in range(WARM_STEPS):
        sim.run_one_step()

    def steps() -> None:
        for _ in range(STEPS_IN_A_TURN):
            sim.run_one_step()

    return steps


def _timed(agents: int, times: int) -> dict[str, float]:
    """Nanoseconds per agent and step: ours, theirs, and theirs with partners drawn anew."""
    weeks = engine.weeks_in_a_turn(agents)
    works = {
        "ours": engine.stretch(engine.settled(agents), weeks),
        "theirs": epidemic(agents, times, redrawn=False),
        "redrawn": epidemic(agents, times, redrawn=True),
    }
    best(works["ours"], 1)
    taken = in_turns(works, times)
    steps = {"ours": weeks, "theirs": STEPS_IN_A_TURN, "redrawn": STEPS_IN_A_TURN}
    return {name: 1e9 * spent / steps[name] / agents for name, spent in taken.items()}


def rows(sizes: Sizes) -> list[Row]:
    """One row for each size."""
    what = "Parley's week against a step of Starsim's SIS, {:,} agents"
    if find_spec("starsim") is None:
        return [
            missing(what.format(agents), "Starsim is not installed", at_most=REACH)
            for agents in sizes.agents
        ]
    return [_row(what.format(agents), _timed(agents, sizes.times)) for agents in sizes.agents]


def _row(what: str, ns: dict[str, float]) -> Row:
    ours, theirs, redrawn = ns["ours"], ns["theirs"], ns["redrawn"]
    return Row(
        what, ours / theirs, at_most=REACH,
        detail=f"{three_digits(ours)} against {three_digits(theirs)} ns per agent and step; "
        f"against its default network, drawn anew each step ({three_digits(redrawn)} ns), "
        f"{three_digits(ours / redrawn)}×",
        figures={"ours_ns": ours, "theirs_ns": theirs, "redrawn_ns": redrawn},
    )  # fmt: skip
