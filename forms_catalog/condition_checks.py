"""Checks of conditions: they look back, at questions that have an answer, and compare it with something it can be."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from forms_catalog.conditions import Condition
from forms_catalog.definition import WITH_CHOICES, WITH_FILES, FormDefinition, Question, QuestionType
from forms_catalog.findings import Location, Remark

NUMBERS = frozenset({QuestionType.INTEGER, QuestionType.DECIMAL, QuestionType.MONEY})
DATES = frozenset({QuestionType.DATE, QuestionType.DATETIME})
TRUTHS = frozenset({QuestionType.YES_NO, QuestionType.CHECKBOX})
NOT_COMPARED = WITH_FILES | {QuestionType.GROUP, QuestionType.SECTION, QuestionType.EXPLANATION, QuestionType.ADDRESS}


def check_conditions(definition: FormDefinition) -> Iterator[Remark]:
    """Yield what is wrong with the conditions of steps, questions and services."""
    everywhere = {question.id: question for question in definition.questions()}
    inside = {child.id for question in definition.questions() for child in question.questions}
    earlier: dict[str, Question] = {}
    checker = _Checker(everywhere, inside, earlier)
    for rank, step in enumerate(definition.steps):
        yield from checker.check(step.show_when, ("steps", rank, "show_when"))
        for place, question in enumerate(step.questions):
            location: Location = ("steps", rank, "questions", place)
            yield from checker.check(question.show_when, (*location, "show_when"))
            for child_place, child in enumerate(question.questions):
                yield from checker.check(child.show_when, (*location, "questions", child_place, "show_when"))
                checker.siblings[child.id] = child
            checker.siblings.clear()
            earlier[question.id] = question
    for rank, service in enumerate(definition.service):
        yield from checker.check(service.show_when, ("service", rank, "show_when"))


class _Checker:
    """Knows every question, those inside groups, and those asked before the place being checked."""

    def __init__(self, everywhere: dict[str, Question], inside: set[str], earlier: dict[str, Question]) -> None:
        self.everywhere = everywhere
        self.inside = inside
        self.earlier = earlier
        self.siblings: dict[str, Question] = {}

    def check(self, condition: Condition | None, location: Location) -> Iterator[Remark]:
        """Yield what is wrong with one condition and those that it combines."""
        if condition is None:
            return
        for name, children in (("all", condition.all), ("any", condition.any)):
            for rank, child in enumerate(children or ()):
                yield from self.check(child, (*location, name, rank))
        yield from self.check(condition.not_, (*location, "not"))
        if condition.question is not None:
            yield from self._check_comparison(condition, condition.question, location)

    def _check_comparison(self, condition: Condition, name: str, location: Location) -> Iterator[Remark]:
        question = self.everywhere.get(name)
        if question is None:
            yield Remark(
                (*location, "question"), "condition.unknown_question",
                f"La condition parle de « {name} », et aucune question ne porte cet identifiant. Corrigez-le.",
            )  # fmt: skip
        elif name in self.inside and name not in self.siblings:
            yield Remark(
                (*location, "question"), "condition.in_group",
                f"La condition parle de « {name} », qui se répète dans un groupe : elle a plusieurs réponses. "
                "Choisissez une question posée une seule fois.",
            )  # fmt: skip
        elif name not in self.earlier and name not in self.siblings:
            yield Remark(
                (*location, "question"), "condition.looks_forward",
                f"La condition parle de « {name} », qui est posée plus loin. Déplacez cette question avant.",
            )  # fmt: skip
        elif question.type in NOT_COMPARED:
            yield Remark(
                (*location, "question"), "condition.no_answer",
                f"« {name} » (type {question.type}) n'a pas de réponse à comparer. Choisissez-en une autre.",
            )  # fmt: skip
        else:
            message = _misfit(condition, question)
            if message:
                yield Remark(location, "condition.value", f"{message} (question « {name} », type {question.type})")


def _misfit(condition: Condition, question: Question) -> str | None:
    """Say why the comparison can never hold, or return None."""
    if condition.includes is not None:
        if question.type is not QuestionType.MULTIPLE_CHOICE:
            return "« includes » va avec les choix multiples ; écrivez « is »."
        return _not_a_choice(condition.includes, question)
    if condition.less_than is not None or condition.greater_than is not None:
        bound = condition.less_than if condition.less_than is not None else condition.greater_than
        return _not_ordered(bound, question)
    return _never_equal(condition, question)


def _never_equal(condition: Condition, question: Question) -> str | None:
    wanted = condition.is_ if condition.is_ is not None else condition.is_not
    if question.type is QuestionType.MULTIPLE_CHOICE:
        return "Un choix multiple a plusieurs réponses : écrivez « includes »."
    if question.type in WITH_CHOICES:
        return _not_a_choice(wanted, question)
    if question.type in TRUTHS and not isinstance(wanted, bool):
        return f"« {wanted} » : écrivez true (oui) ou false (non), sans guillemets."
    if question.type in NUMBERS | DATES:
        return _not_ordered(wanted, question)
    return None


def _not_a_choice(wanted: object, question: Question) -> str | None:
    keys = [choice.key for choice in question.choices]
    if str(wanted) in keys and isinstance(wanted, str):
        return None
    if str(wanted) in keys:
        return f"Mettez « {wanted} » entre guillemets : c'est la clé d'un choix."
    return f"« {wanted} » n'est pas un des choix : {', '.join(keys)}."


def _not_ordered(bound: object, question: Question) -> str | None:
    if question.type in NUMBERS:
        return None if number_of(bound) is not None else f"« {bound} » n'est pas un nombre."
    if question.type in DATES:
        return None if date_of(bound) is not None else f"« {bound} » n'est pas une date : écrivez 2026-11-21."
    return "« less_than » et « greater_than » vont avec les nombres et les dates."


def number_of(value: object) -> Decimal | None:
    """Read a finite number, or return None; a boolean is none."""
    if isinstance(value, bool) or value is None:
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def date_of(value: object) -> dt.datetime | None:
    """Read an ISO date or local date and time, or return None."""
    try:
        return dt.datetime.fromisoformat(str(value)).replace(tzinfo=None)
    except ValueError:
        return None
