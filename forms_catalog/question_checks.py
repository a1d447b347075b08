"""Checks of questions one by one and together: identifiers, bounds, autocomplete, documents; and of the contact."""

import re
from collections.abc import Iterator
from functools import partial

import opening_hours
import phonenumbers

from forms_catalog.condition_checks import DATES, NUMBERS, date_of, number_of
from forms_catalog.definition import WITH_FILES, FormDefinition, Question, QuestionType
from forms_catalog.findings import Location, Remark, Severity
from forms_catalog.patterns import MAX_ANSWER

WRITTEN = frozenset({QuestionType.TEXT, QuestionType.LONG_TEXT})
SHORT_NUMBER = re.compile(r"1[0-9]{1,2}|116[0-9]{3}|[13][0-9]{3}")
"""French short numbers: 15, 115, 116117, 1014, 3960."""

AUTOCOMPLETE_WORDS = (
    "off on name honorific-prefix given-name additional-name family-name honorific-suffix nickname username "
    "new-password current-password one-time-code organization-title organization street-address address-line1 "
    "address-line2 address-line3 address-level4 address-level3 address-level2 address-level1 country country-name "
    "postal-code cc-name cc-given-name cc-additional-name cc-family-name cc-number cc-exp cc-exp-month cc-exp-year "
    "cc-csc cc-type transaction-currency transaction-amount language bday bday-day bday-month bday-year sex url photo "
    "tel tel-country-code tel-national tel-area-code tel-local tel-local-prefix tel-local-suffix tel-extension email "
    "impp"
)
"""Field names of the HTML standard (autofill detail tokens), section 4.10.18.7."""
AUTOCOMPLETE = frozenset(AUTOCOMPLETE_WORDS.split())
AUTOCOMPLETE_PREFIX = re.compile(
    r"(?:section-[a-z0-9-]+ )?(?:(?:shipping|billing) )?(?:(?:home|work|mobile|fax|pager) )?"
)


def walk_questions(definition: FormDefinition) -> Iterator[tuple[Location, Question]]:
    """Yield every question with its location, a group before the questions that it repeats."""
    for rank, step in enumerate(definition.steps):
        for place, question in enumerate(step.questions):
            location: Location = ("steps", rank, "questions", place)
            yield location, question
            for child_place, child in enumerate(question.questions):
                yield (*location, "questions", child_place), child


def check_questions(definition: FormDefinition) -> Iterator[Remark]:
    """Yield what is wrong with identifiers, bounds, autocomplete and the documents to gather."""
    yield from _check_duplicates(definition)
    for location, question in walk_questions(definition):
        yield from _check_bounds(question, (*location, "constraints"))
        yield from _check_autocomplete(question, (*location, "autocomplete"))
    yield from _check_documents(definition)


def check_contact(definition: FormDefinition) -> Iterator[Remark]:
    """Yield what is wrong with the service's opening hours and telephone."""
    for rank, service in enumerate(definition.service):
        location: Location = ("service", rank)
        if not opening_hours.validate(service.hours):
            yield Remark(
                (*location, "hours"), "service.hours",
                f"Les horaires « {service.hours[:80]} » ne se lisent pas. Écrivez par exemple : "
                "Mo-Fr 09:00-12:00,14:00-17:00 (Mo Tu We Th Fr Sa Su, et PH pour les jours fériés).",
            )  # fmt: skip
        if not _can_be_dialled(service.phone):
            yield Remark(
                (*location, "phone"), "service.phone",
                f"« {service.phone} » ne semble pas être un numéro de téléphone français. Vérifiez-le.",
                Severity.WARNING,
            )  # fmt: skip


def _can_be_dialled(phone: str) -> bool:
    if SHORT_NUMBER.fullmatch(re.sub(r"\W", "", phone)):
        return True
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(phone, "FR"))
    except phonenumbers.NumberParseException:
        return False


def _check_duplicates(definition: FormDefinition) -> Iterator[Remark]:
    steps: set[str] = set()
    for rank, step in enumerate(definition.steps):
        if step.id in steps:
            yield Remark(
                ("steps", rank, "id"), "step.duplicate_id",
                f"Deux étapes s'appellent « {step.id} ». Donnez un autre identifiant à l'une d'elles.",
            )  # fmt: skip
        steps.add(step.id)
    questions: set[str] = set()
    for location, question in walk_questions(definition):
        if question.id in questions:
            yield Remark(
                (*location, "id"), "question.duplicate_id",
                f"Deux questions s'appellent « {question.id} ». Donnez un autre identifiant à l'une d'elles.",
            )  # fmt: skip
        questions.add(question.id)


def _check_bounds(question: Question, location: Location) -> Iterator[Remark]:
    bounds = question.constraints
    read = number_of if question.type in NUMBERS else date_of if question.type in DATES else None
    low, high = bounds.min, bounds.max
    for name, bound in (("min", low), ("max", high)):
        remark = partial(Remark, (*location, name))
        if bound is None:
            continue
        if read is None:
            yield remark(
                "question.bound_unused",
                f"« {name} » ne sert qu'aux nombres et aux dates. Effacez cette ligne.",
                Severity.WARNING,
            )
        elif read(bound) is None and not (question.type in DATES and bound == "today"):
            shape = "un nombre" if question.type in NUMBERS else "une date comme 2026-11-21, ou today"
            yield remark("question.bound", f"« {bound} » : il faut ici {shape}.")
    if read and low is not None and high is not None:
        first, last = read(low), read(high)
        if first is not None and last is not None and first > last:  # type: ignore[operator]
            yield Remark(
                (*location, "min"), "question.min_above_max",
                f"Le minimum ({low}) est plus grand que le maximum ({high}) : aucune réponse ne conviendrait.",
            )  # fmt: skip
    if bounds.min_items > bounds.max_items:
        yield Remark(
            (*location, "min_items"), "question.min_above_max",
            f"Le nombre minimum ({bounds.min_items}) est plus grand que le maximum ({bounds.max_items}).",
        )  # fmt: skip
    if bounds.pattern is not None and question.type in WRITTEN and (bounds.max_length or MAX_ANSWER + 1) > MAX_ANSWER:
        yield Remark(
            (*location, "pattern"), "question.pattern_length",
            f"Un motif se vérifie sur {MAX_ANSWER} caractères au plus. Écrivez aussi « max_length: {MAX_ANSWER} ».",
        )  # fmt: skip
    if bounds.pattern is not None and question.type not in WRITTEN:
        yield Remark(
            (*location, "pattern"), "question.pattern_unused",
            "« pattern » ne sert qu'aux textes : ce type de question se vérifie déjà. Effacez cette ligne.",
            Severity.WARNING,
        )  # fmt: skip


def _check_autocomplete(question: Question, location: Location) -> Iterator[Remark]:
    if question.autocomplete is None:
        return
    prefix = AUTOCOMPLETE_PREFIX.match(question.autocomplete)
    token = question.autocomplete[prefix.end() :] if prefix else question.autocomplete
    if token not in AUTOCOMPLETE:
        yield Remark(
            location, "question.autocomplete",
            f"« {question.autocomplete} » n'est pas un mot de remplissage automatique du standard HTML, "
            "comme given-name, bday, email ou street-address.",
        )  # fmt: skip


def _check_documents(definition: FormDefinition) -> Iterator[Remark]:
    takes_files = {question.id: question.type in WITH_FILES for question in definition.questions()}
    for rank, document in enumerate(definition.before_you_start.documents):
        location: Location = ("before_you_start", "documents", rank, "question")
        if document.question is not None and document.question not in takes_files:
            yield Remark(
                location, "document.unknown_question",
                f"Le document renvoie à « {document.question} », et aucune question ne porte cet identifiant.",
            )  # fmt: skip
        elif document.question is not None and not takes_files[document.question]:
            yield Remark(
                location, "document.not_a_file",
                f"Le document renvoie à « {document.question} », qui ne reçoit pas de fichier.",
                Severity.WARNING,
            )  # fmt: skip
