"""What the keyboard meets on a page, judged by pixels: computed styles say « outline » where nothing is painted."""

import io
from dataclasses import dataclass
from typing import Any

from PIL import Image
from playwright.sync_api import Page

AROUND_PX = 12
CONTRAST = 3.0
"""Least contrast between focused and not, and of a control's edge (WCAG 2.2, 1.4.11 and 2.4.13)."""

Pixel = tuple[int, int, int]

# Whether something else covers the focused element, at its middle (WCAG 2.2, 2.4.11).
OBSCURED = """e => {
  const box = e.getClientRects()[0];
  const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1);
  const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 20), 1), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  return !(top && (e.contains(top) || top.contains(e) || top.closest('label')?.control === e));
}"""
BOX = "e => { const r = e.getClientRects()[0]; return {x: r.left, y: r.top, width: r.width, height: r.height}; }"


@dataclass(frozen=True)
class Stop:
    """One place where the Tab key rests: what it is, whether focus shows there, whether something covers it."""

    what: str
    visible: bool
    obscured: bool


def luminance(pixel: Pixel) -> float:
    """Return the relative luminance of a colour (WCAG 2.2)."""
    parts = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in pixel]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: Pixel, other: Pixel) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def picture(page: Page, box: dict[str, float], around: int = AROUND_PX) -> Image.Image:
    """Return the pixels of a box of the window and a little around it."""
    size = page.viewport_size
    assert size is not None
    left, top = max(box["x"] - around, 0), max(box["y"] - around, 0)
    right = min(box["x"] + box["width"] + around, size["width"])
    bottom = min(box["y"] + box["height"] + around, size["height"])
    clip: Any = {"x": left, "y": top, "width": max(right - left, 1), "height": max(bottom - top, 1)}
    return Image.open(io.BytesIO(page.screenshot(clip=clip, animations="disabled", caret="hide"))).convert("RGB")


def clearly_changed(before: Image.Image, after: Image.Image) -> int:
    """Count the pixels whose two states contrast by CONTRAST at least."""
    width, height = min(before.width, after.width), min(before.height, after.height)
    area = (0, 0, width, height)
    pairs = zip(before.crop(area).get_flattened_data(), after.crop(area).get_flattened_data(), strict=True)
    known: dict[tuple[Pixel, Pixel], bool] = {}
    count = 0
    for pair in pairs:
        if pair[0] != pair[1]:
            if pair not in known:
                known[pair] = contrast(*pair) >= CONTRAST
            count += known[pair]
    return count


def tab_stops(page: Page, most: int = 120) -> list[Stop]:
    """Walk the page with Tab from its beginning until focus leaves it.

    Focus shows where at least as many pixels change clearly as a line of one pixel around the control has. Raises
    AssertionError when focus has not left after `most` presses: a trap.
    """
    stops: list[Stop] = []
    page.evaluate(
        "() => { document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex'); }"
    )
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.evaluate_handle("document.activeElement").as_element()
        what = focused.evaluate(
            "e => e === document.body ? '' : e.tagName + ' ' + (e.innerText || e.name || e.id).slice(0, 40)"
        )
        if not what:
            return stops
        stops.append(_judge(page, focused, what))
    raise AssertionError(f"focus never left the page after {most} presses; last: {stops[-1].what}")


def _judge(page: Page, focused: Any, what: str) -> Stop:
    """Compare the pixels around an element with and without its focus; the focus is given back."""
    box = focused.evaluate(BOX)
    with_focus = picture(page, box)
    obscured = focused.evaluate(OBSCURED)
    focused.evaluate("e => { window.probeY = scrollY; e.blur(); scrollTo(0, window.probeY); }")
    without = picture(page, box)
    focused.evaluate("e => e.focus({preventScroll: true})")
    size = page.viewport_size
    assert size is not None
    perimeter = 2 * (min(box["width"], size["width"]) + min(box["height"], size["height"]))
    return Stop(what, clearly_changed(without, with_focus) >= perimeter, obscured)


def invisible_controls(page: Page) -> list[str]:
    """Return the controls of the window that cannot be told from the page: no edge for fields, no mark for others."""
    selector = "main a[href], main button, main input:not([type=hidden]), main select, main textarea, header .tool"
    wrong = []
    for control in page.locator(selector).element_handles():
        if not control.is_visible():
            continue
        control.scroll_into_view_if_needed()
        box = control.evaluate(BOX)
        seen = picture(page, box, around=3)
        field = control.evaluate(
            "e => e.matches('textarea, select, input:not([type=file], [type=radio], [type=checkbox])')"
        )
        pixels = _left_edge(seen) if field else list(seen.get_flattened_data())
        ground = seen.getpixel((0, 0))
        if max(contrast(ground, pixel) for pixel in set(pixels)) < CONTRAST:
            wrong.append(control.evaluate("e => e.outerHTML.slice(0, 90)"))
    return wrong


def _left_edge(seen: Image.Image) -> list[Pixel]:
    """Return the pixels across the left edge of a control, at mid-height, outside its text."""
    middle = seen.height // 2
    return [seen.getpixel((x, middle)) for x in range(min(7, seen.width))]
