"""Whole numbers, decimals and amounts of money."""

import re
from dataclasses import dataclass

from accessform.answers import numbers
from accessform.answers.refusals import Refused
from accessform.speech.understanding.hearing import Heard
from accessform.speech.understanding.numerals import LARGE, TEENS, THOUSANDS, UNITS, is_numeric, readings, whole_number
from accessform.speech.understanding.phrases import phrases, question, spans
from accessform.speech.understanding.transcript import Tokens, without, words_of
from accessform.speech.understanding.understood import NO_MATCH, Understood, answered, asked
from forms_catalog.definition import Constraints, QuestionType

_EUROS = frozenset({"euro", "euros", "€", "eur", "balle", "balles", "boules"})
_CENTS = frozenset({"centime", "centimes", "ct", "cts", "c"})
_COMMA = frozenset({"virgule", ",", "point", "."})
_PERIODS = frozenset({
    "jour", "semaine", "heure", "jours", "semaines", "heures", "trimestre", "nuit", "quinzaine",
})  # fmt: skip
_CURRENCIES = frozenset({
    "franc", "francs", "dollar", "dollars", "livre", "livres", "dinar", "dinars", "dirham", "dirhams",
})  # fmt: skip
_DIVISIONS = frozenset({
    "demi", "demie", "quart", "quarts", "tiers", "moitie", "plus", "fois", "pas", "ni", "sauf", "moins",
})  # fmt: skip
_MULTIPLES = {"k": 1000}
_AFTER_AMOUNT = frozenset({
    "par", "net", "nets", "brut", "bruts", "mensuel", "mensuels", "de", "pour", "en", "chaque", "tous", "a", "tout",
    "hors", "charges", "et", "virgule", "k", "d", "c", "je", "avec", "sans", "le", "la", "au", "dans", "chez", ",",
    ".", "y", "pile", "rond", "exactement", "comprises", "toutes", "environ", "nette", "brute", "depuis", "sur",
    "qui", "que", "moi", "ca", "plus", "moins", "/",
})  # fmt: skip
_UNITS_OF_LENGTH = frozenset({"metre", "metres", "m"})
_DEFINITE = frozenset({"un", "une"})


@dataclass(frozen=True)
class Amount:
    """A number as heard: sign, whole part, decimals, and the words around it."""

    whole: int
    decimals: str = ""
    negative: bool = False

    def written(self) -> str:
        """Return it as the readers of typed answers take it."""
        sign = "-" if self.negative else ""
        return f"{sign}{self.whole}" + (f",{self.decimals}" if self.decimals else "")


class Several(ValueError):
    """More than one number, where one is expected."""


def read_number(heard: Heard) -> Understood:
    """Understand a whole number, a decimal or an amount."""
    is_money = heard.type is QuestionType.MONEY
    room = "money" if is_money else "number"
    if tuple(heard.words) in phrases("numbers.nothing") or _is_none_of(heard.words):
        return _checked(heard, Amount(0))
    if refusal := _not_one(heard, room):
        return refusal
    try:
        found = _money(heard.tokens) if is_money else _plain(heard.tokens)
    except Several:
        return asked(question(f"{room}.one"))
    if found is None:
        has_number = any(is_numeric(token) for token in heard.tokens) or spans(heard.words, phrases("doubt.vague"))
        return asked(question(f"{room}.exact")) if has_number else NO_MATCH
    return _checked(heard, found)


def _is_none_of(words: list[str]) -> bool:
    """Tell whether the words are « pas d'enfant », « aucun revenu », « je n'ai pas d'enfants »."""
    return bool(re.fullmatch(r"(?:(?:je )?(?:n )?(?:j )?ai )?(?:pas (?:de|d)|aucune?) [a-z]+", " ".join(words)))


def _not_one(heard: Heard, room: str) -> Understood | None:
    """Return the question for bounds, other currencies and periods: what is said there is not the number asked."""
    words = heard.words
    if not any(is_numeric(token) for token in heard.tokens):
        return None
    if spans(words, phrases("doubt.bounds")):
        return asked(question(f"{room}.exact"))
    if heard.type is QuestionType.MONEY and (_CURRENCIES & set(words) or _other_unit(heard.tokens)):
        return asked(question("money.currency"))
    if heard.type is QuestionType.MONEY and _cut_short(words):
        return asked(question("money.exact"))
    if heard.type is QuestionType.MONEY and _PERIODS & set(words):
        return asked(question("money.period"))
    return None


def _other_unit(tokens: Tokens) -> bool:
    """Tell whether the number counts something else than euros: « trois cents roubles », « trois mois »."""
    words = words_of(tokens)
    if (_EUROS | _CENTS) & set(words):
        return False
    last = max(place for place, token in enumerate(tokens) if is_numeric(token))
    return bool(words[last + 1 :]) and words[last + 1] not in _AFTER_AMOUNT


def _cut_short(words: list[str]) -> bool:
    """Tell whether « deux mille cinq » may be 2 500: a unit after « mille » or « million », and no euro said."""
    cut = len(words) >= 2 and words[-2] in {*THOUSANDS, *LARGE} and words[-1] in UNITS
    return cut and not _EUROS & set(words)


def _checked(heard: Heard, amount: Amount) -> Understood:
    """Return the value that the reader of typed answers makes of it, or the question for what it refuses."""
    text, raw = amount.written(), {"": [amount.written()]}
    try:
        if heard.type is QuestionType.INTEGER:
            return answered(numbers.parse_integer(raw, heard.constraints))
        if heard.type is QuestionType.DECIMAL:
            return answered(numbers.parse_decimal({"": [text]}, heard.constraints))
        return answered(numbers.parse_money(raw, heard.constraints))
    except Refused as refusal:
        return _question(refusal, heard.constraints)


def _question(refusal: Refused, constraints: Constraints) -> Understood:
    if refusal.code in {"too_low", "too_high"}:
        return asked(question(f"any.{refusal.code}", **refusal.details))
    named = {"not_integer": "number.whole", "amount_cents": "money.cents", "number_huge": "number.huge"}
    return asked(question(named.get(refusal.code, "any.again")))


def _plain(tokens: Tokens) -> Amount | None:
    """Return the only number of an utterance, whatever noun follows; raises Several."""
    tokens = _without_percent(tokens)
    tokens, negative = _without_minus(tokens)
    start = _first_number(tokens)
    if start is None:
        return None
    if _EUROS & set(words_of(tokens)):
        return None
    found, end = _longest(tokens, start)
    if found is None:
        return None
    rest = tokens[end:]
    if metres := _in_metres(found, rest):
        return metres
    if words_of(rest)[-2:] in (["et", "demi"], ["et", "demie"]):
        _refuse_more(tokens[:start], rest[:-2])
        return None if found.decimals else Amount(found.whole, "5", negative)
    _refuse_more(tokens[:start], rest)
    return Amount(found.whole, found.decimals, negative)


def _first_number(tokens: Tokens) -> int | None:
    """Return where the number begins; the article of « un loyer de cinq cents » is none."""
    for place, token in enumerate(tokens):
        of_noun = (
            token.word in _DEFINITE
            and place + 3 < len(tokens)
            and tokens[place + 2].word
            in {
                "de",
                "d",
            }
        )
        if (is_numeric(token) and not (of_noun and is_numeric(tokens[place + 3]))) or _opens_decimals(tokens, place):
            return place
    return None


def _refuse_more(before: Tokens, after: Tokens) -> None:
    """Raise Several where another number, a sign or a division stands beside the number."""
    if any(is_numeric(token) and token.word not in _DEFINITE for token in (*before, *after)):
        raise Several
    if any(token.word in _DEFINITE or token.word in _COMMA for token in after):
        raise Several
    if _DIVISIONS & {*words_of(before), *words_of(after)} or any(not token.word.isalnum() for token in after):
        raise Several


def _without_percent(tokens: Tokens) -> Tokens:
    return without(tokens, frozenset({("pour", "cent"), ("%",)}))


def _without_minus(tokens: Tokens) -> tuple[Tokens, bool]:
    negative = len(tokens) > 1 and tokens[0].word == "moins" and is_numeric(tokens[1])
    return (tokens[1:], True) if negative else (tokens, False)


def _opens_decimals(tokens: Tokens, place: int) -> bool:
    """Tell whether « virgule cinq » begins here."""
    return tokens[place].word == "virgule" and place + 1 < len(tokens) and is_numeric(tokens[place + 1])


def _longest(tokens: Tokens, start: int) -> tuple[Amount | None, int]:
    """Return the longest number that begins at `start`, decimals included, and the place after it."""
    if _opens_decimals(tokens, start):
        whole, end = 0, start
    else:
        whole, end, unsure = _widest(tokens, start)
        if unsure:
            return None, end
    if points := _pointed_thousands(tokens, start):
        whole, end = points
    if end + 1 < len(tokens) and tokens[end].word in _COMMA and is_numeric(tokens[end + 1]):
        two_readings = tokens[end].word == "." and len(tokens[end + 1].word) == 3
        decimals, end = _decimals(tokens, end + 1)
        return (None, end) if two_readings else (Amount(whole, decimals), end) if decimals else (None, end)
    if end < len(tokens) and tokens[end].word in _MULTIPLES:
        return Amount(whole * _MULTIPLES[tokens[end].word]), end + 1
    return Amount(whole), end


def _pointed_thousands(tokens: Tokens, start: int) -> tuple[int, int] | None:
    """Read « 1.234 » before a comma, where the points can only part thousands."""
    figures, place = tokens[start].word, start + 1
    while words_of(tokens[place : place + 1]) == ["."] and len(tokens[place + 1].word) == 3:
        figures, place = figures + tokens[place + 1].word, place + 2
    comma_follows = place > start + 1 and words_of(tokens[place : place + 1]) == [","]
    return (int(figures), place) if comma_follows and figures.isdigit() else None


def _widest(tokens: Tokens, start: int) -> tuple[int, int, bool]:
    """Return the value and end of the longest reading; unsure where a figure opens with a zero, or two fit."""
    found = readings(tokens, start)
    if not found:
        return 0, start + 1, True
    end = found[-1][1]
    values = {value for value, after in found if after == end}
    return max(values), end, len(values) > 1


def _decimals(tokens: Tokens, place: int) -> tuple[str, int]:
    """Return what is said after the comma as figures: « zéro cinq » is 05, « un quatre » is 14."""
    text, last = "", place
    while last < len(tokens) and is_numeric(tokens[last]) and not (text and tokens[last].pause):
        if tokens[last].is_figure:
            text, last = text + tokens[last].word, last + 1
            continue
        value, last, unsure = _widest(tokens, last)
        if unsure:
            return "", last
        text += str(value)
    return text, last


def _in_metres(found: Amount, rest: Tokens) -> Amount | None:
    """Return « un mètre soixante-quinze » as 1.75."""
    if found.decimals or not rest or rest[0].word not in _UNITS_OF_LENGTH:
        return None
    centimetres = whole_number(rest[1:])
    return Amount(found.whole, f"{centimetres:02}") if centimetres is not None and 10 <= centimetres < 100 else None


def _money(tokens: Tokens) -> Amount | None:
    """Return « mille deux cents euros cinquante », « douze virgule cinq euros », « cinquante centimes »."""
    words = words_of(tokens)
    place = next((place for place, word in enumerate(words) if word in _EUROS), None)
    if place is None and words[-1] == "cents" and words[-2:-1] and words[-2] in TEENS:
        raise Several
    if place is None and _CENTS & set(words):
        return _only_cents(tokens)
    before, after = (tokens, ()) if place is None else (tokens[:place], tokens[place + 1 :])
    if before and before[-1].word in {"d", "de"}:
        before = before[:-1]
    amount = _plain_money(before)
    if amount is None or not after:
        return amount
    cents = _cents_after(after)
    if cents is None or (cents and amount.decimals):
        raise Several
    return Amount(amount.whole, cents or amount.decimals, amount.negative)


def _plain_money(tokens: Tokens) -> Amount | None:
    if words_of(tokens)[-2:] in (["et", "demi"], ["et", "demie"]):
        return _half_more(tokens[:-2])
    return _plain(tokens)


def _half_more(tokens: Tokens) -> Amount | None:
    """Return « un million et demi » as 1 500 000; « mille et demi » is no amount."""
    found = _plain(tokens)
    size = {"million": 10**6, "millions": 10**6, "milliard": 10**9, "milliards": 10**9}.get(tokens[-1].word)
    return Amount(found.whole + size // 2) if found and size and not found.decimals else None


def _only_cents(tokens: Tokens) -> Amount | None:
    cents = whole_number(tokens[:-1])
    return Amount(0, f"{cents:02}") if tokens[-1].word in _CENTS and cents is not None and cents < 100 else None


def _cents_after(tokens: Tokens) -> str | None:
    """Return the two figures after the euros, "" where only harmless words follow, None where it is not sure.

    « euros cinq » may be 5 or 50 centimes: asked, unless « centimes » is said or the zero is.
    """
    words = words_of(tokens)
    said_cents = words[-1] in _CENTS
    body = tokens[:-1] if said_cents else tokens
    if body and body[0].word in {"et", "virgule", ","}:
        body = body[1:]
    if not any(is_numeric(token) for token in body):
        return "" if not said_cents and not ((_DIVISIONS | _COMMA) & set(words)) else None
    zero_first = body[0].word in {"zero", "0"} and len(body) == 2
    cents = whole_number(body[1:] if zero_first else body)
    if body[0].is_figure and len(body) == 1 and len(body[0].word) == 2:
        return body[0].word
    if cents is None or cents > 99:
        return None
    return f"{cents:02}" if said_cents or zero_first or cents >= 10 else None
