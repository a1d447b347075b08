"""The only door to spaCy, which no process that serves citizens opens; `make wording-tools` installs what it needs."""

import functools
import importlib.util
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL = "fr_core_news_md"
LONGEST_SENTENCE = 2_000
"""Code points: what is longer is no sentence, and a parse of it would say nothing."""

SPACES = "\t\n\r\v\f\x85\u00a0\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
AS_THE_PARSER_READS = {
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),  # halves of characters, that broken JSON may hold, have no UTF-8
    **{ord(space): " " for space in SPACES},
    ord("’"): "'",
    ord("ʼ"): "'",
    ord("\u2011"): "-",
}
"""One character for one: a span of the parse is a span of the text."""


class ToolsMissing(RuntimeError):
    """The wording tools are not installed on this machine; the message says how to install them."""

    def __init__(self) -> None:
        super().__init__(
            "Les outils de langage clair ne sont pas installés. Installez-les avec « make wording-tools »."
        )


class TooLong(ValueError):
    """A "sentence" above LONGEST_SENTENCE code points."""


@functools.cache
def available() -> bool:
    """Tell whether spaCy and its French model are installed, without loading them."""
    return all(importlib.util.find_spec(name) is not None for name in ("spacy", MODEL))


@functools.lru_cache(maxsize=2_000)
def parse(sentence: str) -> "Doc":
    """Return the parse of one sentence, as `sentences_of` gives it; offsets are those of `sentence`.

    Raises ToolsMissing, or TooLong. The parse may be wrong, and in one administrative sentence out of twenty-five its
    root is not a finite verb: who edits by it looks at the root first.
    """
    if len(sentence) > LONGEST_SENTENCE:
        raise TooLong(f"{len(sentence)} > {LONGEST_SENTENCE}")
    return _model()(sentence.translate(AS_THE_PARSER_READS))


@functools.cache
def _model() -> "Language":
    if not available():
        raise ToolsMissing
    import spacy

    return spacy.load(MODEL, exclude=["ner"])
