"""From decisions to words: which wording says which fact of the page. Facts only, never a judgement of someone."""

from collections.abc import Mapping
from dataclasses import dataclass

from accessform.adaptation.state import Reason, Status
from accessform.observation.events import COUNTERS


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of the page: the key of its wording, and what fills it. `step` and `question` are ids, not yet names."""

    key: str
    count: int = 0
    step: str | None = None
    question: str | None = None


_KEYS: Mapping[str, str] = {
    "A1": "adaptation.fact_rejected",
    "A2": "adaptation.fact_failed",
    "A3": "adaptation.fact_help",
    "A4": "adaptation.fact_returned",
    "A6": "adaptation.fact_interrupted",
    "A7": "adaptation.fact_asked",
    "A9": "adaptation.fact_not_understood",
    "B1": "adaptation.fact_paused",
    "B3": "adaptation.fact_corrected",
    "B4": "adaptation.fact_retyped",
    "B5": "adaptation.fact_clicked",
    "B6": "adaptation.fact_no_effect",
    "B8": "adaptation.fact_missed",
    "B9": "adaptation.fact_held",
    "B11": "adaptation.fact_rested",
    "B12": "adaptation.fact_wavered",
    "B13": "adaptation.fact_reread",
}

_HINTS: Mapping[str, str] = {
    "contrast": "adaptation.fact_device_contrast",
    "forced_colors": "adaptation.fact_device_forced_colors",
    "reduced_motion": "adaptation.fact_device_reduced_motion",
    "color_scheme": "adaptation.fact_device_color_scheme",
    "zoom": "adaptation.fact_device_zoom",
    "text_size": "adaptation.fact_device_text_size",
    "touch": "adaptation.fact_device_touch",
    "keyboard_only": "adaptation.fact_device_keyboard_only",
    "language": "adaptation.fact_device_language",
    "save_data": "adaptation.fact_device_save_data",
}

STATUS_KEYS: Mapping[Status, str] = {
    Status.OFFERED: "adaptation.status_offered",
    Status.ACCEPTED: "adaptation.status_accepted",
    Status.APPLIED: "adaptation.status_applied",
    Status.REFUSED: "adaptation.status_refused",
    Status.WITHDRAWN: "adaptation.status_withdrawn",
    Status.UNDONE: "adaptation.status_undone",
    Status.REPLACED: "adaptation.status_replaced",
}


def fact_of(reason: Reason) -> Fact:
    """Return the fact behind one reason; a signal without words of its own is said as a difficulty of the page."""
    if reason.signal == "A8":
        return Fact(_HINTS.get(reason.name or "", "adaptation.fact_device"))
    key = _KEYS.get(reason.signal, "adaptation.fact_page")
    if reason.signal in COUNTERS and reason.question is None:
        key = "adaptation.fact_page"
    return Fact(key, reason.count, reason.step, reason.question)


def facts_of(reasons: tuple[Reason, ...], rule: str) -> tuple[Fact, ...]:
    """Return the facts behind a change or an offer; what the person asked for is said as such."""
    if rule in ("asked", "asked_question", "declared"):
        return (Fact("adaptation.fact_you_asked"),)
    return tuple(fact_of(reason) for reason in reasons) or (Fact("adaptation.fact_erased"),)
