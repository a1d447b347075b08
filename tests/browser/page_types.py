"""What a type of page is: whose it is, where it is, and what is pressed there."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

Gestures = Callable[[Page], None]


@dataclass(frozen=True)
class PageType:
    """One type of page: whose it is, where it is, what is pressed there, and an element that only this page has.

    "single" is a citizen who chose one question at a time.
    """

    address: str
    who: str = "citizen"
    gestures: Gestures | None = None
    shows: str = "h1"


def send(page: Page) -> None:
    """Send the page's main form as it stands, past the browser's own checks."""
    page.evaluate("document.querySelectorAll('form').forEach(form => { form.noValidate = true })")
    page.locator("main .button.primary, main form .button").first.click()


def open_everything(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")


def refuse_address(page: Page) -> None:
    page.locator("#email").fill("camille")
    send(page)


def refuse_code(page: Page) -> None:
    page.locator("#code").fill("12")
    send(page)


def refuse_contact(page: Page) -> None:
    page.locator("#phone").fill("12")
    send(page)
