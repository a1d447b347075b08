"""What a table of utterances expects: a value, or one of these."""

import datetime as dt
from typing import Any

from accessform.speech.understanding.understanding import understand
from accessform.speech.understanding.understood import Outcome, Understood
from forms_catalog.definition import Constraints

ASK, UNKNOWN, NO_MATCH, NO_INPUT = Outcome.ASK, Outcome.UNKNOWN, Outcome.NO_MATCH, Outcome.NO_INPUT
TODAY = dt.date(2026, 11, 22)
"""A Sunday."""


def said(kind: str, transcript: str, **given: Any) -> Any:
    """Return the value understood, or the outcome where there is none."""
    found = heard(kind, transcript, **given)
    return found.value if found.outcome is Outcome.VALUE else found.outcome


def heard(kind: str, transcript: str, **given: Any) -> Understood:
    bounds = given.pop("constraints", None)
    constraints = Constraints.model_validate(bounds) if bounds else None
    return understand(kind, transcript, today=given.pop("today", TODAY), constraints=constraints, **given)


def then(kind: str, first: str, second: str, **given: Any) -> Any:
    """Return what comes of a second utterance after the question that the first one raised."""
    before = heard(kind, first, **dict(given))
    assert before.outcome is ASK, before
    return said(kind, second, pending=before.as_json(), **dict(given))
