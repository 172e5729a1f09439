"""Results that lie in files: the same numbers, and memory that is given back."""

import gc
import sys
from dataclasses import dataclass

import numpy as np
import pytest

from web import laid_down
from web.laid_down import let_go


@dataclass(frozen=True)
class Found:
    values: np.ndarray
    ledger: np.ndarray
    hours: np.ndarray


def found(weeks: int = 100_000) -> Found:
    dice = np.random.default_rng(1)
    return Found(
        dice.random((4, weeks)), dice.random((4, 3, 5)).swapaxes(1, 2), dice.random((2, 3))
    )


def test_results_that_are_laid_down_are_the_same_to_the_last_digit():
    before = found()
    after = laid_down.laid_down(before)
    for name in laid_down.ARRAYS:
        np.testing.assert_array_equal(getattr(after, name), getattr(before, name))
    let_go()
    np.testing.assert_array_equal(after.values, before.values)


@pytest.mark.skipif(sys.platform == "win32", reason="results stay in memory there")
def test_results_that_are_laid_down_cannot_be_changed():
    with pytest.raises(ValueError, match="read-only"):
        laid_down.laid_down(found()).values[0] = 1


def test_small_results_stay_as_they_are():
    small = found(weeks=10)
    assert laid_down.laid_down(small) is small


def test_a_disk_without_room_costs_no_results(monkeypatch):
    def full(**_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(laid_down.tempfile, "TemporaryFile", full)
    before = found()
    assert laid_down.laid_down(before) is before


@pytest.mark.skipif(sys.platform == "win32", reason="results stay in memory there")
def test_what_nobody_holds_is_gone():
    gc.collect()
    before = len(laid_down._maps)
    kept = laid_down.laid_down(found())
    assert len(laid_down._maps) == before + 1
    del kept
    gc.collect()
    assert len(laid_down._maps) == before
