"""`python -m benchmarks.browser`: times the app in Chromium and writes its page of the docs.

The app runs in a process of its own over the real engine; the browser shares the machine with it,
so every figure holds what both of them need.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import Page, sync_playwright
from rich.console import Console

from benchmarks import machine, page
from benchmarks.bare import HEADING
from benchmarks.row import Row
from sim.runs import compile_engine, compiled
from tests import chromium
from tests.web.conftest import App, start

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks-app.md"
FINISHED = ".headline[data-finished=true]"
PATIENCE = 120_000
EVERY = 20.0
"""Seconds between two moves of one person in a room full of people."""
INTRODUCTION = """# Benchmarks of the app

Written by `python -m benchmarks.browser`; do not edit. Times are taken in Chromium on the machine
that also runs the app, from the visitor's act to the frame that shows its effect. A lever is moved
by its number box; "first" is the headline of the first pairs, "all" that of the last.
"""
# Waits in the browser itself, so that no look from outside blurs the time.
MOVE = """(value) => new Promise((done, fail) => {
  const figure = () => document.querySelector("[data-figure=trust] data").value;
  const box = document.querySelector("#lever-feedback"), before = figure();
  const began = performance.now();
  let first = 0;
  const look = () => {
    if (!first && figure() !== before) first = performance.now() - began;
    if (first && document.querySelector(".headline").dataset.finished === "true")
      done([first, performance.now() - began]);
    else if (performance.now() - began > 60000) fail(new Error("no answer in a minute"));
    else requestAnimationFrame(look);
  };
  box.value = value;
  box.dispatchEvent(new Event("change"));
  look();
})"""

STEP = """(steps) => new Promise((done) => {
  const key = document.querySelector("[data-key=step]"), maps = document.querySelector(".maps");
  const drawn = Number(maps.dataset.drawings), began = performance.now();
  let left = steps;
  const next = () => {
    if (left-- > 0) { key.click(); requestAnimationFrame(next); }
    else done([Number(maps.dataset.drawings) - drawn, (performance.now() - began) / 1000]);
  };
  requestAnimationFrame(next);
})"""

# Begins a move without waiting for its end: others move in the meantime. The new headline is the
# answer; thirty pages that look at every frame would take the machine, so these look twenty times
# a second.
BEGIN = """(value) => {
  const figure = () => document.querySelector("[data-figure=trust] data").value;
  const box = document.querySelector("#lever-feedback"), before = figure();
  const began = performance.now();
  window.move = new Promise((done) => {
    const look = () => {
      const waited = performance.now() - began;
      if (figure() !== before) done(waited);
      else if (waited > 60000) done(0);
      else setTimeout(look, 50);
    };
    look();
  });
  box.value = value;
  box.dispatchEvent(new Event("change"));
}"""


def main(words: Sequence[str] | None = None) -> int:
    """Time the app, show the table, write the page; the exit code is 0 whatever was met."""
    asked = _asked(words)
    console = Console()
    if not compiled():
        console.print("Compiling the model once; this takes a minute or two.")
        compile_engine()
    before = machine.load()
    app = start("tests.web.served")
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium.find(), args=list(chromium.FLAGS)
            )
            rows = []
            for part, *sizes in (
                (_opening, asked.times),
                (_moving, asked.moves),
                (_stepping, asked.steps),
                (_crowd, asked.people, asked.minutes),
            ):
                found = part(app, browser, *sizes)
                console.print(
                    *(f"{row.what}: {row.measured} ({row.detail})" for row in found), sep="\n"
                )
                rows += found
            browser.close()
    finally:
        app.stop()
    load = f"{before} to {machine.load()} wanted a core, this benchmark among them"
    page.on_terminal(rows, console)
    console.print(load)
    if not asked.no_page:
        text = page.in_words(rows, machine.facts(), load, INTRODUCTION, meanings="")
        PAGE.write_text(text, encoding="utf-8")
    return 0


def _asked(words: Sequence[str] | None) -> argparse.Namespace:
    asked = argparse.ArgumentParser(prog="python -m benchmarks.browser", description=__doc__)
    asked.add_argument("--times", type=int, default=5, help="how often the page is opened")
    asked.add_argument("--moves", type=int, default=30, help="how often a lever is moved")
    asked.add_argument("--steps", type=int, default=150, help="weeks the area is stepped through")
    asked.add_argument("--people", type=int, default=30, help="people exploring at once")
    asked.add_argument("--minutes", type=float, default=2.0, help="how long they explore")
    asked.add_argument("--no-page", action="store_true", help="do not write the page of the docs")
    return asked.parse_args(words)


def _opening(app: App, browser: Any, times: int) -> list[Row]:
    """The page opened again and again by a browser that has been there before.

    A page of Solara's with nothing on it takes turns with it, from a server of its own.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    bare = start("benchmarks.bare")
    places = {
        "page": (app.address, ".headline [data-figure=trust]"),
        "bare": (bare.address, f"h1:has-text('{HEADING}')"),
    }
    taken: dict[str, list[float]] = {name: [] for name in places}
    try:
        _open(app, browser).context.close()  # until the first question is answered in full
        for _ in range(times + 2):
            for name, (address, shown) in places.items():
                tab = context.new_page()
                began = time.perf_counter()
                tab.goto(address)
                tab.wait_for_selector(shown, timeout=PATIENCE)
                taken[name].append(time.perf_counter() - began)
                tab.close()
    finally:
        bare.stop()
        context.close()
    warm = {name: statistics.median(each[2:]) for name, each in taken.items()}
    figures = {f"{name}_s": each for name, each in taken.items()}
    return [
        Row("Page usable, warm", warm["page"], " s", at_most=3.5, figures=figures,
            detail=f"median of {times}; the first time, cold: {taken['page'][0]:.2f} s"),
        Row("Its own part of that", warm["page"] - warm["bare"], " s", at_most=1, figures=figures,
            detail=f"a page of Solara's with one heading: {warm['bare']:.2f} s"),
    ]  # fmt: skip


def _moving(app: App, browser: Any, moves: int) -> list[Row]:
    """One visitor moves one lever to values that nobody asked for before."""
    tab = _open(app, browser)
    tab.evaluate(MOVE, 50.5)
    found = [tab.evaluate(MOVE, _value(0, move)) for move in range(moves)]
    tab.context.close()
    first, last = ([each[at] for each in found] for at in (0, 1))
    detail = f"{moves} moves; all pairs in: median {statistics.median(last):.0f} ms"
    figures = {"first_ms": first, "all_ms": last}
    return [
        Row("Lever moved, new headline: median", statistics.median(first), " ms", at_most=700,
            detail=detail, figures=figures),
        Row("Lever moved, new headline: 95th percentile", _late(first), " ms", at_most=1200,
            detail=f"slowest {max(first):.0f} ms"),
    ]  # fmt: skip


def _stepping(app: App, browser: Any, steps: int) -> list[Row]:
    """The area stepped week by week by its button, one step a frame: one policy, and both."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    began = time.perf_counter()
    tab.goto(f"{app.address}/area?residents=1000")
    tab.wait_for_selector(".map canvas", timeout=PATIENCE)
    opened = time.perf_counter() - began
    rows = []
    for show, what in (
        ("B: ", "1,000 residents"),
        ("Side by side", "1,000 residents under two policies"),
    ):
        tab.get_by_role("radio", name=show).check()
        tab.wait_for_timeout(500)
        if tab.is_enabled("[data-key=start]"):
            tab.click("[data-key=start]")
        frames, seconds = tab.evaluate(STEP, steps)
        rows.append(
            Row(f"Area stepped, {what}", frames / seconds, " frames/s", at_least=10,
                detail=f"{frames} weeks drawn in {seconds:.1f} s; page with its film there after {opened:.1f} s",
                figures={"frames": frames, "seconds": seconds})
        )  # fmt: skip
    context.close()
    return rows


def _crowd(app: App, browser: Any, people: int, minutes: float) -> list[Row]:
    """Many people at once, each moving a lever now and then; and what a session weighs."""
    process = psutil.Process(app.process.pid)
    before = process.memory_info().rss
    tabs = [_open(app, browser) for _ in range(people)]
    weight = (process.memory_info().rss - before) / people / 1e6
    found, faults, until = [], 0, time.monotonic() + 60 * minutes
    moves = 0
    while time.monotonic() < until:
        began = time.monotonic()
        tab, person = tabs[moves % people], moves % people
        if moves >= people:
            faults += _heard(tab, found)
        tab.evaluate(BEGIN, _value(1 + person, moves // people))
        moves += 1
        time.sleep(max(0.0, EVERY / people - (time.monotonic() - began)))
    for tab in tabs[: min(moves, people)]:
        faults += _heard(tab, found)
    for tab in tabs:
        tab.context.close()
    detail = f"{len(found)} moves in {minutes:g} minutes, {faults} without an answer"
    return [
        Row(f"{people} people, each moving a lever every {EVERY:g} s: 95th percentile",
            _late(found) if found else None, " s", at_most=4, detail=detail,
            figures={"first_s": found, "faults": faults}),
        Row("Memory a session", weight, " MB", at_most=20,
            detail=f"growth of the server over {people} open pages, results kept among it"),
    ]  # fmt: skip


def _heard(tab: Page, found: list[float]) -> int:
    """Take down how long the last move of this tab took; 1 where it had no answer in a minute."""
    if waited := tab.evaluate("window.move"):
        found.append(waited / 1000)
    return int(not waited)


def _open(app: App, browser: Any) -> Page:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    tab.goto(app.address)
    tab.wait_for_selector(FINISHED, timeout=PATIENCE)
    return tab


def _value(person: int, move: int) -> float:
    """A share in per cent that is asked for only once."""
    return round(1 + (37 * move + 3.1 * person) % 97 + 0.01 * person, 2)


def _late(found: Sequence[float]) -> float:
    """The 95th percentile."""
    ordered = sorted(found)
    return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]


if __name__ == "__main__":
    sys.exit(main())
