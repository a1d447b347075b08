"""The forms that ship: whole, plain at every level, honest in every condition."""

import functools
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel
from ruamel.yaml import YAML

import forms_catalog
from accessform.plain_language import parsing
from accessform.plain_language.linting import lint
from accessform.plain_language.wording import ReadingLevel, ReviewStatus, Wording
from forms_catalog.compiling import compile_definition
from forms_catalog.definition import FormDefinition, QuestionType
from forms_catalog.language_checks import names_remarks, passages_of, terms_of
from tests.reading_rules import at_levels, changed_quantities, impolite

FORMS_DIR = Path(forms_catalog.__file__).parent / "fr"
SLUGS = sorted(path.parent.name for path in FORMS_DIR.glob("*/form.yaml"))

# Numbers that the regulator keeps for fiction, so that no real line rings.
FICTION_PREFIXES = ("01 99 00", "02 61 91", "03 53 01", "04 65 71", "05 36 49", "06 39 98")

SIMPLER = (ReadingLevel.PLAIN, ReadingLevel.EASY)


@functools.cache
def load(slug: str) -> FormDefinition:
    source = (FORMS_DIR / slug / "form.yaml").read_text(encoding="utf-8")
    return FormDefinition.model_validate(YAML(typ="safe").load(source))


def wordings(node: object, path: str = "") -> Iterator[tuple[str, Wording]]:
    """Yield every wording below `node` with its path."""
    if isinstance(node, Wording):
        yield path, node
    elif isinstance(node, BaseModel):
        for name in type(node).model_fields:
            yield from wordings(getattr(node, name), f"{path}.{getattr(node, 'id', '')}{name}")
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from wordings(value, f"{path}.{key}")
    elif isinstance(node, tuple):
        for rank, value in enumerate(node):
            yield from wordings(value, f"{path}[{getattr(value, 'id', None) or getattr(value, 'key', None) or rank}]")


def texts(form: FormDefinition, *levels: ReadingLevel) -> list[tuple[str, str]]:
    return at_levels(wordings(form), *levels)


def looking_forward(form: FormDefinition) -> list[str]:
    """Return the conditions that look at a question which is not asked before."""
    seen: set[str] = set()
    wrong: list[str] = []
    for step in form.steps:
        if step.show_when:
            wrong += [f"{step.id} → {name}" for name in step.show_when.questions() if name not in seen]
        for question in (q for top in step.questions for q in (top, *top.questions)):
            if question.show_when:
                wrong += [f"{question.id} → {name}" for name in question.show_when.questions() if name not in seen]
            seen.add(question.id)
    return wrong


@pytest.fixture(params=SLUGS)
def form(request: pytest.FixtureRequest) -> FormDefinition:
    return load(request.param)


def test_the_forms_are_found():
    assert {"demande-apa", "changement-adresse", "demonstration"} <= set(SLUGS)


def test_the_slug_is_the_folder():
    assert [load(slug).slug for slug in SLUGS] == SLUGS


def test_question_ids_are_unique(form):
    ids = [question.id for question in form.questions()]
    assert len(ids) == len(set(ids))


def test_every_text_is_written_at_three_levels(form):
    missing = [path for path, wording in wordings(form) if wording.plain is None or wording.easy is None]
    assert missing == []


def test_the_variants_are_approved_by_name_and_date(form):
    assert form.variants.status is ReviewStatus.APPROVED
    assert form.variants.by
    assert form.variants.on


def test_conditions_only_look_back(form):
    assert looking_forward(form) == []


def test_an_explanation_of_an_answer_comes_with_a_question(form):
    """« Continuer » shows a step again for a new question only: an explanation alone would never be read.

    Where questions come one at a time, an explanation is read with the question that follows it. A step that only
    says something is a page of its own.
    """
    for step in (step for step in form.steps if any(question.takes_answer for question in step.questions)):
        assert step.questions[-1].takes_answer, step.id
        here = {question.id for question in step.questions}
        asked_on = [question.show_when for question in step.questions if question.takes_answer]
        for said in (question for question in step.questions if not question.takes_answer and question.show_when):
            assert said.show_when in asked_on or not here & set(said.show_when.questions()), said.id


def test_the_last_service_is_for_everyone_else(form):
    ids = {question.id for question in form.questions()}
    assert form.service[-1].show_when is None
    for service in form.service:
        assert service.show_when is None or set(service.show_when.questions()) <= ids


def test_services_can_be_reached_and_are_fictitious(form):
    for service in form.service:
        assert service.phone.startswith(FICTION_PREFIXES)
        assert service.email
        assert service.email.endswith("@example.fr")
        assert service.relay
        assert "démonstration" in service.name.lower()


def test_the_receipt_has_its_mentions(form):
    assert form.after
    assert form.legal_basis
    assert form.retention_days


def test_documents_to_gather_belong_to_a_question(form):
    ids = {question.id for question in form.questions()}
    assert {document.question for document in form.before_you_start.documents} - {None} <= ids


def test_sensitive_questions_say_why(form):
    for question in form.questions():
        if question.sensitive or question.type is QuestionType.NIR:
            assert question.why is not None, question.id


def unjustified(form: FormDefinition, *, parser: bool) -> list[str]:
    compiled = compile_definition(form)
    return [
        f"{passage.name}:{passage.level}: {finding.rule}: {passage.text[finding.start : finding.end]} ({passage.text})"
        for passage in passages_of(compiled)
        for finding in lint(
            passage.text, role=passage.role, level=passage.level, parser=parser, known_terms=terms_of(compiled)
        )
        if finding.rule not in passage.allow
    ]


def test_the_linter_finds_nothing_that_is_not_justified(form):
    assert unjustified(form, parser=False) == []


@pytest.mark.skipif(not parsing.available(), reason="the wording tools are not installed")
def test_nor_with_the_parser(form):
    assert unjustified(form, parser=True) == []


def test_one_thing_has_one_name_in_a_form(form):
    compiled = compile_definition(form)
    assert [remark for level in SIMPLER for remark in names_remarks(compiled, level)] == []


def test_nobody_is_commanded_even_by_the_official_text(form):
    assert impolite(texts(form, ReadingLevel.STANDARD)) == []


def test_quantities_are_the_same_at_every_level(form):
    assert changed_quantities(wordings(form)) == []


def test_the_tour_shows_every_type_of_question():
    assert {question.type for question in load("demonstration").questions()} == set(QuestionType)


@pytest.mark.parametrize(
    ("alone", "expected"),
    [
        ((True, True, True, True), "Caisse de retraite"),
        ((True, False, True, True), "Caisse de retraite"),
        ((False, True, True, False), "Département"),
        ((False, False, False, False), "Département"),
    ],
)
def test_apa_goes_to_the_departement_from_two_things_that_cannot_be_done_alone(alone, expected):
    form = load("demande-apa")
    answers = dict(zip(("se_lever", "s_habiller", "se_laver", "manger"), alone, strict=True))
    service = next(s for s in form.service if s.show_when is None or s.show_when.holds(answers))
    assert service.name.startswith(expected)


def test_apa_shows_exactly_one_route():
    form = load("demande-apa")
    routes = [question for question in form.questions() if question.id in {"vers_departement", "vers_caisse"}]
    names = ("se_lever", "s_habiller", "se_laver", "manger")
    for number in range(16):
        answers = {name: bool(number >> rank & 1) for rank, name in enumerate(names)}
        assert sum(route.show_when.holds(answers) for route in routes) == 1, answers
