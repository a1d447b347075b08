"""What each family is given to understand an utterance."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from accessform.speech.understanding.transcript import Tokens
from forms_catalog.definition import Constraints, QuestionType


@dataclass(frozen=True)
class Heard:
    """An utterance with its question: the type, the choices (key → label), the bounds, the day, what was asked before.

    `transcript` is whole; `tokens` are what is left of it without hesitations, politeness, hedges and what was taken
    back. `pending` is what the previous ask kept.
    """

    type: QuestionType
    transcript: str
    tokens: Tokens
    choices: Mapping[str, str] = field(default_factory=dict)
    constraints: Constraints = field(default_factory=Constraints)
    today: dt.date | None = None
    pending: Mapping[str, Any] = field(default_factory=dict)

    @property
    def words(self) -> list[str]:
        """The folded words that are left."""
        return [token.word for token in self.tokens]
