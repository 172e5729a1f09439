"""A real app on a free port, and the system's Chromium to open it with."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests import chromium as chromium_here

HOME = Path(__file__).parents[2]


@dataclass
class App:
    """An app in a process of its own."""

    process: subprocess.Popen[str]
    address: str

    def stop(self) -> tuple[int, str]:
        """End it as an operator would; its exit code and everything it complained about."""
        self.process.terminate()
        _, complaints = self.process.communicate(timeout=15)
        return self.process.returncode, complaints


def start(module: str, port: int = 0) -> App:
    """Start an app by its module, on a free port if none is given, and wait for its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, str(port)],
        cwd=HOME,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    if "http://" not in line:
        _, complaints = process.communicate(timeout=15)
        raise AssertionError(f"The app did not start: {line}{complaints}")
    return App(process, line.split()[3])


@pytest.fixture(scope="module")
def app() -> Iterator[App]:
    """The app over the real engine."""
    served = start("tests.web.served")
    yield served
    if served.process.poll() is None:
        served.stop()


@pytest.fixture(scope="module")
def stand_in_app() -> Iterator[App]:
    """The app over the stand-in, with a scenario whose words are hostile."""
    served = start("tests.web.fake_server")
    yield served
    if served.process.poll() is None:
        served.stop()


@dataclass
class Browser:
    """Chromium, with a record of everything a page asked for."""

    program: Any
    asked: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, address: str, width: int = 1280, height: int = 900, **options: Any) -> Any:
        """A page of a visitor of its own."""
        context = self.program.new_context(
            viewport={"width": width, "height": height}, reduced_motion="reduce", **options
        )
        page = context.new_page()
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("response", lambda answer: self._note(answer))
        page.on("console", lambda said: self._listen(said))
        page.on("pageerror", lambda fault: self.complaints.append(str(fault)))
        page.goto(address)
        return page

    def _note(self, answer: Any) -> None:
        if answer.status >= 400:
            self.failed.append(f"{answer.status} {answer.url}")

    def _listen(self, said: Any) -> None:
        if said.type == "error":
            self.complaints.append(said.text)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Chromium, or a clear word that there is none."""
    path = chromium_here.find()
    if path is None:
        pytest.fail(chromium_here.HOW_TO_GET_ONE)  # without REQUIRE_BROWSER=1 the test is skipped
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        program = playwright.chromium.launch(executable_path=path, args=list(chromium_here.FLAGS))
        yield Browser(program)
        program.close()
