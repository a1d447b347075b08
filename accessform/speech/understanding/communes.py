"""Communes: one name, the department where several bear it, and names that are nearly heard."""

from collections.abc import Iterable
from functools import cache

from accessform.answers.places import Commune, commune_key, communes, departments
from accessform.speech.understanding.codes import CODES
from accessform.speech.understanding.figures import cuts
from accessform.speech.understanding.hearing import Heard
from accessform.speech.understanding.near_names import distance, sound_of
from accessform.speech.understanding.numerals import NUMBER_WORDS, is_numeric
from accessform.speech.understanding.phrases import question
from accessform.speech.understanding.regions import department_codes
from accessform.speech.understanding.transcript import Tokens, fold, words_of
from accessform.speech.understanding.understood import NO_MATCH, Understood, answered, asked
from forms_catalog.definition import QuestionType

_AROUND = frozenset({
    "je", "j", "suis", "ne", "nee", "habite", "habitons", "vis", "a", "dans", "la", "le", "les", "l", "commune",
    "ville", "de", "du", "d", "c", "est", "etait", "au", "aux", "en", "sur", "village", "ma", "mon", "nous", "moi",
    "viens", "me", "trouve", "naissance",
})  # fmt: skip
_CONTRACTED = {"au": "le", "aux": "les", "du": "le", "des": "les"}
_LINKS = frozenset({"en", "dans", "departement", "code", "postal", "a"})
_LEADING = frozenset({"a", "au", "en", "de", "d", "du", "dans", "sur"})
"""Words before a name: « à Magné » is Magné, not Amagne."""
_OFFERED = 4
_SHORTEST_NEAR = 4
_LONG_NAME = 8
_RANKS = {
    "premier", "deuxieme", "second", "troisieme", "quatrieme", "cinquieme", "sixieme", "septieme", "huitieme",
    "neuvieme", "dixieme", "onzieme", "douzieme", "treizieme", "quatorzieme", "quinzieme", "seizieme",
    "vingtieme",
}  # fmt: skip
_WITH_DISTRICTS = frozenset({"paris", "lyon", "marseille"})


def read_commune(heard: Heard) -> Understood:
    """Understand a commune: by name alone, with its department or postal code, or among those just offered."""
    offered = heard.pending.get("communes")
    if isinstance(offered, list) and offered:
        found = _among(heard.tokens, tuple(code for code in offered if code in by_code()))
        if found is not None:
            return found
    for start, end in _name_spans(heard.tokens):
        if heard.tokens[start].word in _LEADING and communes().get(_key(heard.tokens, start + 1, end)):
            continue
        named = communes().get(_key(heard.tokens, start, end))
        if named:
            return _located(named, (*heard.tokens[:start], *heard.tokens[end:]))
    return _near(heard.tokens)


@cache
def by_code() -> dict[str, Commune]:
    """Return the communes by their code."""
    return {commune[0]: commune for homonyms in communes().values() for commune in homonyms}


def _key(tokens: Tokens, start: int, end: int) -> str:
    words = words_of(tokens[start:end]) or [""]
    return commune_key(" ".join(words)) if len(words) > 1 else commune_key(words[0] + " ").strip()


def _name_spans(tokens: Tokens) -> Iterable[tuple[int, int]]:
    """Yield where the name may stand, the longest first; before it only words that lead to a name."""
    size = len(tokens)
    found = [
        (start, end)
        for start in range(size)
        if all(token.word in _AROUND or is_numeric(token) for token in tokens[:start])
        for end in range(size, start, -1)
        if _may_follow(tokens[end:]) and not tokens[end - 1].is_figure
    ]
    return sorted(found, key=lambda span: (span[0] - span[1], span[0]))


def _may_follow(tokens: Tokens) -> bool:
    """Tell whether the words after a name place it: nothing, a number, a district's rank, « en », « dans »…"""
    if not tokens:
        return True
    first = tokens[0]
    places = first.pause or is_numeric(first) or first.word in _LINKS or first.word in _RANKS or first.raw[:1].isdigit()
    return places or (first.word in {"de", "du", "d", "des"} and bool(department_codes(tokens)))


def _located(homonyms: tuple[Commune, ...], around: Tokens) -> Understood:
    """Return the commune that the words around the name point to, or ask where."""
    name = homonyms[0][1]
    if commune_key(name) in _WITH_DISTRICTS:
        return answered(homonyms[0][0])
    where = _without_lead(around)
    if not where:
        if len(homonyms) == 1:
            return answered(homonyms[0][0])
        return _where(homonyms)
    near = _pointed(homonyms, where)
    if len(near) == 1:
        return answered(near[0][0])
    if not near:
        return asked(question("commune.elsewhere", name=name))
    return _where(near)


def _where(homonyms: tuple[Commune, ...]) -> Understood:
    return asked(question("commune.where", name=homonyms[0][1]), communes=[commune[0] for commune in homonyms])


def _without_lead(tokens: Tokens) -> Tokens:
    return tuple(token for token in tokens if is_numeric(token) or token.word not in _AROUND | _LINKS)


def _pointed(homonyms: tuple[Commune, ...], where: Tokens) -> tuple[Commune, ...]:
    """Return the communes of the postal code or the department that the words say."""
    postcodes = {
        cut.text for cut in cuts(_figures(where), 5) if len(cut.text) in CODES[QuestionType.POSTAL_CODE].lengths
    }
    by_postcode = tuple(commune for commune in homonyms if postcodes & set(commune[2]))
    if by_postcode:
        return by_postcode
    codes = department_codes(where)
    return tuple(commune for commune in homonyms if commune[0].startswith(codes)) if codes else ()


def _figures(tokens: Tokens) -> Tokens:
    return tuple(token for token in tokens if is_numeric(token))


def _among(tokens: Tokens, codes: tuple[str, ...]) -> Understood | None:
    """Return the offered commune that a reply points to; None where the reply is another answer."""
    offered = tuple(by_code()[code] for code in codes)
    name = commune_key(offered[0][1]) if offered else ""
    where = _without_lead(tokens)
    if not where or not offered:
        return None
    if all(commune_key(commune[1]) == name for commune in offered):
        said_again = fold(offered[0][1])
        rest = tuple(token for token in where if token.word not in said_again)
        near = _pointed(offered, where) or _pointed(offered, rest)
        if near:
            return answered(near[0][0]) if len(near) == 1 else _where(near)
        return None
    said = commune_key(" ".join(words_of(tokens)))
    exact = [commune for commune in offered if commune_key(commune[1]) == said]
    partly = exact or [
        commune for commune in offered if commune_key(" ".join(words_of(where))) in commune_key(commune[1])
    ]
    return answered(partly[0][0]) if len(partly) == 1 else None


@cache
def _by_sound() -> dict[str, tuple[Commune, ...]]:
    found: dict[str, list[Commune]] = {}
    for key, homonyms in communes().items():
        found.setdefault(sound_of(key), []).extend(homonyms)
    return {sound: tuple(listed) for sound, listed in found.items()}


def _near(tokens: Tokens) -> Understood:
    """Offer the communes whose name sounds or reads almost so, or begins with what was said."""
    start = 0
    while (
        start < len(tokens) - 1
        and tokens[start].word in _AROUND - {"le", "la", "les", "l"}
        and tokens[start].word not in _CONTRACTED
    ):
        start += 1
    words = words_of(tokens[start:])
    if not words:
        return NO_MATCH
    words[0] = _CONTRACTED.get(words[0], words[0])
    said = commune_key(" ".join(words))
    if contracted := communes().get(said):
        return _located(contracted, ())
    if len(said) < _SHORTEST_NEAR or not any(word not in NUMBER_WORDS and not word.isdigit() for word in words):
        return NO_MATCH
    found = _by_sound().get(sound_of(said), ()) or _beginning(said) or _spelled_nearly(said)
    if not found:
        return asked(question("commune.again")) if len(words) <= _OFFERED else NO_MATCH
    if len(found) == 1:
        place = f"{found[0][1]}, {departments().get(_department(found[0][0]), '')}".rstrip(", ")
        return asked(question("any.confirm", value=place), candidate=found[0][0])
    if len({commune_key(commune[1]) for commune in found}) == 1:
        return _where(found)
    if len(found) > _OFFERED:
        return asked(question("commune.again"))
    names = ", ou ".join(commune[1] for commune in found)
    return asked(question("commune.candidates", candidates=names), communes=[commune[0] for commune in found])


def _department(code: str) -> str:
    return code[:3] if code.startswith("97") else code[:2]


def _beginning(said: str) -> tuple[Commune, ...]:
    """Return the communes whose name begins with a long enough word said: Boulogne, Boulogne-sur-Mer."""
    if len(said) < _SHORTEST_NEAR + 1:
        return ()
    return tuple(commune for key, homonyms in communes().items() if key.startswith(said) for commune in homonyms)


def _spelled_nearly(said: str) -> tuple[Commune, ...]:
    most = 2 if len(said) >= _LONG_NAME else 1
    near: dict[int, list[Commune]] = {}
    for key, homonyms in communes().items():
        if key[0] == said[0] and (apart := distance(said, key, most)) <= most:
            near.setdefault(apart, []).extend(homonyms)
    return tuple(near[min(near)]) if near else ()
