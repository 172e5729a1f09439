"""What one tab holds for all its pages: the question, the latest answer, and what was asked before.

It ends with the tab. The question stands in the address too, so that a reload, a link or the
browser's Back brings it again. Everything here is read and set in the thread of that tab's session.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

import solara

from web.answer import Answer
from web.desk import Errand as DeskErrand
from web.desk import News
from web.one_pair import FIRST, accepted, in_address, pair_in
from web.question import LIMITS, Question, first_question, from_address, needs_file
from web.session import in_session
from web.the_desk import desk

_LONGEST_PAST = 100
_MOST_BROUGHT = 5
asked: solara.Reactive[Question | None] = solara.reactive(None)
"""The question of this tab; None until its first page has opened."""
faults: solara.Reactive[tuple[str, ...]] = solara.reactive(())
"""What was wrong with the address that was opened."""
news: solara.Reactive[News | None] = solara.reactive(None)
"""What was heard last of the work on a question."""
answer: solara.Reactive[Answer | None] = solara.reactive(None)
"""The latest answer; it may be to an older question."""
past: solara.Reactive[tuple[Question, ...]] = solara.reactive(())
"""Questions asked before, the latest last."""
focus: solara.Reactive[int] = solara.reactive(0)
"""Which of the policies but the first is looked at in detail and has its levers shown."""
pair: solara.Reactive[int] = solara.reactive(FIRST)
"""Which pair of histories is looked at where one is shown alone, from 1; see `pair_shown`."""
cost: solara.Reactive[float | None] = solara.reactive(None)
"""What an officer-hour costs, in pounds, where somebody said so."""
brought: solara.Reactive[tuple[str, ...]] = solara.reactive(())
"""Places that this tab brought from the page Your area, the latest first."""
awaited: solara.Reactive[str] = solara.reactive("")
"""The query of a link that waits for the file of an area that is too large for it."""
_asker: solara.Reactive[str] = solara.reactive("")
_times: solara.Reactive[int] = solara.reactive(0)


def question() -> Question:
    """What is asked now."""
    return asked.value or first_question()


def ask(wanted: Question) -> None:
    """Ask something else, on every page of this tab."""
    before = asked.peek()
    if wanted == before:
        return
    if before is not None:
        past.value = (*past.peek(), before)[-_LONGEST_PAST:]
    faults.value = ()
    asked.value = wanted


def bring(place: str) -> None:
    """Keep a place that was made on the page Your area, so that it can be chosen again."""
    others = (each for each in brought.peek() if each != place)
    brought.value = (place, *others)[:_MOST_BROUGHT]


def at_hand() -> tuple[str, ...]:
    """Places that this tab knows besides those on offer; an address may name them by their mark."""
    before = asked.peek()
    return (*brought.peek(), *((before.place,) if before is not None else ()))


def look(which: int) -> None:
    """Look at another of the policies in detail."""
    focus.value = max(0, min(int(which), len(question().tried) - 1))


def look_at_pair(number: Any) -> None:
    """Look at another pair of histories, wherever one is shown alone; no change for what is none."""
    wanted = accepted(number, question().pairs)
    if wanted is not None:
        pair.value = wanted


def pair_shown() -> int:
    """The pair that is looked at, as far as the question has that many."""
    return min(pair.value, question().pairs)


def address() -> str:
    """What brings this tab's question and pair again, as the query of an address."""
    return question().address() + in_address(pair_shown())


def use_looked_at() -> Answer | None:
    """The latest answer with the policy in focus, as far as it has that many."""
    latest, which = answer.value, focus.value
    return solara.use_memo(
        lambda: latest.looking_at(which) if latest is not None else None, [latest, which]
    )


def add() -> None:
    """Ask for one more policy, and look at it."""
    ask(question().with_another())
    look(len(question().tried) - 1)


def undo() -> None:
    """Go back to what was asked before."""
    if past.peek():
        *earlier, last = past.peek()
        past.value = tuple(earlier)
        faults.value = ()
        asked.value = last


def cancel() -> None:
    """Stop the work on the question."""
    desk().cancel(_asker.peek())


def again() -> None:
    """Work on the question anew."""
    _times.value = _times.peek() + 1


def use_address(search: str | None) -> None:
    """Ask what the address asks, when a tab opens and when its address changes by itself."""

    def opened() -> None:
        wanted, wrong = from_address(search, at_hand())
        most = wanted.pairs
        if wrong and needs_file(search):
            awaited.value = (search or "").lstrip("?")
            most = LIMITS["pairs"][1]
        pair.value, no_pair = pair_in(search, most)
        different = wanted != asked.peek()
        if different:
            ask(wanted)
        if different or no_pair:
            faults.value = (*wrong, *no_pair)

    solara.use_memo(opened, [])  # before anything is drawn
    solara.use_effect(opened, [search])


def use_answer(wanted: bool) -> None:
    """Have the question answered for as long as a page is there that shows the answer.

    Args:
        wanted: whether the page that is open shows it.
    """
    now = question()

    def heard(latest: News) -> None:
        if latest.comparison is not None:
            answer.value = Answer(
                latest.question, latest.comparison, latest.finished, latest.before
            )
        news.value = latest

    def listen() -> Callable[[], None] | None:
        if not wanted or now.too_much():
            return None
        asker = _asker.peek() or uuid.uuid4().hex
        _asker.value = asker
        desk().ask(asker, now, in_session(heard, lambda: desk().cancel(asker)))
        return lambda: desk().leave(asker)

    solara.use_effect(listen, [now, _times.value, wanted])


@dataclass(frozen=True)
class Errand:
    """Work that a page asked for besides the comparison.

    Args:
        news: what was heard last of it; None before it was asked for.
        start, stop: ask for it, and stop it.
    """

    news: News | None
    start: Callable[[], None]
    stop: Callable[[], None]

    @property
    def found(self) -> Any:
        """What it came back with, or None."""
        return self.news.found if self.news is not None else None


def use_errand(
    kind: str, now: Question, work: DeskErrand, about: Hashable = None, *, kept: bool = True
) -> Errand:
    """Have work of another kind done for this page, when it is asked for.

    Args:
        kind: what kind of work; one of each kind is under way for a tab.
        now: the question it is about; another question stops it.
        work: what is to be done.
        about: what else it depends on, besides the question.
        kept: whether what it comes back with is kept for others who ask for the same.
    """
    heard, hear = solara.use_state(None)
    key = (_asker.peek(), kind)

    def start() -> None:
        listener = in_session(lambda latest: hear((about, latest)), stop)
        desk().send(key, now, work, listener, known_as=(kind, now, about) if kept else None)

    def stop() -> None:
        desk().cancel(key)

    solara.use_effect(lambda: lambda: desk().leave(key), [now, about])
    current = heard is not None and heard[0] == about and heard[1].question == now
    return Errand(heard[1] if current else None, start, stop)
