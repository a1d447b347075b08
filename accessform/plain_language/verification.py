"""Whether a variant says what its standard says: facts of both, compared after reviewed equivalences."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from accessform.plain_language.facts.actor_places import compare_places
from accessform.plain_language.facts.alignment import groups_of
from accessform.plain_language.facts.alternatives import compare_alternatives
from accessform.plain_language.facts.bodies import compare_bodies
from accessform.plain_language.facts.comparisons import compare_comparisons
from accessform.plain_language.facts.conditions import compare_conditions
from accessform.plain_language.facts.differences import Change, Differences, Fact
from accessform.plain_language.facts.limits import compare_limits
from accessform.plain_language.facts.literals import literals_of
from accessform.plain_language.facts.modality import compare_attachment, compare_modality, compare_permissions
from accessform.plain_language.facts.moments import compare_moments
from accessform.plain_language.facts.named import compare_acronyms, compare_literals, compare_periods, compare_terms
from accessform.plain_language.facts.opposites import compare_opposites
from accessform.plain_language.facts.polarity import compare_polarity
from accessform.plain_language.facts.quantifiers import compare_quantifiers
from accessform.plain_language.facts.quantities import quantities_of
from accessform.plain_language.facts.quantity_comparison import compare_quantities
from accessform.plain_language.facts.reading import Reading, read
from accessform.plain_language.facts.retouches import compare_retouches
from accessform.plain_language.facts.role_comparison import compare_roles
from accessform.plain_language.facts.roles import cast_of
from accessform.plain_language.facts.statements import compare_statements
from accessform.plain_language.parsing import LONGEST_SENTENCE
from accessform.plain_language.sentences import sentences_of

LONGEST_TEXT = 20_000
"""Code points of one text: a form's longest notice has 3,000."""
MOST_WORDS = 400
"""Words of one sentence: sixteen times what the linter calls too long. What compares words grows with their square."""
MOST_SENTENCES = 300
"""Sentences of one text: ten times the longest that ships. Each is held against each."""
SIGNS_APART = re.compile(r"\w+")
WITHOUT_PARSER = "Qui fait quoi à qui n'a pas été comparé : l'analyse des phrases n'a pas été demandée."


class Verdict(StrEnum):
    """What the comparison concludes; INCONCLUSIVE is neither of the others."""

    ACCEPTED = "ACCEPTED"
    REFUSED = "REFUSED"
    INCONCLUSIVE = "INCONCLUSIVE"


@dataclass(frozen=True)
class Verification:
    """The verdict, the facts lost, added and changed, and notes in French on what could not be decided."""

    verdict: Verdict
    lost: tuple[Fact, ...] = ()
    added: tuple[Fact, ...] = ()
    changed: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()


def verify(standard: str, variant: str, *, parser: bool = True) -> Verification:
    """Compare the facts of `variant` with those of `standard`.

    Without `parser`, who does what to whom is not compared, and the answer is REFUSED or INCONCLUSIVE unless the texts
    are the same. Raises ValueError above LONGEST_TEXT code points, ToolsMissing where the parser is asked for and not
    installed.
    """
    for text in (standard, variant):
        if len(text) > LONGEST_TEXT:
            raise ValueError(f"Un texte à vérifier a {LONGEST_TEXT} caractères au plus ; celui-ci en a {len(text)}.")
    if _folded(standard) == _folded(variant):
        return Verification(Verdict.ACCEPTED)
    notes = tuple(note for text in (standard, variant) for note in beyond_comparing(text))
    if notes:
        return Verification(Verdict.INCONCLUSIVE, notes=notes)
    before, after = read(standard), read(variant)
    found = _by_words(before, after)
    if found:
        return Verification(Verdict.REFUSED, tuple(found.lost), tuple(found.added), tuple(found.changed))
    if not parser:
        return Verification(Verdict.INCONCLUSIVE, notes=(WITHOUT_PARSER,))
    return _by_roles(standard, variant)


def beyond_comparing(text: str) -> list[str]:
    """Return why a text is none that a form would hold: comparing it would take minutes and say nothing."""
    sentences = [found.text for found in sentences_of(text)]
    notes = [
        f"Phrase trop longue : {sentence[:60]}…"
        for sentence in sentences
        if len(sentence) > LONGEST_SENTENCE or len(SIGNS_APART.findall(sentence)) > MOST_WORDS
    ]
    return [*notes, f"Trop de phrases : {len(sentences)}."] if len(sentences) > MOST_SENTENCES else notes


def _by_roles(standard: str, variant: str) -> Verification:
    """Compare who does what to whom."""
    told, retold = cast_of(standard), cast_of(variant)
    found = compare_roles(told, retold)
    if found:
        return Verification(Verdict.REFUSED, changed=tuple(found.changed))
    unread = told.unread + retold.unread
    if unread:
        return Verification(
            Verdict.INCONCLUSIVE, notes=tuple(f"Phrase trop longue : {words[:60]}…" for words in unread)
        )
    return Verification(Verdict.ACCEPTED)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _by_words(standard: Reading, variant: Reading) -> Differences:
    """Compare what needs no parser."""
    found = Differences()
    named, renamed = literals_of(standard.text), literals_of(variant.text)
    found.take(compare_literals(named, renamed))
    counted = (standard, quantities_of(standard, named))
    recounted = (variant, quantities_of(variant, renamed))
    found.take(compare_quantities(counted, recounted))
    found.take(compare_moments(counted, recounted))
    found.take(compare_acronyms(standard, variant))
    found.take(compare_bodies(standard, variant))
    found.take(compare_terms(standard, variant))
    found.take(compare_periods(standard, variant))
    found.take(compare_alternatives(standard, variant))
    found.take(compare_opposites(standard, variant))
    found.take(compare_comparisons(standard.text, variant.text))
    found.take(compare_places(standard, variant))
    found.take(compare_conditions(standard, variant))
    found.take(compare_permissions(standard, variant))
    found.take(compare_attachment(standard, variant))
    for group in groups_of(standard, variant):
        found.take(compare_polarity(group, standard, variant))
        found.take(compare_modality(group))
        found.take(compare_limits(group, standard, variant))
        found.take(compare_quantifiers(group))
    found.take(compare_statements(standard, variant))
    found.take(compare_retouches(standard, variant))
    return found
