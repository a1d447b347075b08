"""Quantities that a text says without a number: one, first, nothing, the age of majority."""

import re
from collections.abc import Iterable

from accessform.plain_language.facts.negation import firmly_negated
from accessform.plain_language.facts.quantities import Quantity
from accessform.plain_language.facts.reading import Reading, data, either, patterns, stem_of

NAMED = {"0": "none", "1e": "first", "2e": "second"}
"""Numbers that have lists of words of their own in the data."""
ONE_THING = re.compile(r"(?<![^ ])une? (?:seule? )?([^ ]+)")
ADJACENT = (
    (frozenset({"at_least", "from"}), frozenset({"more"})),
    (frozenset({"before", "less"}), frozenset({"at_most", "to"})),
)
"""Bounds by which a whole number and the next above it say the same."""
ENDS = frozenset({",", ":", ".", ";", ")"})
WITHIN_THE_YEAR = re.compile(r"(?<![^ ])(?:pendant|durant) (?:le|une?) année(?![^ ])")
YEARS = frozenset({"an", "année"})
ONE = r"(?<![^ ])(?:une?|le|la|ce|cette|chaque|même|par|seule?) (?:seule?s? |même )?{}(?![^ ])"


def said_in_words(quantity: Quantity, own: Reading, other: Reading) -> bool:
    """Tell whether `other` says a quantity of `own` without its number: « une seule année », « nul », « mineur »."""
    if _is_age(quantity, own, other) or _is_span(quantity, own, other):
        return True
    return any(_says(quantity, line.low) for line in other.lines)


def _is_span(quantity: Quantity, own: Reading, other: Reading) -> bool:
    """Tell whether an adjective or a rhythm says how long: « période triennale », « tous les ans »."""
    spans = data("numbers")["spans"].get(f"{quantity.value} {quantity.unit}")
    if spans and _holds(either(spans), other):
        return True
    rhythms = data("markers")["periods"]
    named = quantity.unit == "mois" and quantity.value in rhythms and not quantity.bounds - {"within"}
    if not named or quantity.digits != "1":
        return False
    return _holds(either(rhythms[quantity.value]), other) and not _holds(either(rhythms[quantity.value]), own)


def just_below(quantity: Quantity, told: Iterable[Quantity]) -> bool:
    """Tell whether it is the last whole number below an amount where something begins: « de 60 à 119 », « dès 120 »."""
    return "to" in quantity.bounds and any(
        one.unit == quantity.unit and one.value.isdigit() and quantity.value == str(int(one.value) - 1) for one in told
    )


def one_away(quantity: Quantity, others: Iterable[Quantity]) -> bool:
    """Tell whether it says a limit of whole things from its other side: « plus de 10 », « à partir de 11 »."""
    return any(
        quantity.value.isdigit()
        and one.value.isdigit()
        and quantity.unit == one.unit
        and not quantity.measured
        and (_next_above(quantity, one) or _next_above(one, quantity))
        for one in others
    )


def _next_above(one: Quantity, other: Quantity) -> bool:
    """Tell whether `one` is the next whole number above `other`, from the same side: « avant 6 », « 5 au plus »."""
    if int(one.value) != int(other.value) + 1:
        return False
    return any(one.bounds & above and other.bounds & below for above, below in ADJACENT)


def counted_apart(quantity: Quantity, own: Reading, other: Reading, others: Iterable[Quantity]) -> bool:
    """Tell whether the number stands apart from what it counts: « racheter des trimestres : 12 au maximum »."""
    if quantity.value.endswith("e"):
        return False
    same = [one for one in others if one.digits == quantity.digits and quantity.measured != one.measured]
    return any(
        not bare.unit
        and not bare.value.endswith("e")
        and _unit_word(measured) in {token.low for line in reading.lines for token in line.tokens}
        for one in same
        for measured, bare, reading in [(quantity, one, other) if quantity.measured else (one, quantity, own)]
    )


def _unit_word(quantity: Quantity) -> str:
    return quantity.text.lower().split()[-1]


def ranks(quantity: Quantity, reading: Reading) -> bool:
    """Tell whether an ordinal only counts what the text itself lists: « Dans ce 2e cas », « La seconde : »."""
    if not quantity.value.endswith("e") or quantity.measured or quantity.bounds:
        return False
    tokens = reading.lines[quantity.line].tokens
    following = tokens[quantity.last + 1].low if quantity.last + 1 < len(tokens) else "."
    announced = data("numbers")["announced"]
    return following in ENDS or following in announced or following + "s" in announced


def _is_age(quantity: Quantity, own: Reading, other: Reading) -> bool:
    """Tell whether it is an age that `other` alone says by its name: under 18, « mineur »."""
    named = [
        (either(age["words"]), denied)
        for age in data("numbers")["named_ages"]
        if (quantity.value, quantity.unit) == (age["value"], "mois")
        for denied in [not quantity.bounds & set(age["bounds"])]
    ]
    return any(_holds(words, other, denied=denied) and not _holds(words, own) for words, denied in named)


def _holds(words: re.Pattern[str], reading: Reading, *, denied: bool = False) -> bool:
    """Tell whether a sentence has one of the words, under a denial where `denied`: « n'est pas majeur »."""
    return any(
        not denied or line.token_at(match.start()) in firmly_negated(line)
        for line in reading.lines
        for match in words.finditer(line.low)
    )


def _says(quantity: Quantity, low: str) -> bool:
    if quantity.value in NAMED:
        return bool(patterns("numbers", NAMED[quantity.value]).search(low))
    if quantity.digits != "1" or quantity.value.endswith("e"):
        return False
    counted = quantity.text.lower().split()[-1]
    if quantity.measured:
        return bool(
            re.search(ONE.format(re.escape(counted)), low) or (counted in YEARS and WITHIN_THE_YEAR.search(low))
        )
    if quantity.bounds == {"at_least"} and patterns("numbers", "one_or_more").search(low):
        return True
    if not quantity.bounds and any(quantity.unit == "=" + stem_of(match.group(1)) for match in ONE_THING.finditer(low)):
        return True
    return quantity.bounds <= {"more", "at_most", "exactly"} and bool(patterns("numbers", "only_one").search(low))
