"""Days and hours as they are said in French, the same on screen, aloud and on paper. Pure."""

import datetime as dt
from zoneinfo import ZoneInfo

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
NARROW = "\u00a0"


def say_day(day: dt.date, *, today: dt.date | None = None) -> str:
    """Return « lundi 23 novembre », « mardi 1er décembre », with the year where it is not this year's."""
    number = "1er" if day.day == 1 else str(day.day)
    words = f"{DAYS[day.weekday()]}{NARROW}{number}{NARROW}{MONTHS[day.month - 1]}"
    return words if today is None or today.year == day.year else f"{words}{NARROW}{day.year}"


def say_month(day: dt.date) -> str:
    """Return « mai 2021 »."""
    return f"{MONTHS[day.month - 1]}{NARROW}{day.year}"


def say_near_day(day: dt.date, *, today: dt.date) -> str:
    """Return « aujourd'hui », « demain », or the day in full."""
    near = {0: "aujourd'hui", 1: "demain"}
    return near.get((day - today).days) or say_day(day, today=today)


def say_time(moment: dt.datetime | dt.time) -> str:
    """Return « 9 h », « 14 h 30 », « minuit » as a clock says it."""
    if moment.hour == 0 and moment.minute == 0:
        return "minuit"
    minutes = f"{NARROW}{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour}{NARROW}h{minutes}"


def is_hour_repeated(instant: dt.datetime, zone: ZoneInfo) -> bool:
    """Tell whether clocks show this instant's hour twice that day (the autumn change)."""
    local = instant.astimezone(zone)
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def say_time_of(instant: dt.datetime, zone: ZoneInfo) -> str:
    """Return the local time of an instant; where clocks show it twice, says which of the two."""
    local = instant.astimezone(zone)
    if not is_hour_repeated(instant, zone):
        return say_time(local)
    season = "heure d'hiver" if local.fold else "heure d'été"
    return f"{say_time(local)} ({season})"


def say_moment(instant: dt.datetime, zone: ZoneInfo, *, today: dt.date | None = None) -> str:
    """Return « lundi 23 novembre à 9 h 30 », by the clocks of the place."""
    local = instant.astimezone(zone)
    return f"{say_day(local.date(), today=today)} à {say_time_of(instant, zone)}"
