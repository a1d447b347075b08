"""Answers told by their place: « la deuxième », « la dernière », « le petit un », « les deux premières »."""

import re
from collections.abc import Sequence

from accessform.speech.understanding.numerals import whole_number
from accessform.speech.understanding.transcript import tokenise

_ORDINALS = {
    "premier": 1, "premiere": 1, "deuxieme": 2, "second": 2, "seconde": 2, "troisieme": 3, "quatrieme": 4,
    "cinquieme": 5,

    "sixieme": 6, "septieme": 7, "huitieme": 8, "neuvieme": 9, "dixieme": 10, "onzieme": 11, "douzieme": 12,
    "treizieme": 13,
    "quatorzieme": 14, "quinzieme": 15, "seizieme": 16, "vingtieme": 20,
}  # fmt: skip
_WRITTEN = re.compile(r"(\d+)(?:er|ere|re|e|eme|nd|nde|d)s?")
_NOUNS = frozenset({
    "numero", "option", "reponse", "choix", "case", "proposition", "petit", "point", "ligne", "n", "no",
})  # fmt: skip
_EMPTY = frozenset({
    "le", "la", "les", "l", "de", "du", "c", "est", "je", "choisis", "prends", "dans", "liste", "plutot", "ce",
    "sera", "tout", "toute", "celui", "celle", "veux", "voudrais", "coche", "dis", "oui", "alors",
})  # fmt: skip
_LAST = {
    "derniere": -1,
    "dernier": -1,
    "avant derniere": -2,
    "avant dernier": -2,
    "avantderniere": -2,
    "avantdernier": -2,
}


def ranks_of(words: Sequence[str], count: int, *, bare_numbers: bool) -> list[int] | None:
    """Return the places (from 0) that the words tell, None where they tell none.

    A place that the list does not have comes back as `count`. `bare_numbers` lets « deux » be a place; after
    « numéro » or « option » a number always is.
    """
    bare_numbers = bare_numbers and "les" not in words
    said = [word for word in words if word not in _EMPTY]
    text = " ".join(said)
    if text in _LAST:
        return [count + _LAST[text] if count + _LAST[text] >= 0 else count]
    if several := _group(said, count):
        return several
    named = any(word in _NOUNS for word in said)
    said = [word for word in said if word not in _NOUNS]
    if not said:
        return None
    if len(said) == 1 and (rank := _ordinal(said[0])):
        return [rank - 1 if rank <= count else count]
    if not named and not bare_numbers:
        return None
    value = whole_number(tokenise(" ".join(said)))
    if value is None:
        return None
    return [value - 1 if 1 <= value <= count else count]


def _ordinal(word: str) -> int | None:
    written = _WRITTEN.fullmatch(word)
    return int(written[1]) if written else _ORDINALS.get(word)


def _group(said: Sequence[str], count: int) -> list[int] | None:
    """Return « deux premières », « trois dernières »."""
    if len(said) != 2 or said[1] not in {
        "premiers",
        "premieres",
        "derniers",
        "dernieres",
    }:
        return None
    value = whole_number(tokenise(said[0]))
    if value is None:
        return None
    if not 1 <= value <= count:
        return [count]
    return list(range(value)) if said[1].startswith("premi") else list(range(count - value, count))
