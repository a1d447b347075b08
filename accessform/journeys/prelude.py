"""The first page of every journey: for whom it is filled in. A step like the others, so that it adapts like them."""

import functools
from collections.abc import Mapping
from typing import Any

from accessform.plain_language import interface
from accessform.plain_language.wording import Wording
from forms_catalog.conditions import Condition
from forms_catalog.definition import Choice, Question, QuestionType, Step

STEP_ID = "pour-qui"
WHO, NAME, LINK, CAPACITY = "filled_for_who", "filled_for_name", "filled_for_link", "filled_for_capacity"
LINKS = ("child", "parent", "spouse", "family", "friend", "professional", "other")
CAPACITIES = ("helper", "mandate", "guardian", "service")


def _text(name: str) -> Wording:
    return interface.texts()[f"journeys.{name}"]


def _choices(prefix: str, keys: tuple[str, ...]) -> tuple[Choice, ...]:
    return tuple(Choice(key=key, label=_text(f"{prefix}_{key}")) for key in keys)


@functools.cache
def prelude() -> Step:
    """Return the step that asks « Pour vous » or « Pour une autre personne »."""
    other = Condition.model_validate({"question": WHO, "is": "other"})
    return Step(
        id=STEP_ID,
        title=_text("for_whom_title"),
        questions=(
            Question(
                id=WHO,
                type=QuestionType.SINGLE_CHOICE,
                label=_text("for_whom"),
                choices=_choices("for", ("self", "other")),
            ),
            Question(
                id=NAME,
                type=QuestionType.TEXT,
                label=_text("helper_name"),
                hint=_text("helper_name_hint"),
                autocomplete="name",
                show_when=other,
            ),
            Question(
                id=LINK,
                type=QuestionType.SINGLE_CHOICE,
                label=_text("helper_link"),
                choices=_choices("link", LINKS),
                show_when=other,
            ),
            Question(
                id=CAPACITY,
                type=QuestionType.SINGLE_CHOICE,
                label=_text("helper_capacity"),
                hint=_text("helper_capacity_hint"),
                choices=_choices("capacity", CAPACITIES),
                show_when=other,
            ),
        ),
    )


def filled_for(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a journey keeps of this page: for whom, and who helps, in official words."""
    if answers.get(WHO) != "other":
        return {"who": "self"}
    return {
        "who": "other",
        "name": answers.get(NAME, ""),
        "link": _standard("link", answers.get(LINK)),
        "capacity": _standard("capacity", answers.get(CAPACITY)),
    }


def _standard(prefix: str, key: str | None) -> str:
    return _text(f"{prefix}_{key}").standard if key else ""
