"""What a department decides: its time zone and its public holidays, overseas and in Alsace-Moselle too."""

import datetime as dt
import re
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

MAINLAND = ZoneInfo("Europe/Paris")

OVERSEAS_ZONES = {
    "971": "America/Guadeloupe",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "975": "America/Miquelon",
    "976": "Indian/Mayotte",
    "977": "America/St_Barthelemy",
    "978": "America/Marigot",
    "986": "Pacific/Wallis",
    "987": "Pacific/Tahiti",
    "988": "Pacific/Noumea",
}

LOCAL_HOLIDAYS = {
    **dict.fromkeys(("57", "67", "68"), "57"),
    **{department: department for department in ("971", "972", "973", "974", "976")},
    "975": "PM",
    "977": "BL",
    "978": "MF",
    "986": "WF",
    "987": "PF",
    "988": "NC",
}

POSTAL_CODE = re.compile(r"\b(\d{5})\b")


def find_postal_code(address: str) -> str:
    """Return the last five-digit code of an address, or "" where there is none."""
    codes = POSTAL_CODE.findall(address)
    return codes[-1] if codes else ""


def find_department(postal_code: str) -> str:
    """Return the department that a postal code most often means ("75", "974", "20" for Corsica), or ""."""
    if not re.fullmatch(r"\d{5}", postal_code):
        return ""
    if postal_code == "97133":
        return "977"
    if postal_code == "97150":
        return "978"
    return postal_code[:3] if postal_code[:2] in ("97", "98") else postal_code[:2]


def find_time_zone(department: str) -> ZoneInfo:
    """Return the time zone that clocks show in a department; Paris where it is unknown."""
    name = OVERSEAS_ZONES.get(department)
    return ZoneInfo(name) if name else MAINLAND


@lru_cache(maxsize=256)
def _holidays_of_year(department: str, year: int) -> frozenset[dt.date]:
    calendar = holidays.country_holidays("FR", subdiv=LOCAL_HOLIDAYS.get(department), years=year)
    return frozenset(calendar)


def list_public_holidays(*, department: str, first: dt.date, last: dt.date) -> frozenset[dt.date]:
    """Return the public holidays between two days, both included, with those that only this department keeps."""
    years = range(first.year, last.year + 1)
    return frozenset(day for year in years for day in _holidays_of_year(department, year) if first <= day <= last)
