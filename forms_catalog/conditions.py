"""When a question or a step is shown: structured conditions over earlier answers, never code."""

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

Scalar = bool | int | float | str
Answers = Mapping[str, Any]


class Condition(BaseModel):
    """Either a comparison with one question's answer, or a combination of conditions.

    A comparison holds false while its question has no answer, `is_not` included:
    what is not known shows nothing.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    question: str | None = None
    is_: Scalar | None = Field(None, alias="is")
    is_not: Scalar | None = None
    less_than: int | float | str | None = None
    greater_than: int | float | str | None = None
    includes: str | None = None
    all: tuple["Condition", ...] | None = None
    any: tuple["Condition", ...] | None = None
    not_: "Condition | None" = Field(None, alias="not")

    @model_validator(mode="after")
    def _says_one_thing(self) -> "Condition":
        comparisons = [self.is_, self.is_not, self.less_than, self.greater_than, self.includes]
        combinations = [self.all, self.any, self.not_]
        compared = sum(value is not None for value in comparisons)
        combined = sum(value is not None for value in combinations)
        if self.question is not None and (compared, combined) == (1, 0):
            return self
        if self.question is None and (compared, combined) == (0, 1):
            return self
        raise ValueError(
            "une condition compare une question une seule fois "
            "(is, is_not, less_than, greater_than, includes) ou combine (all, any, not)"
        )

    def questions(self) -> Iterator[str]:
        """Yield the ids of the questions that this condition looks at."""
        if self.question is not None:
            yield self.question
        for child in (*(self.all or ()), *(self.any or ()), *([self.not_] if self.not_ else [])):
            yield from child.questions()

    def holds(self, answers: Answers) -> bool:
        """Tell whether the condition is true of `answers` (canonical values by question id)."""
        if self.all is not None:
            return all(child.holds(answers) for child in self.all)
        if self.any is not None:
            return any(child.holds(answers) for child in self.any)
        if self.not_ is not None:
            return not self.not_.holds(answers)
        return self._compares(answers.get(self.question or ""))

    def _compares(self, answer: Any) -> bool:
        if answer is None or answer in ("", []):
            return False
        if self.includes is not None:
            return self.includes in answer if isinstance(answer, list) else False
        if self.is_ is not None:
            return bool(_comparable(answer) == _comparable(self.is_))
        if self.is_not is not None:
            return bool(_comparable(answer) != _comparable(self.is_not))
        bound = self.less_than if self.less_than is not None else self.greater_than
        left, right = _comparable(answer), _comparable(bound)
        if type(left) is not type(right):
            return False
        return bool(left < right if self.less_than is not None else left > right)


def _comparable(value: Any) -> Any:
    """Return numbers as Decimal, ISO dates as date, the rest as it is, so that 10 equals "10.00"."""
    if isinstance(value, bool):
        return value
    if isinstance(value, dict):
        return value.get("code") or value.get("name")
    text = str(value)
    try:
        return Decimal(text)
    except InvalidOperation:
        pass
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return text
