"""Pictures of the page, for people to look at: `python -m tests.web.screenshots`.

They go into `screenshots/`, which git ignores; the README's picture goes to
`docs/images/compare.png`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

from tests import chromium
from tests.web.conftest import HOME, App, start
from web.pages import PAGES

FOLDER, README = HOME / "screenshots", HOME / "docs" / "images" / "compare.png"
FINISHED = ".headline[data-finished=true]"
PATIENCE = 300_000
READY = {
    "why": ".chain",
    "for-whom": ".plain-table",
    "resident": ".diaries",
    "area": ".map canvas",
    "lessons": ".lesson-list",
}
"""What stands on a page once its comparison is there."""
LESSON_PARTS = (
    *(".of-question", ".lesson-predict", ".lesson-run"),
    *(".lesson-reveal", ".waterfall", ".to-discuss"),
)
"""What stands on each step of a lesson."""


def main() -> None:
    """Take every picture."""
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / ".gitignore").write_text("*\n")
    app = start("tests.web.served")
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium.find(), args=list(chromium.FLAGS)
            )
            _pictures(app, browser)
            browser.close()
    finally:
        app.stop()


def _pictures(app: App, browser: Any) -> None:
    for width in (1280, 390):
        page = browser.new_page(viewport={"width": width, "height": 900}, reduced_motion="reduce")
        page.goto(app.address)
        if width == 1280:
            page.wait_for_selector(".headline")
            page.screenshot(path=FOLDER / "compare-opening-1280.png")
        page.wait_for_selector(FINISHED, timeout=PATIENCE)
        page.wait_for_timeout(500)
        page.screenshot(path=FOLDER / f"compare-{width}.png", full_page=True)
        _details(page, width)
        _other_pages(page, width)
        _lesson(page, app, width)
        page.close()
    page = browser.new_page(viewport={"width": 1280, "height": 1240}, device_scale_factor=1.5)
    page.goto(app.address)
    page.wait_for_selector(FINISHED, timeout=PATIENCE)
    page.wait_for_timeout(500)
    page.screenshot(path=FOLDER / "readme.png")
    _shrunk(FOLDER / "readme.png", README)


def _details(page: Any, width: int) -> None:
    """The difference view, a chart being read, an open table, and a lever being moved."""
    page.get_by_role("radio", name="Most affected").check()
    page.get_by_role("radio", name="The difference").check()
    page.wait_for_selector("[data-chart=trust] .zero", state="attached")
    page.locator("[data-chart=trust] details summary").click()
    page.locator("[data-chart=confidence] .plot").focus()
    page.keyboard.press("PageDown")
    page.wait_for_timeout(300)
    page.locator(".over-time").screenshot(path=FOLDER / f"compare-over-time-{width}.png")
    page.locator("[data-chart=trust] details summary").click()
    if width < 1000:
        page.locator(".of-lever .drawer > summary").click()
        page.locator(".of-lever").screenshot(path=FOLDER / f"compare-levers-{width}.png")


def _other_pages(page: Any, width: int) -> None:
    """Every other page, reached by the navigation as a visitor would."""
    for other in PAGES[1:]:
        page.click(f"nav a[data-page='{other.path}']")
        page.wait_for_function("name => document.title.startsWith(name)", arg=other.name)
        if other.path in READY:
            page.wait_for_selector(READY[other.path], timeout=PATIENCE)
        page.wait_for_timeout(800)
        page.screenshot(path=FOLDER / f"{other.path}-{width}.png", full_page=True)


def _lesson(page: Any, app: App, width: int) -> None:
    """One lesson, step by step, and its question and reveal in projector mode."""
    page.goto(f"{app.address}/lessons/least-needed")
    for at, part in enumerate(LESSON_PARTS, start=1):
        page.wait_for_selector(part, timeout=PATIENCE)
        if part == ".lesson-predict":
            page.keyboard.press("1")
            page.wait_for_selector(".option.on")
        if part == ".lesson-run":
            page.click("[data-run]")
            page.wait_for_selector(".says:has-text('Finished')", timeout=PATIENCE)
        for mode in ("", "-projector"):
            page.wait_for_timeout(500)
            name = f"lesson-{at}{mode}-{width}.png"
            page.screenshot(path=FOLDER / name, full_page=True)
            page.keyboard.press("p")
        page.keyboard.press("ArrowRight")


def _shrunk(source: Path, target: Path) -> None:
    """A picture in few colours, small enough for a README."""
    target.parent.mkdir(parents=True, exist_ok=True)
    picture = Image.open(source).convert("RGB")
    picture.quantize(128, dither=Image.Dither.NONE).save(target, optimize=True)
    print(f"{target.relative_to(HOME)}: {target.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
