"""Rules that count words: sentences, labels, questions."""

from collections.abc import Iterator

from accessform.plain_language.linting.reading import Match, Reading
from accessform.plain_language.sentences import count_words


def long_sentences(reading: Reading) -> Iterator[Match]:
    """Yield each sentence with its number of words."""
    for sentence in reading.sentences:
        yield Match(sentence.start, sentence.end, sentence.text, count=count_words(sentence.text))


def long_text(reading: Reading) -> Iterator[Match]:
    """Yield the whole text with its number of words: what stands beside a field is read at one glance."""
    found = reading.text.strip()
    if found:
        start = reading.text.index(found)
        yield Match(start, start + len(found), found, count=count_words(found))


def long_questions(reading: Reading) -> Iterator[Match]:
    """Yield each sentence that asks, with its number of words."""
    return (match for match in long_sentences(reading) if match.found.endswith("?"))
