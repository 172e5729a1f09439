"""Two processes compile the week, and what they made comes together in one folder."""

import io
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from sim import compiling, live
from sim.core import dice
from sim.scenario import load


def area():
    found = live.found(load("baseline"), dice.replicate_seed(1, 0), 60, 2, traced=True)
    return live.Area(found)


def compiled_file(folder, name, holds):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.nbi").write_text(holds)
    (folder / f"{name}.1.nbc").write_text(holds)
    (folder / f"{name}.2.nbc").write_text(holds)


def test_what_this_process_lacks_is_taken_over_whole_and_the_rest_left(tmp_path):
    made, into = tmp_path / "other", tmp_path / "own"
    compiled_file(made / "week_1", "contact.contact-9.py311", "theirs")
    compiled_file(made / "rules_1", "attitudes.everyday-3.py311", "theirs")
    compiled_file(into / "rules_1", "attitudes.everyday-3.py311", "ours")
    assert compiling.take_over(made, into) == ["contact.contact-9.py311"]
    assert {path.name: path.read_text() for path in (into / "week_1").iterdir()} == {
        "contact.contact-9.py311.nbi": "theirs",
        "contact.contact-9.py311.1.nbc": "theirs",
        "contact.contact-9.py311.2.nbc": "theirs",
    }
    assert {path.read_text() for path in (into / "rules_1").iterdir()} == {"ours"}


def test_both_shares_together_are_the_week():
    asked = []

    class Step:
        def __init__(self, name):
            self.name = name

        def compile(self, types):
            asked.append(self.name)

    steps = [step for _, step in live.WEEK]
    assert set(compiling.OTHERS_SHARE) < set(steps)
    with pytest.MonkeyPatch.context() as patch:
        names = {step: Step(step.__name__) for step in steps}
        patch.setattr(compiling, "OTHERS_SHARE", tuple(map(names.get, compiling.OTHERS_SHARE)))
        patch.setattr(live, "WEEK", [(words, names[step]) for words, step in live.WEEK])
        compiling.own_share(area())
        compiling.compile_steps(area(), compiling.OTHERS_SHARE)
    assert sorted(asked) == sorted(step.__name__ for step in steps)


def test_a_single_core_compiles_alone(monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    monkeypatch.setattr(subprocess, "Popen", None)
    with compiling.helped(area()):
        pass


@pytest.mark.parametrize("ends", ["cannot start", "fails"])
def test_an_other_process_that_comes_to_nothing_costs_nothing_but_time(monkeypatch, tmp_path, ends):
    def start(*_, **__):
        if ends == "cannot start":
            raise OSError("no more processes")
        return Failed()

    class Failed:
        stdin = io.BytesIO()

        def wait(self):
            return 1

    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(compiling.jit, "CACHE", tmp_path / "compiled-1")
    monkeypatch.setattr(subprocess, "Popen", start)
    with compiling.helped(area()):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.thorough
def test_two_processes_compile_what_one_would(tmp_path):
    """The steps of the other's share are then read, not compiled."""
    code = (
        "from sim import compiling, runs\n"
        "runs.compile_engine()\n"
        "print([sum(step.stats.cache_misses.values()) for step in compiling.OTHERS_SHARE])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PARLEY_CACHE_DIR": str(tmp_path)},
        cwd=Path(compiling.__file__).parents[1],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "[0, 0, 0, 0, 0]"
    assert [each.name.split("-")[0] for each in tmp_path.iterdir()] == ["compiled"]


def test_a_world_can_be_sent_to_another_process():
    sent = pickle.loads(pickle.dumps(area().world))
    assert sent.residents.key.tobytes() == area().world.residents.key.tobytes()
