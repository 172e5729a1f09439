"""The benchmark works at tiny sizes. Nothing is asserted about times: others may be at work."""

import json
import math
import platform
from pathlib import Path

import numpy as np
import pytest

from benchmarks import commands, engine, epidemic, limit, machine, page, phases
from benchmarks.__main__ import PARTS, asked_for
from benchmarks.row import Row, missing, three_digits
from benchmarks.sizes import FULL, SMOKE
from sim import live


@pytest.mark.thorough
@pytest.mark.parametrize("part", PARTS)
def test_every_part_measures_a_tiny_place(part):
    rows = PARTS[part](SMOKE)
    assert rows
    for row in rows:
        assert row.detail
        assert row.value is None or math.isfinite(row.value)
        assert row.measured
        json.dumps(row.to_dict())


def test_the_limit_leaves_the_place_as_it_was():
    area = engine.settled(40, warm=1)
    residents = area.world.residents
    before = {name: column.copy() for name, column in residents._asdict().items()}
    limit.touch(area, 2)()
    for name, column in residents._asdict().items():
        np.testing.assert_array_equal(column, before[name], err_msg=name)


def test_the_limit_writes_every_column():
    area = engine.settled(40, warm=1)
    world = area.world
    before = {name: column.copy() for name, column in world.residents._asdict().items()}
    one_pass = limit._compiled(limit.written_out(world.residents))
    ones = (np.uint64(1), np.int64(1), np.float32(1), np.float64(1))
    one_pass(world.residents, world.ties.start, world.ties.other, *ones)
    for name, column in world.residents._asdict().items():
        changed = (column != before[name]) | np.isnan(column.astype(float))
        assert changed.all() or name == limit.KEPT_IN, name


def test_the_phases_that_are_timed_are_those_of_the_week():
    spent = phases.timed(engine.settled(40, warm=1), 2)
    assert list(spent) == [words for words, _ in live.WEEK]


def test_a_week_timed_by_phases_is_the_week_that_is_lived():
    by_phase, at_once = engine.settled(40, warm=1), engine.settled(40, warm=1)
    phases.timed(by_phase, 3)
    at_once.live(3)
    assert by_phase.week == at_once.week
    np.testing.assert_array_equal(by_phase.world.residents.total, at_once.world.residents.total)


def test_the_epidemic_rises_and_settles_where_starsims_does():
    """Starsim 3.7.2, 10,000 agents, 8 contacts that stay: 0.67 are ill in step 20, 0.37 in step 50."""
    area = engine.settled(3000, warm=1)
    spread = epidemic.Epidemic(area, 50)
    spread.live(50)
    ill = spread.counts[:, 0] / 3000
    assert ill[20] == pytest.approx(0.65, abs=0.06)
    assert ill[50] == pytest.approx(0.37, abs=0.05)
    assert spread.counts[50, 2] / 3000 == pytest.approx(0.32, abs=0.04)


@pytest.mark.parametrize(
    ("row", "target", "met"),
    [
        (Row("a", 150.0, at_least=150), "≥ 150×", True),
        (Row("a", 149.0, at_least=150), "≥ 150×", False),
        (Row("a", 0.4, " s", at_most=0.5), "≤ 0.5 s", True),
        (Row("a", 0.6, " s", at_most=0.5), "≤ 0.5 s", False),
        (Row("a", 3.0), "", None),
        (missing("a", "no such thing here", at_most=5), "≤ 5×", None),
    ],
)
def test_a_row_says_whether_its_target_is_met(row, target, met):
    assert row.target == target
    assert row.met is met


@pytest.mark.parametrize(
    ("value", "words"),
    [(0, "0"), (0.01234, "0.0123"), (1.2345, "1.23"), (56.78, "56.8"), (1234567, "1,230,000")],
)
def test_a_number_is_given_to_three_digits(value, words):
    assert three_digits(value) == words


def test_the_page_has_every_row_and_neither_host_nor_path():
    rows = [Row("engine against something", 200.0, at_least=150, detail="so and so")]
    text = page.in_words(rows, machine.facts(), "1 to 2")
    assert "| engine against something | ≥ 150× | 200× | yes | so and so |" in text
    assert str(Path.home()) not in text
    assert platform.node() not in text or len(platform.node()) < 4


def test_the_full_benchmark_has_the_sizes_that_were_promised():
    assert FULL.residents == (1_000, 100_000, 1_000_000)
    assert (FULL.against, FULL.large) == (10_000, 1_000_000)
    assert FULL.agents == (10_000, 100_000)


def test_the_first_run_is_left_out_unless_it_is_asked_for():
    assert not asked_for([]).first_run
    assert commands.first_run(False).value is None


def test_an_unknown_part_is_named_with_those_there_are(capsys):
    with pytest.raises(SystemExit):
        asked_for(["--only", "speed"])
    assert "invalid choice: 'speed'" in capsys.readouterr().err
