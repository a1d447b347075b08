"""People who meet the page through a device or a line: an enlarged window, a small telephone, a bad line."""

import json
import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserType, Locator, Page, Route, expect

from tests.browser import probes
from tests.browser.people import Person


class LowVision(Person):
    """Eyes that need everything large: the browser's own zoom, or its own size of text."""

    name = "low-vision"

    def cut(self) -> list[str]:
        """Return what is cut or sticks out, at the page's own spacing and at the one that a person may impose."""
        return [*probes.overflow(self.page), *probes.clipped_under_text_spacing(self.page)]


@contextmanager
def enlarged(
    chromium: BrowserType, program: str, folder: Path, address: str, *, zoom: int = 100, text: int = 100
) -> Iterator[Page]:
    """Open a window of 1280 × 1024 in a browser whose settings zoom every page, or enlarge its text, by per cent.

    The settings are the browser's true ones, of a profile of its own: `zoom` narrows the page and sharpens the pixels,
    `text` changes what 1rem is, as they do for people.
    """
    settings: dict[str, Any] = {"partition": {"default_zoom_level": {"x": math.log(zoom / 100) / math.log(1.2)}}}
    settings["webkit"] = {"webprefs": {"default_font_size": round(16 * text / 100)}}
    (folder / "Default").mkdir(parents=True)
    (folder / "Default" / "Preferences").write_text(json.dumps(settings))
    context = chromium.launch_persistent_context(
        folder,
        executable_path=program,
        args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--window-size=1280,1024"],
        no_viewport=True,
        base_url=address,
        locale="fr-FR",
    )
    context.set_default_timeout(10_000)
    yield context.pages[0]
    context.close()


class Thumb(Person):
    """A thumb on a small telephone: swipes, taps a little low, opens the keyboard of the screen over half the page."""

    name = "touch"
    SCREEN = {"width": 360, "height": 740}

    def swipe_to(self, target: Locator) -> None:
        """Swipe until an element stands in the upper half of the screen, or the page ends."""
        line = self.page.context.new_cdp_session(self.page)
        for _ in range(20):
            box = target.bounding_box()
            assert box
            if 20 < box["y"] < 300:
                break
            far = max(min(160 - box["y"], 450), -450)
            before = self.page.evaluate("scrollY")
            swipe = {"x": 340, "y": 120 if far > 0 else 600, "yDistance": far, "speed": 4000, "preventFling": True}
            line.send("Input.synthesizeScrollGesture", {**swipe, "gestureSourceType": "touch"})
            self.page.wait_for_timeout(100)  # the page follows the finger a frame later
            if self.page.evaluate("scrollY") == before:
                break
        line.detach()

    def tap(self, selector: str, low: float = 4) -> None:
        """Tap an element, so many pixels under its middle."""
        target = self.page.locator(selector).first
        self.swipe_to(target)
        x, y = self.middle(target)
        self.page.touchscreen.tap(x, y + low)

    def type_into(self, name: str, text: str) -> None:
        """Tap a box and type on the screen's keyboard, which covers the lower half."""
        self.tap(f"#step-form [name='{name}']")
        self.page.set_viewport_size({**self.SCREEN, "height": 380})
        self.page.keyboard.type(text)
        expect(self.page.locator(f"#step-form [name='{name}']")).to_be_in_viewport(ratio=1)
        self.page.set_viewport_size(self.SCREEN)

    def begin(self, slug: str, *, whom: str = "self") -> None:
        """Start a form from its own page, by taps."""
        self.page.goto(f"/demarches/{slug}/")
        self.tap("form[action$=commencer] button")
        self.page.wait_for_url("**/pour-qui/")
        self.tap(f"label:has([name=filled_for_who][value={whom}])")
        self.tap("#continue")
        self.page.wait_for_url(lambda address: "/pour-qui/" not in address)


class OnABadLine(Person):
    """Far from a mast: 400 kbit/s and 400 ms each way, a line that falls silent, an answer lost on its way back."""

    name = "bad-line"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.line = page.context.new_cdp_session(page)
        self.line.send("Network.enable")
        self.is_on()

    def is_on(self, *, on: bool = True, good: bool = False) -> None:
        """Have the slow line, a good one, or none at all."""
        rate = -1 if good else 50_000
        slow = {"latency": 0 if good else 400, "downloadThroughput": rate, "uploadThroughput": rate}
        self.line.send("Network.emulateNetworkConditions", {"offline": not on, **slow})

    @contextmanager
    def losing_the_answer(self, path: str) -> Iterator[list[int]]:
        """Let what is sent there arrive, and lose what the server says; yields the statuses that were lost."""
        lost: list[int] = []

        def lose(route: Route) -> None:
            if route.request.method != "POST":
                route.continue_()
                return
            lost.append(route.fetch(max_redirects=0).status)
            route.abort("connectionreset")

        self.page.route(path, lose)
        yield lost
        self.page.unroute(path)
