"""The terms of art: words kept as they are, because law or services use them, and explained."""

import functools
import re
from dataclasses import dataclass

from accessform.plain_language.glossary.entries import entries_of
from accessform.plain_language.wording import ReadingLevel, Wording

LINKS = frozenset({"à", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "par", "pour", "sur"})
"""Words after which nothing takes the plural: « mise en demeure », « plafond de ressources »."""

OWN = "form"
"""The domain of a term that a form explains itself."""


@dataclass(frozen=True)
class Term:
    """One term: how it is written in texts (`forms`, without `term` itself) and what it means, more and more simply.

    `domain` is the file it comes from (family, health…), or "form" for one that a form explains itself.
    """

    id: str
    term: str
    forms: tuple[str, ...]
    plain: str
    easy: str
    domain: str

    def at(self, level: ReadingLevel) -> str:
        """Return the explanation for a person who reads at `level`; the official level is explained plainly too."""
        return self.easy if level is ReadingLevel.EASY else self.plain


@functools.cache
def terms() -> dict[str, Term]:
    """Return every term by its id."""
    return {
        key: Term(key, entry["term"], _forms(entry), entry["plain"], entry["easy"], domain)
        for domain, key, entry in entries_of("terms")
    }


def own_term(name: str, wording: Wording) -> Term:
    """Return the term that a form explains itself, under the name it has in the form's `terms:`.

    Where the glossary knows the name, its other forms are taken for granted: « RFR » for « revenu fiscal de
    référence », « baux » for « bail ».
    """
    known = _known_by_name().get(name.casefold())
    others = (known.term, *known.forms) if known else (regular_plural(name),)
    return Term(
        id=name,
        term=name,
        forms=tuple(form for form in others if form != name),
        plain=wording.at(ReadingLevel.PLAIN),
        easy=wording.at(ReadingLevel.EASY),
        domain=OWN,
    )


def regular_plural(term: str) -> str:
    """Return the term with an s on each word before the first link; acronyms and words in s, x, z do not change."""
    words = re.split(r"([ '])", term)
    for place in range(0, len(words), 2):
        if words[place].casefold() in LINKS:
            break
        words[place] = _plural_of_word(words[place])
    return "".join(words)


def _plural_of_word(word: str) -> str:
    return word if not word or word.isupper() or word[-1] in "sxz" else f"{word}s"


def _forms(entry: dict[str, object]) -> tuple[str, ...]:
    """Return the forms given, or where none is given (an empty list is given) the regular plural."""
    given = entry.get("forms")
    if given is None:
        plural = regular_plural(str(entry["term"]))
        return () if plural == entry["term"] else (plural,)
    return tuple(str(form) for form in given)  # type: ignore[attr-defined]


@functools.cache
def _known_by_name() -> dict[str, Term]:
    return {form.casefold(): term for term in terms().values() for form in (term.term, *term.forms)}
