"""A correction of one part: « le douze mars quarante-huit, pardon, quarante-neuf »."""

from collections.abc import Callable
from dataclasses import replace

from accessform.speech.understanding.codes import CODES, corrected_figures
from accessform.speech.understanding.date_slots import Slots, correction
from accessform.speech.understanding.dates import complete
from accessform.speech.understanding.hearing import Heard
from accessform.speech.understanding.transcript import Tokens
from accessform.speech.understanding.understood import Outcome, Understood, answered
from forms_catalog.definition import QuestionType


def corrected_part(
    heard: Heard, before: Tokens, after: Tokens, family: Callable[[Heard], Understood]
) -> Understood | None:
    """Return what the whole becomes once `after` replaces a part of `before`; None where it is not certain which."""
    if heard.type in CODES:
        value = corrected_figures(heard.type, before, after)
        return answered(value) if value else None
    if heard.type is not QuestionType.DATE:
        return None
    said = family(replace(heard, tokens=before))
    if said.outcome is Outcome.VALUE and isinstance(said.value, str):
        year, month, day = (int(part) for part in said.value.split("-"))
        known = Slots(day=day, month=month, year=year)
    else:
        parts = {name: value for name, value in (said.pending or {}).items() if name in {"day", "month", "year"}}
        known = Slots(**parts)
    slots = correction(after, known, heard.today)
    if slots is None:
        return None
    found = complete(slots, heard)
    return found if isinstance(found, Understood) else answered(found.isoformat())
