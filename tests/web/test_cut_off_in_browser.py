"""Cut off: from the server, which comes back, and from every other network, which nobody misses."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

import pytest

from tests import chromium as chromium_here
from tests.web.conftest import Browser, start
from web.pages import PAGES

pytestmark = pytest.mark.browser
SMALL = "weeks=26&residents=200&pairs=4&within=0"
FINISHED = ".headline[data-finished=true]"
PATIENCE = 240_000
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
"""Chromium finds no host but this machine."""


@pytest.fixture(scope="module")
def alone():
    """A Chromium that has never been started before and finds no other host."""
    path = chromium_here.find()
    if path is None:
        pytest.fail(chromium_here.HOW_TO_GET_ONE)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        flags = [*chromium_here.FLAGS, ALONE]
        program = playwright.chromium.launch(executable_path=path, args=flags)
        yield Browser(program)
        program.close()


def test_without_any_other_network_every_page_opens_from_the_first_start_on(alone):
    app = start("tests.web.served")
    page = alone.open(f"{app.address}/?{SMALL}")
    page.wait_for_selector(FINISHED, timeout=PATIENCE)
    for other in (*PAGES[1:], PAGES[0]):
        page.click(f"nav a[data-page='{other.path}']")
        page.wait_for_function("name => document.title.startsWith(name)", arg=other.name)
        page.wait_for_selector("main h1")
    page.wait_for_selector(FINISHED, timeout=PATIENCE)
    with page.expect_download(timeout=60_000) as saved:
        page.click("[data-file='chart.svg']")
    assert b"parley compare" in saved.value.path().read_bytes()
    alone.leave(page)
    asked = [url for url in alone.asked if not url.startswith(("data:", "blob:", "about:"))]
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(app.address).netloc}
    assert alone.failed == []
    assert alone.complaints == []
    _, complaints = app.stop()
    assert "FOREIGN" not in complaints
    assert "Traceback" not in complaints


def test_a_page_says_that_its_server_is_gone_and_comes_back_with_the_same_question(alone):
    port = _free_port()
    app = start("tests.web.fake_server", port)
    page = alone.open(f"{app.address}/?{SMALL}")
    page.wait_for_selector(FINISHED, timeout=PATIENCE)
    page.fill("#lever-feedback", "5")
    page.press("#lever-feedback", "Enter")
    page.wait_for_function("location.search.includes('set.feedback=0.05')")
    page.wait_for_selector(FINISHED)
    assert page.inner_text(".parley-cut") == ""
    app.stop()
    page.wait_for_selector(".parley-cut p", timeout=20_000)
    assert "comes back by itself" in page.inner_text("[role=alert].parley-cut")
    assert page.is_visible("h1")
    app = start("tests.web.fake_server", port)
    page.wait_for_selector(".parley-cut p", state="detached", timeout=60_000)
    page.wait_for_selector(FINISHED, timeout=60_000)
    assert page.input_value("#lever-feedback") == "5"
    assert "set.feedback=0.05" in page.url
    page.get_by_role("button", name="Reset Answers to concerns").click()
    page.wait_for_function("!location.search.includes('set.feedback')")
    alone.leave(page)
    app.stop()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
