"""Another person fills in a journey beside its own, by consent: how far, and until when. Rooms above say who.

Whoever helps sees the step pages alone, at the person's wording level. What was noticed of difficulties is neither
read nor written for them: the page is drawn from an empty adaptive state.
"""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.safestring import SafeString

from accessform.adaptation.preferences import Modality, Presentation
from accessform.plain_language.wording import ReadingLevel
from forms_catalog.definition import Step

ACTIONS = frozenset(
    {"next", "previous", "help", "word", "official", "add", "remove", "drop", "larger", "settings", "file"}
)
"""What the buttons may do for whoever helps: fill in and read. Sending, leaving and choosing stay the person's."""


@dataclass(frozen=True)
class Helping:
    """Somebody helps on this request.

    `closed` gives the ids of the steps that hold what the person does not show; `back` is the address that everything
    else leads to; `stands` asks again, within the transaction that saves, and keeps the consent from ending before it;
    `wrote` keeps that a step was saved, in the same transaction.
    """

    level: ReadingLevel
    back: str
    banner: SafeString
    closed: Callable[[Iterable[Step]], frozenset[str]]
    stands: Callable[[], bool]
    wrote: Callable[[], object]

    def presented(self, own: Presentation) -> Presentation:
        """Return how pages look: as the helper chose for themselves, in the person's wording."""
        return own.changed(reading_level=self.level, modality=Modality.TEXT, step_map=False)


class HelpEnded(Exception):
    """The consent has ended; `address` is the page that says so."""

    def __init__(self, address: str) -> None:
        super().__init__("the consent to help has ended")
        self.address = address


Helper = Callable[[HttpRequest, uuid.UUID], Helping | None]

_helpers: list[Helper] = []


def register(helper: Helper) -> None:
    """Have `helper(request, journey_id)` say whether this session helps with a journey; it may raise HelpEnded."""
    if helper not in _helpers:
        _helpers.append(helper)


def find_helping(request: HttpRequest, journey_id: uuid.UUID) -> Helping | None:
    """Return how this session helps with a journey, None where it does not; raises HelpEnded where it no longer may."""
    for helper in _helpers:
        if helping := helper(request, journey_id):
            return helping
    return None
