"""Finds the Chromium that the browser tests open; `python -m tests.chromium` says where it is."""

import os
import shutil
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
APPLICATIONS = (
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
)
HOW_TO_GET_ONE = (
    "No Chromium found, so the browser tests cannot run. On Debian and Ubuntu: apt-get install "
    "chromium; elsewhere: .venv/bin/playwright install chromium, or put the path of a Chromium "
    "or Chrome in PARLEY_CHROMIUM."
)
REQUIRED = os.environ.get("REQUIRE_BROWSER") == "1"
# Chromium's address bar renders two pages of its own for every window (1.4 s of a core each time), though
# nobody sees it. Chromium heeds the last of several such lists alone, so this one repeats Playwright's.
NOT_WANTED = (
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
)
# Without these Chromium looks up hosts of its own at every start; its sandbox refuses root.
FLAGS = (
    f"--disable-features={','.join(NOT_WANTED)}",
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


def find() -> Path | None:
    """Path of a Chromium: PARLEY_CHROMIUM, one on the path, an application, or Playwright's own."""
    named = os.environ.get("PARLEY_CHROMIUM")
    if named:
        return Path(named) if Path(named).is_file() else None
    on_the_path = next(filter(None, map(shutil.which, NAMES)), None)
    if on_the_path:
        return Path(on_the_path)
    return next((path for path in (*APPLICATIONS, *_playwrights_own()) if path.is_file()), None)


def _playwrights_own() -> list[Path]:
    """Where Playwright keeps a Chromium that it fetched itself, if it did."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return [Path(playwright.chromium.executable_path)]


def main() -> int:
    """Say where Chromium is or how to get one; 1 when it is required and missing."""
    path = find()
    if path:
        print(f"Browser tests: {path}")
        return 0
    print(HOW_TO_GET_ONE, file=sys.stderr)
    return 1 if REQUIRED else 0


if __name__ == "__main__":
    sys.exit(main())
