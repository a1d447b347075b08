"""The words that a page explains: found once for each text of a form, drawn once a page, one of them open. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from accessform.journeys.fields.page import Page
from accessform.plain_language.glossary import Term, WordExplained, is_explained, own_term, words_explained
from forms_catalog.definition import FormDefinition

INTRODUCTION = "mots"
"""Where the words of a step's introduction stand on its page."""


class Explainer:
    """Finds the words that a form's texts need explained; one for each compiled step, so that pages only look up.

    Only texts of the form are given to it: what it keeps is bounded by them.
    """

    def __init__(self, own: tuple[Term, ...] = ()) -> None:
        self._own = own
        self._own_ids = frozenset(term.id for term in own)
        self._found: dict[str, tuple[WordExplained, ...]] = {}

    def words_in(self, text: str) -> tuple[WordExplained, ...]:
        """Return the words of one text, the form's own explanations first."""
        if text not in self._found:
            self._found[text] = tuple(words_explained(text, self._own))
        return self._found[text]

    def knows(self, word: str) -> bool:
        """Tell whether a word of that id is explained in this form."""
        return word in self._own_ids or is_explained(word)


@dataclass(frozen=True)
class ExplainedWord:
    """One button: what it says, and whether its explanation is open."""

    id: str
    word: str
    action: str
    is_open: bool


@dataclass(frozen=True)
class ExplainedWords:
    """The quiet line under a text, and the explanation that is open there, if one is; `outside` the step's <form>."""

    id: str
    words: tuple[ExplainedWord, ...]
    outside: bool = False
    title: str = ""
    explanation: str = ""


class WordsOfPage:
    """The words of one page: each is explained where it first stands."""

    def __init__(self, explainer: Explainer, page: Page) -> None:
        self._explainer = explainer
        self._page = page
        self._seen: set[str] = set()

    def explain(self, entry: dict[str, Any]) -> None:
        """Give an entry of the page its words: under `explained`, None where it has none; `word_open` if one is."""
        question_id = entry["question"].id if "question" in entry else entry["id"]
        explained = self._line(_texts(entry), entry["id"], question_id)
        entry["explained"] = explained
        entry["word_open"] = bool(explained and explained.explanation)
        for item in entry.get("entries", ()):
            for view in item["views"]:
                self.explain(view)

    def explain_intro(self, intro: str) -> ExplainedWords | None:
        """Return the words of the step's introduction."""
        return self._line([intro], INTRODUCTION, "")

    def _line(self, texts: Iterable[str], place: str, question_id: str) -> ExplainedWords | None:
        fresh: list[WordExplained] = []
        for word in (word for text in texts for word in self._explainer.words_in(text)):
            if word.term.id not in self._seen:
                self._seen.add(word.term.id)
                fresh.append(word)
        if not fresh:
            return None
        opened = next((word for word in fresh if word.term.id == self._page.word_open), None)
        return ExplainedWords(
            id=f"{place}-word",
            words=tuple(
                ExplainedWord(
                    id=f"{place}-word-{rank}",
                    word=word.shown,
                    action=f"word:{question_id}:{'' if word is opened else word.term.id}",
                    is_open=word is opened,
                )
                for rank, word in enumerate(fresh, start=1)
            ),
            outside=place == INTRODUCTION,
            title=opened.title if opened else "",
            explanation=opened.term.at(self._page.level) if opened else "",
        )


def own_terms(definition: FormDefinition) -> tuple[Term, ...]:
    """Return the words that a form explains itself."""
    return tuple(own_term(name, wording) for name, wording in definition.terms.items())


def _texts(entry: Mapping[str, Any]) -> Iterator[str]:
    """Yield the form's texts that an entry shows; a question's help once it is open, a text's always."""
    words = entry["words"]
    yield from (words.label, words.hint)
    if entry.get("official"):
        yield entry["official"]
    if entry.get("help_open") or "question" not in entry:
        yield words.help
    if "question" in entry and entry["question"].choices:
        for option in entry.get("options", ()):
            yield from (option["label"], option["help"])
    yield words.why
