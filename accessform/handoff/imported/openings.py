"""One row of a file of openings, read or refused with a reason. Pure."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from accessform.handoff.slots import CELL_MINUTES, RuleError, check_rule

COLUMNS = ("place", "agent", "motifs", "first_day", "starts", "ends", "rule")
"""What the file must have; `except` (days when the opening does not happen) may be added."""
NAME_MAX = 80
Value = TypeVar("Value")
LISTED = re.compile(r"[;,|\s]+")


class RowRefused(ValueError):
    """A row that cannot be an opening, said in French for the staff."""


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """When one agent receives, for which motifs (slugs), by the clocks of the place."""

    place: str
    agent: str
    motifs: tuple[str, ...]
    first_day: dt.date
    starts_at: dt.time
    ends_at: dt.time
    rule: str
    except_days: tuple[str, ...]


def read_opening(row: Mapping[str, str]) -> OpeningRow:
    """Return the opening of a row by column name; raises RowRefused with all that is wrong in it."""
    if not row:
        raise RowRefused("La ligne n'a pas autant de cases que la première.")
    problems: list[str] = []
    place, agent = row["place"], " ".join(row["agent"].split())
    motifs = tuple(sorted({slug for slug in LISTED.split(row["motifs"]) if slug}))
    if not place or not agent or not motifs:
        problems.append("Il faut un lieu, un agent et au moins un motif.")
    if len(agent) > NAME_MAX:
        problems.append(f"Le nom de l'agent dépasse {NAME_MAX} caractères.")
    first_day = _read(problems, read_day, row["first_day"])
    starts_at, ends_at = (_read(problems, read_hour, row[name]) for name in ("starts", "ends"))
    if starts_at and ends_at and ends_at <= starts_at:
        problems.append(f"La fin ({row['ends']}) ne vient pas après le début ({row['starts']}).")
    rule = row["rule"].upper().removeprefix("RRULE:").strip()
    try:
        check_rule(rule)
    except RuleError as error:
        problems.append(str(error))
    days = [_read(problems, read_day, day) for day in LISTED.split(row.get("except", "")) if day]
    if problems or first_day is None or starts_at is None or ends_at is None:
        raise RowRefused(" ".join(problems))
    excepted = tuple(sorted({day.isoformat() for day in days if day}))
    return OpeningRow(place, agent, motifs, first_day, starts_at, ends_at, rule, excepted)


def _read(problems: list[str], read: Callable[[str], Value], text: str) -> Value | None:
    try:
        return read(text)
    except ValueError as error:
        problems.append(str(error))
        return None


def read_day(text: str) -> dt.date:
    """Return a day written 2026-12-31 or 31/12/2026; raises ValueError with what to write."""
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise ValueError(f"« {text[:40]} » n'est pas un jour : écrivez 2026-12-31.")


def read_hour(text: str) -> dt.time:
    """Return an hour written 9:00, 9h30 or 14h, on a five-minute cell; raises ValueError with what to write."""
    found = re.fullmatch(r"(\d{1,2})\s*[h:]\s*(\d{2})?", text.strip().lower())
    try:
        hour = dt.time(int(found[1]), int(found[2] or 0)) if found else None
    except ValueError:
        hour = None
    if hour is None or hour.minute % CELL_MINUTES:
        raise ValueError(f"« {text[:40]} » n'est pas une heure de {CELL_MINUTES} en {CELL_MINUTES} minutes : 09:30.")
    return hour
