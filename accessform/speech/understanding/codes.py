"""Numbers told piece by piece: telephone, postal code, SIRET, social security, IBAN."""

from collections.abc import Callable
from dataclasses import dataclass

from accessform.answers.contacts import parse_phone
from accessform.answers.identifiers import parse_iban, parse_nir, parse_siret
from accessform.answers.places import parse_postal_code
from accessform.answers.refusals import Raw, Refused
from accessform.speech.understanding.figures import TIMES, Cut, cuts
from accessform.speech.understanding.hearing import Heard
from accessform.speech.understanding.letters import LETTER_NAMES, letters_of
from accessform.speech.understanding.numerals import is_numeric
from accessform.speech.understanding.phrases import phrases, question, spans
from accessform.speech.understanding.transcript import Token, Tokens, words_of
from accessform.speech.understanding.understood import NO_MATCH, Understood, answered, asked
from forms_catalog.definition import QuestionType

MOST_TOKENS = 60
"""Words of the longest number dictated figure by figure, twice over: beyond, nothing is followed."""


@dataclass(frozen=True)
class Code:
    """One kind of number: how long it is, who checks it, whether a key proves it, whether it holds letters."""

    lengths: frozenset[int]
    read: Callable[[Raw], str]
    has_key: bool = False
    letters: frozenset[str] = frozenset()


def _read_phone(raw: Raw) -> str:
    """Read a telephone number; without a country's code it has the ten figures that one dials in France."""
    text = raw[""][0]
    if not text.startswith(("+", "00")) and (len(text) != _PHONE_FRENCH or text[0] != "0"):
        raise Refused("phone_too_short" if len(text) < _PHONE_FRENCH else "phone_too_long")
    return parse_phone(raw)


_PHONE_FRENCH, _PHONE_WITH_COUNTRY, _PHONE_WITH_ZEROS = 10, 11, 13
CODES = {
    QuestionType.PHONE: Code(frozenset({10, 11, 13}), _read_phone),
    QuestionType.POSTAL_CODE: Code(frozenset({5}), parse_postal_code),
    QuestionType.SIRET: Code(frozenset({14}), parse_siret, has_key=True),
    QuestionType.NIR: Code(frozenset({15}), parse_nir, has_key=True, letters=frozenset("ab")),
    QuestionType.IBAN: Code(frozenset({27}), parse_iban, has_key=True, letters=frozenset("abcdefghijklmnopqrstuvwxyz")),
}
_LONGEST_IBAN = 34
_LONGEST_PHONE = 17

_FORBIDDEN = frozenset({
    "quelque", "quelques", "chose", "truc", "machin", "habitants", "ancien", "avant", "etait", "environ", "sais",
    "pas", "ou", "ni", "sauf", "non", "moins", "virgule", "euros", "fois",
})  # fmt: skip
"""Words around figures that make them another thing than the number itself."""
_MOST_AROUND = 8
"""Words that may stand before the figures, and after them; beyond, something else is told."""


def read_code(heard: Heard) -> Understood:
    """Understand a number told piece by piece; one that is short waits for the rest."""
    code = CODES[heard.type]
    tokens = _trimmed(_without_hours(heard.tokens), code)
    if not tokens:
        return NO_MATCH if not heard.pending else asked(question("digits.again"), **_kept(heard))
    if len(tokens) > MOST_TOKENS or spans(words_of(tokens), phrases("doubt.bounds")):
        return asked(question("digits.again"))
    plus, tokens = _plus(tokens, heard.type)
    found = _cuts(tokens, code, heard.type)
    if not found:
        return _not_read(heard, tokens, code)
    alone = _chosen(found, "", code, plus=plus)
    before = heard.pending.get("figures")
    if isinstance(before, str) and before:
        joined = _chosen(found, before, code, plus=False)
        if joined and alone and joined != alone:
            return asked(question("digits.again"))
        if joined:
            return answered(joined)
    if alone:
        return answered(alone)
    return _asked(heard, found, code, ("+" if plus else "") if not isinstance(before, str) else before)


def _without_hours(tokens: Tokens) -> Tokens:
    """Drop « après dix-huit heures » from the end: when to call is no part of the number."""
    words = words_of(tokens)
    if not words or words[-1] not in {"heures", "heure", "h"}:
        return tokens
    places = [
        place for place, word in enumerate(words) if word in {"apres", "avant", "partir", "vers", "entre", "jusqu"}
    ]
    return tokens[: places[0]] if places else tokens


def _kept(heard: Heard) -> dict[str, str]:
    before = heard.pending.get("figures")
    return {"figures": before} if isinstance(before, str) else {}


def _cuts(tokens: Tokens, code: Code, kind: QuestionType) -> tuple[Cut, ...]:
    longest = {QuestionType.IBAN: _LONGEST_IBAN, QuestionType.PHONE: _LONGEST_PHONE}.get(kind, max(code.lengths) + 6)
    names = {name: letter for name, letter in LETTER_NAMES.items() if letter in code.letters}
    names |= {"c": ""} if kind is QuestionType.NIR else {}
    return cuts(letters_of(tokens, code.letters), longest, names)


def _trimmed(tokens: Tokens, code: Code) -> Tokens:
    """Drop « mon numéro c'est le » before and polite words after; what stands inside is never dropped."""
    start, end = 0, len(tokens)
    while start < end and not _starts(tokens, start, code):
        start += 1
    while end > start and not _ends(tokens, end - 1, code):
        end -= 1
    around = (*tokens[:start], *tokens[end:])
    if _FORBIDDEN & set(words_of(around)) or start > _MOST_AROUND or len(tokens) - end > _MOST_AROUND:
        return tokens
    return tokens[start:end]


def _starts(tokens: Tokens, place: int, code: Code) -> bool:
    """Tell whether the number begins with this token: a figure, its « plus », a letter before a letter or a figure."""
    word = tokens[place].word
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    if is_numeric(tokens[place]) or word in TIMES or (word in {"plus", "+"} and following and is_numeric(following)):
        return True
    named = LETTER_NAMES.get(word) in code.letters and (len(word) == 1 or tokens[place].raw.isupper())
    is_pair = len(word) == 2 and tokens[place].raw.isupper() and set(word) <= code.letters
    return following is not None and ((named and _goes_on(following)) or (is_pair and is_numeric(following)))


def _goes_on(token: Token) -> bool:
    return is_numeric(token) or len(token.word) == 1 or token.word == "comme" or token.word in LETTER_NAMES


def _ends(tokens: Tokens, place: int, code: Code) -> bool:
    word = tokens[place].word
    return is_numeric(tokens[place]) or (len(word) == 1 and word in code.letters)


def _plus(tokens: Tokens, kind: QuestionType) -> tuple[bool, Tokens]:
    if kind is QuestionType.PHONE and tokens[0].word in {"plus", "+"}:
        return True, tokens[1:]
    return False, tokens


def _chosen(found: tuple[Cut, ...], before: str, code: Code, *, plus: bool) -> str | None:
    """Return the value that the cut with the fewest pieces makes, if no other cut as short makes another.

    Where a key proves a number of a fixed length, the only cut that fits it is taken whatever its pieces.
    """
    valid = {cut: value for cut in found if (value := _read(("+" if plus else "") + before + cut.text, code))}
    fewest = found[0].pieces
    nearest = {value for cut, value in valid.items() if cut.pieces == fewest}
    if len(nearest) == 1:
        rivals = {cut.text for cut in found if cut.pieces == fewest and len(cut.text) == _length(valid, nearest)}
        return nearest.pop() if code.has_key or len(rivals) == 1 else None
    everything = set(valid.values())
    return everything.pop() if code.has_key and code.letters and len(everything) == 1 else None


def _length(valid: dict[Cut, str], values: set[str]) -> int:
    return next(len(cut.text) for cut, value in valid.items() if value in values)


def _read(text: str, code: Code) -> str | None:
    try:
        return code.read({"": [text]})
    except Refused:
        return None


def _asked(heard: Heard, found: tuple[Cut, ...], code: Code, before: str) -> Understood:
    """Return the question about what is missing, too much or wrong; a short number is kept."""
    text = before + found[0].text
    sure = len({cut.text for cut in found if cut.pieces == found[0].pieces}) == 1
    refusal = _refusal(text, code)
    wanted = _wanted(text, heard.type)
    if heard.type is QuestionType.POSTAL_CODE and len(text) in {1, 4}:
        return asked(question("digits.postal"))
    if (
        len(text.lstrip("+")) < wanted
        and sure
        and refusal
        not in {
            "iban_country",
            "siret_is_siren",
            "nir_without_key",
        }
    ):
        return asked(question("digits.rest", value=grouped(text, heard.type)), figures=text)
    if refusal in {"siret_is_siren", "nir_without_key"} and sure:
        return asked(question({"siret_is_siren": "digits.siren"}.get(refusal, "digits.nir_key")), figures=text)
    if len(text.lstrip("+")) > wanted:
        return asked(question("digits.too_many", count=len(text.lstrip("+"))))
    named = {
        "postal_code_unknown": "digits.postal_unknown", "phone_invalid": "digits.phone",
        "iban_country": "digits.iban_country",
        "iban_key": "digits.key", "siret_key": "digits.key", "nir_key": "digits.key",
    }  # fmt: skip
    return asked(question(named.get(refusal, "digits.again")))


def _refusal(text: str, code: Code) -> str:
    try:
        code.read({"": [text]})
    except Refused as refusal:
        return refusal.code
    return ""


def _wanted(text: str, kind: QuestionType) -> int:
    """Return how many signs the number has once whole."""
    if kind is not QuestionType.PHONE:
        return max(CODES[kind].lengths)
    if text.startswith("+33"):
        return _PHONE_WITH_COUNTRY
    if text.startswith("00"):
        return _PHONE_WITH_ZEROS
    return _PHONE_FRENCH


def grouped(text: str, kind: QuestionType) -> str:
    """Return figures in the groups that people know: pairs for a telephone, fours for an IBAN, threes else."""
    size = {QuestionType.PHONE: 2, QuestionType.IBAN: 4}.get(kind, 3)
    body = text.removeprefix("+")
    groups = " ".join(body[start : start + size] for start in range(0, len(body), size))
    return ("+" if text.startswith("+") else "") + groups


def _not_read(heard: Heard, tokens: Tokens, code: Code) -> Understood:
    """Return the question for words that are not all figures; no match where hardly any is."""
    figures = sum(is_numeric(token) or token.word in code.letters for token in tokens)
    if not any(is_numeric(token) for token in tokens) or figures * 2 < len(tokens):
        return NO_MATCH if not heard.pending else asked(question("digits.again"), **_kept(heard))
    which = "digits.postal" if heard.type is QuestionType.POSTAL_CODE else "digits.again"
    return asked(question(which), **_kept(heard))


def corrected_figures(kind: QuestionType, before: Tokens, after: Tokens) -> str | None:
    """Return the number whose last piece before was taken back for the first piece after, if only one such is whole."""
    code = CODES[kind]
    first, second = _cuts(_trimmed(before, code), code, kind), _cuts(_trimmed(after, code), code, kind)
    if not first or not second:
        return None
    found = {
        value
        for length in (1, 2, 3)
        if len(first[0].text) >= length and (value := _read(first[0].text[:-length] + second[0].text, code))
    }
    return found.pop() if len(found) == 1 else None
