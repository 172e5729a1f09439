"""A real app on a free port, and the system's Chromium to open it with."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import pytest

from tests import chromium as chromium_here

HOME = Path(__file__).parents[2]


@dataclass
class App:
    """An app in a process of its own."""

    process: subprocess.Popen[str]
    address: str
    complained: IO[str]

    def stop(self) -> tuple[int, str]:
        """End it as an operator would; its exit code and everything it complained about."""
        self.process.terminate()
        self.process.communicate(timeout=15)
        return self.process.returncode, self.complaints()

    def complaints(self) -> str:
        """Everything it has complained about so far."""
        self.complained.seek(0)
        return self.complained.read()


def start(module: str, port: int = 0) -> App:
    """Start an app by its module, on a free port if none is given, and wait for its address."""
    # A pipe that nobody empties fills up.
    complained = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115
    process = subprocess.Popen(
        [sys.executable, "-m", module, str(port)],
        cwd=HOME,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=complained,
        text=True,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    app = App(process, "", complained)
    if "http://" not in line:
        process.communicate(timeout=15)
        raise AssertionError(f"The app did not start: {line}{app.complaints()}")
    app.address = line.split()[3]
    return app


def _served(module: str) -> Iterator[App]:
    served = start(module)
    yield served
    if served.process.poll() is None:
        _, complaints = served.stop()
        assert "FOREIGN" not in complaints
        assert "Traceback" not in complaints


@pytest.fixture(scope="session")
def app() -> Iterator[App]:
    """The app over the real engine, for every file that leaves it running."""
    yield from _served("tests.web.served")


@pytest.fixture(scope="session")
def stand_in_app() -> Iterator[App]:
    """The app over the stand-in, with a scenario whose words are hostile."""
    yield from _served("tests.web.fake_server")


@dataclass
class Browser:
    """Chromium, with a record of everything a page asked for.

    Whoever opens a page is a visitor of their own: nobody else has their context while they are
    there. When they have left, the next one gets it emptied of everything but the files it fetched.
    """

    program: Any
    asked: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    origins: set[str] = field(default_factory=set)
    taken: list[Any] = field(default_factory=list)
    idle: list[Any] = field(default_factory=list)

    def open(self, address: str, width: int = 1280, height: int = 900) -> Any:
        """A page of a visitor of its own."""
        context = self.idle.pop() if self.idle else self._new_context()
        self.taken.append(context)
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        self.origins.add("/".join(address.split("/")[:3]))
        page.goto(address)
        return page

    def leave(self, page: Any) -> None:
        """A visitor goes, with every page and everything their browser has kept."""
        self._leave(page.context)

    def leave_all_but(self, staying: list[Any]) -> None:
        """Everyone goes who is not among these contexts."""
        for context in self.taken[:]:
            if context not in staying:
                self._leave(context)

    def _leave(self, context: Any) -> None:
        self.taken.remove(context)
        if context not in self.program.contexts:
            return  # cut off by the test
        self._forget(context)
        for page in context.pages:
            page.close()
        context.clear_cookies()
        self.idle.append(context)

    def _forget(self, context: Any) -> None:
        """Empty what pages have stored; what is kept by tab goes with its tab."""
        with_storage = context.new_cdp_session(
            context.pages[0] if context.pages else context.new_page()
        )
        for origin in self.origins:
            stored = {"origin": origin, "storageTypes": "local_storage,indexeddb,cache_storage"}
            with_storage.send("Storage.clearDataForOrigin", stored)

    def _new_context(self) -> Any:
        context = self.program.new_context(reduced_motion="reduce")
        context.on("request", lambda request: self.asked.append(request.url))
        context.on("response", lambda answer: self._note(answer))
        context.on("console", lambda said: self._listen(said))
        context.on("weberror", lambda fault: self.complaints.append(str(fault.error)))
        return context

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


@pytest.fixture(autouse=True)
def _visitors_go(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whoever comes for one test goes at its end; whoever came for the file stays."""
    if "chromium" not in request.fixturenames:
        yield
        return
    browser = request.getfixturevalue("chromium")
    staying = browser.taken[:]
    yield
    browser.leave_all_but(staying)
