"""Quantities that a text says without a number: one, first, nothing, the age of majority."""

import re

from accessform.plain_language.facts.quantities import Quantity
from accessform.plain_language.facts.reading import Reading, data, either, patterns, stem_of

ONE_THING = re.compile(r"(?<![^ ])une? (?:seule? )?([^ ]+)")
ONE = r"(?<![^ ])(?:une?|le|la|ce|cette|chaque|même|par|seule?) (?:seule?s? |même )?{}(?![^ ])"


def said_in_words(quantity: Quantity, own: Reading, other: Reading) -> bool:
    """Tell whether `other` says a quantity of `own` without its number: « une seule année », « nul », « mineur »."""
    return _is_age(quantity, own, other) or any(_says(quantity, line.low) for line in other.lines)


def _is_age(quantity: Quantity, own: Reading, other: Reading) -> bool:
    """Tell whether it is an age that `other` alone says by its name: under 18, « mineur »."""
    named = [
        either(age["words"])
        for age in data("numbers")["named_ages"]
        if (quantity.value, quantity.unit) == (age["value"], "mois") and quantity.bounds & set(age["bounds"])
    ]
    return any(_holds(words, other) and not _holds(words, own) for words in named)


def _holds(words: re.Pattern[str], reading: Reading) -> bool:
    return any(words.search(line.low) for line in reading.lines)


def _says(quantity: Quantity, low: str) -> bool:
    if quantity.value in ("0", "1e"):
        return bool(patterns("numbers", "none" if quantity.value == "0" else "first").search(low))
    if quantity.digits != "1" or quantity.value.endswith("e"):
        return False
    counted = quantity.text.lower().split()[-1]
    if quantity.measured:
        return bool(re.search(ONE.format(re.escape(counted)), low))
    if not quantity.bounds and any(quantity.unit == "=" + stem_of(match.group(1)) for match in ONE_THING.finditer(low)):
        return True
    return quantity.bounds <= {"more", "at_most", "exactly"} and bool(patterns("numbers", "only_one").search(low))
