"""Where a week's time goes: `python -m benchmarks.phases RESIDENTS [WEEKS]`.

Each phase is called by itself, so a sum is a little above what a week costs in one compiled call.
"""

from __future__ import annotations

import argparse
import time

from rich.console import Console
from rich.table import Table

from benchmarks import engine
from sim import live

WEEKS = 10


def timed(area: live.Area, weeks: int) -> dict[str, float]:
    """Nanoseconds of processor time per resident, by phase: the least of each over the weeks."""
    clock = area.world.clock
    residents = area.world.residents.key.size
    least: dict[str, float] = {}
    for _ in range(weeks):
        now = int(clock[0]) + 1
        for words, phase in live.WEEK:
            started = time.thread_time_ns()
            phase(area.held, now)
            spent = (time.thread_time_ns() - started) / residents
            least[words] = min(spent, least.get(words, spent))
        clock[0] = now
    return least


def main() -> None:
    """Show the phases of the week with their cost."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.phases", description=__doc__)
    asked.add_argument("residents", type=int, nargs="?", default=100_000)
    asked.add_argument("weeks", type=int, nargs="?", default=WEEKS)
    given = asked.parse_args()
    area = engine.settled(given.residents)
    timed(area, 1)
    spent = timed(area, given.weeks)
    whole = sum(spent.values())
    table = Table(title=f"A week of {given.residents:,} residents, least of {given.weeks} weeks")
    table.add_column("phase")
    table.add_column("ns per resident", justify="right")
    table.add_column("part", justify="right")
    for words, ns in [*spent.items(), ("together", whole)]:
        table.add_row(words, f"{ns:.1f}", f"{ns / whole:.0%}")
    Console().print(table)


if __name__ == "__main__":
    main()
