"""Free slots of an agenda: openings, minus absences, public holidays and what is already taken. Pure."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

CELL_MINUTES = 5
CELL_SECONDS = CELL_MINUTES * 60
MAX_RULE_LENGTH = 300
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
DAYS_OF_FREQUENCY = {"DAILY": 1, "WEEKLY": 7}
FIRST_LOOK = dt.datetime(2026, 1, 1)  # noqa: DTZ001 - wall clock
"""From when a rule is tried, before it is anybody's."""
ALLOWED_PARTS = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"})


@dataclass(frozen=True, slots=True)
class OpeningRule:
    """When one agent receives: `first` is the first day's local start, without a zone.

    `rule` is an RFC 5545 rule ("FREQ=WEEKLY;BYDAY=MO"); empty means once. On `except_days` (local) it does not happen.
    """

    agent: int
    first: dt.datetime
    length: dt.timedelta
    rule: str = ""
    except_days: frozenset[dt.date] = frozenset()


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time (aware bounds) when one agent is away."""

    agent: int
    start: dt.datetime
    end: dt.datetime


@dataclass(frozen=True, slots=True)
class Window:
    """What is asked for: slots of `minutes` that start within [earliest, latest] (aware).

    `travel` minutes on the way there and as many on the way back are the agent's time too.
    """

    minutes: int
    earliest: dt.datetime
    latest: dt.datetime
    travel: int = 0


@dataclass(frozen=True, slots=True)
class Agenda:
    """All that decides the free slots of one place. `taken` holds, per agent, numbers of cells (see cell_number)."""

    zone: ZoneInfo
    openings: Collection[OpeningRule]
    absences: Collection[Span] = ()
    closed_days: frozenset[dt.date] = frozenset()
    taken: Mapping[int, Collection[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Slot:
    """One start that can be booked; `agents` are those who are free then."""

    start: dt.datetime
    end: dt.datetime
    agents: tuple[int, ...]

    @property
    def capacity(self) -> int:
        """How many people can still come at this time."""
        return len(self.agents)


class RuleError(ValueError):
    """A recurrence rule that the agenda refuses, said in French for the staff."""


def check_rule(rule: str) -> None:
    """Refuse a rule that is malformed, too long, or more frequent than daily. Raises RuleError."""
    if not rule:
        return
    if len(rule) > MAX_RULE_LENGTH:
        raise RuleError(f"La règle dépasse {MAX_RULE_LENGTH} caractères.")
    parts = _read_parts(rule)
    if parts.get("FREQ") not in FREQUENCIES or not parts.keys() <= ALLOWED_PARTS:
        raise RuleError(f"La règle « {rule} » doit commencer par FREQ={', '.join(FREQUENCIES)}.")
    if not re.fullmatch(r"[1-9]\d{0,2}", parts.get("INTERVAL", "1")):
        raise RuleError(f"La règle « {rule} » se répète tous les 1 à 999 jours, semaines, mois ou ans.")
    if not re.fullmatch(r"[A-Z0-9=;,+-]+", rule.upper()):
        raise RuleError(f"La règle « {rule} » contient un caractère inattendu.")
    try:
        rrulestr(rule, dtstart=FIRST_LOOK)
    except (ValueError, TypeError, KeyError) as error:
        raise RuleError(f"La règle « {rule} » ne se lit pas : {error}") from error
    if not _falls_on_a_day(parts):
        raise RuleError(f"La règle « {rule} » ne tombe sur aucun jour.")


def _falls_on_a_day(parts: Mapping[str, str]) -> bool:
    """Tell whether a rule, its turns and its end left aside, ever happens.

    For one that does not, every reading of the agenda would look up to the year 9999: seconds, day by day.
    """
    kept = {name: said for name, said in parts.items() if name not in {"INTERVAL", "COUNT", "UNTIL"}}
    if "BYSETPOS" not in kept and not re.search(r"\d", kept.get("BYDAY", "")):
        kept["FREQ"] = "YEARLY"  # the same days, looked for year by year
    days = ";".join(f"{name}={said}" for name, said in kept.items())
    return next(iter(rrulestr(days, dtstart=FIRST_LOOK)), None) is not None


def cell_number(instant: dt.datetime) -> int:
    """Return the number of the 5-minute cell that holds an aware instant, counted from 1970 in UTC."""
    return int(instant.timestamp()) // CELL_SECONDS


def cell_start(number: int) -> dt.datetime:
    """Return the UTC instant at which a cell begins."""
    return dt.datetime.fromtimestamp(number * CELL_SECONDS, dt.UTC)


def list_cells(start: dt.datetime, end: dt.datetime) -> range:
    """Return the numbers of the cells that [start, end) touches."""
    return range(cell_number(start), -(-int(end.timestamp()) // CELL_SECONDS))


def to_instant(local: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Return the UTC instant of a wall-clock time.

    An hour that spring skips is read with the offset before the change, an hour that autumn repeats is the
    first of the two (RFC 5545, 3.3.5).
    """
    return local.replace(tzinfo=zone, fold=0).astimezone(dt.UTC)


def _expand(opening: OpeningRule, after: dt.datetime, before: dt.datetime) -> list[dt.datetime]:
    """Return the local starts of an opening's occurrences within [after, before]."""
    if not opening.rule:
        return [opening.first] if after <= opening.first <= before else []
    return rrulestr(opening.rule, dtstart=_skip_ahead(opening, after)).between(after, before, inc=True)


def list_occurrences(opening: OpeningRule, first: dt.date, last: dt.date) -> list[dt.datetime]:
    """Return the local starts of an opening from one day to another, both included, its exceptions left out."""
    after, before = (dt.datetime.combine(day, time) for day, time in ((first, dt.time()), (last, dt.time.max)))
    return [start for start in _expand(opening, after, before) if start.date() not in opening.except_days]


def _read_parts(rule: str) -> dict[str, str]:
    return dict(part.partition("=")[::2] for part in rule.upper().split(";"))


def _skip_ahead(opening: OpeningRule, after: dt.datetime) -> dt.datetime:
    """Start an endless daily or weekly rule near the window, so that an old agenda costs no more than a new one."""
    parts = _read_parts(opening.rule)
    if "COUNT" in parts or parts.get("FREQ") not in DAYS_OF_FREQUENCY:
        return opening.first
    turn = DAYS_OF_FREQUENCY[parts["FREQ"]] * int(parts.get("INTERVAL", "1"))
    turns = (after - opening.first).days // turn - 1
    return opening.first + dt.timedelta(days=turns * turn) if turns > 0 else opening.first


def _list_sittings(agenda: Agenda, window: Window) -> Iterator[tuple[int, int, int]]:
    """Yield (agent, start, end) of every opening that meets the window, in seconds since 1970."""
    day = dt.timedelta(days=1)
    after = window.earliest.astimezone(agenda.zone).replace(tzinfo=None) - day
    before = window.latest.astimezone(agenda.zone).replace(tzinfo=None) + day
    known: dict[tuple[dt.datetime, dt.timedelta, str, frozenset[dt.date]], list[tuple[int, int]]] = {}
    for opening in agenda.openings:
        key = (opening.first, opening.length, opening.rule, opening.except_days)
        if key not in known:
            closed = agenda.closed_days | opening.except_days
            starts = [start for start in _expand(opening, after, before) if start.date() not in closed]
            known[key] = [_to_seconds(start, opening.length, agenda.zone) for start in starts]
        for start, end in known[key]:
            yield opening.agent, start, end


def _to_seconds(start: dt.datetime, length: dt.timedelta, zone: ZoneInfo) -> tuple[int, int]:
    first, last = to_instant(start, zone), to_instant(start + length, zone)
    return int(first.timestamp()), int(last.timestamp())


def _block(agenda: Agenda) -> dict[int, set[int]]:
    """Return, per agent, the cells that cannot be booked: taken, or within an absence."""
    blocked: dict[int, set[int]] = defaultdict(set)
    for agent, cells in agenda.taken.items():
        blocked[agent].update(cells)
    for absence in agenda.absences:
        blocked[absence.agent].update(list_cells(absence.start, absence.end))
    return blocked


def list_free_slots(agenda: Agenda, window: Window) -> list[Slot]:
    """Return the free slots in order of time, one per start, with every agent who could take it.

    Starts are aligned on the opening: an opening at 09:10 with 20-minute slots gives 09:10, 09:30, ...
    The last slot ends with the opening at the latest, the way there and back included: the opening is when the agent
    works. Raises ValueError for a length, or a way, that is no multiple of 5 minutes.
    """
    if window.minutes <= 0 or window.minutes % CELL_MINUTES or window.travel < 0 or window.travel % CELL_MINUTES:
        raise ValueError(f"a slot lasts a positive multiple of {CELL_MINUTES} minutes, not {window.minutes}")
    blocked = _block(agenda)
    seconds, travel = window.minutes * 60, window.travel * 60
    earliest, latest = window.earliest.timestamp(), window.latest.timestamp()
    free: dict[int, set[int]] = defaultdict(set)
    for agent, opens, closes in _list_sittings(agenda, window):
        busy = blocked[agent]
        for start in range(opens + travel, closes - seconds - travel + 1, seconds + 2 * travel):
            cells = range((start - travel) // CELL_SECONDS, -(-(start + seconds + travel) // CELL_SECONDS))
            if earliest <= start <= latest and busy.isdisjoint(cells):
                free[start].add(agent)
    return [_make_slot(start, seconds, free[start]) for start in sorted(free)]


def _make_slot(start: int, seconds: int, agents: Iterable[int]) -> Slot:
    return Slot(
        dt.datetime.fromtimestamp(start, dt.UTC),
        dt.datetime.fromtimestamp(start + seconds, dt.UTC),
        tuple(sorted(agents)),
    )


def is_within_openings(agenda: Agenda, *, agent: int, start: dt.datetime, end: dt.datetime) -> bool:
    """Tell whether an agent receives from `start` to `end` (aware): within one opening, and not away."""
    first, last = int(start.timestamp()), int(end.timestamp())
    if any(away.agent == agent and away.start < end and start < away.end for away in agenda.absences):
        return False
    sittings = _list_sittings(agenda, Window(CELL_MINUTES, earliest=start, latest=end))
    return any(who == agent and opens <= first and last <= closes for who, opens, closes in sittings)


def find_nearest(slots: Iterable[Slot], wanted: dt.datetime, count: int = 3) -> list[Slot]:
    """Return the `count` slots nearest to a wanted time, in order of time; of two as near, the later."""
    nearest = sorted(slots, key=lambda slot: (abs((slot.start - wanted).total_seconds()), -slot.start.timestamp()))
    return sorted(nearest[:count], key=lambda slot: slot.start)


def group_by_day(slots: Iterable[Slot], zone: ZoneInfo) -> dict[dt.date, list[Slot]]:
    """Return the slots under their local day, in order."""
    days: dict[dt.date, list[Slot]] = {}
    for slot in slots:
        days.setdefault(slot.start.astimezone(zone).date(), []).append(slot)
    return days
