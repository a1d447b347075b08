"""What a person asks of the dialogue, and « je ne sais pas »: only where the whole utterance says so."""

from accessform.speech.understanding.phrases import command_phrases, phrases, spans
from accessform.speech.understanding.transcript import Tokens, without, words_of
from accessform.speech.understanding.understood import Command


def command_of(tokens: Tokens) -> Command | None:
    """Return the command that the whole utterance is, None where it is none."""
    table = command_phrases()
    for words in _readings(tokens):
        if words in table:
            return Command(table[words])
    return None


def is_unknown(tokens: Tokens) -> bool:
    """Tell whether the whole utterance says that the person does not know."""
    known = phrases("unknown.phrases")
    return any(words in known or _only(words, known) for words in _readings(tokens))


def begins_unknown(tokens: Tokens) -> bool:
    """Tell whether it begins so: « je ne me souviens plus de la date »."""
    found = spans(words_of(without(tokens, phrases("around.hesitations"))), phrases("unknown.phrases"))
    return bool(found) and found[0][0] == 0


def _readings(tokens: Tokens) -> list[tuple[str, ...]]:
    """Return the words whole, then without hesitations, then without politeness."""
    plain = without(tokens, phrases("around.hesitations"))
    polite = without(plain, phrases("around.politeness"))
    return [words for words in (tuple(words_of(some)) for some in (tokens, plain, polite)) if words]


def _only(words: tuple[str, ...], known: frozenset[tuple[str, ...]]) -> bool:
    """Tell whether the words are such phrases one after the other, « non je ne sais pas »."""
    rest = words[1:] if words[0] in {"non", "alors", "la", "ca"} else words
    covered = sum(end - start for start, end in spans(rest, known))
    return bool(rest) and covered == len(rest)
