"""Facts known by name: sanctions, renewal, gratuity and so on, rhythms, references, addresses, acronyms."""

import functools
import re
from collections.abc import Sequence

from accessform.plain_language.facts.differences import Change, Differences, Fact, first_words, of_sets
from accessform.plain_language.facts.literals import Literal
from accessform.plain_language.facts.negation import firmly_negated
from accessform.plain_language.facts.reading import Reading, bare, carries_content, data, either, patterns, stem_of
from accessform.plain_language.glossary.acronyms import acronyms

CAPITALS = re.compile(r"(?<![\w'’-])(?:[A-ZÀ-Ý]{2,}[A-ZÀ-Ý0-9]*(?:-[A-Z]+)?|(?:[A-Z]\.){2,})(?![\w])")
MIXED = re.compile(r"\b[A-Z]+[a-z]{0,2}[A-Z]{1,}\b|\b[A-ZÉ][a-zé]*[A-Z]{2,}\b")
SHOUTED = 0.6
"""Above this share of capitals a text is written in capitals, and holds no acronym to be told from the rest."""
GRAMMAR = frozenset("de du des la le les l d et à a au aux en pour sur un une par dans".split())  # noqa: SIM905


def compare_terms(standard: Reading, variant: Reading) -> Differences:
    """Compare the facts known by name: each is one list of ways to say it."""
    found = Differences()
    for name in data("markers")["terms"]:
        words = f"terms.{name}.words"
        before, after = _words(standard, words), _words(variant, words)
        told = _words(standard, words, affirmed=True) and not (_kind(name) == "sanction" and _rooted(before, variant))
        if told and not after and not _words(variant, f"terms.{name}.soft"):
            found.lost.append(Fact(_kind(name), before))
        retold = _words(variant, words, affirmed=True) and not (_kind(name) == "sanction" and _rooted(after, standard))
        if retold and not before and not _words(standard, f"terms.{name}.soft"):
            found.added.append(Fact(_kind(name), after))
    return found


def _rooted(words: str, other: Reading) -> bool:
    """Tell whether the other text says the same by a word of the same root: « en remboursant », « remboursez »."""
    roots = [stem_of(word) for word in words.lower().split() if carries_content(word)]
    return bool(roots) and any(root in other.stems for root in roots)


def _kind(name: str) -> str:
    return str(data("markers")["terms"][name].get("kind", "sanction"))


def _words(reading: Reading, name: str, *, affirmed: bool = False) -> str:
    """Return the first words that say a named fact, empty where none does; only what is not denied if `affirmed`."""
    for line in reading.lines:
        for match in patterns("markers", name).finditer(line.low):
            denied = line.token_at(match.start()) in firmly_negated(line) and not match.group().startswith("sans ")
            if not (affirmed and denied):
                return line.surface(line.token_at(match.start()), line.token_at(match.end() - 1))
    return ""


def compare_periods(standard: Reading, variant: Reading) -> Differences:
    """Compare what comes back each month, quarter, year and so on."""
    names = [f"periods.{name}" for name in data("markers")["periods"]]
    before = {name: words for name in names if (words := _words(standard, name))}
    after = {name: words for name in names if (words := _words(variant, name))}
    lost = {name: words for name, words in before.items() if name in after or not _may_say(name, variant)}
    added = {name: words for name, words in after.items() if name in before or not _may_say(name, standard)}
    return of_sets("period", lost, added)


def _may_say(name: str, reading: Reading) -> bool:
    return bool(_words(reading, name.replace("periods", "period_words")))


def compare_literals(standard: Sequence[Literal], variant: Sequence[Literal]) -> Differences:
    """Compare addresses, telephone numbers and references."""
    found = Differences()
    for kind in ("reference", "address", "telephone"):
        before = first_words((literal.key, literal.text) for literal in standard if literal.kind == kind)
        after = first_words((literal.key, literal.text) for literal in variant if literal.kind == kind)
        found.take(of_sets(kind, before, after))
    return found


def compare_acronyms(standard: Reading, variant: Reading) -> Differences:
    """Compare acronyms: one may stand as its expansion, whose initials it is or that the project's list gives it."""
    before, after = _acronyms(standard.text), _acronyms(variant.text)
    lost = {key: words for key, words in before.items() if key in after or not _expanded(key, variant)}
    added = {key: words for key, words in after.items() if key in before or not _expanded(key, standard)}
    return of_sets("acronym", lost, added)


def _acronyms(text: str) -> dict[str, str]:
    letters = [character for character in text if character.isalpha()]
    if sum(character.isupper() for character in letters) > SHOUTED * len(letters) and len(letters) > 2 * len("SIRET"):
        return {}
    found = [*CAPITALS.finditer(text), *MIXED.finditer(text)]
    return first_words(
        (bare(match.group().replace(".", "")), match.group())
        for match in found
        if not re.fullmatch(r"[IVXLC]+|OU|ET|NON|OUI|SI|PAS|NE", match.group())
    )


def _expanded(acronym: str, reading: Reading) -> bool:
    """Tell whether the words whose initials make `acronym` stand in a row, or an expansion of the list does."""
    whole = bare(reading.text)
    if any(bare(meaning) in whole for meaning in known_expansions().get(acronym, ())):
        return True
    if acronym in {token for line in reading.lines for token in bare(line.low).split()}:
        return True
    words = re.findall(r"[^\W\d_]+", whole)
    full = "".join(word[0] for word in words)
    bearing = "".join(word[0] for word in words if word not in GRAMMAR)
    return len(acronym) > 2 and (acronym in bearing or acronym in full)


@functools.cache
def known_expansions() -> dict[str, tuple[str, ...]]:
    """Return the expansions that the glossary's list of acronyms gives, by the acronym without accents."""
    found: dict[str, tuple[str, ...]] = {}
    for short, meanings in acronyms().items():
        found[bare(short)] = (*found.get(bare(short), ()), *(one.meaning for one in meanings))
    return found


__all__ = ["Change", "compare_acronyms", "compare_literals", "compare_periods", "compare_terms", "either"]
