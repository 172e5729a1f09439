"""`python -m benchmarks.coming_and_going`: does the app keep memory of visitors who have left?

Visitors come, move levers, look at pages and leave again, most of them politely, some by closing the
lid of the computer. The session timeout is shortened, so that an hour here stands for days. What the
server weighs after the first ten minutes is held against what it weighs at the end.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import Error, sync_playwright
from rich.console import Console

from benchmarks import machine, page
from benchmarks.row import Row
from tests import chromium
from tests.web.conftest import start

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks-memory.md"
TIMEOUT = "20s"
"""How long the server waits for a visitor whose connection went; 30 minutes in real use."""
SETTLED = 10
"""Minutes after which nothing may grow."""
AT_ONCE = 5
FINISHED = ".headline[data-finished=true]"
INTRODUCTION = f"""# Memory of the app over an hour

Written by `python -m benchmarks.coming_and_going`; do not edit. Up to {AT_ONCE} visitors at once come,
move levers to values that nobody asked for before, look at pages and leave; every fourth one drops the
connection without a word. The server lets go of such a visitor after {TIMEOUT} here. Growth is the
straight line through what the server weighed every half minute after the first {SETTLED} minutes.
"""


def main(words: Sequence[str] | None = None) -> int:
    """Let visitors come and go, show what was weighed, write the page."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.coming_and_going")
    asked.add_argument("--minutes", type=float, default=60)
    asked.add_argument("--no-page", action="store_true", help="do not write the page of the docs")
    given = asked.parse_args(words)
    os.environ["SOLARA_KERNEL_CULL_TIMEOUT"] = TIMEOUT
    before = machine.load()
    app = start("tests.web.served")
    try:
        with sync_playwright() as playwright:
            weighed, visits, faults = _visits(app, playwright, 60 * given.minutes)
        rows = _rows(weighed, visits, faults)
    finally:
        app.stop()
    page.on_terminal(rows, Console())
    if not given.no_page:
        load = f"{before} to {machine.load()} wanted a core, this benchmark among them"
        text = page.in_words(rows, machine.facts(), load, INTRODUCTION, _in_table(weighed))
        PAGE.write_text(text, encoding="utf-8")
    return 0


def _visits(
    app: Any, playwright: Any, seconds: float
) -> tuple[list[tuple[float, float]], int, list[str]]:
    """Minutes and megabytes of the server, visits made, what went wrong."""
    process, dice = psutil.Process(app.process.pid), random.Random(1)
    weighed: list[tuple[float, float]] = []
    faults: list[str] = []
    visits, began, browser = 0, time.monotonic(), None
    here: list[Any] = []
    while (now := time.monotonic() - began) < seconds:
        if browser is None or visits % 50 == 0:
            browser = _fresh(playwright, browser, here)
        try:
            here.append(_arrive(app, browser, dice))
            visits += 1
            if len(here) >= AT_ONCE:
                _leave(here.pop(dice.randrange(len(here))), abruptly=visits % 4 == 0)
        except Error as fault:
            faults.append(str(fault).splitlines()[0])
        if not weighed or now / 60 - weighed[-1][0] >= 0.5:
            weighed.append((now / 60, process.memory_info().rss / 1e6))
            print(f"{now / 60:5.1f} min {weighed[-1][1]:7.1f} MB {visits} visits", flush=True)
    return weighed, visits, faults


def _fresh(playwright: Any, browser: Any, here: list[Any]) -> Any:
    """A new browser now and then: what is measured is the server, not Chromium."""
    here.clear()
    if browser is not None:
        browser.close()
    return playwright.chromium.launch(executable_path=chromium.find(), args=list(chromium.FLAGS))


def _arrive(app: Any, browser: Any, dice: random.Random) -> Any:
    """One visitor: opens the first page, moves two levers, looks at three pages."""
    tab = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    tab.goto(app.address)
    tab.wait_for_selector(FINISHED, timeout=60_000)
    for lever in ("feedback", "hours"):
        box = tab.locator(f"#lever-{lever}")
        box.fill(f"{dice.uniform(1, 12):.3f}")
        box.press("Enter")
        tab.wait_for_timeout(700)
    listed = [link.get_attribute("data-page") for link in tab.locator("nav a[data-page]").all()]
    for room in dice.sample(listed, 3):
        tab.locator(f'nav a[data-page="{room}"]').click()
        tab.wait_for_timeout(700)
    return tab


def _leave(tab: Any, abruptly: bool) -> None:
    if abruptly:
        tab.context.set_offline(True)
        tab.evaluate("window.onbeforeunload = window.onpagehide = null")
    tab.context.close()


def _rows(weighed: list[tuple[float, float]], visits: int, faults: list[str]) -> list[Row]:
    late = [each for each in weighed if each[0] >= SETTLED]
    if len(late) < 4:
        return [Row("Growth after ten minutes", None, " MB an hour", detail="too short a run")]
    slope = statistics.linear_regression(*zip(*late, strict=True)).slope * 60
    first = statistics.median(weight for _, weight in late[:4])
    last = statistics.median(weight for _, weight in late[-4:])
    detail = (
        f"{visits} visits, {len(faults)} that failed; {first:.0f} MB after {SETTLED} minutes,"
        f" {last:.0f} MB at the end, {max(weight for _, weight in weighed):.0f} MB at most"
    )
    return [
        Row("Weight at the end against after ten minutes", last / first, "×", at_most=1.05, detail=detail),
        Row("Growth", slope, " MB an hour", detail="slope of the straight line"),
    ]  # fmt: skip


def _in_table(weighed: Sequence[tuple[float, float]]) -> str:
    lines = ["## What the server weighed", "", "| Minute | MB |", "| --- | --- |"]
    lines += [f"| {minute:.1f} | {weight:.0f} |" for minute, weight in weighed[::6]]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    sys.exit(main())
