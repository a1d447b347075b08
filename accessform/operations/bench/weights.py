"""What travels: bytes of a first visit and of later steps, compressed, as a browser asks for them."""

import re
from collections.abc import Iterator

from accessform.operations.bench.figures import Figure
from accessform.operations.bench.steps import VALUES, Filling
from accessform.operations.bench.visitor import Transport

KILOBYTE = 1000


def measure_weights(send: Transport) -> Iterator[Figure]:
    """Weigh the first step page with what it links to, and the fragment of a later one."""
    one = Filling(send)
    _, _, page = one.visitor.get(one.path)
    html = one.visitor.size
    text = page.decode()
    styles = re.findall(r'<link rel="stylesheet" href="([^"]+)"', text)
    others = re.findall(r'<script[^>]* src="([^"]+)"', text) + re.findall(r'<link rel="icon" href="([^"]+)"', text)
    strangers = re.findall(r'(?:src|href)="(?:https?:)?//[^"]+', text)
    css, rest = sum(_weigh(one, path) for path in styles), sum(_weigh(one, path) for path in others)
    one.save(one.path, VALUES)
    one.visitor.get(_next_step(one), **{"HX-Request": "true"})
    yield Figure("first visit: HTML and CSS, compressed", (html + css) / KILOBYTE, "kB", 14.6)
    yield Figure("first visit: everything, compressed", (html + css + rest) / KILOBYTE, "kB", 40)
    yield Figure("later step, compressed", one.visitor.size / KILOBYTE, "kB", 4)
    yield Figure("third-party requests", len(strangers), "", 0)


def _weigh(one: Filling, path: str) -> int:
    one.visitor.get(path)
    return one.visitor.size


def _next_step(one: Filling) -> str:
    """Return the address that saving the first step leads to."""
    _, lines, _ = one.save(one.path, VALUES)
    return lines["Location"]
