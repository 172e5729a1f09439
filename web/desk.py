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
from collections.abc import Callable, Generator, Hashable
from dataclasses import dataclass, field, replace
from typing import Any

from web import memory
from web.laid_down import laid_down, let_go
from web.question import Question

STAGES = (4, 10, 15, 20, 30, 40, 60, 80)
"""How many pairs there are when an answer is given and looked at again."""
LEAST_PAIRS = 10
"""Fewer pairs than this are never called enough, however close they lie together by luck."""
_log = logging.getLogger(__name__)
_PATIENCE = 0.15
WARM_UP = 104
"""Weeks that every history lives before its first."""
_ERRANDS_KEPT = 12
"""Films, weeks and doubts that are kept; each weighs a few megabytes."""
_REST = 5.0
"""Seconds after which an idle desk lets go of memory that pages have used since."""
TURN = 2_500_000
"""Resident-weeks lived before somebody else has a turn: about half a second."""


@dataclass(frozen=True)
class News:
    """What an asker hears while a question is answered or an errand is run.

    Args:
        kind: waiting, preparing, working, answer, cancelled or fault.
        question: what was asked.
        done, total: pairs (of an errand: steps) finished and aimed at for now.
        comparison: results, where kind is answer.
        before: results of the base before its assumptions were moved, where they were.
        found: what an errand came back with.
        finished: whether nothing more will come.
        message: what went wrong, where kind is fault.
    """

    kind: str
    question: Question
    done: int = 0
    total: int = 0
    comparison: Any = None
    before: Any = None
    found: Any = None
    finished: bool = False
    message: str = ""


Listener = Callable[[News], None]


Errand = Callable[["Runs"], Generator[tuple[int, int], None, Any]]
"""Work of another kind: it gets what it may run with, says after each small step how far it is, so
that others have their turn, and comes back with what it found."""


@dataclass(eq=False)
class _Task:
    """One question or errand of one asker on its way through the desk."""

    asker: Hashable
    question: Question
    listener: Listener
    errand: Errand | None = None
    known_as: Hashable = None
    under_way: Generator[tuple[int, int], None, Any] | None = None
    pairs: int = 0
    found: dict[int, Any] = field(default_factory=dict)
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
            while len(self._kept) > 1 and self._size() > self._limit:
                self._kept.popitem(last=False)

    def state(self) -> tuple[int, int]:
        """How many results are kept, and their bytes."""
        with self._lock:
            return len(self._kept), self._size()

    def _size(self) -> int:
        return sum(results.values.nbytes + results.ledger.nbytes for results in self._kept.values())


class Desk:
    """Answers questions in threads of its own.

    Args:
        engine: what computes: the module `sim.run`, or what has its `compare`, `Comparison`,
            `Cancelled`, `compiled` and `compile_engine`.
        threads: how many questions are worked on at once; if not given, cores less one.
        shelf_bytes: how much is kept of what was computed.
    """

    def __init__(
        self, engine: Any, threads: int | None = None, shelf_bytes: int = 300_000_000
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
        self._brought: OrderedDict[Hashable, Any] = OrderedDict()
        self._open = False
        self._preparing = threading.Lock()

    def ask(self, asker: Hashable, question: Question, listener: Listener) -> None:
        """Answer a question; an earlier one of the same asker is dropped.

        Args:
            asker: who asks, one per page.
            question: what is asked.
            listener: told everything that happens, from a thread of the desk.
        """
        self._take(_Task(asker, question, listener))

    def send(
        self,
        asker: Hashable,
        question: Question,
        errand: Errand,
        listener: Listener,
        known_as: Hashable = None,
    ) -> None:
        """Run an errand about a question; an earlier one of the same asker is dropped.

        Args:
            asker: who asks, one per page and kind of errand.
            question: what it is about.
            errand: the work; it runs in a thread of the desk, after everybody's first answers.
            listener: told everything that happens, from a thread of the desk.
            known_as: what an errand of the same name would bring back as well; None for no other.
        """
        self._take(_Task(asker, question, listener, errand, known_as))

    def _take(self, task: _Task) -> None:
        with self._change:
            self._drop(task.asker)
            self._tasks[task.asker] = task
            self._waiting.append(task)
            self._open_up()
            self._change.notify_all()
        self._tell(task, "waiting", total=task.question.pairs)

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
        memory.keep_large_apart()
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
                _tidy()

    def _next(self) -> _Task | None:
        """The task to work on: first answers, then whoever was served longest ago."""
        with self._change:
            while self._open and not self._waiting:
                self._change.wait(_REST)
                _tidy()
            if not self._open:
                return None
            task = min(
                self._waiting,
                key=lambda each: (
                    each.pairs > 0 or each.errand is not None,
                    self._last_served.get(each.asker, 0.0),
                ),
            )
            self._waiting.remove(task)
            self._working.add(task)
            self._last_served[task.asker] = time.monotonic()
            return task

    def _work(self, task: _Task) -> None:
        """Answer with the pairs of the next stage, then queue again for the rest."""
        self._prepare(task)
        if task.errand is not None:
            self._run_errand(task, task.errand)
            return
        base, *others = task.question.scenarios()
        scenarios = [base, *(other.with_before(base) for other in others)]
        before = task.question.before_assumptions()
        together = [*scenarios, *([before] if before is not None else [])]
        while True:
            pairs = next_stage(task.pairs, task.question.pairs)
            if not self._lived(task, together, pairs):
                self._queue_again(task)
                return
            task.pairs = pairs
            found = [task.found[at] for at in range(len(together))]
            comparison = self._engine.Comparison(
                found[0], dict(zip(names(others), found[1 : len(scenarios)], strict=True))
            )
            finished = enough(task.question, comparison)
            ahead = next_stage(pairs, task.question.pairs)
            if finished or not all(self._kept(each, task.question, ahead) for each in together):
                break
        if finished:
            self._finish(task)
        else:
            self._queue_again(task)
        self._tell(
            task,
            "answer",
            done=pairs,
            total=task.question.pairs,
            comparison=comparison,
            before=found[-1] if before is not None else None,
            finished=finished,
        )

    def _lived(self, task: _Task, scenarios: list[Any], pairs: int) -> bool:
        """Whether every scenario has so many pairs now; one turn at the desk may not be enough."""
        options, spent = task.question.options(), 0
        each = options["residents"] * (options["weeks"] + WARM_UP)
        for at, scenario in enumerate(scenarios):
            while (there := task.found[at].replicates if at in task.found else 0) < pairs:
                if spent >= TURN or task.cancel.is_set():
                    return False
                wanted = min(pairs, there + max(1, TURN // each))
                part = at, len(scenarios), pairs
                task.found[at] = self._results(task, scenario, options, wanted, part)
                spent += (wanted - there) * each
        return True

    def _queue_again(self, task: _Task) -> None:
        """Let others have their turn."""
        with self._change:
            if not task.cancel.is_set():
                self._waiting.append(task)
                self._change.notify_all()

    def _run_errand(self, task: _Task, errand: Errand) -> None:
        """One step of an errand, then the others' turn."""
        try:
            found = self._brought.get(task.known_as)
            if found is None:
                task.under_way = task.under_way or errand(Runs(self, task))
                done, total = next(task.under_way)
        except StopIteration as end:
            found = end.value
            if task.known_as is not None:
                self._keep_errand(task.known_as, found)
        if found is not None:
            self._finish(task)
            self._tell(task, "answer", found=found, finished=True)
            return
        self._tell(task, "working", done=done, total=total)
        self._queue_again(task)

    def _keep_errand(self, known_as: Hashable, found: Any) -> None:
        with self._change:
            self._brought[known_as] = found
            while len(self._brought) > _ERRANDS_KEPT:
                self._brought.popitem(last=False)

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

    def _kept(self, scenario: Any, question: Question, pairs: int) -> bool:
        """Whether so many pairs of a scenario need not be run."""
        kept = self.shelf.get(_shelf_mark(scenario, question.options()))
        return kept is not None and kept.replicates >= pairs

    def _results(
        self,
        task: _Task,
        scenario: Any,
        options: dict[str, int],
        pairs: int,
        part: tuple[int, int, int],
    ) -> Any:
        """So many pairs of one scenario: those that are kept, and the rest run and kept with them."""
        mark = _shelf_mark(scenario, options)
        with self._being_made(mark):
            kept = self.shelf.get(mark)
            there = kept.replicates if kept is not None else 0
            if there < pairs:
                more = self._run(task, scenario, options, there, pairs, part)
                kept = laid_down(more if kept is None else kept.and_more(more))
                self.shelf.put(mark, kept)
        return _in_the_words_of(scenario, kept if kept.replicates == pairs else kept.first(pairs))

    def _being_made(self, mark: Hashable) -> threading.Lock:
        """One lock for each thing to compute, so that what two askers want is computed once."""
        with self._change:
            if len(self._making) > 1000:
                self._making = {mark: lock for mark, lock in self._making.items() if lock.locked()}
            return self._making.setdefault(mark, threading.Lock())

    def _run(
        self,
        task: _Task,
        scenario: Any,
        options: dict[str, int],
        there: int,
        pairs: int,
        part: tuple[int, int, int],
    ) -> Any:
        last, (at, parts, aim) = 0.0, part

        def progress(done: int, total: int) -> None:
            nonlocal last
            now = time.monotonic()
            if now - last < _PATIENCE and done < total:
                return
            last = now
            self._tell(task, "working", done=(aim * at + there + done) // parts, total=aim)

        # A comparison with nothing keeps its warmed-up areas, so that a moved lever need not live
        # them again. Threads are shared out among the questions that are worked on.
        comparison = self._engine.compare(
            scenario,
            [],
            **{**options, "replicates": pairs - there},
            first=there,
            workers=self._workers(),
            progress=progress,
            cancel=task.cancel,
        )
        return comparison.base.by_quarter()

    def _workers(self) -> int:
        return max(1, self._threads // max(1, self.state()["working"]))

    def _tell(self, task: _Task, kind: str, **more: Any) -> None:
        if not task.cancel.is_set():
            task.listener(News(kind, task.question, **more))


class Runs:
    """What an errand may run with: the engine, a share of the threads, and the way to be stopped."""

    def __init__(self, desk: Desk, task: _Task) -> None:
        self._desk, self._task = desk, task
        self.cancel = task.cancel

    def compare(self, base: Any, others: list[Any], **options: Any) -> Any:
        """A comparison that stops when the errand is no longer wanted."""
        return self._desk._engine.compare(
            base, others, workers=self._desk._workers(), cancel=self.cancel, **options
        )


def _tidy() -> None:
    """Give back memory that nobody needs just now."""
    let_go()
    memory.give_back()


def names(others: list[Any]) -> list[str]:
    """The names of others in a comparison: their keys, numbered where two are alike."""
    found: list[str] = []
    for other in others:
        name, number = other.key, 2
        while name in found:
            name, number = f"{other.key}-{number}", number + 1
        found.append(name)
    return found


def next_stage(pairs: int, most: int) -> int:
    """How many pairs there are to be at the next stage."""
    return next((stage for stage in STAGES if pairs < stage < most), most)


def half_width(comparison: Any) -> float:
    """How closely the headline is known: the widest half interval of trust over all others, points."""
    found = (comparison.difference(name, "trust") for name in comparison.others)
    return max((each.hi - each.lo) / 2 for each in found)


def enough(question: Question, comparison: Any) -> bool:
    """Whether no more pairs are needed: the headline is known closely enough, or they are all in."""
    pairs = comparison.base.replicates
    if pairs >= question.pairs:
        return True
    return pairs >= LEAST_PAIRS and half_width(comparison) <= question.within


def _in_the_words_of(scenario: Any, results: Any) -> Any:
    """Results that another asker may have had computed, in the names that this one gave.

    Names move no number, so two areas that differ in them alone share what is computed. Nobody is
    to read the names of somebody else's area.
    """
    if results.scenario is scenario:
        return results
    publics = scenario.area.groups
    labels = {
        key: publics[key].label if key in publics else label
        for key, label in results.labels.items()
    }
    return replace(results, scenario=scenario, labels=labels)


def _shelf_mark(scenario: Any, options: dict[str, int]) -> tuple[Any, ...]:
    return (scenario.hash, options["seed"], options["weeks"], options["residents"])
