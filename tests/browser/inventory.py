"""Every type of page that the product can show, and the state that shows it.

The state is made once, through the pages, by one citizen and one designer; each page type is then an address of
theirs, with a few gestures for pages that only answer a form. How pages are presented is chosen afresh before a visit.
"""

from collections.abc import Callable, Mapping

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.citizen_pages import CITIZEN_PAGES
from tests.browser.handover_pages import HANDOVER_PAGES
from tests.browser.inventory_made import MAKERS
from tests.browser.page_types import PageType
from tests.browser.presentations import Look, choose
from tests.browser.site import Site
from tests.browser.staff_pages import STAFF_PAGES

PAGES: Mapping[str, PageType] = {**CITIZEN_PAGES, **HANDOVER_PAGES, **STAFF_PAGES}
PEOPLE = ("citizen", "single", "designer", "newcomer", "agent", "colleague", "administrator", "stranger")


class Inventory:
    """The installation with its state made: brings a browser page to any page type, presented as wanted."""

    def __init__(self, site: Site, open_context: Callable[..., BrowserContext]) -> None:
        self.site = site
        self.people = {who: open_context() for who in PEOPLE}
        self.pages = {who: context.new_page() for who, context in self.people.items()}
        self.addresses: dict[str, str] = {}
        self._looks: dict[str, Look] = {}
        for who, make in MAKERS.items():
            self._make(who, make, open_context(java_script_enabled=False))

    def _make(self, who: str, make: Callable[[Site, Page], dict[str, str]], maker: BrowserContext) -> None:
        """Make somebody's state in a browser without JavaScript, where every gesture is a page, then hand it over."""
        self.addresses |= make(self.site, maker.new_page())
        self.people[who].add_cookies(maker.cookies())
        maker.close()

    def present(self, who: str, look: Look) -> None:
        """Have a person choose how pages look, unless they look so already."""
        if self._looks.get(who) != look:
            choose(self.people[who], self.site.address, look, one_question=who == "single")
            self._looks[who] = look

    def visit(self, name: str, look: Look | None = None, page: Page | None = None) -> Page:
        """Bring the right person's page (or another `page` of theirs) to a page type."""
        kind = PAGES[name]
        self.present(kind.who, look or Look())
        page = page or self.pages[kind.who]
        page.goto(kind.address.format(**self.addresses))
        if kind.gestures:
            kind.gestures(page)
        expect(page.locator(kind.shows).first).to_be_visible()
        return page
