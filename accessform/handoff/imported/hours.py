"""Weekly hours as open files write them, put into OpenStreetMap's notation, with what had to be mended. Pure."""

import itertools
import re
from collections.abc import Mapping

from accessform.handoff.service_hours import can_read_hours

DAYS = {
    "lundi": "Mo",
    "mardi": "Tu",
    "mercredi": "We",
    "jeudi": "Th",
    "vendredi": "Fr",
    "samedi": "Sa",
    "dimanche": "Su",
}
HOURS_MAX = 300
MIDNIGHT = 24 * 60
SPELL = re.compile(r"(\d{1,2})\s*[h:.]\s*(\d{2})?\s*(?:-|–|—|à)\s*(\d{1,2})\s*[h:.]\s*(\d{2})?", re.IGNORECASE)
CLOSED = frozenset({"", "ferme", "fermé", "fermée", "-"})

Spell = tuple[int, int]
"""Opening and closing, in minutes since midnight."""


class HoursUnreadable(ValueError):
    """Hours of a day that say nothing sure; the message quotes them."""


def read_week(cells: Mapping[str, str]) -> tuple[str, list[str]]:
    """Return the week of « 09:00 - 12:00 / 14:00 - 17:00 » cells by French day, and what was mended.

    A day that cannot be read leaves no hours at all: the others alone would say that the place is closed that day.
    """
    week: dict[str, list[Spell]] = {}
    repairs = []
    for day, cell in cells.items():
        try:
            week[day], mended = read_day(cell)
        except HoursUnreadable as error:
            return "", [f"horaires du {day} illisibles ({error}) : aucun horaire gardé"]
        repairs += [f"horaires du {day} : {', '.join(mended)} (« {cell[:80]} »)"] if mended else []
    return _write_week(week), repairs


def read_day(cell: str) -> tuple[list[Spell], list[str]]:
    """Return the spells of one day in order, without overlap, and what was mended. Raises HoursUnreadable."""
    text = cell.strip()
    if text.lower() in CLOSED:
        return [], []
    found = [_read_spell(part.strip()) for part in re.split(r"[/;,]", text)]
    real = [spell for spell in found if spell[0] != spell[1]]
    for opens, closes in real:
        if closes < opens or closes > MIDNIGHT:
            raise HoursUnreadable(f"« {cell[:80]} »")
    mended = []
    if len(real) < len(found):
        mended.append("« 00:00 - 00:00 » enlevé" if (0, 0) in found else "plage vide enlevée")
    joined = _join(real)
    if len(joined) < len(real):
        mended.append("plages qui se recouvrent ou se touchent réunies")
    elif joined != real:
        mended.append("plages remises en ordre")
    return joined, mended


def _read_spell(part: str) -> Spell:
    match = SPELL.fullmatch(part)
    if match is None:
        raise HoursUnreadable(f"« {part[:80]} »")
    first, first_minutes, last, last_minutes = (int(group or 0) for group in match.groups())
    if max(first_minutes, last_minutes) > 59 or max(first, last) > 24:  # noqa: PLR2004 - minutes and hours of a clock
        raise HoursUnreadable(f"« {part[:80]} »")
    opens, closes = first * 60 + first_minutes, last * 60 + last_minutes
    return (opens, MIDNIGHT) if closes == 0 and opens > 0 else (opens, closes)


def _join(spells: list[Spell]) -> list[Spell]:
    """Join the spells that overlap or touch, in order of time."""
    joined: list[Spell] = []
    for opens, closes in sorted(spells):
        if joined and opens <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], closes))
        else:
            joined.append((opens, closes))
    return joined


def _write_week(week: Mapping[str, list[Spell]]) -> str:
    """Write the days that open, those that follow each other with the same hours under one rule."""
    days = list(DAYS)
    rules = []
    for spells, group in itertools.groupby(days, key=lambda day: week.get(day, [])):
        alike = list(group)
        if spells:
            name = DAYS[alike[0]] if len(alike) == 1 else f"{DAYS[alike[0]]}-{DAYS[alike[-1]]}"
            rules.append(f"{name} {','.join(f'{_clock(opens)}-{_clock(closes)}' for opens, closes in spells)}")
    return "; ".join(rules)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def read_notation(text: str) -> tuple[str, list[str]]:
    """Return hours that are in OpenStreetMap's notation already, "" with the reason where they cannot be read."""
    if not text:
        return "", []
    if len(text) <= HOURS_MAX and can_read_hours(text):
        return text, []
    plainer = re.sub(r"\s*[–—]\s*", "-", text).replace("h", ":")
    if len(plainer) <= HOURS_MAX and can_read_hours(plainer):
        return plainer, [f"horaires récrits (« {text[:80]} »)"]
    return "", [f"horaires illisibles (« {text[:80]} ») : aucun horaire gardé"]
