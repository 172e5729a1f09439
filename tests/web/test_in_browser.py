"""The page in a real browser: what a visitor sees, hears and can do without a mouse."""

from __future__ import annotations

import json
import re
import time
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from tests.web.conftest import start
from web.question import from_address

pytestmark = pytest.mark.browser
SMALL = "weeks=26&residents=200&pairs=6&within=0"
FINISHED = ".headline[data-finished=true]"
PATIENCE = 240_000
"""Milliseconds; the first run after installation compiles the engine."""


@pytest.fixture(scope="module")
def app():
    """An app of its own: its work is counted here, and it is ended."""
    served = start("tests.web.served")
    yield served
    if served.process.poll() is None:
        served.stop()


@pytest.fixture(scope="module")
def visitor(app, chromium):
    """One visitor with a small, finished comparison."""
    opened = chromium.open(f"{app.address}/?{SMALL}")
    opened.wait_for_selector(FINISHED, timeout=PATIENCE)
    return opened


def figure(page, indicator: str = "trust") -> str:
    return page.get_attribute(f"[data-figure={indicator}] data", "value")


def test_the_page_opens_with_a_finished_comparison_of_a_real_borough(visitor):
    assert visitor.title() == "Compare · Parley"
    assert visitor.get_attribute("html", "lang") == "en-GB"
    assert "trust" in visitor.inner_text("h1").lower()
    assert visitor.input_value("[data-ask=place]") == from_address("")[0].place
    assert visitor.locator(".chart").count() == 11
    assert visitor.locator(".for-whom tbody tr").count() >= 6
    assert "synthetic" in visitor.inner_text(".limits").lower()
    assert "Open Government Licence" in visitor.inner_text(".limits")


def test_the_page_speaks_plain_english(visitor):
    words = set(re.findall(r"[a-z]+", visitor.inner_text("body").lower().replace("--seed", "")))
    assert not words & {"agents", "ticks", "seeds", "seed", "simulations", "rng"}


def test_the_figures_are_those_of_the_command_to_the_last_digit(visitor):
    from sim import compare

    question, faults = from_address(SMALL)
    assert faults == []
    base, other = question.scenarios()
    found = compare(base, [other], **question.options())
    name = next(iter(found.others))
    for indicator in ("trust", "confidence", "legitimacy", "expectation_gap", "marginalisation"):
        assert float(figure(visitor, indicator)) == float(
            found.difference(name, indicator).difference
        )
    assert f"compare {question.base} {question.tried[0].policy}" in visitor.inner_text(
        ".carry pre code"
    )


def test_charts_are_read_with_the_arrow_keys(visitor):
    plot = visitor.locator("[data-chart=trust] .plot")
    plot.focus()
    visitor.keyboard.press("Home")
    visitor.keyboard.press("ArrowRight")
    spoken = visitor.inner_text("[data-chart=trust] .readout")
    assert spoken.startswith("Month 1")
    assert re.search(r"\d+\.\d \(\d+\.\d to \d+\.\d\)", spoken)
    visitor.keyboard.press("End")
    assert visitor.inner_text("[data-chart=trust] .readout").startswith("6 months")
    visitor.keyboard.press("Escape")
    assert visitor.inner_text("[data-chart=trust] .readout") == ""


def test_a_chart_has_its_numbers_as_a_table_and_in_a_sentence(visitor):
    chart = visitor.locator("[data-chart=trust]")
    chart.locator("details summary").click()
    assert chart.locator("tbody tr").count() >= 3
    assert "at the start" in chart.locator(".summary").inner_text()


def test_another_public_is_shown_in_every_chart(visitor):
    visitor.get_by_role("radio", name="Most affected").check()
    for chart in ("trust", "confidence", "repeat_stops"):
        visitor.wait_for_selector(f"[data-chart={chart}] .summary:has-text('Most affected')")
    visitor.get_by_role("radio", name="The difference").check()
    visitor.wait_for_selector("[data-chart=trust] .zero", state="attached")
    visitor.get_by_role("radio", name="Every policy").check()
    visitor.get_by_role("radio", name="Everyone").check()


def test_a_moved_lever_changes_the_numbers_the_command_and_the_address(visitor):
    before = figure(visitor)
    visitor.fill("#lever-feedback", "5")
    visitor.press("#lever-feedback", "Enter")
    visitor.wait_for_function(
        "before => document.querySelector('[data-figure=trust] data').value !== before",
        arg=before,
        timeout=60_000,
    )
    visitor.wait_for_selector(FINISHED)
    assert "policy.feedback=0.05" in visitor.inner_text(".carry pre code")
    assert "set.feedback=0.05" in visitor.url
    visitor.get_by_role("button", name="Reset Answers to concerns").click()
    visitor.wait_for_function(
        "before => document.querySelector('[data-figure=trust] data').value === before",
        arg=before,
        timeout=60_000,
    )


def test_a_number_out_of_range_is_refused_beside_its_lever(visitor):
    visitor.fill("#lever-feedback", "500")
    visitor.press("#lever-feedback", "Enter")
    assert visitor.inner_text("[data-lever=feedback] .fault") == "Give a number from 0 to 100."
    visitor.fill("#lever-feedback", "80")
    visitor.press("#lever-feedback", "Enter")
    visitor.wait_for_selector("[data-lever=feedback] .fault", state="detached")


def test_everything_is_reached_by_keyboard_from_the_skip_link_on(visitor):
    visitor.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    visitor.focus(".skip")
    visitor.keyboard.press("Enter")
    assert visitor.evaluate("document.activeElement.id") == "content"
    visitor.keyboard.press("Tab")
    assert visitor.evaluate("document.activeElement.dataset.ask") == "place"
    visitor.focus("[data-lever=forward] input[type=range]")
    assert visitor.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    before = float(visitor.input_value("#lever-forward"))
    visitor.keyboard.press("ArrowLeft")
    assert float(visitor.input_value("#lever-forward")) == before - 1
    visitor.focus("[data-lever=forward] .amount button")
    visitor.keyboard.press("Enter")
    assert float(visitor.input_value("#lever-forward")) == before - 6
    visitor.get_by_role("button", name="Reset Talking about plans").click()
    visitor.wait_for_function(
        "before => Number(document.querySelector('#lever-forward').value) === before", arg=before
    )


def test_a_long_run_can_be_cancelled_and_started_again(app, chromium):
    page = chromium.open(f"{app.address}/?weeks=400&residents=5000&pairs=25&within=0")
    page.get_by_role("button", name="Cancel").click(timeout=PATIENCE)
    page.wait_for_selector("text=Stopped before there was an answer.")
    assert _settles(app, working=0)
    assert page.get_by_role("button", name="Run it again").is_visible()


def test_leaving_the_page_stops_its_work(app, chromium):
    page = chromium.open(f"{app.address}/?weeks=401&residents=5000&pairs=25&within=0")
    page.wait_for_selector("text=Comparing the policies")
    pages = _health(app)["pages"]
    page.goto("about:blank")
    assert _settles(app, working=0, waiting=0, pages=pages - 1)


def test_a_page_that_is_cut_off_stops_its_work_after_a_while(app, chromium):
    page = chromium.open(f"{app.address}/?weeks=402&residents=5000&pairs=25&within=0")
    page.wait_for_selector("text=Comparing the policies")
    page.context.close()
    assert _settles(app, working=0, waiting=0)


def test_two_visitors_do_not_see_each_other(app, chromium, visitor):
    other = chromium.open(f"{app.address}/?{SMALL}&set.feedback=0.05&set.promise=1")
    other.wait_for_selector(FINISHED, timeout=PATIENCE)
    assert other.input_value("#lever-promise") == "100"
    assert visitor.input_value("#lever-promise") != "100"
    assert figure(other) != figure(visitor)


# At 640 points the same page, unfolded, is looked at in test_every_page_in_browser.
@pytest.mark.parametrize("width", [1280, pytest.param(390, marks=pytest.mark.thorough)])
def test_axe_finds_nothing(visitor, width):
    from axe_playwright_python.sync_playwright import Axe

    visitor.set_viewport_size({"width": width, "height": 900})
    visitor.wait_for_selector("div.drawer" if width >= 1000 else "details.drawer")
    visitor.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    found = Axe().run(visitor).response["violations"]
    assert [
        (each["id"], [node["html"][:120] for node in each["nodes"]][:3]) for each in found
    ] == []


@pytest.mark.parametrize("width", [320, 390, 640])
def test_nothing_runs_off_a_narrow_page(visitor, width):
    visitor.set_viewport_size({"width": width, "height": 900})
    visitor.wait_for_selector("details.drawer")
    visitor.wait_for_function("width => document.documentElement.scrollWidth <= width", arg=width)


def test_an_address_that_asks_for_what_is_not_there_says_so(app, chromium):
    page = chromium.open(f"{app.address}/?place=atlantis&{SMALL}")
    page.wait_for_selector(".question .fault")
    assert "atlantis" in page.inner_text(".question .fault")


def test_a_page_that_is_not_there_leads_back(app):
    with pytest.raises(HTTPError) as refused:
        urlopen(f"{app.address}/nowhere/at/all")
    assert refused.value.code == 404
    assert "There is no page here" in refused.value.read().decode()


def test_nothing_was_asked_of_any_other_host_and_nothing_failed(app, chromium, visitor):
    hosts = {
        urlsplit(url).netloc for url in chromium.asked if not url.startswith(("data:", "blob:"))
    }
    assert hosts == {urlsplit(app.address).netloc}
    assert chromium.failed == []
    assert chromium.complaints == []


def test_health_is_told_to_an_operator(app):
    told = _health(app)
    assert told["status"] == "ok"
    assert set(told) == {
        "status", "parley", "pages", "films", "working", "waiting", "results", "areas",
    }  # fmt: skip
    assert told["results"]["kept"] > 0
    assert told["results"]["bytes"] > 1e6
    assert told["areas"]["kept"] > 0
    assert told["areas"]["bytes"] > 1e6


def test_the_server_ends_cleanly_with_a_tab_open_and_looked_nowhere_outside(app, chromium, visitor):
    began = time.monotonic()
    code, complaints = app.stop()
    assert time.monotonic() - began < 8
    assert code in (0, -15)
    assert "FOREIGN" not in complaints
    assert "Traceback" not in complaints


def test_hostile_words_are_shown_as_words(stand_in_app, chromium):
    page = chromium.open(f"{stand_in_app.address}/?place=hostile&{SMALL}")
    page.wait_for_selector(FINISHED, timeout=PATIENCE)
    assert page.evaluate("window.harmed") is None
    assert "<script>window.harmed=1</script>" in page.inner_text(".headline .context")
    assert "<img src=x" in page.inner_text(".for-whom")
    assert "{{constructor" in page.inner_text(".for-whom")
    assert page.locator(".parley script, .parley img").count() == 0


def _health(app) -> dict:
    with urlopen(f"{app.address}/health") as answer:
        return json.load(answer)


def _settles(app, **wanted: int) -> bool:
    """Whether the server comes to rest within a few seconds."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        told = _health(app)
        if all(told[name] == count for name, count in wanted.items()):
            return True
        time.sleep(0.1)
    return False
