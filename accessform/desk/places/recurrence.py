"""Rules that repeat: made from days of the week, ended on a day, and said in plain French. Pure."""

import datetime as dt
import itertools
import re
from collections.abc import Collection, Iterable

from dateutil.rrule import rrulestr

from accessform.handoff.dates_in_words import DAYS, NARROW, say_day, say_time
from accessform.handoff.slots import OpeningRule, RuleError, list_occurrences

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MAX_COUNTED = 2000
"""Beyond so many occurrences the last one is not looked for: such a rule is said by its text."""
ORDINALS = {"1": "premier", "2": "deuxième", "3": "troisième", "4": "quatrième", "-1": "dernier"}
WORKING_DAYS = (0, 1, 2, 3, 4)
SAID_PARTS = frozenset({"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "UNTIL", "COUNT", "WKST"})


def make_rule(days: Collection[int], *, until: dt.date | None, every: int = 1) -> str:
    """Return the rule of days of the week (0 is Monday), every `every` weeks, up to `until` included."""
    parts = ["FREQ=WEEKLY", *([f"INTERVAL={every}"] if every > 1 else [])]
    parts.append(f"BYDAY={','.join(CODES[day] for day in sorted(set(days)))}")
    return ";".join([*parts, *([_until(until)] if until else [])])


def find_first_day(days: Collection[int], start: dt.date, until: dt.date | None) -> dt.date | None:
    """Return the first of these days of the week from `start` on, None where `until` comes before it."""
    week = (start + dt.timedelta(days=number) for number in range(7))
    first = next((day for day in week if day.weekday() in days), None)
    return None if first is None or (until and first > until) else first


def end_rule(opening: OpeningRule, last: dt.date) -> str:
    """Return the opening's rule, ended after `last` (included). Raises RuleError, said in French.

    Refused: a rule that happens once, one that would then happen no more, one that ends sooner already.
    """
    if not opening.rule:
        raise RuleError("Cette plage n'a lieu qu'une fois : retirez-la.")
    if not list_occurrences(opening, opening.first.date(), last):
        raise RuleError("À cette date, la plage n'aurait jamais eu lieu : retirez-la.")
    current = find_last_day(opening)
    if current and current <= last:
        raise RuleError(f"Cette plage se termine déjà le {say_day(current)} {current.year}.")
    parts = [part for part in opening.rule.upper().split(";") if not part.startswith(("UNTIL=", "COUNT="))]
    return ";".join([*parts, _until(last)])


def find_last_day(opening: OpeningRule) -> dt.date | None:
    """Return the last day that a rule allows, None where it never ends."""
    if not opening.rule:
        return opening.first.date()
    parts = _parts(opening.rule)
    if "UNTIL" in parts:
        return dt.datetime.strptime(parts["UNTIL"][:8], "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
    if "COUNT" not in parts:
        return None
    times = list(itertools.islice(rrulestr(opening.rule, dtstart=opening.first), MAX_COUNTED))
    return times[-1].date() if times and len(times) < MAX_COUNTED else None


def say_opening(opening: OpeningRule, *, today: dt.date) -> str:
    """Return « chaque lundi et jeudi, 9 h – 12 h, jusqu'au 30 juin ». A rule without words is said as written."""
    first, last = opening.first.date(), find_last_day(opening)
    hours = f"{say_time(opening.first)}{NARROW}–{NARROW}{say_time(opening.first + opening.length)}"
    if not opening.rule:
        return f"le {say_day(first, today=today)}, {hours}"
    said = [_say_days(opening) or f"répétition particulière ({opening.rule})", hours]
    if first > today:
        said.append(f"à partir du {say_day(first, today=today)}")
    if last:
        said.append(f"jusqu'au {say_day(last, today=today)}")
    if coming := sorted(day for day in opening.except_days if day >= today):
        said.append(f"sauf {join(f'le {say_day(day, today=today)}' for day in coming)}")
    return ", ".join(said)


def join(words: Iterable[str]) -> str:
    """Return « a, b et c »."""
    *others, last = list(words) or [""]
    return f"{', '.join(others)} et {last}" if others else last


def _until(day: dt.date) -> str:
    return f"UNTIL={day:%Y%m%d}T235959"


def _parts(rule: str) -> dict[str, str]:
    return dict(part.partition("=")[::2] for part in rule.upper().split(";"))


def _say_days(opening: OpeningRule) -> str:
    """Return the words of a rule's days, "" where there are none for it."""
    parts = _parts(opening.rule)
    every, by_day = int(parts.get("INTERVAL", "1")), [day for day in parts.get("BYDAY", "").split(",") if day]
    if not parts.keys() <= SAID_PARTS or ("BYMONTHDAY" in parts and parts["FREQ"] != "MONTHLY"):
        return ""
    if parts["FREQ"] == "WEEKLY" and set(by_day) <= set(CODES):
        return _say_week(sorted(CODES.index(day) for day in by_day) or [opening.first.weekday()], every)
    if parts["FREQ"] == "DAILY" and not by_day:
        return "chaque jour" if every == 1 else f"tous les {every} jours"
    return _say_month(parts, by_day, opening) if parts["FREQ"] == "MONTHLY" and every == 1 else ""


def _say_week(days: list[int], every: int) -> str:
    names = "du lundi au vendredi" if tuple(days) == WORKING_DAYS else join(DAYS[day] for day in days)
    if every == 1:
        return f"chaque jour {names}" if tuple(days) == WORKING_DAYS else f"chaque {names}"
    weeks = "une semaine sur deux" if every == 2 else f"toutes les {every} semaines"  # noqa: PLR2004 - two weeks
    return f"{weeks}, {names}"


def _say_month(parts: dict[str, str], by_day: list[str], opening: OpeningRule) -> str:
    if not by_day:
        number = parts.get("BYMONTHDAY", str(opening.first.day))
        return f"le {'1er' if number == '1' else number} de chaque mois" if re.fullmatch(r"\d+", number) else ""
    found = re.fullmatch(r"\+?(-?\d)([A-Z]{2})", by_day[0])
    if len(by_day) > 1 or "BYMONTHDAY" in parts or not found or found[1] not in ORDINALS:
        return ""
    return f"le {ORDINALS[found[1]]} {DAYS[CODES.index(found[2])]} de chaque mois"
