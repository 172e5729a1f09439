"""What every test may use: the Chromium of this machine, or an honest skip where there is none."""

import pytest

from tests import chromium
from web import settings

settings.apply()  # before any test imports Solara

LONGEST_FIRST = (
    "test_scenarios.py",
    "test_your_area_in_browser.py",
    "test_lessons_in_browser.py",
    "test_states_in_browser.py",
    "test_every_page_in_browser.py",
    "test_in_browser.py",
    "test_area_in_browser.py",
    "test_snippets.py",
    "test_cut_off_in_browser.py",
    "test_analyse.py",
    "test_cluster.py",
    "test_results.py",
    "test_robustness.py",
    "test_files.py",
    "test_lessons.py",
)
"""Files that take a minute begin first, so that no worker is left alone with one at the end."""


def pytest_addoption(parser):
    """`--thorough` also runs what repeats a check at other widths, and the benchmarks' own tests."""
    parser.addoption("--thorough", action="store_true", help="run tests marked thorough as well")


def pytest_configure(config):
    """Several workers take files in the order given below, not those of most tests first."""
    if hasattr(config.option, "loadscopereorder"):
        config.option.loadscopereorder = False


def pytest_sessionstart(session):
    """Compile the model once, before several workers would each do so."""
    if getattr(session.config.option, "numprocesses", None):
        from sim.runs import compile_engine, compiled

        if not compiled():
            compile_engine()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Begin with the longest; skip what opens a browser where none is installed.

    REQUIRE_BROWSER=1 asks for the browser tests all the same.
    """
    place = {name: at for at, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: place.get(item.path.name, len(place)))
    if not items or not items[0].config.getoption("thorough"):
        for item in items:
            if item.get_closest_marker("thorough"):
                item.add_marker(pytest.mark.skip(reason="thorough; --thorough runs it"))
    opens = [item for item in items if item.get_closest_marker("browser")]
    if opens and not chromium.REQUIRED and chromium.find() is None:
        for item in opens:
            item.add_marker(pytest.mark.skip(reason=chromium.HOW_TO_GET_ONE))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """How Playwright starts the browser: this machine's own Chromium, with no calls home."""
    return {
        **browser_type_launch_args,
        "executable_path": str(chromium.find()),
        "args": list(chromium.FLAGS),
    }
