"""Numbers read from tokens, in digits or in words: quatre-vingt-dix is 90, 1 234,56 is 1234.56."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from accessform.plain_language.facts.reading import Token, data

DIGITS = re.compile(r"\d{1,3}(?:[ \u00a0\u202f.]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?")
LONGEST_NUMBER = 40
HUNDRED, THOUSAND, MILLION = 100, 1_000, 1_000_000
COMPOUND = frozenset({HUNDRED, THOUSAND})
"""Numbers that an ordinal goes on behind a blank: « cent vingtième »."""


@dataclass(frozen=True)
class Numeral:
    """A number: `value` as canonical text, `last` the index of its last token; vague for « une vingtaine »."""

    value: str
    first: int
    last: int
    ordinal: bool = False
    vague: bool = False


def numeral_at(tokens: Sequence[Token], at: int) -> Numeral | None:
    """Return the number that begins at token `at`. « un » alone is none: its neighbours decide what it is."""
    low = tokens[at].low
    if low[0].isdigit() and DIGITS.fullmatch(tokens[at].text):
        return _in_digits(tokens, at)
    if low in data("numbers")["ordinals"]:
        return Numeral(str(data("numbers")["ordinals"][low]), at, at, ordinal=True)
    if low in data("numbers")["vague"]:
        return Numeral("~" + data("numbers")["vague"][low], at, at, vague=True)
    if low == "quinzaine":
        return Numeral("15", at, at)
    if low in data("numbers")["fractions"] and _is_fraction(tokens, at):
        return Numeral(data("numbers")["fractions"][low], at, at)
    return _in_words(tokens, at)


def _is_fraction(tokens: Sequence[Token], at: int) -> bool:
    """Tell « le tiers des voix » from « un tiers », someone else."""
    following = tokens[at + 1].low if at + 1 < len(tokens) else ""
    return not tokens[at].glued and (tokens[at].low != "tiers" or following in ("de", "des", "du"))


def _in_digits(tokens: Sequence[Token], at: int) -> Numeral:
    last = at
    value = canonical(tokens[at].text)
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if (
        following
        and following.start == tokens[at].end
        and following.low in ("er", "re", "e", "ème", "ère", "ième", "nd", "nde")
    ):
        return Numeral(value, at, at + 1, ordinal=True)
    if following and following.low in ("millions", "million", "milliards", "milliard", "mille"):
        value = _plain(Decimal(value) * int(data("numbers")["cardinals"][following.low]))
        last = at + 1
    return Numeral(value, at, last)


def canonical(digits: str) -> str:
    """Return the canonical form of a number in digits: "1 234,50" is "1234.5"."""
    kept = re.sub(r"[ \u00a0\u202f]", "", digits)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", kept):
        kept = kept.replace(".", "")
    kept = kept.replace(",", ".")
    return _plain(Decimal(kept)) if len(kept) <= LONGEST_NUMBER else kept


def _plain(value: Decimal) -> str:
    whole = format(value, "f")
    return whole.rstrip("0").rstrip(".") if "." in whole else whole


def _in_words(tokens: Sequence[Token], at: int) -> Numeral | None:
    cardinals = data("numbers")["cardinals"]
    values: list[int] = []
    last = at
    position = at
    while position < len(tokens) and len(values) < LONGEST_NUMBER:
        low = tokens[position].low
        if low in cardinals:
            values.append(cardinals[low])
            last = position
        elif low == "et" and values and _goes_on(tokens, position):
            pass
        elif low != "-":
            break
        position += 1
    ordinals = {"unième": 1, **data("numbers")["ordinals"]}
    following = tokens[position].low if position < len(tokens) else ""
    ends = bool(values) and values[-1] in COMPOUND and not following.startswith("second")
    if values and following in ordinals and (tokens[position].glued or ends):
        return Numeral(str(_added_up([*values, ordinals[following]])), at, position, ordinal=True)
    if not values or values == [1]:
        return None
    return Numeral(str(_added_up(values)), at, last)


def _goes_on(tokens: Sequence[Token], position: int) -> bool:
    """Tell whether « et » links the parts of one number, as in « vingt et un », « soixante et onze »."""
    before, after = tokens[position - 1].low, tokens[position + 1].low if position + 1 < len(tokens) else ""
    return before in ("vingt", "trente", "quarante", "cinquante", "soixante") and after in ("un", "une", "onze")


def _added_up(values: list[int]) -> int:
    total = group = 0
    for value in values:
        if value >= THOUSAND:
            total += max(group, 1) * value
            group = 0
        elif value == HUNDRED:
            group = max(group, 1) * HUNDRED
        elif value == 20 and group % HUNDRED == 4:
            group += 76
        else:
            group += value
    return total + group
