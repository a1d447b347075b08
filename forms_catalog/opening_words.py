"""Opening hours in words: « du lundi au vendredi de 9 h à 12 h et de 14 h à 17 h »."""

import re

DAYS = {
    "Mo": "lundi",
    "Tu": "mardi",
    "We": "mercredi",
    "Th": "jeudi",
    "Fr": "vendredi",
    "Sa": "samedi",
    "Su": "dimanche",
}
DAY = "|".join(DAYS)
TIME = r"\d{1,2}:\d{2}-\d{1,2}:\d{2}"
RULE = re.compile(rf"(?P<days>(?:{DAY})(?:[-,] ?(?:{DAY}))*) (?P<times>{TIME}(?:, ?{TIME})*)")
CLOSED = re.compile(rf"(?:PH|SH|{DAY})(?:[-,] ?(?:PH|{DAY}))* (?:off|closed)")
ALWAYS = "24/7"


def opening_words(hours: str) -> str:
    """Say OpenStreetMap opening hours in French; "" where they are too particular for a sentence."""
    if hours.strip() == ALWAYS:
        return "tous les jours, jour et nuit"
    said = []
    for rule in (part.strip() for part in hours.split(";")):
        if not rule or CLOSED.fullmatch(rule):
            continue
        read = RULE.fullmatch(rule)
        if read is None:
            return ""
        said.append(f"{_days(read['days'])} {_times(read['times'])}")
    return ", ".join(said)


def _days(written: str) -> str:
    groups = [group.strip() for group in written.split(",")]
    return _joined([_range(*group.split("-")) for group in groups])


def _range(first: str, last: str = "") -> str:
    return f"du {DAYS[first]} au {DAYS[last]}" if last else f"le {DAYS[first]}"


def _times(written: str) -> str:
    spans = [span.strip().split("-") for span in written.split(",")]
    return _joined([f"de {_hour(start)} à {_hour(end)}" for start, end in spans])


def _hour(written: str) -> str:
    hour, minute = written.split(":")
    return f"{int(hour)}\u00a0h" if minute == "00" else f"{int(hour)}\u00a0h\u00a0{minute}"


def _joined(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} et {parts[-1]}"
