"""What a form is: typed models of the form file, shared by loading, serving, speaking and export."""

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from accessform.plain_language.wording import Origin, ReadingLevel, ReviewStatus, WordingText
from forms_catalog.conditions import Condition
from forms_catalog.patterns import check_pattern

FORMAT_VERSION = 1

RESERVED_STEP_IDS = frozenset(
    {"verifier", "recu", "recu.pdf", "pourquoi", "personne", "partage", "imprimer", "quitter", "reprendre", "pieces"}
    | {"commencer", "rappels"}
)

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=60)]
QuestionId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]


class QuestionType(StrEnum):
    """The kinds of question, in the words of the field."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    DATE = "date"
    DATETIME = "datetime"
    YES_NO = "yes_no"
    SINGLE_CHOICE = "single_choice"
    MULTIPLE_CHOICE = "multiple_choice"
    CIVILITY = "civility"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"
    POSTAL_CODE = "postal_code"
    COMMUNE = "commune"
    DEPARTMENT = "department"
    COUNTRY = "country"
    IBAN = "iban"
    SIRET = "siret"
    NIR = "nir"
    CHECKBOX = "checkbox"
    FILE = "file"
    IDENTITY_DOCUMENT = "identity_document"
    GROUP = "group"
    SECTION = "section"
    EXPLANATION = "explanation"


WITH_CHOICES = frozenset({QuestionType.SINGLE_CHOICE, QuestionType.MULTIPLE_CHOICE})
WITH_FILES = frozenset({QuestionType.FILE, QuestionType.IDENTITY_DOCUMENT})
ALWAYS_SENSITIVE = frozenset({QuestionType.NIR, QuestionType.IBAN})
"""Types whose answers are sensitive whatever the form's author says."""
WITHOUT_ANSWER = frozenset({QuestionType.SECTION, QuestionType.EXPLANATION})


class Strict(BaseModel):
    """A model that refuses unknown keys and never changes."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class ErrorTexts(Strict):
    """What is said when an answer is refused; what is left out takes the product's own text."""

    required: WordingText | None = None
    invalid: WordingText | None = None
    too_low: WordingText | None = None
    too_high: WordingText | None = None
    too_long: WordingText | None = None


class Choice(Strict):
    """One option of a choice: `key` is stored, `label` is shown, `help` says what it means."""

    key: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=60)]
    label: WordingText
    help: WordingText | None = None


class Constraints(Strict):
    """Bounds on an answer. `min` and `max` are numbers, or ISO dates, or "today" for dates."""

    min: int | float | str | None = None
    max: int | float | str | None = None
    max_length: Annotated[int, Field(ge=1, le=20_000)] | None = None
    pattern: Annotated[str, Field(max_length=200)] | None = None
    max_files: Annotated[int, Field(ge=1, le=20)] = 10
    min_items: Annotated[int, Field(ge=0, le=20)] = 0
    max_items: Annotated[int, Field(ge=1, le=20)] = 10

    @model_validator(mode="after")
    def _pattern_is_safe(self) -> "Constraints":
        if self.pattern is not None:
            check_pattern(self.pattern)
        return self


class Question(Strict):
    """One thing asked, or said (section, explanation)."""

    id: QuestionId
    type: QuestionType
    label: WordingText
    hint: WordingText | None = None
    help: WordingText | None = None
    example: Annotated[str, Field(max_length=120)] | None = None
    why: WordingText | None = None
    spoken: WordingText | None = None
    errors: ErrorTexts = ErrorTexts()
    required: bool = True
    required_by_law: bool = Field(False, description="A missing document blocks sending only where this is true.")
    sensitive: bool = False
    official_shown: bool = Field(False, description="Declarations and sanctions: the official text stands beside.")
    autocomplete: str | None = None
    show_when: Condition | None = None
    constraints: Constraints = Constraints()
    choices: tuple[Choice, ...] = ()
    questions: tuple["Question", ...] = Field((), description="The questions repeated in a group.")
    item: WordingText | None = Field(None, description="What one entry of a group is called: « Personne ».")

    @property
    def takes_answer(self) -> bool:
        """Whether the person answers it; sections and explanations are only read."""
        return self.type not in WITHOUT_ANSWER

    @property
    def must_be_answered(self) -> bool:
        """Whether sending waits for its answer; a document holds it up only where the law says so."""
        return self.required_by_law if self.type in WITH_FILES else self.required

    @model_validator(mode="after")
    def _parts_fit_type(self) -> "Question":
        if (self.type in WITH_CHOICES) != bool(self.choices):
            raise ValueError("« choices » va avec single_choice et multiple_choice, et seulement avec eux")
        if (self.type is QuestionType.GROUP) != bool(self.questions):
            raise ValueError("« questions » va avec le type group, et seulement avec lui")
        if self.type is QuestionType.GROUP and any(child.type is QuestionType.GROUP for child in self.questions):
            raise ValueError("un groupe ne contient pas d'autre groupe")
        if (self.type is QuestionType.NIR or self.sensitive) and self.why is None and self.takes_answer:
            raise ValueError(
                "« why » (À quoi ça sert) est obligatoire pour le numéro de sécurité sociale et les questions sensibles"
            )
        keys = [choice.key for choice in self.choices]
        if len(keys) != len(set(keys)):
            raise ValueError("deux choix portent la même clé")
        return self


class Step(Strict):
    """One page of the form."""

    id: Slug
    title: WordingText
    intro: WordingText | None = None
    show_when: Condition | None = None
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _id_is_free(self) -> "Step":
        if self.id in RESERVED_STEP_IDS:
            raise ValueError(f"« {self.id} » est une adresse réservée ; choisissez un autre identifiant d'étape")
        return self


class Service(Strict):
    """The people behind the form: who answers, and how to reach them."""

    name: Annotated[str, Field(min_length=1)]
    phone: Annotated[str, Field(min_length=2)]
    relay: str | None = Field(None, description="How deaf people reach the service (law 2016-1321, art. 105).")
    email: str | None = None
    hours: str = Field(description="Opening hours in OpenStreetMap's notation: Mo-Fr 09:00-12:00,14:00-17:00.")
    address: Annotated[str, Field(min_length=1)]
    logo: str | None = None
    postcodes: tuple[str, ...] = ()
    show_when: Condition | None = None


class AfterSending(Strict):
    """What the acknowledgement must say (CRPA, art. R112-11-1)."""

    delay: WordingText
    silence_means: WordingText
    appeal: WordingText
    acknowledgement: WordingText
    next_steps: tuple[WordingText, ...] = ()


class Deadline(Strict):
    """The last day to send a form: the same for everybody, or so many days after one has begun."""

    on: dt.date | None = None
    days_after_start: Annotated[int, Field(ge=1, le=730)] | None = None

    @model_validator(mode="after")
    def _is_one_of_two(self) -> Self:
        if (self.on is None) == (self.days_after_start is None):
            raise ValueError("a deadline is either « on » a date or « days_after_start »")
        return self

    def last_day(self, started_on: dt.date) -> dt.date:
        """Return the last day for who began on `started_on`."""
        return self.on or started_on + dt.timedelta(days=self.days_after_start or 0)


class DocumentToGather(Strict):
    """A paper to have at hand; `question` links it to the question that takes it."""

    label: WordingText
    help: WordingText | None = None
    question: QuestionId | None = None


class BeforeYouStart(Strict):
    """What to know before starting. `minutes` is computed where absent."""

    documents: tuple[DocumentToGather, ...] = ()
    minutes: Annotated[int, Field(ge=1, le=240)] | None = None
    who_can: WordingText | None = None


class VariantDefaults(Strict):
    """What holds for every plain and easy text of the file that does not say otherwise."""

    origin: Origin = Origin.AUTHOR
    status: ReviewStatus = ReviewStatus.DRAFT
    by: str | None = None
    on: dt.date | None = None


def _as_list(value: object) -> object:
    return [value] if isinstance(value, dict) else value


class FormDefinition(Strict):
    """A whole form, as its file says it."""

    accessform: Literal[1]
    slug: Slug
    language: Literal["fr"] = "fr"
    reference: str | None = None
    title: WordingText
    summary: WordingText
    service: Annotated[tuple[Service, ...], BeforeValidator(_as_list), Field(min_length=1)]
    legal_basis: str | None = None
    retention_days: Annotated[int, Field(ge=1, le=3650)] | None = None
    deadline: Deadline | None = None
    after: AfterSending | None = None
    before_you_start: BeforeYouStart = BeforeYouStart()
    variants: VariantDefaults = VariantDefaults()
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]
    terms: dict[str, WordingText] = {}

    def questions(self) -> Iterator[Question]:
        """Yield every question in order, a group before the questions it repeats."""
        for step in self.steps:
            for question in step.questions:
                yield question
                yield from question.questions

    def step(self, step_id: str) -> Step:
        """Return the step of that id; raises KeyError where there is none."""
        for step in self.steps:
            if step.id == step_id:
                return step
        raise KeyError(step_id)

    def numbers(self) -> dict[str, str]:
        """Return each answered question's short number, "3.2", the same at every level, aloud and on paper."""
        numbered: dict[str, str] = {}
        for place, step in enumerate(self.steps, start=1):
            asked = [question for question in step.questions if question.takes_answer]
            for rank, question in enumerate(asked, start=1):
                numbered[question.id] = f"{place}.{rank}"
                for child_rank, child in enumerate(question.questions, start=1):
                    numbered[child.id] = f"{place}.{rank}.{child_rank}"
        return numbered


LEVELS = tuple(ReadingLevel)
