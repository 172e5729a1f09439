"""What is no longer used goes back to the system."""

import subprocess
import sys

import pytest

from web import memory

BURSTS = """
import numpy, sys
from web import memory
def held():
    return int(next(row for row in open("/proc/self/status") if row.startswith("RssAnon")).split()[1]) / 1e3
if sys.argv[1] == "apart":
    assert memory.keep_large_apart()
numpy.ones(30_000_000 // 8)  # freed at once, the C library would raise its idea of a large array by it
kept, before = [], held()
for each in range(60):
    large = numpy.ones(5_000_000 // 8)
    kept.append(numpy.ones(8_000))  # something small that lies above it and stays
    later = numpy.ones(5_000_000 // 8)
    del large
    kept.append(later if each % 4 == 0 else numpy.ones(10))
del kept[1::2], later
print(held() - before)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc alone can be told")
def test_large_arrays_that_were_dropped_leave_nothing_behind():
    def grown(how):
        asked = [sys.executable, "-c", BURSTS, how]
        return float(subprocess.run(asked, capture_output=True, text=True, check=True).stdout)

    assert grown("apart") < 15
    assert grown("as it comes") > grown("apart")


def test_free_memory_is_looked_for_now_and_then_and_not_all_the_time(monkeypatch):
    asked = []
    monkeypatch.setattr(memory, "_library", lambda: FakeLibrary(asked))
    monkeypatch.setattr(memory, "_last", [-1e9])
    assert memory.give_back()
    assert not memory.give_back()
    assert asked == ["trim"]


def test_a_system_that_cannot_be_told_is_left_alone(monkeypatch):
    monkeypatch.setattr(memory, "_library", lambda: None)
    monkeypatch.setattr(memory, "_last", [-1e9])
    assert not memory.keep_large_apart()
    assert not memory.give_back()


class FakeLibrary:
    def __init__(self, asked):
        self.asked = asked

    def malloc_trim(self, pad):
        self.asked.append("trim")
