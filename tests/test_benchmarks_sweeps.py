"""The benchmark of sweeps works at tiny sizes. Nothing is asserted about times: others may be at work."""

import math

import pytest

from benchmarks.sweeps import FULL, PARTS, SMOKE


@pytest.mark.thorough
@pytest.mark.parametrize("part", PARTS)
def test_every_part_measures_tiny_sweeps(part):
    for row in PARTS[part](SMOKE):
        assert math.isfinite(row.value)
        assert row.detail
        assert row.target


def test_the_sizes_are_those_that_were_promised():
    assert FULL.run == (1_000, 156, 104)
    assert FULL.many == (1_000, 100_000)
