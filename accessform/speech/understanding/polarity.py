"""Yes and no as people say them, and boxes to tick."""

from accessform.speech.understanding.hearing import Heard
from accessform.speech.understanding.phrases import Phrase, phrases, question, spans
from accessform.speech.understanding.transcript import tokenise, without, words_of
from accessform.speech.understanding.understood import NO_MATCH, Understood, answered, asked
from forms_catalog.definition import QuestionType

_NEGATIONS = frozenset({
    "pas", "ne", "n", "non", "jamais", "aucun", "aucune", "plus", "rien", "ni", "sans",
})  # fmt: skip
_OPENING_YES = frozenset({"oui", "ouais", "ouaip", "si"})
_OPENING_NO = frozenset({"non", "nan"})
_LINKS = frozenset({"malheureusement", "heureusement", "helas",
    "et", "que", "ca", "la", "le", "c", "est", "tres", "je", "j", "alors", "moi", "y",
})  # fmt: skip


def read_yes_no(heard: Heard) -> Understood:
    """Understand a yes or a no; both, neither and half ask."""
    is_box = heard.type is QuestionType.CHECKBOX
    polite = without(tokenise(heard.transcript), phrases("around.politeness"))
    words = words_of(without(polite, phrases("around.hesitations")))
    found = polarity(words, is_box=is_box)
    if found is None and not _marked(words, is_box=is_box):
        found = polarity(words_of(polite), is_box=is_box)
    if found is not None:
        return answered(found)
    ask = asked(question("checkbox.which" if is_box else "yes_no.which"))
    return ask if _is_near(words, is_box=is_box) else NO_MATCH


def polarity(words: list[str], *, is_box: bool = False) -> bool | None:
    """Return what the words say, None where they say both, neither, or one of them with a condition."""
    marked = _marked(words, is_box=is_box)
    kinds = {kind for kind, _, _ in marked}
    if not kinds or len(kinds) > 1:
        return None
    kind, start, _ = marked[0]
    if kind == "half":
        return None
    covered = {place for _, begin, end in marked for place in range(begin, end)}
    rest = [word for place, word in enumerate(words) if place not in covered and word not in _LINKS]
    if not rest:
        return kind == "yes"
    return _with_more(kind, words[0], start, rest)


def _with_more(kind: str, opening: str, start: int, rest: list[str]) -> bool | None:
    """Read « oui j'ai deux enfants », « non je n'en ai pas »: a plain opening that the rest does not contradict."""
    if start:
        return None
    if kind == "yes" and opening in _OPENING_YES and not _NEGATIONS & set(rest):
        return True
    return False if kind == "no" and opening in _OPENING_NO else None


def _marked(words: list[str], *, is_box: bool) -> list[tuple[str, int, int]]:
    """Return the yes, no and half phrases in their order, longest first where they overlap."""
    known: dict[str, frozenset[Phrase]] = {
        "yes": phrases("yes.phrases", *(["consent.yes"] if is_box else [])),
        "no": phrases("no.phrases", *(["consent.no"] if is_box else [])),
        "half": phrases("half.phrases"),
    }
    everything = frozenset().union(*known.values())
    found = []
    for start, end in spans(words, everything):
        phrase = tuple(words[start:end])
        kind = next(kind for kind in ("half", "no", "yes") if phrase in known[kind])
        found.append((kind, start, end))
    return found


def _is_near(words: list[str], *, is_box: bool) -> bool:
    """Tell whether the words speak of yes or no without settling it."""
    return bool(_marked(words, is_box=is_box)) or bool(_NEGATIONS & set(words))
