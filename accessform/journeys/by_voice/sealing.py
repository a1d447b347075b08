"""The dialogue between two requests: one hidden field, encrypted, authenticated, bound to the page that carries it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accessform.journeys.visit import Visit
from accessform.speech.dialogue.states import Dialogue, dialogue_from
from accessform.speech.shown_words import Rewritten
from accessform.trust.encryption import Undecipherable, decrypt_json, encrypt_json

PURPOSE = "voice"
"""What the field is for: nothing else that is encrypted with the same keys passes for it."""


@dataclass(frozen=True)
class Sealed:
    """What the hidden field carries: the dialogue, what may be said aloud by itself, and what only where asked.

    `rewritten` tells what the card writes otherwise than it is said; `box` what the page itself put in the box.
    """

    dialogue: Dialogue
    aloud: str = ""
    private: str = ""
    rewritten: tuple[Rewritten, ...] = ()
    box: str = ""

    def is_in_box(self, words: str) -> bool:
        """Tell whether the box holds what the page put there: the person has written nothing in it."""
        return words.split() == self.box.split()


def seal(
    visit: Visit,
    dialogue: Dialogue,
    *,
    aloud: str = "",
    private: str = "",
    rewritten: Sequence[Rewritten] = (),
    box: str = "",
) -> str:
    """Return the field for the page that this visit draws: its journey, its step, its revision."""
    said = {"aloud": aloud, "private": private, "rewritten": [list(pair) for pair in rewritten], "box": box}
    return encrypt_json({**_bound_to(visit, visit.revision), "dialogue": dialogue.as_json(), **said})


def unseal(field: str, visit: Visit, revision: int | None) -> Sealed | None:
    """Return what the field carries; None where it is forged, or of another journey, step, or page.

    `revision` is the one that the same page posted; None takes the field whatever its page, to say it aloud.
    """
    try:
        carried = decrypt_json(field)
        if not isinstance(carried, Mapping) or not _is_bound(carried, visit, revision):
            return None
        rewritten = tuple((str(said), str(shown)) for said, shown in carried["rewritten"])
        aloud, private, box = str(carried["aloud"]), str(carried["private"]), str(carried.get("box", ""))
        return Sealed(dialogue_from(carried["dialogue"]), aloud, private, rewritten, box)
    except (Undecipherable, UnicodeEncodeError, json.JSONDecodeError, KeyError, TypeError, ValueError):
        return None


def _bound_to(visit: Visit, revision: int) -> dict[str, Any]:
    return {"for": PURPOSE, "journey": visit.journey_id.hex, "step": visit.step.id, "revision": revision}


def _is_bound(carried: Mapping[str, Any], visit: Visit, revision: int | None) -> bool:
    page = revision if revision is not None else carried.get("revision")
    return all(carried.get(name) == value for name, value in _bound_to(visit, page or 0).items())
