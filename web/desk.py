"""The desk where questions are answered, off the threads that serve pages.

Compiled runs release the interpreter, so plain threads do: at most one less than there are cores.
Whoever asked is served in turn, first answers before refinements; a new question of the same asker
takes the place of the old one, and one who leaves is forgotten at once.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from web.question import Question

FIRST_PAIRS = 4
_log = logging.getLogger(__name__)
_PATIENCE = 0.15
_QUARTER = 13


@dataclass(frozen=True)
class News:
    """What an asker hears while a question is answered.

    Args:
        kind: waiting, preparing, working, answer, cancelled or fault.
        question: what was asked.
        done, total: pairs finished and asked for.
        comparison: results, where kind is answer.
        finished: whether these are all the pairs asked for.
        message: what went wrong, where kind is fault.
    """

    kind: str
    question: Question
    done: int = 0
    total: int = 0
    comparison: Any = None
    finished: bool = False
    message: str = ""


Listener = Callable[[News], None]


@dataclass(eq=False)
class _Task:
    """One question of one asker on its way through the desk."""

    asker: Hashable
    question: Question
    listener: Listener
    stages: list[int]
    cancel: threading.Event = field(default_factory=threading.Event)


class Shelf:
    """Results kept by what was asked, up to a number of bytes; the longest unused goes first."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Any:
        """The result under this key, or None."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: Hashable, results: Any) -> None:
        """Keep a result, and let go of others where there is no room."""
        with self._lock:
            self._kept[key] = results
            self._kept.move_to_end(key)
            while len(self._kept) > 1 and self.size() > self._limit:
                self._kept.popitem(last=False)

    def size(self) -> int:
        """Bytes that are kept."""
        return sum(results.values.nbytes + results.ledger.nbytes for results in self._kept.values())

    def __len__(self) -> int:
        """How many results are kept."""
        return len(self._kept)


class Desk:
    """Answers questions in threads of its own.

    Args:
        engine: what computes: the module `sim.run`, or what has its `compare`, `Comparison`,
            `Cancelled`, `compiled` and `compile_engine`.
        threads: how many questions are worked on at once; if not given, cores less one.
        shelf_bytes: how much is kept of what was computed.
    """

    def __init__(
        self, engine: Any, threads: int | None = None, shelf_bytes: int = 160_000_000
    ) -> None:
        self._engine = engine
        self._threads = max(1, threads or (os.cpu_count() or 2) - 1)
        self.shelf = Shelf(shelf_bytes)
        self._change = threading.Condition()
        self._tasks: dict[Hashable, _Task] = {}
        self._waiting: list[_Task] = []
        self._working: set[_Task] = set()
        self._last_served: dict[Hashable, float] = {}
        self._making: dict[Hashable, threading.Lock] = {}
        self._open = False
        self._preparing = threading.Lock()

    def ask(self, asker: Hashable, question: Question, listener: Listener) -> None:
        """Answer a question; an earlier one of the same asker is dropped.

        Args:
            asker: who asks, one per page.
            question: what is asked.
            listener: told everything that happens, from a thread of the desk.
        """
        first = min(FIRST_PAIRS, question.pairs)
        stages = [first, question.pairs] if first < question.pairs else [first]
        task = _Task(asker, question, listener, stages)
        with self._change:
            self._drop(asker)
            self._tasks[asker] = task
            self._waiting.append(task)
            self._open_up()
            self._change.notify_all()
        self._tell(task, "waiting", total=question.pairs)

    def cancel(self, asker: Hashable) -> None:
        """Stop what this asker asked for, and tell them."""
        with self._change:
            task = self._drop(asker)
        if task is not None:
            task.listener(News("cancelled", task.question))

    def leave(self, asker: Hashable) -> None:
        """Forget an asker who is gone; nothing is told to anybody."""
        with self._change:
            self._drop(asker)
            self._last_served.pop(asker, None)

    def close(self) -> None:
        """Stop everything; threads end after the replicate they are in."""
        with self._change:
            self._open = False
            for asker in list(self._tasks):
                self._drop(asker)
            self._change.notify_all()

    def state(self) -> dict[str, int]:
        """How many questions are worked on and how many wait."""
        with self._change:
            return {"working": len(self._working), "waiting": len(self._waiting)}

    def _drop(self, asker: Hashable) -> _Task | None:
        task = self._tasks.pop(asker, None)
        if task is not None:
            task.cancel.set()
            if task in self._waiting:
                self._waiting.remove(task)
        return task

    def _open_up(self) -> None:
        if self._open:
            return
        self._open = True
        for number in range(self._threads):
            threading.Thread(target=self._serve, name=f"desk-{number}", daemon=True).start()

    def _serve(self) -> None:
        while (task := self._next()) is not None:
            try:
                self._work(task)
            except self._engine.Cancelled:
                pass
            except Exception as fault:
                _log.exception("A question could not be answered")
                self._finish(task)
                self._tell(task, "fault", message=f"{type(fault).__name__}: {fault}")
            finally:
                with self._change:
                    self._working.discard(task)

    def _next(self) -> _Task | None:
        """The task to work on: fewest pairs first, then whoever was served longest ago."""
        with self._change:
            while self._open and not self._waiting:
                self._change.wait()
            if not self._open:
                return None
            task = min(
                self._waiting,
                key=lambda each: (len(each.stages) == 1, self._last_served.get(each.asker, 0.0)),
            )
            self._waiting.remove(task)
            self._working.add(task)
            self._last_served[task.asker] = time.monotonic()
            return task

    def _work(self, task: _Task) -> None:
        """Answer with the pairs of the next stage, then queue again for the rest."""
        self._prepare(task)
        base, other = task.question.scenarios()
        other = other.with_before(base)
        if self._kept(base, task.question.options()) and self._kept(other, task.question.options()):
            task.stages = task.stages[-1:]
        pairs = task.stages.pop(0)
        options = {**task.question.options(), "replicates": pairs}
        comparison = self._engine.Comparison(
            self._results(task, base, options, 0, pairs),
            {other.key: self._results(task, other, options, 1, pairs)},
        )
        finished = not task.stages
        with self._change:
            if task.cancel.is_set():
                return
            if finished:
                self._tasks.pop(task.asker, None)
            else:
                self._waiting.append(task)
                self._change.notify_all()
        self._tell(task, "answer", pairs, task.question.pairs, comparison, finished)

    def _prepare(self, task: _Task) -> None:
        """Let the engine compile where this installation has not done so."""
        if self._engine.compiled():
            return
        self._tell(task, "preparing")
        with self._preparing:
            if not self._engine.compiled():
                self._engine.compile_engine()

    def _finish(self, task: _Task) -> None:
        with self._change:
            if self._tasks.get(task.asker) is task:
                del self._tasks[task.asker]

    def _kept(self, scenario: Any, options: dict[str, int]) -> Any:
        return self.shelf.get(_shelf_mark(scenario, options))

    def _results(
        self, task: _Task, scenario: Any, options: dict[str, int], which: int, pairs: int
    ) -> Any:
        mark = _shelf_mark(scenario, options)
        with self._being_made(mark):
            kept = self.shelf.get(mark)
            if kept is None:
                kept = self._run(task, scenario, options, which, pairs)
                self.shelf.put(mark, kept)
        return kept

    def _being_made(self, mark: Hashable) -> threading.Lock:
        """One lock for each thing to compute, so that what two askers want is computed once."""
        with self._change:
            if len(self._making) > 1000:
                self._making = {mark: lock for mark, lock in self._making.items() if lock.locked()}
            return self._making.setdefault(mark, threading.Lock())

    def _run(
        self, task: _Task, scenario: Any, options: dict[str, int], which: int, pairs: int
    ) -> Any:
        last = 0.0

        def progress(done: int, total: int) -> None:
            nonlocal last
            now = time.monotonic()
            if now - last < _PATIENCE and done < total:
                return
            last = now
            self._tell(task, "working", (which * pairs + done) // 2, pairs)

        # A comparison with nothing keeps its warmed-up areas, so that a moved lever need not live
        # them again. Threads are shared out among the questions that are worked on.
        workers = max(1, self._threads // max(1, self.state()["working"]))
        comparison = self._engine.compare(
            scenario, [], **options, workers=workers, progress=progress, cancel=task.cancel
        )
        return _slim(comparison.base)

    def _tell(
        self, task: _Task, kind: str, done: int = 0, total: int = 0, *rest: Any, **more: Any
    ) -> None:
        if task.cancel.is_set():
            return
        task.listener(News(kind, task.question, done, total, *rest, **more))


def _slim(results: Any) -> Any:
    """Results with the ledger by quarter of a year: a third of the memory, the same totals."""
    quarters = np.arange(0, results.ledger.shape[1], _QUARTER)
    if not len(quarters):
        return results
    return replace(results, ledger=np.add.reduceat(results.ledger, quarters, axis=1))


def _shelf_mark(scenario: Any, options: dict[str, int]) -> tuple[Any, ...]:
    return (
        scenario.hash,
        options["seed"],
        options["weeks"],
        options["residents"],
        options["replicates"],
    )
