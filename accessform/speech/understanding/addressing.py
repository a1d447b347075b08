"""What who speaks says of themselves, and a label says of who reads: « pour moi » answers to « Pour vous »."""

from collections.abc import Sequence

from accessform.speech.understanding.hearing import Heard
from accessform.speech.understanding.transcript import Tokens, bare, tokenise, words_of
from accessform.speech.understanding.understood import NO_MATCH, Understood, answered
from forms_catalog.definition import QuestionType

_TURNED = {"moi": "vous", "mon": "votre", "ma": "votre", "mes": "vos", "nous": "vous", "notre": "votre", "nos": "vos"}
_LEADS = frozenset({"pour", "a", "chez", "avec", "de"})


def read_addressed(heard: Heard) -> Understood:
    """Return the one choice whose label says of the person what the person says, no match where none or several do."""
    said = _as_a_label(heard.tokens)
    named = [key for key, label in heard.choices.items() if said and said == _as_a_label(tokenise(label))]
    if len(named) != 1:
        return NO_MATCH
    return answered(named if heard.type is QuestionType.MULTIPLE_CHOICE else named[0])


def _as_a_label(tokens: Tokens) -> Sequence[str]:
    """Return the words as a label that addresses the person says them, without the small word that leads to them."""
    words = [_TURNED.get(word, word) for word in words_of(bare(tokens))]
    return words[1:] if len(words) > 1 and words[0] in _LEADS else words
