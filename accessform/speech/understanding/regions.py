"""Departments and countries, by their names, other names and numbers."""

from collections.abc import Mapping
from functools import cache

from accessform.answers.places import countries, departments, fold
from accessform.speech.understanding.figures import cuts
from accessform.speech.understanding.hearing import Heard
from accessform.speech.understanding.near_names import distance
from accessform.speech.understanding.numerals import is_numeric
from accessform.speech.understanding.phrases import place_names, question
from accessform.speech.understanding.transcript import Tokens, tokenise, words_of
from accessform.speech.understanding.understood import NO_MATCH, Understood, answered, asked
from forms_catalog.definition import QuestionType

_ARTICLES = frozenset({
    "le", "la", "les", "l", "d", "du", "de", "des", "en", "au", "aux", "a", "dans",
})  # fmt: skip
_AROUND = _ARTICLES | frozenset(
    {
        "je", "j", "suis", "ne", "nee", "viens", "habite", "vis", "departement", "pays", "c", "est", "numero",
        "mon", "ma", "cest", "nait", "me", "trouve", "code", "mes", "parents", "republique", "moi", "nous",
        "habitons", "sommes",
    }
)  # fmt: skip
_REFUSING = frozenset({"pas", "ni", "sauf", "non", "ou", "hors"})
_CLOSE = 1
"""Letters that may differ for a name to be offered; never taken without a yes."""
_OFFERED = 4
_LONG_NAME = 5


def read_department(heard: Heard) -> Understood:
    """Understand a department by its name or its number."""
    codes = department_codes(heard.tokens)
    if len(codes) == 1 and (_REFUSING & set(heard.words)) - set(words_of(tokenise(departments()[codes[0]]))):
        return asked(question("department.again"))
    return _answer(codes, departments(), QuestionType.DEPARTMENT, heard.tokens)


def read_country(heard: Heard) -> Understood:
    """Understand a country by its name."""
    codes = _by_name(heard.tokens, countries(), "countries") or _either(heard.tokens)
    return _answer(codes, countries(), QuestionType.COUNTRY, heard.tokens)


def _either(tokens: Tokens) -> tuple[str, ...]:
    """Return both countries of « Maroc ou Algérie »."""
    words = words_of(tokens)
    if "ou" not in words:
        return ()
    place = words.index("ou")
    one, other = (
        _by_name(tokens[:place], countries(), "countries"),
        _by_name(tokens[place + 1 :], countries(), "countries"),
    )
    return one + other if one and other else ()


def department_codes(tokens: Tokens) -> tuple[str, ...]:
    """Return the codes of the departments that the tokens may name, exactly one where it is certain."""
    if whole := _by_name(tokens, departments(), "departments"):
        return whole
    if any(is_numeric(token) for token in tokens):
        by_number, named = _by_number(tokens), _by_name(_without_figures(tokens), departments(), "departments")
        if by_number and named:
            both = tuple(code for code in named if code in by_number)
            return both or named + by_number
        return by_number or named
    return ()


def _without_figures(tokens: Tokens) -> Tokens:
    return tuple(token for token in tokens if not is_numeric(token))


def _by_number(tokens: Tokens) -> tuple[str, ...]:
    """Return the departments of a number: « neuf trois », « deux A », « neuf cent soixante-quatorze »."""
    start = next(place for place, token in enumerate(tokens) if is_numeric(token))
    end = len(tokens)
    letters = {"a": "A", "b": "B", "be": "B"}
    while end > start and not (is_numeric(tokens[end - 1]) or tokens[end - 1].word in letters):
        end -= 1
    found = cuts(tokens[start:end], 3, letters)
    nearest = [cut.text for cut in found if cut.pieces == found[0].pieces]
    codes = {text.zfill(2) for text in nearest}
    if codes == {"20"}:
        return ("2A", "2B")
    return tuple(code for code in sorted(codes) if code in departments())


@cache
def _named(room: str) -> dict[str, tuple[str, ...]]:
    """Return the codes by folded name, other names included."""
    names: Mapping[str, str] = departments() if room == "departments" else countries()
    found: dict[str, tuple[str, ...]] = {_key(fold(name)): (code,) for code, name in names.items()}
    for other, codes in place_names(room).items():
        found.setdefault(fold(other), tuple(codes))
    return found


def _key(folded: str) -> str:
    return folded.removeprefix("la") if folded == "lareunion" else folded


def _by_name(tokens: Tokens, names: Mapping[str, str], room: str) -> tuple[str, ...]:
    known = _named(room)
    words = words_of(tokens)
    for start in range(len(words)):
        if any(word not in _AROUND for word in words[:start]):
            break
        for end in range(len(words), start, -1):
            if any(word not in _AROUND for word in words[end:]):
                break
            found = known.get("".join(words[start:end]))
            if found:
                return found
    return ()


def _answer(codes: tuple[str, ...], names: Mapping[str, str], kind: QuestionType, tokens: Tokens) -> Understood:
    """Return the only place, or the question between the few that it may be, or about one that is spelled nearly so."""
    if len(codes) == 1:
        return answered(codes[0])
    room = kind.value
    if not codes:
        near = _near_codes(tokens, "departments" if kind is QuestionType.DEPARTMENT else "countries")
        if len(near) == 1:
            return asked(question("any.confirm", value=names[near[0]]), candidate=near[0])
        codes = near
    if 1 < len(codes) <= _OFFERED:
        listed = ", ou ".join(names[code] for code in codes)
        return asked(question("any.which", candidates=listed), candidates=list(codes))
    if codes or any(is_numeric(token) for token in tokens):
        return asked(question(f"{room}.again"))
    return NO_MATCH


def _near_codes(tokens: Tokens, room: str) -> tuple[str, ...]:
    """Return the places whose name differs by a letter, or holds all the words said."""
    words = [word for word in words_of(tokens) if word not in _AROUND]
    said = "".join(words)
    if len(said) < _LONG_NAME:
        return ()
    found: dict[str, None] = {}
    for name, codes in _named(room).items():
        plain = "".join(word for word in name.split() if word not in _ARTICLES)
        if distance(said, plain, _CLOSE) <= _CLOSE or (len(said) > _LONG_NAME and said in plain):
            found.update(dict.fromkeys(codes))
    return tuple(found)
