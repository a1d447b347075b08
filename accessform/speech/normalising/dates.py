"""Dates, months, weekdays and hours, as they are said."""

import re

from accessform.speech.normalising import numbers

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
SHORT_MONTHS = {
    "janv": "janvier", "jan": "janvier", "févr": "février", "fév": "février", "avr": "avril", "juil": "juillet",
    "sept": "septembre", "oct": "octobre", "nov": "novembre", "déc": "décembre",
}  # fmt: skip
SHORT_DAYS = {
    "lun": "lundi", "mar": "mardi", "mer": "mercredi", "jeu": "jeudi", "ven": "vendredi", "sam": "samedi",
    "dim": "dimanche",
}  # fmt: skip
PLACEHOLDERS = {
    "JJ/MM/AAAA": "jour, mois, année",
    "jj/mm/aaaa": "jour, mois, année",
    "MM/AAAA": "mois, année",
    "mm/aaaa": "mois, année",
    "JJ MM AAAA": "jour, mois, année",
}

ISO_DATE_TIME = re.compile(r"\b(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::\d{2})?\b")
ISO_DATE = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
NUMERIC_DATE = re.compile(r"(?<![\d/])(?<!\d[.-])(\d{1,2})(?:er)?([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/]|[.-]\d)")
SPACED_DATE = re.compile(r"(?<!\d)(?<!\d )(0[1-9]|[12]\d|3[01]) (0[1-9]|1[0-2]) ((?:19|20)\d{2})(?! ?\d)")
DAY_AND_MONTH = re.compile(r"(?<![\d/,])(0[1-9]|[12]\d|3[01])/(0[1-9]|1[0-2])(?![\d/])")
MONTH_AND_YEAR = re.compile(r"(?<![\d/])(0[1-9]|1[0-2])/((?:19|20)\d{2})(?![\d/])")
NAMED_MONTH = re.compile(
    rf"\b(\d{{1,2}})(er)? ({'|'.join(MONTHS)}|{'|'.join(f'{short}[.]?' for short in SHORT_MONTHS)})(?=\W|$)",
    re.IGNORECASE,
)
MONTH_ALONE = re.compile(
    rf"\b({'|'.join(SHORT_MONTHS)})\.(?= (?:à |au |et |- ?)|(?: ?[-–] ?| )(?:\d|[a-zéû]{{3,5}}\.))", re.IGNORECASE
)
SHORT_DAY = re.compile(rf"\b({'|'.join(SHORT_DAYS)})\.(?= ?\d| ?[-–à])", re.IGNORECASE)
DAY_RANGE = re.compile(rf"\b({'|'.join(SHORT_DAYS)})\.? ?[-–] ?({'|'.join(SHORT_DAYS)})\b\.?", re.IGNORECASE)
YEAR_RANGE = re.compile(r"\b((?:19|20)\d{2})[-–/]((?:19|20)\d{2})\b")
AROUND_THE_CLOCK = re.compile(r"\b24 ?h(?:eures)? ?(?:/|sur) ?24\b(?: ?h)?")
EVERY_DAY = re.compile(r"\b7 ?j(?:ours)? ?(?:/|sur) ?7\b(?: ?j)?")
HOUR = r"(?<![\d,])([01]?\d|2[0-4]) ?(?:h|H|heures?)(?: ?([0-5]\d)(?! ?(?:€|%|\d))(?: ?min)?)?(?![\w])"
HOUR_RANGE = re.compile(rf"{HOUR} ?[-–] ?(?=[012]?\d ?(?:h|H))")
WRITTEN_HOUR = re.compile(HOUR)
HOURS_PER = re.compile(r"(?<=\d)( ?(?:h|heures?)) ?/ ?(?=(?:jour|semaine|mois|an)\b)")
CLOCK_HOUR = re.compile(r"(?<![\d:,])([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?(?![\d:])")


def say_dates(text: str) -> str:
    """Return `text` with dates and hours in words."""
    for written, said in PLACEHOLDERS.items():
        text = text.replace(written, said)
    text = ISO_DATE_TIME.sub(lambda match: f"{match[1]} à {match[2]} h {match[3]}", text)
    text = ISO_DATE.sub(lambda match: _date(match[3], match[2], match[1], match.group()), text)
    text = NUMERIC_DATE.sub(lambda match: _date(match[1], match[3], match[4], match.group()), text)
    text = SPACED_DATE.sub(lambda match: _date(match[1], match[2], match[3], match.group()), text)
    text = MONTH_AND_YEAR.sub(lambda match: f"{MONTHS[int(match[1]) - 1]} {_year(match[2])}", text)
    text = DAY_AND_MONTH.sub(lambda match: f"{_day(match[1])} {MONTHS[int(match[2]) - 1]}", text)
    text = YEAR_RANGE.sub(lambda match: f"{_year(match[1])} {_year(match[2])}", text)
    text = DAY_RANGE.sub(lambda match: f"{SHORT_DAYS[match[1].lower()]} à {SHORT_DAYS[match[2].lower()]}", text)
    text = SHORT_DAY.sub(lambda match: SHORT_DAYS[match[1].lower()], text)
    text = NAMED_MONTH.sub(_named_month, text)
    text = MONTH_ALONE.sub(lambda match: SHORT_MONTHS[match[1].lower()], text)
    return _say_hours(text)


def _say_hours(text: str) -> str:
    text = HOURS_PER.sub(r"\1 par ", text)
    text = AROUND_THE_CLOCK.sub("vingt-quatre heures sur vingt-quatre", text)
    text = EVERY_DAY.sub("sept jours sur sept", text)
    text = HOUR_RANGE.sub(lambda match: f"{_hour(match[1], match[2])} à ", text)
    text = WRITTEN_HOUR.sub(lambda match: _hour(match[1], match[2]), text)
    return CLOCK_HOUR.sub(lambda match: _hour(match[1], match[2]), text)


def _date(day: str, month: str, year: str, written: str) -> str:
    if not (1 <= int(day) <= 31 and 1 <= int(month) <= 12):
        return re.sub(r"[/.-]", ", ", written)
    return f"{_day(day)} {MONTHS[int(month) - 1]} {_year(year)}"


def _day(day: str) -> str:
    return "premier" if int(day) == 1 else numbers.cardinal(int(day))


def _year(year: str) -> str:
    return numbers.pair(year) if len(year) == 2 else numbers.cardinal(int(year))


def _named_month(match: re.Match[str]) -> str:
    written = match[3].rstrip(".")
    month = SHORT_MONTHS.get(written.lower(), written)
    day = "premier" if match[2] or int(match[1]) == 1 else numbers.cardinal(int(match[1]))
    return f"{day} {month}"


def _hour(hour: str, minutes: str | None) -> str:
    """Return « quatorze heures trente »; a clock's 00:00 is « zéro heure »."""
    number = int(hour)
    said = f"{numbers.cardinal(number, feminine=True)} heure{'s' if number > 1 else ''}"
    if not minutes or int(minutes) == 0:
        return said
    return f"{said} {numbers.pair(minutes) if minutes.startswith('0') else numbers.cardinal(int(minutes))}"
