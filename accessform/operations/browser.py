"""Find the Chromium that browser tests drive, or install one where that can be done without asking for more rights."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
MISSING = (
    "no Chromium was found for the browser tests: set CHROMIUM to the path of a Chromium or Chrome, "
    "or install one (Debian: apt-get install chromium)"
)


class NoBrowser(RuntimeError):
    """There is no browser and none could be installed; the message says what to do."""


def installed_browser() -> str | None:
    """Return the path of a browser that is here already: $CHROMIUM, the system's, then Playwright's own."""
    if chosen := os.environ.get("CHROMIUM"):
        if not Path(chosen).exists():
            raise NoBrowser(f"CHROMIUM is set to {chosen}, which does not exist")
        return chosen
    for name in NAMES:
        if found := shutil.which(name):
            return found
    for path in MAC:
        if Path(path).exists():
            return path
    return _playwright_browser()


def _playwright_browser() -> str | None:
    """Return the path of the Chromium that Playwright downloaded earlier, if any."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if path and Path(path).exists() else None


def find_or_install_browser() -> str:
    """Return a browser's path, installing one if need be; raises NoBrowser with one clear sentence."""
    if found := installed_browser():
        return found
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False, capture_output=True)
    if found := installed_browser():
        return found
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=False, capture_output=True)  # noqa: S607
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-dejavu-core"]
        subprocess.run(command, check=False, capture_output=True, env=environment)
        if found := installed_browser():
            return found
    raise NoBrowser(MISSING)
