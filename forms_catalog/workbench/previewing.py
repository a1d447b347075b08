"""How a designer sees a step as a citizen would. The step page belongs to journeys, which registers how it is drawn."""

from collections.abc import Callable

from django.http import HttpRequest

from forms_catalog.definition import Step
from forms_catalog.models import FormVersion

StepPreview = Callable[[HttpRequest, FormVersion, Step], str]
"""Draws the questions of a step, every one of them, at `request.presentation`; stores nothing."""

LEVELS = {"standard": "Texte officiel", "plain": "Langage clair", "easy": "Très simple"}
SIZES = (100, 150, 200, 250)
MODALITIES = {"text": "À l'écrit", "voice": "À la voix"}

_registered: list[StepPreview] = []


def register_step_preview(preview: StepPreview) -> None:
    """Say how steps are drawn; the last one registered counts."""
    _registered[:] = [preview]


def draw_step(request: HttpRequest, version: FormVersion, step: Step) -> str:
    """Return the questions of `step` as HTML, "" where no room draws steps."""
    return _registered[0](request, version, step) if _registered else ""


def apply_choices(request: HttpRequest) -> dict[str, str]:
    """Give this request alone the presentation asked for by `niveau`, `taille` and `mode`; return what was taken.

    What the page does not offer is left at its default.
    """
    asked = request.GET
    level = asked.get("niveau", "") if asked.get("niveau") in LEVELS else "plain"
    size = asked.get("taille", "") if asked.get("taille") in {str(each) for each in SIZES} else "100"
    modality = asked.get("mode", "") if asked.get("mode") in MODALITIES else "text"
    presentation = request.presentation.choosing(  # type: ignore[attr-defined]
        0.0, reading_level=level, text_size=int(size), modality=modality
    )
    request.presentation = presentation  # type: ignore[attr-defined]
    return {"niveau": level, "taille": size, "mode": modality}
