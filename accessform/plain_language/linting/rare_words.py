"""Words that few people meet, and that nothing explains."""

import re
from collections.abc import Iterator

from accessform.plain_language.glossary import find_terms
from accessform.plain_language.lexicon import lemma_frequency
from accessform.plain_language.linting.phrases import words_of_list
from accessform.plain_language.linting.reading import Match, Reading
from accessform.plain_language.wording import ReadingLevel

RARE = {ReadingLevel.PLAIN: 0.3, ReadingLevel.EASY: 0.5}
"""Times a million words of film subtitles below which a lemma is rare.

Chosen on the tuning half of the corpus: the words of its plain and easy texts that fall below are words like
« suspensif », « récépissé » or « mandant »; twice higher, « locataire » and « cotisation » would begin to fall.
"""
ELIDED = r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)'"
WORD = re.compile(rf"(?<![\w@.'])(?:{ELIDED})?([^\W\d_]+(?:['-][^\W\d_]+)*)(?![\w@])", re.IGNORECASE)
SHORTEST = 4
"""Letters: shorter words are names of letters, units and pieces of others."""


def rare_words(reading: Reading) -> Iterator[Match]:
    """Yield the first place of each rare word, except names, terms that the glossary or the form explains."""
    explained = [(found.start, found.end) for found in find_terms(reading.prose)]
    seen: set[str] = set()
    for found in WORD.finditer(reading.prose):
        word = found.group(1)
        if word.lower() in seen or len(word) < SHORTEST or (not word.islower() and not _opens(found, reading)):
            continue
        seen.add(word.lower())
        if _is_rare(word, reading) and not any(start <= found.start(1) < end for start, end in explained):
            yield Match(found.start(1), found.end(1), word)


def _opens(found: re.Match[str], reading: Reading) -> bool:
    """Tell whether a capital is there because a sentence begins."""
    word = found.group(1)
    return word[1:].islower() and any(sentence.start == found.start(1) for sentence in reading.sentences)


def _is_rare(word: str, reading: Reading) -> bool:
    word = word.lower()
    if word in words_of_list("words_of_forms") or {word, word.removesuffix("s")} & reading.known_words:
        return False
    limit = RARE[reading.level]
    return lemma_frequency(word) < limit and any(
        lemma_frequency(part) < limit for part in re.split("['-]", word) if len(part) >= SHORTEST
    )
