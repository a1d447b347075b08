"""What one page of a form is drawn from: the person's level, what is open, and what was typed. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from accessform.plain_language.wording import ReadingLevel
from forms_catalog.definition import Question, Step

ALL = "tout"
"""What the address asks for to see the official text of every question of the page."""


@dataclass(frozen=True)
class Page:
    """How this page is drawn for this person; it changes nothing in how answers are read."""

    level: ReadingLevel = ReadingLevel.PLAIN
    error_help: frozenset[str] = frozenset()
    help_open: str = ""
    official_open: str = ""
    word_open: str = ""
    for_another: bool = False
    choice_help: bool = False
    tolerant_input: bool = False
    only: frozenset[str] | None = None

    def holds(self, question: Question) -> bool:
        """Tell whether a question is on this page: all of the step's, or one at a time."""
        return self.only is None or question.id in self.only

    def shows_official(self, question: Question) -> bool:
        """Tell whether the official text stands beside: always for declarations and sanctions, else where asked."""
        return question.official_shown or self.official_open in {question.id, ALL}


class DrawnForm(Protocol):
    """What a field reads of the form that it is drawn in."""

    page: Page
    step: Step
    typed: Any
    kept_files: Mapping[str, Any]
    is_bound: bool

    @property
    def errors(self) -> Any:
        """The refusals, by field name."""
