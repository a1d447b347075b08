"""axe finds no violation on any type of page, however it is presented.

By default every two values of two factors meet at least once (page type, reading level, text size, contrast, colour
scheme, voice); with ACCESSFORM_FULL_MATRIX=1 every combination is visited. What axe cannot decide by itself is listed
in var/axe-incomplete-*.txt for a person to look at; `make test` and `make a11y` print how many.
"""

import os
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.browser import probes
from tests.browser.inventory import PAGES, Inventory
from tests.browser.presentations import CONTRASTS, LEVELS, SCHEMES, SIZES, VOICES, Look, every_look, pairwise
from tests.browser.site import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FULL = os.environ.get("ACCESSFORM_FULL_MATRIX") == "1"
FACTORS = {
    "page": list(PAGES),
    "reading_level": LEVELS,
    "text_size": SIZES,
    "contrast": CONTRASTS,
    "color_scheme": SCHEMES,
    "modality": VOICES,
}
ROWS = pairwise(FACTORS)
LIST = ROOT / "var" / f"axe-incomplete-{os.environ.get('PYTEST_XDIST_WORKER', 'one')}.txt"


def looks_of(name: str) -> list[Look]:
    """Return the presentations in which a page type is visited."""
    if FULL:
        return list(every_look())
    return [Look(**{key: row[key] for key in FACTORS if key != "page"}) for row in ROWS if row["page"] == name]


@pytest.fixture(scope="module")
def undecided() -> Iterator[Counter[str]]:
    """What axe left open, counted; written down at the end."""
    found: Counter[str] = Counter()
    yield found
    LIST.parent.mkdir(exist_ok=True)
    LIST.write_text("".join(f"{count} × {line}\n" for line, count in sorted(found.items())))


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_violation(inventory: Inventory, undecided: Counter[str], name: str) -> None:
    violations = []
    for look in looks_of(name):
        page = inventory.visit(name, look)
        found = probes.axe(page)
        undecided.update(f"{name}: {line}" for line in found.incomplete)
        violations += [f"{look}: {line}" for line in found.violations]
    assert violations == []


def test_every_two_values_of_two_factors_meet() -> None:
    missing = [
        (first, one, second, other)
        for first in FACTORS
        for second in FACTORS
        if first < second
        for one in FACTORS[first]
        for other in FACTORS[second]
        if not any(row[first] == one and row[second] == other for row in ROWS)
    ]
    assert missing == []
