"""The words of a text that a reader may want explained: its terms, and the acronyms that stand for one thing."""

import functools
from collections.abc import Iterable
from dataclasses import dataclass

from accessform.plain_language.glossary.acronyms import acronyms, find_acronyms
from accessform.plain_language.glossary.finding import find_terms, is_acronym
from accessform.plain_language.glossary.terms import Term, terms


@dataclass(frozen=True)
class WordExplained:
    """A word of a text that is explained: an acronym as it stands there, else the term in the singular."""

    shown: str
    term: Term

    @property
    def title(self) -> str:
        """The word, and what it stands for where it is an acronym of a longer term."""
        return self.shown if self.shown == self.term.term else f"{self.shown}\u00a0: {self.term.term}"


def words_explained(text: str, extra: Iterable[Term] = ()) -> list[WordExplained]:
    """Return what is explained in `text`, each once, in the order of the text; `extra` are a form's own terms.

    An acronym of several meanings is left out: only a form's own terms may say which is meant. So is one that the
    text spells out itself.
    """
    found = find_terms(text, extra)
    placed = [(one.start, WordExplained(_shown(text[one.start : one.end], one.term), one.term)) for one in found]
    for acronym in find_acronyms(text):
        spelt_out = _spelt_out().get(acronym.short)
        inside = any(one.start <= acronym.start < one.end for one in found)
        if spelt_out and not inside and spelt_out.plain[:-1].casefold() not in text.casefold():
            placed.append((acronym.start, WordExplained(spelt_out.term, spelt_out)))
    by_id: dict[str, WordExplained] = {}
    for _, word in sorted(placed, key=lambda one: one[0]):
        by_id.setdefault(word.term.id, word)
    return list(by_id.values())


def _shown(written: str, term: Term) -> str:
    bare = written.replace(".", "")
    return bare if is_acronym(bare) and bare in term.forms else term.term


def is_explained(term_id: str) -> bool:
    """Tell whether the glossary explains a word of that id."""
    return term_id in terms() or term_id in _spelt_out()


@functools.cache
def _spelt_out() -> dict[str, Term]:
    """Return the acronyms of one meaning as terms that are explained by what they stand for."""
    return {
        short: Term(short, short, (), said := f"{one.meaning[0].upper()}{one.meaning[1:]}.", said, one.domains[0])
        for short, (one, *others) in acronyms().items()
        if not others
    }
