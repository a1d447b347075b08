"""Counting in the browser: for whom the page counts, and with which figures. Off unless the person switched it on."""

import json
from collections.abc import Mapping

from accessform.adaptation.policy_file import load_policy
from accessform.adaptation.preferences import Presentation
from accessform.adaptation.state import PolicyState


def is_counting(presentation: Presentation, state: PolicyState) -> bool:
    """Tell whether this page may count: the person asked for it, and nothing stopped the noticing."""
    return presentation.counters and presentation.help_offers and not (presentation.plain_form or state.silent)


def browser_figures() -> Mapping[str, Mapping[str, int]]:
    """Return the figures that static/js/counters.js counts with, by counter, as the policy file says them."""
    counters = {name: signal.counter for name, signal in load_policy().file.signals.items() if signal.counter}
    return {name: dict(counter.browser) for name, counter in counters.items()}


def figures_as_json() -> str:
    """Return the figures as the page carries them."""
    return json.dumps(browser_figures(), separators=(",", ":"))
