"""Amounts, percentages, units, ordinals, fractions and plain numbers, in words."""

import re

from accessform.speech.normalising import numbers
from accessform.speech.normalising.lexicon import alternatives, lexicon

NUMBER = r"(?<![\w,.])(-|−)?(\d{1,3}(?: \d{3})+|\d+)(?:[,](\d+))?"
THOUSANDS = re.compile(r"(?<=\d)[\u00a0\u202f\u2009](?=\d{3}(?!\d))")
DOTTED_THOUSANDS = re.compile(r"(?<![\w,.])\d{1,3}(?:\.\d{3})+(?=,\d|(?: ?€))")
EUROS = re.compile(
    rf"{NUMBER} ?(k|M|Md)?(?:€|EUR\b|euros?\b)(?:(\d\d)\b)?(?: ?(?:/|par) ?(mois|an|jour|heure|h|personne|semaine|m²))?"
)
EURO_FIRST = re.compile(r"(?<!\d)(?<!\d )€ ?(\d+)(?:[.,](\d{2}))?")
PERCENT = re.compile(rf"{NUMBER} ?(%|‰)")
ORDINAL = re.compile(r"(?<![\w,.])(\d+)(ers?|res?|ères?|èmes?|emes?|è|es?|nde?s?|d|o)(?!\w)")
FRACTION_SIGNS = {"½": "demi", "¼": "un quart", "¾": "trois quarts", "⅓": "un tiers", "⅔": "deux tiers"}
OUT_OF = re.compile(r"(?<![\w/])(\d{1,4}) ?/ ?(\d{1,4})(?![\w/])")
DOTTED = re.compile(r"(?<![\w,.])(\d+)((?:\.\d+)+)(?![\w])")
RANGE = re.compile(r"(?<![\w,.-])(0|[1-9]\d{0,5}) ?[-–] ?([1-9]\d{0,5})(?![\d-])")
STARRED = re.compile(r"(?<=\d)\*(?=\d)")
POSTCODE = re.compile(r"(?<![\w,.])(0\d{4})(?!\w)")
ZEROS_FIRST = re.compile(r"(?<![\w,.])(?<!\d )0\d+(?![\w,])")
PLAIN = re.compile(rf"{NUMBER}(?!\w)(?: (\w+))?")
ANY_DIGITS = re.compile(r"\d+")


def say_quantities(text: str) -> str:
    """Return `text` without any figure left."""
    text = THOUSANDS.sub(" ", text)
    text = DOTTED_THOUSANDS.sub(lambda match: match.group().replace(".", " "), text)
    for sign, said in FRACTION_SIGNS.items():
        text = text.replace(sign, f" {said} ")
    text = STARRED.sub(" étoile ", RANGE.sub(_range, text))
    text = EURO_FIRST.sub(lambda match: f"{match[1]},{match[2]} €" if match[2] else f"{match[1]} €", text)
    text = EUROS.sub(_euros, text)
    text = PERCENT.sub(_percent, text)
    text = _say_units(text)
    text = ORDINAL.sub(_ordinal, text)
    text = POSTCODE.sub(lambda match: _postcode(match[1]), text)
    text = DOTTED.sub(_dotted, text)
    text = OUT_OF.sub(lambda match: f"{numbers.cardinal(int(match[1]))} sur {numbers.cardinal(int(match[2]))}", text)
    text = ZEROS_FIRST.sub(lambda match: numbers.digits(match.group()), text)
    text = PLAIN.sub(_plain, text)
    return ANY_DIGITS.sub(lambda match: f" {_whole(match.group())} ", text)


def _whole(written: str) -> str:
    if len(written) > 12 or (len(written) > 1 and written.startswith("0")):
        return numbers.digits(written)
    return numbers.cardinal(int(written)) if written.isascii() else ""


def _number(sign: str | None, whole: str, fraction: str | None, *, feminine: bool = False) -> str:
    compact = whole.replace(" ", "")
    if len(compact) > 12:
        return numbers.digits(compact)
    said = numbers.decimal(compact, fraction) if fraction else numbers.cardinal(int(compact), feminine=feminine)
    return f"moins {said}" if sign else said


def _is_many(whole: str) -> bool:
    return int(whole.replace(" ", "")) > 1


def _euros(match: re.Match[str]) -> str:
    sign, whole, fraction, scale, stuck_cents, per = match.groups()
    if scale:
        name = {"k": "mille", "M": "millions", "Md": "milliards"}[scale]
        name = name if scale == "k" or _is_many(whole) else name.rstrip("s")
        said = f"{_number(sign, whole, fraction)} {name} {'euros' if scale == 'k' else 'd' + chr(39) + 'euros'}"
    else:
        said = _euros_and_cents(sign, whole, fraction or stuck_cents)
    return f"{said} par {'heure' if per == 'h' else 'mètre carré' if per == 'm²' else per}" if per else said


def _euros_and_cents(sign: str | None, whole: str, fraction: str | None) -> str:
    if fraction and len(fraction) > 2:
        return f"{_number(sign, whole, fraction)} euros"
    cents = int(fraction.ljust(2, "0")) if fraction else 0
    cents_said = f"{numbers.cardinal(cents)} centime{'s' if cents > 1 else ''}"
    if cents and int(whole.replace(" ", "")) == 0:
        return f"moins {cents_said}" if sign else cents_said
    amount = _number(sign, whole, None)
    unit = "euros" if _is_many(whole) else "euro"
    linked = f"d'{unit}" if re.search(r"(?:million|milliard)s?$", amount) else unit
    return f"{amount} {linked} et {cents_said}" if cents else f"{amount} {linked}"


def _percent(match: re.Match[str]) -> str:
    sign, whole, fraction, unit = match.groups()
    return f"{_number(sign, whole, fraction)} pour {'cent' if unit == '%' else 'mille'}"


def _say_units(text: str) -> str:
    units = lexicon().units
    pattern = re.compile(rf"{NUMBER} ?({alternatives(units)})(?![\w²³/])")
    feminine = {"h", "s", "sec", "min", "mn"}

    def said(match: re.Match[str]) -> str:
        sign, whole, fraction, unit = match.groups()
        return f"{_number(sign, whole, fraction, feminine=unit in feminine)} {units[unit][_is_many(whole)]}"

    return pattern.sub(said, text)


def _ordinal(match: re.Match[str]) -> str:
    number, ending = int(match[1][:9]), match[2]
    plural = "s" if ending.endswith("s") else ""
    if number == 2 and ending.startswith(("nd", "d")):
        return f"second{'e' if 'e' in ending else ''}{plural}"
    if ending == "o":
        return {1: "primo", 2: "secundo", 3: "tertio"}.get(number, numbers.cardinal(number))
    return numbers.ordinal(number, feminine=ending.startswith(("r", "è"))) + plural


def _postcode(code: str) -> str:
    """Return 05100 as « zéro cinq mille cent », 01000 as « zéro un mille »."""
    thousands, rest = int(code[:2]), int(code[2:])
    if not thousands:
        return numbers.digits(code)
    said = f"zéro {numbers.cardinal(thousands)} mille"
    return f"{said} {numbers.cardinal(rest)}" if rest else said


def _dotted(match: re.Match[str]) -> str:
    """Return a question's number: « 3.2 » is « trois point deux »."""
    return " point ".join(_whole(part) for part in (match[1] + match[2]).split("."))


def _range(match: re.Match[str]) -> str:
    """Return « 18-25 » as « 18 à 25 », and what does not rise as two numbers with « tiret » between."""
    return f"{match[1]} {'à' if int(match[1]) < int(match[2]) else 'tiret'} {match[2]}"


def _plain(match: re.Match[str]) -> str:
    sign, whole, fraction, noun = match.groups()
    bare = (noun or "").lower().removesuffix("s")
    feminine = bool(noun) and bool({bare, (noun or "").lower()} & lexicon().feminine)
    said = _number(sign, whole, fraction, feminine=feminine)
    return f"{said} {noun}" if noun else said
