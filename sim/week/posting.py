"""Writing down: what moved whom, what was counted, and notes on the one resident who is followed."""

from __future__ import annotations

import math

from sim.agents import columns as col
from sim.core.jit import rule
from sim.rules.attitudes import move

# kinds of notes on a followed resident
NOTES = (
    "informed",
    "consulted",
    "collaborated",
    "mixed forum",
    "plan shared",
    "promise made",
    "concern raised",
    "concern answered",
    "concern acted on",
    "promise broken",
    "partner failed",
    "call",
    "search",
    "severe search",
    "traffic stop",
    "saw patrol",
    "heard story",
    "public event",
    "incident not reported",
    "passed the word",
    "people named",
)
(
    N_INFORMED,
    N_CONSULTED,
    N_COLLABORATED,
    N_FORUM,
    N_PLAN,
    N_PROMISE,
    N_RAISED,
    N_ANSWERED,
    N_ACTED,
    N_BROKEN,
    N_PARTNER,
    N_CALL,
    N_SEARCH,
    N_SEVERE,
    N_TRAFFIC,
    N_PATROL,
    N_STORY,
    N_EVENT,
    N_UNREPORTED,
    N_WORD,
    N_NAMED,
) = range(len(NOTES))
CALENDAR_WINDOW = 52


@rule
def post(w, t, i, attitude, cause, push, settles):
    """Move one attitude of one resident and post the change under its cause; returns the change.

    Args:
        push: -1 to 1, part of the remaining way.
        settles: share of the push that the settled part takes at once.
    """
    r = w.residents
    total = r.total[attitude, i]
    change = move(total, push)
    r.total[attitude, i] = total + change
    settled = r.settled[attitude, i]
    r.settled[attitude, i] = settled + settles * move(settled, push)
    ledger = w.books.ledger
    ledger[t, r.public[i], attitude, cause] += change
    marks = r.marks[i]
    if marks & col.MOST_AFFECTED:
        ledger[t, ledger.shape[1] - 2, attitude, cause] += change
    if marks & col.USUAL_SUSPECT:
        ledger[t, ledger.shape[1] - 1, attitude, cause] += change
    if i == w.books.traced[0]:
        w.books.trace_posts[t, attitude, cause] += change
    return change


@rule
def shift(w, i, column, place, push):
    """Move belief, hardness or impartiality of one resident by a push (place 4, 5 or 6 of the flow)."""
    change = move(column[i], push)
    column[i] += change
    w.books.flow[w.residents.public[i], place] += change


@rule
def note(w, t, i, kind, one, two, three, four):
    """Note something that happened to the followed resident."""
    books = w.books
    if i == books.traced[0] and books.traced[1] < books.trace_notes.shape[0]:
        at = books.traced[1]
        books.trace_notes[at, 0] = t
        books.trace_notes[at, 1] = kind
        books.trace_notes[at, 2] = one
        books.trace_notes[at, 3] = two
        books.trace_notes[at, 4] = three
        books.trace_notes[at, 5] = four
        books.traced[1] = at + 1


@rule
def countable(amount):
    """Round to a millionth part (2**-20), so that sums are exact and a window can empty to zero."""
    return math.floor(amount * 1048576.0 + 0.5) / 1048576.0


@rule
def count(w, t, i, what, amount):
    """Count something for a resident's public, the whole area, and the people followed since week 0.

    In the 52 weeks before week 0 nobody is marked yet, so the row is kept for later (the caller of
    the warm-up sees to it that there is room).
    """
    books, marks = w.books, w.residents.marks[i]
    amount = countable(amount)
    publics = w.publics.people.size
    books.counts[t, w.residents.public[i], what] += amount
    books.counts[t, publics, what] += amount
    if marks & col.MOST_AFFECTED:
        books.counts[t, publics + 1, what] += amount
    if marks & col.USUAL_SUSPECT:
        books.counts[t, publics + 2, what] += amount
    turn = w.clock[1]
    if t < turn and t > turn - CALENDAR_WINDOW:
        at = books.early_used[0]
        if at >= books.early_row.size:
            raise IndexError("no room to keep what is counted before week 0")
        books.early_row[at] = i
        books.early_week[at] = t
        books.early_what[at] = what
        books.early_weight[at] = amount
        books.early_used[0] = at + 1


@rule
def tally(w, i, what):
    """Add one to a resident's own count."""
    counts = w.residents.counts
    if counts[what, i] < 65535:
        counts[what, i] += 1


@rule
def policy_of(w, t):
    """Return the levers in force in a week."""
    return w.schedule.policies[w.schedule.of_week[t]]


@rule
def calendar(w, t):
    """Return the week on the calendar: 0 at the end of the warm-up."""
    return t - w.clock[1]
