"""A real installation and a real browser: what browser tests share."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from accessform.operations.browser import find_or_install_browser
from tests.browser.inventory import Inventory
from tests.browser.site import Site, serving

OPTIONS = {
    "ACCESSFORM_URGENT_OPENING": "1",
    # nobody listens there: pages that lead to RDV Service Public are looked at, and not followed
    "ACCESSFORM_RDV_URL": "http://127.0.0.1:9",
    "ACCESSFORM_RDV_CLIENT_ID": "essai",
    "ACCESSFORM_RDV_CLIENT_SECRET": "essai-secret-partage",
}
"""What an operator may turn on, and every page that comes with it."""
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-sync"]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Prepare an installation as `make run` does and serve it."""
    with serving(tmp_path_factory.mktemp("var"), **OPTIONS) as served:
        yield served


@pytest.fixture(scope="session")
def browser_path() -> str:
    """Where the browser is; found before Playwright starts, since looking for its own browser starts it too."""
    return find_or_install_browser()


@pytest.fixture(scope="session")
def browser(browser_path: str) -> Iterator[Browser]:
    """The browser that every test of this process shares."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser_path, args=FLAGS)
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
