"""How large and how often: the whole benchmark, a quick one, one that only shows that it works."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    """Sizes of everything that is timed.

    Args:
        residents: sizes for the engine against its limit, smallest first.
        founded: sizes at which an area is founded; each is one of `residents`.
        against: residents that the reference model and Mesa's `step` are timed with.
        agents: sizes for the outside yardstick.
        large: residents whose memory is counted.
        times: turns, of which the best counts.
        weeks_of_reference: weeks that the reference model lives.
        in_run: residents, warm-up, weeks of each replicate that workers share.
        replicates: how many of these.
        command: options of the timed `parley run`.
    """

    residents: tuple[int, ...]
    founded: tuple[int, ...]
    against: int
    agents: tuple[int, ...]
    large: int
    times: int
    weeks_of_reference: int
    in_run: tuple[int, int, int]
    replicates: int
    command: tuple[str, ...] = ()


FULL = Sizes(
    residents=(1_000, 100_000, 1_000_000), founded=(100_000, 1_000_000), against=10_000,
    agents=(10_000, 100_000), large=1_000_000, times=7, weeks_of_reference=3,
    in_run=(3000, 104, 156), replicates=8,
)  # fmt: skip
QUICK = Sizes(
    residents=(1_000, 30_000), founded=(30_000,), against=2_000, agents=(10_000,), large=100_000,
    times=3, weeks_of_reference=2, in_run=(1000, 26, 52), replicates=4,
    command=("--replicates=4",),
)  # fmt: skip
SMOKE = Sizes(
    residents=(60, 120), founded=(120,), against=60, agents=(100,), large=200, times=1,
    weeks_of_reference=1, in_run=(60, 2, 2), replicates=2,
    command=("--residents=60", "--weeks=2", "--replicates=2", "--set=area.warmup_weeks=1"),
)  # fmt: skip
