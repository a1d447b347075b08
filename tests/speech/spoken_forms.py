"""Ways in which French says a value: what understanding is tried on, written apart from it."""

import datetime as dt
from decimal import Decimal

from accessform.answers.printed_values import MONTHS
from accessform.speech.normalising.numbers import LETTERS, UNITS, cardinal, digits, pair

OTHER_TENS = {7: "septante", 8: "huitante", 9: "nonante"}


def numbers(value: int) -> list[str]:
    """With and without hyphens, in Belgian and Swiss, in hundreds, in figures."""
    said = [
        cardinal(value),
        cardinal(value).replace("-", " "),
        _swiss(value),
        str(value),
        f"{value:,}".replace(",", " "),
    ]
    if 1100 <= value < 2000 and value % 1000 >= 100:
        said.append(f"{UNITS[value // 100]} cent {cardinal(value % 100) if value % 100 else ''}".strip())
    return said


def _swiss(value: int) -> str:
    if value < 100 and value // 10 in OTHER_TENS:
        tens, unit = OTHER_TENS[value // 10], value % 10
        return tens if not unit else f"{tens} et un" if unit == 1 else f"{tens}-{UNITS[unit]}"
    if value < 1000 and value >= 100:
        hundreds = "cent" if value < 200 else f"{UNITS[value // 100]} cent"
        return f"{hundreds} {_swiss(value % 100)}" if value % 100 else hundreds
    if 1000 <= value < 10**6:
        thousands = "mille" if value < 2000 else f"{_swiss(value // 1000)} mille"
        return f"{thousands} {_swiss(value % 1000)}" if value % 1000 else thousands
    return cardinal(value)


def dates(day: dt.date) -> list[str]:
    number = "premier" if day.day == 1 else cardinal(day.day)
    month, year = MONTHS[day.month - 1], cardinal(day.year)
    short = digits(f"{day.year % 100:02}") if day.year % 100 < 10 else cardinal(day.year % 100)
    spoken_day, spoken_month = pair(f"{day.day:02}"), pair(f"{day.month:02}")
    return [
        f"{number} {month} {year}",
        f"le {number} {month} {year.replace('-', ' ')}",
        f"je suis né le {day.day} {month} {day.year}",
        f"{day.day}/{day.month}/{day.year}",
        f"{day.day:02} {day.month:02} {day.year}",
        f"{spoken_day} {spoken_month} {year}",
        f"{cardinal(day.day)} {cardinal(day.month)} {year.replace('-', ' ')}",
        f"{spoken_day} {spoken_month} {short}",
        f"{number} {month} {short}",
        f"euh le {number}, {month}, {short}".replace("-", " "),
        f"{day.day:02}{day.month:02}{day.year}",
    ]


def moments(moment: dt.datetime) -> list[str]:
    minutes = cardinal(moment.minute) if moment.minute else ""
    hours = f"{cardinal(moment.hour, feminine=True)} heures {minutes}".strip()
    return [
        f"{day} {link} {hour}".strip()
        for day in dates(moment.date())[:4]
        for link, hour in (("à", hours), ("à", f"{moment.hour}h{moment.minute:02}"), (",", hours.replace("-", " ")))
    ]


def amounts(value: Decimal) -> list[str]:
    euros, cents = divmod(int(value * 100), 100)
    said, said_cents = cardinal(euros), cardinal(cents)
    if not cents:
        return [f"{said} euros", said, f"{euros} €", f"{said.replace('-', ' ')} euros par mois", f"{euros},00 euros"]
    return [
        f"{said} euros et {said_cents} centimes",
        f"{said} euros {said_cents}",
        f"{said.replace('-', ' ')} euros {said_cents.replace('-', ' ')} centimes",
        f"{said} virgule {pair(f'{cents:02}')}",
        f"{euros},{cents:02} €",
        f"{euros} euros {cents:02}",
    ]


def decimals(whole: int, fraction: str) -> list[str]:
    spoken = pair(fraction) if len(fraction) == 2 else digits(fraction)
    return [
        f"{cardinal(whole)} virgule {spoken}",
        f"{whole},{fraction}",
        f"{whole}.{fraction}",
        f"{cardinal(whole)} virgule {digits(fraction)}",
    ]


def in_pairs(figures: str) -> list[str]:
    """A row of figures by twos, one by one, in figures, with and without hyphens and pauses."""
    pairs = [figures[start : start + 2] for start in range(0, len(figures), 2)]
    spoken = [pair(two) if len(two) == 2 else digits(two) for two in pairs]
    return [
        " ".join(spoken),
        ", ".join(spoken),
        " ".join(spoken).replace("-", " "),
        digits(figures),
        figures,
        " ".join(pairs),
        ".".join(pairs),
        _repeated(figures),
    ]


def _repeated(figures: str) -> str:
    """Say two same figures in a row « deux fois le huit »."""
    said, place = [], 0
    while place < len(figures):
        twice = figures[place : place + 2] == figures[place] * 2
        said.append(("deux fois le " if twice else "") + UNITS[int(figures[place])])
        place += 2 if twice else 1
    return " ".join(said)


def in_threes(figures: str) -> list[str]:
    groups = [figures[start : start + 3] for start in range(0, len(figures), 3)]
    spoken = [digits(group) if group.startswith("0") else cardinal(int(group)) for group in groups]
    return [" ".join(spoken), ", ".join(spoken), " ".join(spoken).replace("-", " "), " ".join(groups)]


def postal_codes(code: str) -> list[str]:
    first, rest = code[:2], code[2:]
    thousands = f"{pair(first)} mille" + (f" {cardinal(int(rest))}" if int(rest) else "")
    return [
        *in_pairs(code)[:5],
        thousands,
        thousands.replace("-", " "),
        f"{pair(first)} {digits(rest)}",
        f"{first} {rest}",
    ]


def spelled(name: str) -> list[str]:
    return [
        " ".join(name.upper()),
        "-".join(name.upper()),
        ", ".join(name.lower()),
        " ".join(LETTERS[letter.upper()] for letter in name)
        if len(name) > 2 and "i" in name
        else " ".join(name.upper()),
        f"{name} {' '.join(name.upper())}",
    ]


def emails(local: str, domain: str) -> list[str]:
    said = {".": "point", "-": "tiret", "_": "tiret du huit"}
    spoken = "".join(f" {said[sign]} " if sign in said else sign for sign in local)
    host, _, ending = domain.rpartition(".")
    return [
        f"{local}@{domain}",
        f"{spoken} arobase {host} point {ending}",
        f"mon adresse c'est {spoken} arobase {host} point {' '.join(ending)}",
        f"{spoken.replace('tiret du huit', 'underscore')} at {host} point {ending}",
    ]
