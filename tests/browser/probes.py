"""Probes of our own for what no engine sees: targets, reflow, spacing, names, motion. Each returns what is wrong."""

from dataclasses import dataclass
from typing import Any

from axe_playwright_python.sync_playwright import Axe
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

# A link is exempt where other words of a sentence stand beside it, in its own block (WCAG 2.5.8, inline).
INTERACTIVE = """() => {
  const words = s => (s || '').replace(/\\s+/g, ' ').trim();
  const inline = e => getComputedStyle(e).display === 'inline';
  const block = e => inline(e.parentElement) ? block(e.parentElement) : e.parentElement;
  const inSentence = e => e.tagName === 'A' && inline(e)
      && words(block(e).innerText) !== words(e.innerText);
  const selector = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
  return [...document.querySelectorAll(selector)].filter(e => e.checkVisibility() && !e.disabled && !inSentence(e)
      && !e.closest('.visually-hidden, .skip')).map(e => {
    const label = e.matches('[type=radio], [type=checkbox]') ? e.closest('label') ?? e : e;
    const box = label.getBoundingClientRect();
    return {what: e.tagName + ' ' + words(e.innerText || e.name).slice(0, 40), width: box.width, height: box.height};
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

# What is read on each control, without what only screen readers get; each control is marked to be found again.
VISIBLE_LABELS = """() => {
  const unseen = '.visually-hidden, svg, [aria-hidden=true], select, textarea';
  const shown = node => node.nodeType === Node.TEXT_NODE ? node.data
    : node.tagName === 'BR' ? ' '
    : node.nodeType !== Node.ELEMENT_NODE || !node.checkVisibility() || node.matches(unseen) ? ''
    : [...node.childNodes].map(shown).join('');
  const label = e => e.matches('a, button, summary') ? shown(e) : [...(e.labels ?? [])].map(shown).join(' ');
  const all = 'a[href], button, summary, input:not([type=hidden]), select, textarea';
  const controls = [...document.querySelectorAll(all)]
    .filter(e => e.checkVisibility() && !e.closest('[aria-hidden=true]'));
  return Object.fromEntries(controls.map((e, i) => {
    e.setAttribute('data-probe', i);
    return [i, label(e)];
  }));
}"""

MOVING = """() => [...document.querySelectorAll('*')].filter(e => {
  const seconds = v => Math.max(...v.split(',').map(p => parseFloat(p) || 0));
  return ['', '::before', '::after'].some(part => {
    const s = getComputedStyle(e, part || null);
    return seconds(s.transitionDuration) > 0 || seconds(s.animationDuration) > 0 || s.scrollBehavior === 'smooth';
  });
}).map(e => e.outerHTML.slice(0, 90))"""


@dataclass(frozen=True)
class Findings:
    """What axe found on one page."""

    violations: list[str]
    incomplete: list[str]


def has_scripts(page: Page) -> bool:
    """Tell whether the page may run scripts of its own."""
    return not page.evaluate("() => matchMedia('(scripting: none)').matches")


def axe(page: Page) -> Findings:
    """Run axe on the page as it stands, target size included; the page must have JavaScript.

    Without it axe never answers: its timers do not run there.
    """
    assert has_scripts(page), "axe needs a page with JavaScript"
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
    """Return what sticks out of the window sideways; the page's own overflow where nothing visible explains it."""
    found = page.evaluate(OVERFLOWING)
    return found["elements"] or ([f"the page, by {found['page']} px"] if found["page"] > 1 else [])


def clipped_under_text_spacing(page: Page) -> list[str]:
    """Return the texts that are cut when the person imposes WCAG's text spacing.

    The style is adopted, not added: a style element would be refused by the page's own policy.
    """
    page.evaluate(
        "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets = [sheet]; }",
        TEXT_SPACING,
    )
    cut = [*page.evaluate(CLIPPED), *overflow(page)]
    page.evaluate("() => { document.adoptedStyleSheets = []; }")
    return cut


def accessible_names(page: Page) -> dict[str, str]:
    """Return the names that the browser gives to assistive technologies, by the `data-probe` mark of each control."""
    session = page.context.new_cdp_session(page)
    root = session.send("DOM.getDocument", {"depth": -1})["root"]
    marks = dict(_marks(root))
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    found = ((marks.get(node.get("backendDOMNodeId", 0)), node) for node in nodes if not node["ignored"])
    return {mark: node.get("name", {}).get("value", "") for mark, node in found if mark is not None}


def _marks(node: dict[str, Any]) -> "list[tuple[int, str]]":
    """Return the marks under a node of the document with the browser's own number of their element."""
    attributes = node.get("attributes", [])
    named = dict(zip(attributes[::2], attributes[1::2], strict=True))
    own = [(node["backendNodeId"], named["data-probe"])] if "data-probe" in named else []
    return own + [mark for child in node.get("children", []) for mark in _marks(child)]


def misnamed(page: Page) -> list[str]:
    """Return the controls without a name, or whose name does not begin with the label that is seen (WCAG 2.5.3)."""
    labels: dict[str, str] = page.evaluate(VISIBLE_LABELS)
    names = accessible_names(page)
    wrong = []
    for mark, label in labels.items():
        seen, name = " ".join(label.split()).lower(), " ".join(names.get(mark, "").split()).lower()
        if not name or not name.startswith(seen):
            wrong.append(f"{seen!r} is named {name!r}")
    return wrong


def moving(page: Page) -> list[str]:
    """Return the elements that still move when the person asked for reduced motion."""
    return page.evaluate(MOVING)
