"""`python -m benchmarks.coming_and_going`: does the app keep memory of visitors who have left?

Visitors come, move levers, look at pages and leave again, most of them politely, some by closing the
lid of the computer. The session timeout is shortened, so that an hour here stands for days. What the
server weighs after the first ten minutes is held against what it weighs at the end.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import Error, sync_playwright
from rich.console import Console

from benchmarks import machine, page
from benchmarks.row import Row
from tests import chromium
from tests.web.conftest import start
from web import memory

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks-memory.md"
TIMEOUT = "20s"
"""How long the server waits for a visitor whose connection went; 30 minutes in real use."""
AT_ONCE = 5
RESTS = 10
"""Minutes between two times that everybody leaves, so that what is kept can be told from what is at work."""
LET_GO = memory.BETWEEN + 10
"""Seconds of rest once the server has let go of the last page: it looks for free memory now and then."""
FINISHED = ".headline[data-finished=true]"
INTRODUCTION = f"""# Memory of the app while visitors come and go

Written by `python -m benchmarks.coming_and_going`; do not edit. Up to {AT_ONCE} visitors at once come,
move levers to values that nobody asked for before, look at pages and leave; every fourth one drops the
connection without a word. The server lets go of such a visitor after {TIMEOUT} here. Every {RESTS} minutes everybody
leaves, and the server is weighed {LET_GO:.0f} seconds after it let go of the last page: what it holds then it keeps.
With people there answers in the making and files that are being read weigh as well (resident memory).
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
            log = _visits(app, playwright, 60 * given.minutes)
        rows = _rows(log)
    finally:
        app.stop()
    page.on_terminal(rows, Console())
    if not given.no_page:
        load = f"{before} to {machine.load()} wanted a core, this benchmark among them"
        text = page.in_words(rows, machine.facts(), load, INTRODUCTION, _in_table(log))
        PAGE.write_text(text, encoding="utf-8")
    return 0


@dataclass
class Log:
    """What was seen: minutes and megabytes while people were there and at rest; visits; faults."""

    weighed: list[tuple[float, float]] = field(default_factory=list)
    at_rest: list[tuple[float, float]] = field(default_factory=list)
    visits: int = 0
    faults: list[str] = field(default_factory=list)


def _visits(app: Any, playwright: Any, seconds: float) -> Log:
    process, dice, log = psutil.Process(app.process.pid), random.Random(1), Log()
    began, browser = time.monotonic(), None
    here: list[Any] = []
    while (now := (time.monotonic() - began) / 60) < seconds / 60:
        if browser is None:
            browser = playwright.chromium.launch(
                executable_path=chromium.find(), args=list(chromium.FLAGS)
            )
        try:
            here.append(_arrive(app, browser, dice))
            log.visits += 1
            if len(here) >= AT_ONCE:
                _leave(here.pop(dice.randrange(len(here))), abruptly=log.visits % 4 == 0)
        except Error as fault:
            log.faults.append(str(fault).splitlines()[0])
        _weigh(log.weighed, now, process, f"{log.visits} visits")
        if now >= RESTS * (len(log.at_rest) + 1) or now + 0.5 >= seconds / 60:
            _all_leave(app, browser, here)
            browser = None
            _weigh(log.at_rest, (time.monotonic() - began) / 60, process, "at rest")
    return log


def _all_leave(app: Any, browser: Any, here: list[Any]) -> None:
    """Everybody goes, and the browser with them: what is measured is the server, not Chromium."""
    here.clear()
    browser.close()
    for _ in range(300):
        with urllib.request.urlopen(f"{app.address}/health", timeout=60) as answer:
            told = json.load(answer)
        if not told["pages"] + told["working"] + told["waiting"]:
            break
        time.sleep(1)
    time.sleep(LET_GO)


def _weigh(
    weighed: list[tuple[float, float]], now: float, process: psutil.Process, said: str
) -> None:
    """Note minutes and megabytes, twice a minute at most."""
    if weighed and now - weighed[-1][0] < 0.5:
        return
    weighed.append((now, process.memory_info().rss / 1e6))
    print(f"{now:5.1f} min {weighed[-1][1]:7.1f} MB {said}", flush=True)


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


def _rows(log: Log) -> list[Row]:
    if len(log.at_rest) < 2:
        return [Row("Growth after ten minutes", None, " MB an hour", detail="too short a run")]
    (_, first), (last_at, last) = log.at_rest[0], log.at_rest[-1]
    most = max(weight for _, weight in log.weighed)
    detail = (
        f"{log.visits} visits in {last_at:.0f} minutes, {len(log.faults)} that failed;"
        f" at rest {first:.0f} MB after {RESTS} minutes,"
        f" {last:.0f} MB at the end; {most:.0f} MB at most with people there"
    )
    slope = statistics.linear_regression(*zip(*log.at_rest, strict=True)).slope * 60
    return [
        Row("Weight at rest, at the end against after ten minutes", last / first, "×", at_most=1.05, detail=detail),
        Row("Growth", slope, " MB an hour", detail="straight line through the weighings at rest"),
    ]  # fmt: skip


def _in_table(log: Log) -> str:
    """Every rest, and a weighing with people there every three minutes."""
    listed = [(*each, "at rest") for each in log.at_rest]
    listed += [(*each, "people there") for each in log.weighed[::6]]
    lines = ["## What the server weighed", "", "| Minute | MB | |", "| --- | --- | --- |"]
    lines += [
        f"| {minute:.1f} | {weight:.0f} | {said} |" for minute, weight, said in sorted(listed)
    ]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    sys.exit(main())
