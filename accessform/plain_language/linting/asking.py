"""Rules on what a text asks for: questions, errors, obligations and their deadlines."""

from collections.abc import Iterator

from accessform.plain_language.linting.patterns import pattern
from accessform.plain_language.linting.reading import Match, Reading, matches_of
from accessform.plain_language.sentences import Sentence

JUST_BEFORE = 12
"""Characters before an obligation that tell whether it is one: the longest word there is « lorsque »."""


def two_questions(reading: Reading) -> Iterator[Match]:
    """Yield the second question of a text that asks twice.

    Certain: two questions that stand alone. Not certain: a second one that goes on with the first, or two without a
    word or a turn that asks (« Vous vivez seul ? »), which may only set the scene; one of those before a real
    question is nothing.
    """
    questions = [sentence for sentence in reading.sentences if sentence.text.rstrip("»\"' \u00a0").endswith("?")]
    asking = [sentence for sentence in questions if pattern("asking").search(reading.prose_of(sentence))]
    if len(asking) > 1:
        alone = not any(pattern("going_on").search(reading.prose_of(sentence)) for sentence in asking[1:])
        yield Match(asking[1].start, asking[1].end, asking[1].text, count=len(asking), certain=alone)
    elif len(questions) > 1 and not asking:
        yield Match(questions[1].start, questions[1].end, questions[1].text, count=len(questions), certain=False)
    for sentence in asking:
        yield from _joined(reading, sentence)


def _joined(reading: Reading, sentence: Sentence) -> Iterator[Match]:
    """Yield the second half of a sentence that asks twice: « Êtes-vous marié et avez-vous des enfants ? »."""
    prose = reading.prose_of(sentence)
    link = pattern("joining").search(prose)
    if link and pattern("asking").search(prose[: link.start()]):
        start = sentence.start + link.end()
        yield Match(start, sentence.end, reading.text[start : sentence.end], count=2, certain=False)


def errors_without_action(reading: Reading) -> Iterator[Match]:
    """Yield the words that say something is wrong, in an error that says nothing of what to do."""
    blame = pattern("blame").search(reading.prose)
    title = reading.prose.rstrip().endswith(":")
    if blame and not title and not pattern("acting").search(reading.prose):
        yield Match(blame.start(), blame.end(), blame.group())


def obligations_without_consequence(reading: Reading) -> Iterator[Match]:
    """Yield the first obligation of a text that never says what follows."""
    if pattern("consequence").search(reading.prose):
        return
    for found in matches_of(pattern("obligation"), reading.prose):
        before = reading.prose[max(0, found.start - JUST_BEFORE) : found.start]
        if not pattern("not_an_obligation_after").search(before):
            yield found
            return


def deadlines_without_start(reading: Reading) -> Iterator[Match]:
    """Yield each deadline with no starting point in its sentence or in the ones near it."""
    for found in matches_of(pattern("deadline"), reading.prose):
        if not pattern("start").search(reading.around(found.start).replace(found.found, "")):
            yield found
