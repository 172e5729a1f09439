"""An outside yardstick: Starsim's SIS epidemic over a random network of the same mean degree.

Two things are set beside one step of it: a whole week of ours, with all its rules, and the same
epidemic written as our engine is (`benchmarks/epidemic.py`).

Both keep common random numbers (Starsim's default, and ours). Its network is drawn once and stays
(`dynamic=False`), as our ties do, which costs it less than its own default of drawing all partners
anew every step; that one is given too. Steps are timed after the model is made and has settled.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib.util import find_spec

from benchmarks import engine, epidemic
from benchmarks.row import Row, missing, three_digits
from benchmarks.sizes import Sizes
from benchmarks.timing import best, in_turns

REACH = 0.2
DEGREE = 8
WARM_STEPS = 40  # the epidemic has settled by then
STEPS_IN_A_TURN = 10
WEEK = "a week of ours against a step of Starsim's SIS, {:,} agents"
SAME = "the same SIS epidemic, ours against Starsim's, {:,} agents"


def starsim_steps(agents: int, turns: int, *, redrawn: bool) -> Callable[[], None]:
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


def nanoseconds(agents: int, times: int) -> dict[str, float]:
    """Per agent and step: our week, our epidemic, theirs, and theirs with partners drawn anew."""
    weeks = engine.weeks_in_a_turn(agents)
    area = engine.settled(agents)
    works = {
        "week": engine.stretch(area, weeks),
        "epidemic": epidemic.steps_in_turn(area, times, WARM_STEPS, STEPS_IN_A_TURN),
        "theirs": starsim_steps(agents, times, redrawn=False),
        "redrawn": starsim_steps(agents, times, redrawn=True),
    }
    best(works["week"], 1)
    taken = in_turns(works, times)
    steps = dict.fromkeys(works, STEPS_IN_A_TURN) | {"week": weeks}
    return {name: 1e9 * spent / steps[name] / agents for name, spent in taken.items()}


def rows(sizes: Sizes) -> list[Row]:
    """Two rows for each size."""
    if find_spec("starsim") is None:
        return [
            missing(what.format(agents), "Starsim is not installed", at_most=REACH)
            for what in (WEEK, SAME)
            for agents in sizes.agents
        ]
    by_size = {agents: nanoseconds(agents, sizes.times) for agents in sizes.agents}
    return [
        _row(what.format(agents), ns[ours], ns)
        for what, ours in ((WEEK, "week"), (SAME, "epidemic"))
        for agents, ns in by_size.items()
    ]


def _row(what: str, ours: float, ns: dict[str, float]) -> Row:
    theirs, redrawn = ns["theirs"], ns["redrawn"]
    against_redrawn = f"{three_digits(ours / redrawn)}×"
    return Row(
        what,
        ours / theirs,
        at_most=REACH,
        detail=f"{three_digits(ours)} against {three_digits(theirs)} ns per agent and step; "
        f"{against_redrawn} where it draws partners anew ({three_digits(redrawn)} ns)",
        figures=ns,
    )
