"""Words brought to one form whatever their gender and number, and labels cut into their ways of saying."""

import re

from accessform.speech.understanding.numerals import readings
from accessform.speech.understanding.transcript import tokenise

EMPTY = frozenset({
    "le", "la", "les", "l", "un", "une", "des", "du", "de", "d", "a", "au", "aux", "en", "je", "j", "suis", "est",
    "c", "ce", "on", "moi", "mon", "ma", "mes", "y", "que", "qu", "s", "il", "elle", "etre", "ai", "me", "m", "se",
    "dans", "chez", "pour", "par", "sur", "et", "ou", "votre", "vos", "nous", "vous", "ca", "qui", "avec", "mais",
    "donc", "nos", "notre", "t", "tu", "ont", "avez", "sommes", "son", "sa", "ses", "leur", "dit", "choisis",
    "prends", "reponse", "choix", "option", "proposition", "case",
})  # fmt: skip
NEGATIONS = frozenset({
    "pas", "non", "sans", "aucun", "aucune", "jamais", "ni", "hors", "sauf", "plus", "rien", "excepte", "aucuns",
    "aucunes",
})  # fmt: skip
_ENDINGS = (
    (r"(?:eau|au)x$", r"al"), (r"[sx]$", ""), (r"trice$", "teur"), (r"euse$", "eur"), (r"ve$", "f"), (r"ere$", "er"),
    (r"ienne$", "ien"),
    (r"(.)\1e$", r"\1"), (r"ee$", "e"), (r"(?<=..)(?<!i)e$", ""),
)  # fmt: skip
_RULES = tuple((re.compile(pattern), ending) for pattern, ending in _ENDINGS)
_OPTIONAL = re.compile(r"\((?:e|s|es|x|ne|le|euse|rice|trice|ve|fe|ere|ère|ive)\)")
_DOTTED = re.compile(r"[·.](?:e|ne|le|ve|se|rice|trice|euse)(?:[·.]s)?\b")
_WAYS = re.compile(r"\s+ou\s+|[/;|]|\s*\([^)]*\)\s*|,\s|\s[–-]\s|:")
_WORD = re.compile(r"[a-z]+|\d+")


def stem(word: str) -> str:
    """Return a folded word without its endings of gender and number."""
    for pattern, ending in _RULES:
        if len(word) > 3:
            word = pattern.sub(ending, word)
    return word


def stems(text: str) -> frozenset[str]:
    """Return the stems of the words that say something, negations included; numbers in figures."""
    words = _numbers_in_figures(text)
    return frozenset(stem(word) for word in words if word not in EMPTY and word not in {"n", "ne"})


def _numbers_in_figures(text: str) -> list[str]:
    """Return the folded words, « deux » as 2; « un » stays a word, for it is an article too."""
    tokens = tokenise(text)
    words: list[str] = []
    place = 0
    while place < len(tokens):
        found = [] if tokens[place].word in {"un", "une"} else readings(tokens, place)
        value, end = found[-1] if found else (None, place + 1)
        words += [str(value)] if value is not None else _WORD.findall(tokens[place].word)
        place = end
    return words


def ways_to_say(label: str) -> tuple[frozenset[str], ...]:
    """Return the stems of a label, whole first, then of each part that « ou », a comma or brackets set apart."""
    plain = _DOTTED.sub("", _OPTIONAL.sub("", label))
    whole = stems(plain)
    parts = [stems(part) for part in _WAYS.split(plain)]
    return tuple(dict.fromkeys(way for way in (whole, *parts) if way))


def is_negative(way: frozenset[str]) -> bool:
    """Tell whether stems hold a negation."""
    return bool(way & _NEGATIVE_STEMS)


_NEGATIVE_STEMS = frozenset(stem(word) for word in NEGATIONS)
