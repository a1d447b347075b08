"""Terms in a text: the longest first, none inside another, whatever the spaces and the apostrophes."""

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from accessform.plain_language.glossary.terms import Term, terms

WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class TermFound:
    """A term and where it stands, in code points of the text given."""

    start: int
    end: int
    term: Term


@dataclass(frozen=True)
class _Form:
    pattern: re.Pattern[str]
    length: int
    term: Term


def find_terms(text: str, extra: Iterable[Term] = ()) -> list[TermFound]:
    """Return the terms of `text` in order, those of `extra` (a form's own) before the glossary's.

    Capitals do not count, except in acronyms (« RFR », also « R.F.R. »); accents do. Where two terms overlap,
    the one that starts first is kept, then the longest.
    """
    by_first_word = _forms_by_first_word(tuple(extra))
    found: list[TermFound] = []
    end = 0
    for word in WORD.finditer(text):
        if word.start() < end:
            continue
        for form in by_first_word.get(word.group().casefold(), ()):
            match = form.pattern.match(text, word.start())
            if match:
                found.append(TermFound(match.start(), match.end(), form.term))
                end = match.end()
                break
    return found


@functools.lru_cache(maxsize=64)
def _forms_by_first_word(extra: tuple[Term, ...]) -> dict[str, list[_Form]]:
    """Index every form by its first word, longest form first; a form's own names win over all others."""
    by_name: dict[str, tuple[str, Term]] = {}
    for term in terms().values():
        by_name.update((_key(form), (form, term)) for form in (term.term, *term.forms))
    for term in extra:
        by_name.update((_key(form), (form, term)) for form in term.forms)
    by_name.update((_key(term.term), (term.term, term)) for term in extra)
    index: dict[str, list[_Form]] = {}
    for form, term in by_name.values():
        for first, pattern in _patterns(form):
            index.setdefault(first, []).append(_Form(pattern, len(form), term))
    for forms in index.values():
        forms.sort(key=lambda form: -form.length)
    return index


def _key(form: str) -> str:
    return form if is_acronym(form) else form.casefold()


def is_acronym(form: str) -> bool:
    """Tell whether a form is read in capitals (RFR, C2S, PUMa), so that its case counts."""
    return " " not in form and len(form) > 1 and (form[1].isupper() or form[1].isdigit())


@functools.cache
def _patterns(form: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the form's patterns, each with the first word that leads to it; none for a name without any word."""
    written = [(form, _pattern(form))]
    if is_acronym(form):
        dotted = re.compile(r"\.".join(re.escape(letter) for letter in form) + r"\.?(?!\w)")
        written.append((form[0], dotted))
    return tuple(
        (first.group().casefold(), pattern) for name, pattern in written if (first := WORD.match(name)) is not None
    )


def _pattern(form: str) -> re.Pattern[str]:
    parts = {" ": r"\s+", "'": "['’]"}
    written = "".join(parts.get(sign) or re.escape(sign) for sign in form)
    return re.compile(rf"{written}(?!\w)", 0 if is_acronym(form) else re.IGNORECASE)
