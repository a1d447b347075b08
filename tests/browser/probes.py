"""Probes of our own for what no engine sees: focus, targets, reflow, spacing, names, motion."""

import io
from dataclasses import dataclass
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from PIL import Image, ImageChops
from playwright.sync_api import Page

TARGET_PX = 44
AXE_OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations", "incomplete"],
}
# WCAG 2.2, 1.4.12: the four metrics that a person may impose.
TEXT_SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }"""

INTERACTIVE = """() => {
  const inText = e => e.tagName === 'A' && getComputedStyle(e).display === 'inline';
  const selector = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
  return [...document.querySelectorAll(selector)].filter(e => e.checkVisibility() && !e.disabled && !inText(e)
      && !e.closest('.visually-hidden, .skip')).map(e => {
    const label = e.matches('[type=radio], [type=checkbox]') ? e.closest('label') ?? e : e;
    const box = label.getBoundingClientRect();
    return {what: e.tagName + ' ' + (e.innerText || e.name || '').slice(0, 40), width: box.width, height: box.height};
  });
}"""

OVERFLOWING = """() => {
  const width = document.documentElement.clientWidth;
  const all = [...document.querySelectorAll('body *')];
  const wide = all.filter(e => e.checkVisibility() && !e.closest('.scroll, svg')
    && !e.closest('.visually-hidden, .skip') && e.getBoundingClientRect().right > width + 1);
  return {page: document.scrollingElement.scrollWidth - width, elements: wide.map(e => e.outerHTML.slice(0, 90))};
}"""

CLIPPED = """() => [...document.querySelectorAll('main *, header *, footer *')].filter(e => {
  const style = getComputedStyle(e);
  if (!e.checkVisibility() || e.closest('.visually-hidden, .skip, svg') || !e.innerText) return false;
  const hides = /hidden|clip/.test(style.overflowX + style.overflowY);
  return hides && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1);
}).map(e => e.outerHTML.slice(0, 90))"""

MISNAMED = """() => {
  const plain = s => s.toLowerCase().replace(/\\s+/g, ' ').trim();
  return [...document.querySelectorAll('button, a[href]')].filter(e => e.checkVisibility()
    && e.hasAttribute("aria-label") && e.innerText
    && !plain(e.getAttribute('aria-label')).startsWith(plain(e.innerText)))
    .map(e => e.outerHTML.slice(0, 90));
}"""

HIDDEN_FOCUS = """() => {
  const e = document.activeElement, box = e.getBoundingClientRect();
  const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1);
  const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 20), 1), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  return !(top && (e.contains(top) || top.contains(e) || top.closest('label')?.control === e));
}"""


@dataclass(frozen=True)
class Findings:
    """What axe found on one page."""

    violations: list[str]
    incomplete: list[str]


def axe(page: Page) -> Findings:
    """Run axe on the page as it stands, target size included."""
    result: dict[str, Any] = Axe().run(page, options=AXE_OPTIONS).response
    return Findings(*(_lines(result[kind]) for kind in ("violations", "incomplete")))


def _lines(found: list[dict[str, Any]]) -> list[str]:
    """Return one line for each element that a rule speaks of."""
    return [f"{rule['id']}: {node['html'][:140]}" for rule in found for node in rule["nodes"]]


def small_targets(page: Page, least: int = TARGET_PX) -> list[str]:
    """Return the controls whose target is under `least` CSS pixels in a direction; links in a sentence are exempt."""
    boxes = page.evaluate(INTERACTIVE)
    return [
        f"{box['what']} {box['width']:.0f}×{box['height']:.0f}"
        for box in boxes
        if box["width"] < least - 0.5 or box["height"] < least - 0.5
    ]


def overflow(page: Page) -> list[str]:
    """Return what sticks out of the window sideways."""
    found = page.evaluate(OVERFLOWING)
    return found["elements"] if found["page"] > 1 else []


def clipped_under_text_spacing(page: Page) -> list[str]:
    """Return the texts that are cut when the person imposes WCAG's text spacing."""
    page.add_style_tag(content=TEXT_SPACING)
    return [*page.evaluate(CLIPPED), *overflow(page)]


def misnamed(page: Page) -> list[str]:
    """Return the controls whose accessible name does not begin with their visible label."""
    return page.evaluate(MISNAMED)


def moving(page: Page) -> list[str]:
    """Return the elements that still move when the person asked for reduced motion."""
    return page.evaluate(
        """() => [...document.querySelectorAll('*')].filter(e => {
          const s = getComputedStyle(e);
          const seconds = v => Math.max(...v.split(',').map(p => parseFloat(p) || 0));
          return seconds(s.transitionDuration) > 0 || seconds(s.animationDuration) > 0;
        }).map(e => e.outerHTML.slice(0, 90))"""
    )


@dataclass(frozen=True)
class Stop:
    """One place where the Tab key rests."""

    what: str
    visible: bool
    obscured: bool


def _pixels(page: Page) -> Image.Image:
    return Image.open(io.BytesIO(page.screenshot(animations="disabled", caret="hide"))).convert("RGB")


def tab_stops(page: Page, most: int = 80) -> list[Stop]:
    """Walk the page with Tab until focus leaves it; each stop says whether it shows, by pixels, and is in sight.

    Raises AssertionError when focus has not left after `most` presses: a trap.
    """
    stops: list[Stop] = []
    page.evaluate("document.activeElement.blur()")
    for _ in range(most):
        page.keyboard.press("Tab")
        what = page.evaluate(
            "(() => { const e = document.activeElement;"
            " return e === document.body ? '' : e.tagName + ' ' + (e.innerText || e.name || e.id).slice(0, 40) })()"
        )
        if not what:
            return stops
        focused = _pixels(page)
        obscured = page.evaluate(HIDDEN_FOCUS)
        handle = page.evaluate_handle("document.activeElement")
        page.evaluate("e => { window.__y = scrollY; e.blur(); scrollTo(0, window.__y) }", handle)
        changed = ImageChops.difference(focused, _pixels(page)).getbbox() is not None
        page.evaluate("e => e.focus({preventScroll: true})", handle)
        stops.append(Stop(what, changed, obscured))
    raise AssertionError(f"focus never left the page after {most} presses; last: {stops[-1].what}")
