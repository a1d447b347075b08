"""Answers of one question that make a difference to a form's conditions: one for each way they may turn out. Pure."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from typing import Any

from accessform.answers.choices import CIVILITIES
from forms_catalog.condition_checks import DATES, NUMBERS, TRUTHS, date_of, number_of
from forms_catalog.conditions import Condition
from forms_catalog.definition import Question, QuestionType

ANY_OTHER = "autre réponse"
"""Stands for an answer that no condition names: a name, another country."""
DAY = dt.timedelta(days=1)


def comparisons_of(conditions: Iterable[Condition | None]) -> Iterator[Condition]:
    """Yield the comparisons that conditions are made of, in order."""
    for condition in conditions:
        if condition is not None and condition.question is not None:
            yield condition
        elif condition is not None:
            yield from comparisons_of((*(condition.all or ()), *(condition.any or ()), condition.not_))


def differing_answers(question: Question, comparisons: Iterable[Condition]) -> list[Any]:
    """Return canonical answers of `question`, no two of which make the same of `comparisons` true.

    None, no answer, is among them where the form lets the question be passed over; [None] where nothing names it.
    """
    named = [comparison for comparison in comparisons if comparison.question == question.id]
    if not named:
        return [None]
    found: dict[tuple[bool, ...], Any] = {}
    for answer in _possible(question, named):
        found.setdefault(tuple(comparison.holds({question.id: answer}) for comparison in named), answer)
    return list(found.values())


def _possible(question: Question, named: Sequence[Condition]) -> Iterator[Any]:
    """Yield answers that the form accepts: every closed one, open ones at and around each value that is compared."""
    kind = question.type
    if kind in TRUTHS:
        yield from (True, False) if kind is QuestionType.YES_NO else (True,)
    elif kind is QuestionType.SINGLE_CHOICE:
        yield from (choice.key for choice in question.choices)
    elif kind is QuestionType.CIVILITY:
        yield from CIVILITIES
    elif kind is QuestionType.MULTIPLE_CHOICE:
        yield from _sets(question, named)
    elif kind in NUMBERS:
        yield from _numbers(question, named)
    elif kind in DATES:
        yield from _days(question, named)
    else:
        yield from (*_compared(named), ANY_OTHER)
    if not question.must_be_answered:
        yield None


def _compared(named: Sequence[Condition]) -> Iterator[Any]:
    for comparison in named:
        values = (comparison.is_, comparison.is_not, comparison.less_than, comparison.greater_than, comparison.includes)
        yield from (value for value in values if value is not None)


def _sets(question: Question, named: Sequence[Condition]) -> Iterator[list[str]]:
    """Yield every set of the keys that conditions name, and a key that none names in place of the empty one."""
    wanted = set(_compared(named))
    keys = [choice.key for choice in question.choices if choice.key in wanted]
    others = [choice.key for choice in question.choices if choice.key not in wanted]
    for count in range(len(keys) + 1):
        for chosen in combinations(keys, count):
            if chosen or others:
                yield list(chosen) or others[:1]


def _numbers(question: Question, named: Sequence[Condition]) -> Iterator[str]:
    step = Decimal(1) if question.type is QuestionType.INTEGER else Decimal("0.01")
    least, most = number_of(question.constraints.min), number_of(question.constraints.max)
    for bound in (number for number in map(number_of, _compared(named)) if number is not None):
        for number in (bound - step, bound, bound + step):
            if (least is None or number >= least) and (most is None or number <= most):
                yield str(number)


def _days(question: Question, named: Sequence[Condition]) -> Iterator[str]:
    least, most = date_of(question.constraints.min), date_of(question.constraints.max)
    with_hour = question.type is QuestionType.DATETIME
    for bound in (day for day in map(date_of, _compared(named)) if day is not None):
        for day in (bound - DAY, bound, bound + DAY):
            if (least is None or day >= least) and (most is None or day <= most):
                yield day.isoformat(timespec="minutes") if with_hour else day.date().isoformat()
