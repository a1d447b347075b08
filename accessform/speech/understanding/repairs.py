"""What a person takes back while speaking (« trois, euh non, quatre »), and what they say without being sure."""

from dataclasses import replace

from accessform.speech.understanding.phrases import Phrase, phrases, round_numbers, spans
from accessform.speech.understanding.transcript import Token, Tokens, bare, without, words_of


def split_at_repair(tokens: Tokens, *, weak: bool) -> tuple[Tokens, Tokens] | None:
    """Return what was said before and after the last retraction, None where nothing is taken back.

    `weak` takes a bare « non » for one: right between two numbers, wrong between two labels.
    """
    known: frozenset[Phrase] = phrases("repairs.strong", *(["repairs.weak"] if weak else []))
    words = words_of(tokens)
    found = spans(words, known)
    if place := _contrast(words):
        found.append((place, place + 1))
    if not found:
        return None
    start, end = max(found)
    before = next((first for first, last in reversed(_joined(found)) if last == end), start)
    return bare(tokens[:before]), bare(tokens[end:])


def _joined(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return neighbouring retractions as one: « non », « pardon »."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _contrast(words: list[str]) -> int:
    """Return the place of « mais » after « pas »: « pas trois mais quatre »; 0 where there is none."""
    if "pas" in words and "mais" in words[words.index("pas") :]:
        return words.index("mais", words.index("pas"))
    return 0


def without_doubt(tokens: Tokens, *own: str) -> tuple[Tokens, bool]:
    """Return the tokens without the words that make them doubtful, and whether there were some.

    `own` names the lists that hold for the type beside the common one.
    « une dizaine » becomes 10, in doubt.
    """
    known = phrases("doubt.hedges", *own)
    doubtful = bool(spans(words_of(tokens), known))
    kept, rounded = _rounded(without(tokens, known))
    return kept, doubtful or rounded


def _rounded(tokens: Tokens) -> tuple[Tokens, bool]:
    table = round_numbers()
    singular = [token.word.removesuffix("s") for token in tokens]
    if not any(word in table for word in singular):
        return tokens, False
    kept: list[Token] = []
    for token, word in zip(tokens, singular, strict=True):
        if word in table:
            if kept and kept[-1].word in {"une", "un"}:
                kept.pop()
            kept.append(replace(token, word=str(table[word]), raw=str(table[word])))
        elif not (word in {"de", "d"} and kept and kept[-1].is_figure):
            kept.append(token)
    return tuple(kept), True
