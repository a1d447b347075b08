"""The extract of Lexique 3.83, looked up by form. It stays one sorted list of lines; only what is asked for is read."""

import functools
import gzip
from bisect import bisect_left
from pathlib import Path
from typing import NamedTuple

LEXICON = Path(__file__).parents[1] / "data" / "fr" / "lexicon.tsv.gz"

AS_IN_LEXIQUE = {ord("œ"): "oe", ord("æ"): "ae", ord("’"): "'", ord("ʼ"): "'", ord("\u2011"): "-"}
"""Lexique was written in ISO-8859-1, which has neither ligature."""

WITHOUT_ACCENTS = str.maketrans("àâäçéèêëîïôöùûüÿ", "aaaceeeeiioouuuy")


class Entry(NamedTuple):
    """One reading of a form. `frequency` is that of the lemma, per million words of film subtitles."""

    form: str
    lemma: str
    pos: str
    syllables: int
    frequency: float


@functools.lru_cache(maxsize=20_000)
def entries(form: str) -> tuple[Entry, ...]:
    """Return the readings of `form`, the most frequent first, or nothing where the lexicon lacks it.

    Case is ignored. A word in capitals without its accents ("ETAT") is found too, where nothing else has that form.
    """
    wanted = normalised(form)
    return _read(wanted) or (_read(_accented().get(wanted, "")) if form.isupper() else ())


def is_known(form: str) -> bool:
    """Tell whether the lexicon has this form."""
    return bool(entries(form))


def lemma_frequency(form: str, *, pos: str | None = None, lemma: str | None = None) -> float:
    """Return how often the lemma of `form` is heard in films, per million words; 0.0 where nothing is known.

    `pos` (NOUN, VERB, ADJ, ADV…; AUX counts as VERB) and `lemma` choose between homographs; where the lexicon has no
    such reading they are ignored, and the commonest lemma is taken. Where it lacks the form, it is asked for `lemma`.
    """
    readings = entries(form) or (entries(lemma) if lemma else ())
    if lemma is not None:
        readings = tuple(found for found in readings if found.lemma == normalised(lemma)) or readings
    if pos is not None:
        readings = tuple(found for found in readings if _same(found.pos, pos)) or readings
    return max((found.frequency for found in readings), default=0.0)


def normalised(form: str) -> str:
    """Return `form` as the lexicon writes it: small letters, no ligature, a straight apostrophe."""
    return form.strip().lower().translate(AS_IN_LEXIQUE)


def _same(pos: str, other: str) -> bool:
    return pos == other or {pos, other} == {"VERB", "AUX"}


@functools.cache
def _lines() -> list[str]:
    text = gzip.decompress(LEXICON.read_bytes()).decode("utf-8")
    return text.split("\n")[1:-1]


def _read(form: str) -> tuple[Entry, ...]:
    if not form or "\t" in form or "\n" in form:
        return ()
    lines, found = _lines(), []
    index = bisect_left(lines, form + "\t", key=_up_to_the_tab)
    while index < len(lines) and lines[index].startswith(form + "\t"):
        found.append(_entry(lines[index]))
        index += 1
    return tuple(found)


def _up_to_the_tab(line: str) -> str:
    return line[: line.index("\t") + 1]


def _entry(line: str) -> Entry:
    form, lemma, pos, count, frequency = line.split("\t")
    return Entry(form, lemma, pos, int(count), float(frequency))


@functools.cache
def _accented() -> dict[str, str]:
    """Return the accented form that each form without accents stands for, the commonest lemma's where two do."""
    found: dict[str, tuple[float, str]] = {}
    for line in _lines():
        form = line[: line.index("\t")]
        if not form.isascii():
            plain = form.translate(WITHOUT_ACCENTS)
            found[plain] = max(found.get(plain, (-1.0, "")), (_entry(line).frequency, form))
    return {plain: form for plain, (_, form) in found.items()}
