"""A day and an hour."""

from collections.abc import Mapping
from typing import Any

from accessform.speech.understanding.dates import find_day
from accessform.speech.understanding.hearing import Heard
from accessform.speech.understanding.hours import Hour, bare_hour, half_of_day, hour_in
from accessform.speech.understanding.phrases import phrases, question, spans
from accessform.speech.understanding.transcript import Tokens, without, words_of
from accessform.speech.understanding.understood import Outcome, Understood, answered, asked


def read_datetime(heard: Heard) -> Understood:
    """Understand a day and an hour, in either order; what misses is asked, what is known waits for it."""
    known = _known_hour(heard.pending)
    if known and known.unsure and (half := half_of_day(heard.tokens)):
        return _together(heard, (), known.later() if half == "afternoon" else Hour(known.hour, known.minute))
    if spans(heard.words, phrases("doubt.bounds") | {("des",), ("jusque",)}) or {"avant", "apres"} & set(
        _without_afternoon(heard)
    ):
        return asked(question("datetime.hour"), **_day_kept(heard.pending))
    spoken = hour_in(heard.tokens)
    if spoken and spoken.hour is None:
        return asked(question("datetime.hour"), **_day_kept(heard.pending))
    if spoken and spoken.hour:
        return _together(heard, spoken.rest, _in_its_half(heard, spoken.hour))
    if "date" in heard.pending and known is None and (hour := bare_hour(heard.tokens)):
        return _together(heard, (), hour)
    return _together(heard, heard.tokens, known)


def _without_afternoon(heard: Heard) -> list[str]:
    """Return the words without « après-midi », « après-demain », « avant-hier », where nothing is bounded."""
    return words_of(without(heard.tokens, frozenset({("apres", "midi"), ("apres", "demain"), ("avant", "hier")})))


def _in_its_half(heard: Heard, hour: Hour) -> Hour:
    """Return the hour after noon where « demain soir », « cet après-midi » say so beside the day."""
    late = "soir" in heard.words or bool(spans(heard.words, frozenset({("apres", "midi")})))
    if late and 0 < hour.hour < 12:
        return hour.later()
    return Hour(hour.hour, hour.minute) if "matin" in heard.words else hour


def _together(heard: Heard, date_tokens: Tokens, hour: Hour | None) -> Understood:
    """Return the moment of this hour and the day said, or known from before."""
    day = heard.pending.get("date") if not date_tokens else None
    if not isinstance(day, str):
        found = find_day(heard, date_tokens)
        if isinstance(found, Understood):
            return _day_asked(found, hour)
        day = found.isoformat()
    if hour is None:
        return asked(question("datetime.hour"), date=day)
    if hour.unsure:
        return asked(question("datetime.half"), date=day, **_hour_kept(hour))
    return answered(f"{day}T{hour.hour:02}:{hour.minute:02}")


def _day_asked(found: Understood, hour: Hour | None) -> Understood:
    """Return the question about the day, keeping the hour."""
    if found.outcome is not Outcome.ASK:
        return asked(question("datetime.date"), **_hour_kept(hour)) if hour else found
    return asked(found.question, **{**(found.pending or {}), **_hour_kept(hour)})


def _hour_kept(hour: Hour | None) -> dict[str, Any]:
    return {"hour": hour.hour, "minute": hour.minute, "unsure": hour.unsure} if hour else {}


def _known_hour(pending: Mapping[str, Any]) -> Hour | None:
    hour, minute = pending.get("hour"), pending.get("minute")
    if not isinstance(hour, int) or not isinstance(minute, int) or not (0 <= hour < 24 and 0 <= minute < 60):
        return None
    return Hour(hour, minute, unsure=pending.get("unsure") is True)


def _day_kept(pending: Mapping[str, Any]) -> dict[str, Any]:
    return {name: pending[name] for name in ("date", "day", "month", "year", "years") if name in pending}
