"""How hard each page of a form is to read, at each level, and the whole form."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from accessform.plain_language.answering import Answer
from accessform.plain_language.apart import Question, ask
from accessform.plain_language.linting import Role
from accessform.plain_language.wording import ReadingLevel
from forms_catalog.findings import Location, Remark, Severity
from forms_catalog.language_checks import Passage, passages_of
from forms_catalog.texts import LEVEL_NAMES

HARDEST = {ReadingLevel.PLAIN: 3.2, ReadingLevel.EASY: 2.9}
"""Level (CEFR as a number, 1 to 6) that a page should not pass. Provisional: by the same formula, public-service prose
has a median of 3.5 and a tenth centile of 2.6, texts re-read for people with an intellectual disability about 2.8."""
LEAST_FLESCH = {ReadingLevel.PLAIN: 60.0, ReadingLevel.EASY: 80.0}
WHOLE_FORM = "formulaire"


@dataclass(frozen=True)
class PageScore:
    """A page at one level; `difficulty` and `flesch` are None where it has fewer than 12 words to read."""

    page: str
    level: ReadingLevel
    difficulty: float | None
    flesch: float | None
    words: int
    sentences: int

    def as_dict(self) -> dict[str, Any]:
        """Return the score as `manage.py form score --json` shows it."""
        return asdict(self)


@dataclass(frozen=True)
class Page:
    """The texts of a step, or of the whole form, as they are read at one level."""

    name: str
    level: ReadingLevel
    texts: tuple[str, ...]

    @property
    def question(self) -> Question:
        """What the wording tools are asked about it."""
        return "score", {"texts": list(self.texts)}


def score_pages(compiled: Mapping[str, Any]) -> list[PageScore]:
    """Return the score of each step, then of the whole form, at each level; raises ToolsMissing or ToolsFailed."""
    pages = pages_of(compiled)
    return scores_told(pages, ask([page.question for page in pages]))


def pages_of(compiled: Mapping[str, Any]) -> list[Page]:
    """Return each step, then the whole form, at each level.

    Labels have rules and no score; a text without a variant counts as the official text that is served in its place.
    """
    return [
        Page(name, level, tuple(texts)) for level in ReadingLevel for name, texts in _read_on(compiled, level).items()
    ]


def scores_told(pages: Sequence[Page], answers: Sequence[Answer]) -> list[PageScore]:
    """Return the scores that the wording tools answered, page by page; a page too long for them has none."""
    return [
        PageScore(page.name, page.level, told["level"], told["flesch"], told["words"], told["sentences"])
        for page, told in zip(pages, answers, strict=True)
        if "error" not in told
    ]


def hard_pages(compiled: Mapping[str, Any], scores: Sequence[PageScore]) -> Iterator[Remark]:
    """Yield a warning for each step that is harder than its level allows."""
    places = {step["id"]: ("steps", rank) for rank, step in enumerate(compiled["steps"])}
    for score in scores:
        place: Location | None = places.get(score.page)
        if place is None or score.level not in HARDEST or score.difficulty is None or score.flesch is None:
            continue
        if score.difficulty > HARDEST[score.level] or score.flesch < LEAST_FLESCH[score.level]:
            yield Remark(
                place, f"page.hard_{score.level}",
                f"Étape « {score.page} », {LEVEL_NAMES[score.level]} : niveau {_number(score.difficulty)} et Flesch "
                f"{_number(score.flesch)}. Visez {_number(HARDEST[score.level])} ou moins, et "
                f"{_number(LEAST_FLESCH[score.level])} ou plus : raccourcissez les phrases, prenez des mots courants.",
                Severity.WARNING,
            )  # fmt: skip


def told_scores(scores: list[PageScore]) -> Iterator[str]:
    """Yield the lines that a designer reads, page by page."""
    for page in dict.fromkeys(score.page for score in scores):
        yield page
        for score in (score for score in scores if score.page == page):
            if score.difficulty is None or score.flesch is None:
                told = f"trop court pour être mesuré ({score.words} mots)"
            else:
                told = f"niveau {_number(score.difficulty)}, Flesch {_number(score.flesch)}, {score.words} mots"
            yield f"    {LEVEL_NAMES[score.level]} : {told}"


def _read_on(compiled: Mapping[str, Any], level: ReadingLevel) -> dict[str, list[str]]:
    """Return what is read at `level` on each step and in the whole form."""
    served: dict[tuple[str, Location], Passage] = {}
    for passage in passages_of(compiled):
        place = passage.location[:-1] if passage.variant is not None else passage.location
        if passage.level in {ReadingLevel.STANDARD, level} and passage.role is not Role.LABEL:
            served[passage.name, place] = passage
    pages: dict[str, list[str]] = {step["id"]: [] for step in compiled["steps"]}
    pages[WHOLE_FORM] = []
    for (_name, place), passage in served.items():
        pages[WHOLE_FORM].append(passage.text)
        if place[0] == "steps":
            pages[compiled["steps"][place[1]]["id"]].append(passage.text)
    return pages


def _number(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")
