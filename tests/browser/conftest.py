"""A real installation and a real browser: what browser tests share."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from accessform.operations.browser import find_or_install_browser
from accessform.operations.launch import free_port
from tests.browser.inventory import Inventory
from tests.browser.site import ROOT, Site

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-sync"]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Prepare an installation as `make run` does and serve it."""
    folder = tmp_path_factory.mktemp("var")
    port = free_port(8100 + (os.getpid() % 400) * 2)
    address = f"http://127.0.0.1:{port}"
    environment = {key: value for key, value in os.environ.items() if not key.startswith("ACCESSFORM_")}
    environment |= {
        "ACCESSFORM_VAR": str(folder),
        "ACCESSFORM_PORT": str(port),
        "ACCESSFORM_WEB_WORKERS": "1",
        "ACCESSFORM_VOICE_AT_PUBLISH": "0",
    }
    environment.pop("DATABASE_URL", None)
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "accessform.operations.launch", "run"],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
        )
        try:
            _wait_for(address, server, folder / "server.log")
            yield Site(address, environment)
        finally:
            server.terminate()
            server.wait(timeout=15)


def _wait_for(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    """Wait until the installation answers; fails with its log where it does not."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/healthz/ready", timeout=2).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"the installation did not start:\n{log.read_text()[-3000:]}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser that every test of this process shares."""
    path = find_or_install_browser()  # before Playwright starts: looking for its own browser starts it too
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def new_context(browser: Browser, site: Site) -> Iterator[Callable[..., BrowserContext]]:
    """A way to open separate people's browsers: cookies, size and preferences of their own."""
    opened: list[BrowserContext] = []

    def open_context(**options: object) -> BrowserContext:
        settings = {"base_url": site.address, "locale": "fr-FR", "viewport": {"width": 1100, "height": 900}, **options}
        context = browser.new_context(**settings)
        context.set_default_timeout(10_000)
        opened.append(context)
        return context

    yield open_context
    for context in opened:
        context.close()


@pytest.fixture(scope="session")
def inventory(browser: Browser, site: Site) -> Iterator[Inventory]:
    """Every type of page, with the journeys and appointments that show it; made once."""
    opened: list[BrowserContext] = []

    def open_context(**options: object) -> BrowserContext:
        settings = {"base_url": site.address, "locale": "fr-FR", "viewport": {"width": 1100, "height": 900}, **options}
        context = browser.new_context(**settings)
        context.set_default_timeout(10_000)
        opened.append(context)
        return context

    yield Inventory(site, open_context)
    for context in opened:
        context.close()


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def person(request: pytest.FixtureRequest, new_context: Callable[..., BrowserContext]) -> Page:
    """One person's page, once with JavaScript and once without."""
    return new_context(java_script_enabled=request.param == "with JavaScript").new_page()


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    """One person's page, with JavaScript."""
    return new_context().new_page()
