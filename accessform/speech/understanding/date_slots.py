"""Day, month and year in the words of a date, in every order in which French says them."""

import datetime as dt
from dataclasses import dataclass, replace

from accessform.answers.printed_values import MONTHS
from accessform.speech.understanding.date_numbers import (
    FIRST,
    days_of,
    only_one,
    splits,
    year_of,
    years_of,
    zeros_joined,
)
from accessform.speech.understanding.numerals import is_numeric
from accessform.speech.understanding.transcript import Tokens, fold

WEEKDAYS = {"lundi": 0, "mardi": 1, "mercredi": 2, "jeudi": 3, "vendredi": 4, "samedi": 5, "dimanche": 6}
_MONTH_NUMBERS = {fold(name): number for number, name in enumerate(MONTHS, start=1)} | {
    "janv": 1, "fev": 2, "fevr": 2, "avr": 4, "juil": 7, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_HARMLESS = frozenset({
    "le", "la", "l", "les", "du", "de", "d", "des", "en", "au", "a", "un", "jour", "mois", "an", "annee", "date",
    "je", "j", "suis", "est", "etait", "ete", "c", "ce", "ne", "nee", "ma", "mon", "naissance", "depuis", "et",
    "moi", "oui", "ca", "fait", "il", "elle", "on", "dans", "ai", "partir", "numero", "quatrieme", "sur", "y",
    "que", "s", "euh", "nes",
})  # fmt: skip
_SEPARATORS = frozenset({"/", ".", "-", "tiret", "slash", "point", "espace"})
_FORBIDDEN = frozenset({
    "semaine", "semaines", "quinzaine", "trimestre", "week", "weekend", "moitie", "milieu",
    "pas", "sauf", "ou", "ni", "non", "%", "euros", "€", "avant", "apres", "veille", "lendemain", "jusqu", "entre",
})  # fmt: skip
_THIS_YEAR = {("cette", "annee"): 0, ("annee", "derniere"): -1, ("an", "dernier"): -1, ("annee", "passee"): -1,
              ("an", "passe"): -1, ("annee", "prochaine"): 1, ("an", "prochain"): 1}  # fmt: skip
CENTURIES = (1900, 2000)


@dataclass(frozen=True)
class Slots:
    """What is known of a day; `short_year` is a year in two figures, `years` the ones it may be."""

    day: int | None = None
    month: int | None = None
    year: int | None = None
    short_year: int | None = None
    weekday: int | None = None
    years: tuple[int, ...] = ()


def slots_of(tokens: Tokens, known: Slots, today: dt.date | None) -> Slots | None:
    """Return the parts of a date that the tokens say, with those known before; None where it is no date.

    Nothing is taken from an utterance whose numbers can be shared out in two ways.
    """
    words = [token.word for token in tokens]
    if not tokens or _FORBIDDEN & set(words):
        return None
    weekday = next((WEEKDAYS[word] for word in words if word in WEEKDAYS), None)
    tokens, year_said = _without_this_year(tuple(token for token in tokens if token.word not in WEEKDAYS), today)
    if year_said == "unknown":
        return None
    months = [place for place, token in enumerate(tokens) if token.word in _MONTH_NUMBERS]
    if len(months) > 1:
        return None
    found = _named(tokens, months[0], known) if months else _all_figures(tokens, known)
    if found is None:
        return None
    if isinstance(year_said, int):
        found = replace(found, year=year_said) if found.year is None and found.short_year is None else None
    return replace(found, weekday=weekday) if found else None


def _without_this_year(tokens: Tokens, today: dt.date | None) -> tuple[Tokens, int | str | None]:
    """Take « de l'année dernière », « de cette année » out; returns the year, "unknown" without today."""
    words = [token.word for token in tokens]
    for place in range(len(words) - 1):
        shift = _THIS_YEAR.get((words[place], words[place + 1]))
        if shift is not None:
            rest = (*tokens[:place], *tokens[place + 2 :])
            return rest, today.year + shift if today else "unknown"
    return tokens, None


def _named(tokens: Tokens, place: int, known: Slots) -> Slots | None:
    """Read a date whose month is named: a day before, a year after, either of which may be missing."""
    month = _MONTH_NUMBERS[tokens[place].word]
    before, after = _runs(_without_age(tokens[:place])), _runs(tokens[place + 1 :])
    if len(before) == 2 and not after and all(year is not None for year, _ in years_of(before[0]) or {(None, None)}):
        before, after = before[1:], before[:1]
    if len(before) > 1 or len(after) > 1:
        return None
    days = days_of(before[0]) if before else {None}
    years = years_of(after[0]) if after else {(None, None)}
    if len(days) != 1 or len(years) != 1:
        return None
    day, (year, short) = days.pop(), years.pop()
    found = Slots(day=day, month=month, year=year, short_year=short)
    return _filled(found, known)


def _without_age(tokens: Tokens) -> Tokens:
    """Drop « quatre-vingt-deux ans » told before the date."""
    places = [place for place, token in enumerate(tokens) if token.word == "ans"]
    if not places:
        return tokens
    start = places[-1]
    while start and is_numeric(tokens[start - 1]):
        start -= 1
    return (*tokens[:start], *tokens[places[-1] + 1 :])


def _filled(found: Slots, known: Slots) -> Slots:
    """Complete what was said with what was known; what is said now wins."""
    if found.year is None and found.short_year is None:
        found = replace(found, year=known.year, years=known.years)
    return replace(
        found,
        day=found.day if found.day is not None else known.day,
        month=found.month if found.month is not None else known.month,
    )


def _runs(tokens: Tokens) -> list[Tokens]:
    """Return the runs of numbers, « premier » included, that other words part."""
    found: list[list[int]] = []
    last = -2
    for place, token in enumerate(tokens):
        inside = token.word == "et" and place == last + 1 and place + 1 < len(tokens) and is_numeric(tokens[place + 1])
        if not (is_numeric(token) or token.word in FIRST or inside):
            continue
        if place == last + 1:
            found[-1].append(place)
        else:
            found.append([place])
        last = place
    return [tuple(tokens[place] for place in run) for run in found]


def _all_figures(tokens: Tokens, known: Slots) -> Slots | None:
    """Read a date without a named month: the parts missing where some are known, else day, month and year."""
    words = [token.word for token in tokens]
    others = {word for word, token in zip(words, tokens, strict=True) if not is_numeric(token)}
    if others - _HARMLESS - _SEPARATORS - FIRST:
        return None
    run = tuple(token for token in tokens if is_numeric(token) or token.word in FIRST or _is_link(tokens, token))
    if not run:
        return None
    if len(run) == 1 and (compact := _compact(run[0].word)):
        return compact
    found = _three(run) | _two(run)
    if len(found) == 1 and not (known.month or known.year):
        return found.pop()
    whole = {slots for slots in found if slots.year or slots.short_year is not None}
    if len(found) == 1 and whole:
        return whole.pop()
    return _missing_part(run, known) if not whole else None


def _compact(figures: str) -> Slots | None:
    """Read « 12031948 » and « 120348 »."""
    if not figures.isdigit() or len(figures) not in {6, 8}:
        return None
    day, month, year = int(figures[:2]), int(figures[2:4]), int(figures[4:])
    return Slots(day=day, month=month, year=year) if len(figures) == 8 else Slots(day=day, month=month, short_year=year)


def _is_link(tokens: Tokens, token: object) -> bool:
    """Tell whether this token is the « et » of « vingt et un »."""
    place = next(place for place, one in enumerate(tokens) if one is token)
    inside = 0 < place < len(tokens) - 1 and tokens[place].word == "et"
    return (
        inside
        and is_numeric(tokens[place - 1])
        and tokens[place + 1].word
        in {
            "un",
            "une",
            "onze",
        }
    )


def _three(run: Tokens) -> set[Slots]:
    """Return every day, month and year that a run can be: a day first, or a year in four figures first."""
    if run[0].word in FIRST:
        return {replace(slots, day=1) for slots in _month_and_year(run[1:])}
    return {slots for values in splits(run) for slots in _shared(values)}


def _two(run: Tokens) -> set[Slots]:
    """Return every day and month that a run can be, without a year."""
    if run[0].word in FIRST:
        return {
            Slots(day=1, month=value)
            for values in splits(run[1:])
            for value in [only_one(zeros_joined(values))]
            if 1 <= value <= 12
        }
    return {
        Slots(day=joined[0][0], month=joined[1][0])
        for joined in (zeros_joined(values) for values in splits(run))
        if len(joined) == 2 and 1 <= joined[0][0] <= 31 and 1 <= joined[1][0] <= 12
    }


def _month_and_year(run: Tokens) -> set[Slots]:
    found: set[Slots] = set()
    for values in splits(run):
        found |= _shared(((1, 0), *values))
    return found


def _shared(values: tuple[tuple[int, int], ...]) -> set[Slots]:
    """Return the dates that a row of numbers is, zeros said apart joined to what follows."""
    if len(values) == 3 and values[0][1] == 4:
        year, month, day = (value for value, _ in values)
        return {Slots(day=day, month=month, year=year)} if 1 <= month <= 12 and 1 <= day <= 31 else set()
    joined = zeros_joined(values)
    if len(joined) < 3 or not 1 <= joined[0][0] <= 31 or not 1 <= joined[1][0] <= 12:
        return set()
    return {
        Slots(day=joined[0][0], month=joined[1][0], year=year, short_year=short) for year, short in year_of(joined[2:])
    }


def _missing_part(run: Tokens, known: Slots) -> Slots | None:
    """Read the only part that misses, or a year or a day said alone."""
    if known.day and known.month and known.year is None:
        return _with_year(run, known)
    if known.year is not None or known.month is not None:
        return _with_day(run, known) if known.day is None else _with_month(run, known)
    years = years_of(run)
    days = days_of(run)
    if len(years) == 1 and (year := next(iter(years))[0]) is not None:
        return Slots(day=known.day, year=year)
    if known.day is None and len(days) == 1:
        return Slots(day=days.pop())
    return None


def _with_year(run: Tokens, known: Slots) -> Slots | None:
    years = years_of(run)
    if len(years) != 1:
        return None
    year, short = years.pop()
    of_century = tuple(one for one in known.years if year in CENTURIES and one // 100 * 100 == year)
    return replace(known, year=of_century[0] if of_century else year, short_year=short, years=())


def _with_day(run: Tokens, known: Slots) -> Slots | None:
    """Read the day, or the day and the month, of a year known or a month known."""
    days = days_of(run)
    if len(days) == 1:
        return replace(known, day=days.pop())
    if known.month is not None:
        return None
    pairs = _two(run)
    if len(pairs) != 1:
        return None
    pair = pairs.pop()
    return replace(known, day=pair.day, month=pair.month)


def _with_month(run: Tokens, known: Slots) -> Slots | None:
    months = {value for values in splits(run) for value in [only_one(zeros_joined(values))] if 1 <= value <= 12}
    return replace(known, month=months.pop()) if len(months) == 1 else None


def correction(tokens: Tokens, known: Slots, today: dt.date | None) -> Slots | None:
    """Return `known` with the parts that a correction says; a lone number above 31 can only be the year."""
    found = slots_of(tokens, Slots(), today)
    if found is None:
        years = years_of(tuple(token for token in tokens if is_numeric(token)))
        if len(years) != 1:
            return None
        year, short = years.pop()
        found = Slots(year=year, short_year=short)
    alone = found.day is not None and found.month is None and found.year is None
    if alone and tokens[0].word != "le" and known.day is not None and tokens[0].word not in FIRST:
        return None
    return _filled(found, known)
