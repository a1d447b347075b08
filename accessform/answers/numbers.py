"""Whole numbers, decimals and amounts, as people write them in France."""

import re
from decimal import Decimal, InvalidOperation

from accessform.answers.refusals import Raw, Refused, first
from accessform.answers.texts import clean
from forms_catalog.definition import Constraints

LARGEST = Decimal(10) ** 12
"""Beyond a thousand billion, a slip of the finger is certain."""

_CURRENCY = re.compile(r"(?i)(?:€|euros?|eur)(?:\s*(?:par|/)\s*(?:mois|an))?\.?$")
_EURO_CENTS = re.compile(r"(?i)^(.*\d)\s*(?:€|euros?)\s*(?:(\d{2})|(\d)(?=\s*c))(?:\s*(?:centimes?|cts?|c))?$")
_THOUSANDS = re.compile(r"^\d{1,3}(?:[ '’]\d{3})+$")


def parse_integer(raw: Raw, constraints: Constraints) -> int:
    """Read a whole number: « 1 200 », « 3 enfants » is refused, « 3,0 » is 3."""
    number = _decimal(clean(first(raw)), "not_integer")
    if number != number.to_integral_value():
        raise Refused("not_integer")
    _check_bounds(number, constraints)
    return int(number)


def parse_decimal(raw: Raw, constraints: Constraints) -> str:
    """Read a number with or without decimals, comma or point."""
    number = _decimal(clean(first(raw)), "not_decimal")
    _check_bounds(number, constraints)
    return format(number, "f")


def parse_money(raw: Raw, constraints: Constraints) -> str:
    """Read an amount in euros and return it with two decimals: « 1 234,5 € » → "1234.50"."""
    text = clean(first(raw))
    with_cents = _EURO_CENTS.match(text)
    text = f"{with_cents[1]},{with_cents[2] or '0' + with_cents[3]}" if with_cents else _CURRENCY.sub("", text).strip()
    if text.startswith("€"):
        text = text[1:].strip()
    amount = _decimal(text, "not_amount")
    if amount != amount.quantize(Decimal("0.01")):
        raise Refused("amount_cents")
    _check_bounds(amount, constraints if constraints.min is not None else constraints.model_copy(update={"min": 0}))
    return format(amount.quantize(Decimal("0.01")), "f")


def _decimal(text: str, refusal: str) -> Decimal:
    """Read a number whose thousands may be parted by a space, a point or an apostrophe, decimals by , or point."""
    text = text.replace("−", "-").replace("–", "-")
    sign = "-" if text.startswith("-") else ""
    body = text.lstrip("+-").strip()
    body, decimals = _split_decimals(body)
    if _THOUSANDS.match(body):
        body = re.sub(r"\D", "", body)
    if not re.fullmatch(r"[0-9]+", body) or (decimals and not re.fullmatch(r"[0-9]+", decimals)):
        raise Refused(refusal)
    try:
        number = Decimal(f"{sign}{body}.{decimals or 0}")
    except InvalidOperation as error:
        raise Refused(refusal) from error
    if abs(number) >= LARGEST:
        raise Refused("number_huge")
    return number.normalize() if number else Decimal(0)


def _split_decimals(body: str) -> tuple[str, str]:
    """Return whole part and decimals, thousands parted by spaces; refuses « 1.234 », which reads two ways."""
    comma, point = body.rfind(","), body.rfind(".")
    if comma < 0 and point < 0:
        return body, ""
    if comma >= 0 and point >= 0:
        mark, other = (",", ".") if comma > point else (".", ",")
        whole, _, decimals = body.rpartition(mark)
        return whole.replace(other, " "), decimals.strip()
    mark = "," if comma >= 0 else "."
    if body.count(mark) > 1:
        return body.replace(mark, " "), ""
    whole, _, decimals = body.partition(mark)
    if mark == "." and len(decimals) == 3 and 1 <= len(whole) <= 3 and whole != "0":
        raise Refused("number_two_readings", without=f"{whole}{decimals}", comma=f"{whole},{decimals}")
    return whole.strip(), decimals.strip()


def _check_bounds(number: Decimal, constraints: Constraints) -> None:
    if constraints.min is not None and number < Decimal(str(constraints.min)):
        raise Refused("too_low", min=french_number(constraints.min))
    if constraints.max is not None and number > Decimal(str(constraints.max)):
        raise Refused("too_high", max=french_number(constraints.max))


def french_number(value: int | float | str | Decimal) -> str:
    """Write a number as French does: narrow spaces are plain non-breaking ones, a comma before decimals."""
    number = Decimal(str(value))
    whole, _, decimals = format(abs(number), "f").partition(".")
    grouped = f"{int(whole):,}".replace(",", "\u00a0")
    return f"{'-' if number < 0 else ''}{grouped}{',' + decimals if decimals else ''}"
