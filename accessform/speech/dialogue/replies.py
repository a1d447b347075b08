"""What was answered to « Est-ce exact ? »: yes, no, another answer, or neither."""

from dataclasses import dataclass
from enum import StrEnum

from accessform.speech.dialogue.listening import understood
from accessform.speech.dialogue.states import Asked
from accessform.speech.readback import spoken_value
from accessform.speech.understanding.phrases import phrases, spans
from accessform.speech.understanding.transcript import Tokens, bare, composed, text_of, tokenise, words_of
from accessform.speech.understanding.understanding import AS_SAID, OF_CHOICES, understand
from accessform.speech.understanding.understood import NO_MATCH, Outcome, Understood, Value
from forms_catalog.definition import QuestionType


class ReplyKind(StrEnum):
    """What a reply is. OTHER carries what the rest of the utterance was understood as."""

    YES = "yes"
    NO = "no"
    OTHER = "other"


@dataclass(frozen=True)
class Reply:
    """A reply, with what was understood where it is neither a plain yes nor a plain no."""

    kind: ReplyKind
    understood: Understood = NO_MATCH


def reply_to(words: str, asked: Asked, value: Value) -> Reply:
    """Return what `words` answer to « `value`. Est-ce exact ? ».

    A yes is one only where nothing else is said with it; « non, le treize » is understood again without its no.
    """
    text = composed(words)
    said = understand(QuestionType.YES_NO, text)
    if said.outcome in {Outcome.NO_INPUT, Outcome.COMMAND, Outcome.UNKNOWN}:
        return Reply(ReplyKind.OTHER, said)
    opening, rest = _parted(text)
    if opening is None or _is_label(text, asked, opening, rest):
        return Reply(ReplyKind.OTHER, understood(text, asked))
    if not rest:
        plain = said.outcome is Outcome.VALUE and said.value is opening
        return Reply((ReplyKind.YES if opening else ReplyKind.NO) if plain else ReplyKind.OTHER)
    if opening:
        return _yes_and_more(rest, asked, value)
    return _corrected(rest, asked, value)


def _parted(text: str) -> tuple[bool | None, str]:
    """Return the yes or the no that opens `text`, None where none does, and the words after it."""
    tokens = bare(tokenise(text))
    opening: bool | None = None
    while tokens:
        kind, length = _opening(tokens)
        if not length or (opening is not None and kind is not opening):
            break
        opening, tokens = kind, bare(tokens[length:])
    return opening, text_of(tokens, text)


def _opening(tokens: Tokens) -> tuple[bool, int]:
    """Return what the first words say, and how many they are; 0 where they say neither."""
    found = [(end, kind) for kind in (True, False) if (end := _first(tokens, "yes.phrases" if kind else "no.phrases"))]
    length, kind = max(found, default=(0, False))
    return kind, length


def _first(tokens: Tokens, name: str) -> int:
    return next((end for start, end in spans(words_of(tokens), phrases(name)) if start == 0), 0)


def _is_label(text: str, asked: Asked, opening: bool, rest: str) -> bool:
    """Tell whether « oui, en partie » is one of the form's own answers rather than a yes with something else."""
    return bool(rest) and asked.kind in OF_CHOICES and opening and understood(text, asked).outcome is Outcome.VALUE


def _yes_and_more(rest: str, asked: Asked, value: Value) -> Reply:
    """Return a yes only where what follows says the same value again; another value is another answer."""
    again = NO_MATCH if asked.kind in AS_SAID else understood(rest, asked)
    if again.outcome is Outcome.VALUE:
        return Reply(ReplyKind.YES) if _same(again.value, value) else Reply(ReplyKind.OTHER, again)
    return Reply(ReplyKind.OTHER, again if again.outcome is Outcome.ASK else NO_MATCH)


def _corrected(rest: str, asked: Asked, value: Value) -> Reply:
    """Return what follows the no: an answer of its own, a part of the one refused, or nothing but the no."""
    alone = understood(rest, asked)
    if alone.outcome is Outcome.ASK:
        mended = understood(f"{spoken_value(asked.kind, value, asked.choices)}, non, {rest}", asked)
        alone = mended if mended.outcome is Outcome.VALUE and not _same(mended.value, value) else alone
    if alone.outcome in {Outcome.NO_MATCH, Outcome.UNKNOWN, Outcome.COMMAND}:
        return Reply(ReplyKind.NO)
    return Reply(ReplyKind.NO) if _same(alone.value, value) else Reply(ReplyKind.OTHER, alone)


def _same(one: Value | None, other: Value | None) -> bool:
    return one is not None and (list(one) if isinstance(one, tuple) else one) == (
        list(other) if isinstance(other, tuple) else other
    )
