"""Days told from today: taken where they name one day, asked where they do not."""

import datetime as dt
import re

from accessform.speech.understanding.numerals import whole_number
from accessform.speech.understanding.transcript import tokenise

_NEAR = {
    "avant hier": -2,
    "hier": -1,
    "aujourdhui": 0,
    "ce jour": 0,
    "ce matin": 0,
    "ce soir": 0,
    "ce midi": 0,
    "cet apres midi": 0,
    "demain": 1,
    "apres demain": 2,
}
_NEAR_MORE = r"(?: matin| midi| apres midi| soir| dans la matinee)?"
_WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_WEEKDAY = re.compile(rf"(?:le )?({'|'.join(_WEEKDAYS)}) (dernier|passe|prochain)")
_DISTANCE = re.compile(r"(il y a|dans|ca fait|voila) ([a-z0-9 ]+?) (jours?|semaines?|mois|ans?|annees?)(?: .*)?")
_VAGUE = re.compile(
    r"\b(?:la semaine|le mois|l annee|l an) (?:derniere?|passee?|prochaine?)\b"
    r"|\bce mois\b|\bcette (?:semaine|annee)\b"
    r"|\b(?:en huit|en quinze)\b|\brecemment\b|\bl autre jour\b|\btout a l heure\b"
    r"|\bmaintenant\b|\bil y a\b|\blongtemps\b"
)
_IDIOMS = frozenset({7, 8, 15})
"""« huit jours » is a week and « quinze jours » two: not a count of days."""


def relative_day(words: list[str], today: dt.date | None) -> dt.date | bool:
    """Return the day, True where one is told from today without being certain, False where none is."""
    said = " ".join(words).removeprefix("c etait ").removeprefix("depuis ").removeprefix("a partir d ")
    for name, days in _NEAR.items():
        if re.fullmatch(name + _NEAR_MORE, said):
            return _shifted(today, days)
    if weekday := _WEEKDAY.fullmatch(said):
        return _weekday(_WEEKDAYS.index(weekday[1]), today, forward=weekday[2] == "prochain")
    if distance := _DISTANCE.fullmatch(said):
        return _at_distance(distance, today)
    return bool(_VAGUE.fullmatch(said) or (_VAGUE.search(said) and not re.search(r"\d|\ble [a-z]+ ", said)))


def _shifted(today: dt.date | None, days: int) -> dt.date | bool:
    return today + dt.timedelta(days=days) if today else True


def _weekday(weekday: int, today: dt.date | None, *, forward: bool) -> dt.date | bool:
    """Return the last such day before today, or the next one after."""
    if today is None:
        return True
    gap = (weekday - today.weekday()) % 7 if forward else (today.weekday() - weekday) % 7
    return _shifted(today, (gap or 7) if forward else -(gap or 7))


def _at_distance(found: re.Match[str], today: dt.date | None) -> dt.date | bool:
    """Return today plus or minus a count of days; weeks, months and years name no day."""
    count = whole_number(tokenise(found[2]))
    if count is None or not found[3].startswith("jour") or count in _IDIOMS or count > 99:
        return True
    return _shifted(today, count if found[1] == "dans" else -count)
