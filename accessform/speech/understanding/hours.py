"""Hours as they are said: where one stands in an utterance, and what it is."""

from dataclasses import dataclass

from accessform.speech.understanding.numerals import is_numeric, readings, whole_number
from accessform.speech.understanding.transcript import Tokens, words_of

_MARKS = frozenset({"h", "heure", "heures", ":"})
_NOON = "midi"
_MIDNIGHT = "minuit"
"""Read as no hour: it may open or end the day."""
_LEADS = frozenset({"a", "vers", "pour", "de", "des"})
_FRACTIONS: dict[tuple[str, ...], int] = {
    ("et", "demi"): 30, ("et", "demie"): 30, ("et", "quart"): 15, ("et", "un", "quart"): 15, ("trois", "quarts"): 45,
    ("et", "trois", "quarts"): 45, ("moins", "le", "quart"): -15, ("moins", "quart"): -15,
    ("moins", "un", "quart"): -15,
}  # fmt: skip
_AFTERNOON: tuple[tuple[str, ...], ...] = (
    ("du", "soir"), ("de", "l", "apres", "midi"), ("l", "apres", "midi"), ("apres", "midi"), ("le", "soir"), ("soir",),
    ("dans", "l", "apres", "midi"),
)  # fmt: skip
_MORNING: tuple[tuple[str, ...], ...] = (("du", "matin"), ("le", "matin"), ("matin",), ("dans", "la", "matinee"))
_TAILS = frozenset({"pile", "precise", "precises", "exactement", "minutes", "minute", "min", "mn"})
UNSURE = range(1, 7)
"""« trois heures » is rarely at night: the half of the day is asked."""


@dataclass(frozen=True)
class Hour:
    """An hour of the day; `unsure` where it may be twelve hours later."""

    hour: int
    minute: int
    unsure: bool = False

    def later(self) -> "Hour":
        """Return the same hour after noon."""
        return Hour(self.hour + 12, self.minute) if self.hour < 12 else Hour(self.hour, self.minute)


@dataclass(frozen=True)
class Spoken:
    """The hour of an utterance, None where it cannot be read, and the tokens that are not its own."""

    hour: Hour | None
    rest: Tokens


def hour_in(tokens: Tokens) -> Spoken | None:
    """Return the only hour that the tokens say and what is left of them; None where they say none."""
    places = [
        place
        for place, token in enumerate(tokens)
        if token.word in _MARKS or token.word == _MIDNIGHT or _is_noon(tokens, place)
    ]
    if not places:
        return None
    if len(places) > 1 or any(token.word == _MIDNIGHT for token in tokens):
        return Spoken(None, tokens)
    place = places[0]
    if tokens[place].word == _NOON:
        start, hour, padded = place, 12, True
    else:
        found = _number_before(tokens, place)
        if found is None:
            return Spoken(None, tokens)
        start, hour = found
        padded = tokens[start].is_figure and len(tokens[start].word) == 2
    minute, end = _minutes(tokens, place + 1)
    half, end = _half(tokens, end)
    lead = start - 1 if start and tokens[start - 1].word in _LEADS else start
    return Spoken(_hour(hour, minute, half, padded=padded), (*tokens[:lead], *tokens[end:]))


def bare_hour(tokens: Tokens) -> Hour | None:
    """Return « quatorze trente » or « quatorze », said where an hour was asked."""
    splits = {(value, whole_number(tokens[end:])) for value, end in readings(tokens, 0) if end < len(tokens)} | {
        (value, 0) for value, end in readings(tokens, 0) if end == len(tokens)
    }
    fitting = {(hour, minute) for hour, minute in splits if minute is not None and hour < 24 and minute < 60}
    if len(fitting) != 1:
        return None
    hour, minute = fitting.pop()
    return _hour(hour, minute, "", padded=False)


def half_of_day(tokens: Tokens) -> str:
    """Return "morning", "afternoon" or "" for « le matin », « de l'après-midi »."""
    words = tuple(words_of(tokens))
    for half, phrases in (("afternoon", _AFTERNOON), ("morning", _MORNING)):
        if words in phrases:
            return half
    return ""


def _is_noon(tokens: Tokens, place: int) -> bool:
    return tokens[place].word == _NOON and (place == 0 or tokens[place - 1].word not in {"apres", "avant"})


def _number_before(tokens: Tokens, place: int) -> tuple[int, int] | None:
    """Return where the hour's number begins and what it is; None where two readings fit and nothing parts them."""
    found = []
    start = place - 1
    while start >= 0 and (is_numeric(tokens[start]) or tokens[start].word == "et"):
        value = whole_number(tokens[start:place])
        zero_first = tokens[start].is_figure and start == place - 1
        if zero_first:
            value = int(tokens[start].word)
        if value is not None and value <= 24:
            found.append((start, value))
        if tokens[start].pause:
            break
        start -= 1
    if not found or (len(found) > 1 and start >= 0 and is_numeric(tokens[start])):
        return None
    return found[-1]


def _minutes(tokens: Tokens, place: int) -> tuple[int | None, int]:
    """Return the minutes said after the hour (0 where none, None where they cannot be read), and the place after."""
    for words, minutes in _FRACTIONS.items():
        if tuple(words_of(tokens[place : place + len(words)])) == words:
            return minutes, place + len(words)
    sign = 1
    if place < len(tokens) and tokens[place].word == "moins":
        sign, place = -1, place + 1
    if place >= len(tokens) or not (is_numeric(tokens[place]) or tokens[place].is_figure):
        return (0 if sign == 1 else None), place
    if tokens[place].is_figure:
        minute, end = int(tokens[place].word), place + 1
    elif tokens[place].word == "zero" and place + 1 < len(tokens) and readings(tokens, place + 1):
        minute, end = readings(tokens, place + 1)[-1]
    else:
        minute, end = readings(tokens, place)[-1]
    fits = minute < 60 and not (end < len(tokens) and is_numeric(tokens[end]))
    while end < len(tokens) and tokens[end].word in _TAILS:
        end += 1
    return (sign * minute if fits else None), end


def _half(tokens: Tokens, place: int) -> tuple[str, int]:
    while place < len(tokens) and tokens[place].word in _TAILS:
        place += 1
    for half, phrases in (("afternoon", _AFTERNOON), ("morning", _MORNING)):
        for words in phrases:
            if tuple(words_of(tokens[place : place + len(words)])) == words:
                return half, place + len(words)
    return "", place


def _hour(hour: int, minute: int | None, half: str, *, padded: bool) -> Hour | None:
    if minute is None or hour > 23 or (half == "afternoon" and hour == 0) or (half == "morning" and hour > 12):
        return None
    if minute < 0:
        hour, minute = hour - 1, minute + 60
    if hour < 0:
        return None
    if half == "afternoon" and hour < 12:
        hour += 12
    return Hour(hour, minute, unsure=not half and not padded and hour in UNSURE)
