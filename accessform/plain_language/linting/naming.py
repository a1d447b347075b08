"""Two names for one thing: within a text, and across the texts of a form."""

import functools
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from accessform.plain_language.linting.phrases import entries
from accessform.plain_language.linting.reading import Match, Reading
from accessform.plain_language.wording import ReadingLevel


class Name(NamedTuple):
    """One name of a thing: what is shown, and the pattern that finds it."""

    shown: str
    pattern: re.Pattern[str]


class Thing(NamedTuple):
    """One thing with its names, and the phrases in which a name means something else."""

    names: tuple[Name, ...]
    set_phrases: re.Pattern[str] | None
    only: ReadingLevel | None
    across: bool


@functools.cache
def things() -> tuple[Thing, ...]:
    """Return the things that often have two names in one form, from two_names.yaml."""
    return tuple(
        Thing(
            tuple(
                Name(words, re.compile(rf"(?<![\w-]){_any_number(words)}(?![\w-])", re.IGNORECASE))
                for words in entry["names"]
            ),
            re.compile("|".join(map(_any_number, entry["but"])), re.IGNORECASE) if "but" in entry else None,
            ReadingLevel(entry["only"]) if "only" in entry else None,
            entry.get("across", True),
        )
        for entry in entries("two_names")
    )


def _any_number(words: str) -> str:
    return r"\s".join(rf"{re.escape(word)}[sx]?" for word in words.split())


def names_in(thing: Thing, prose: str) -> dict[str, re.Match[str]]:
    """Return the names of the thing that `prose` uses, in order, each with its first place."""
    hidden = thing.set_phrases.sub(lambda found: "\ue000" * len(found.group()), prose) if thing.set_phrases else prose
    found: dict[str, re.Match[str]] = {}
    for name in sorted(thing.names, key=lambda name: -len(name.shown)):
        place = name.pattern.search(hidden)
        if place:
            found[name.shown] = place
            hidden = name.pattern.sub(lambda match: "\ue000" * len(match.group()), hidden)
    return dict(sorted(found.items(), key=lambda item: item[1].start()))


def two_names(reading: Reading) -> Iterator[Match]:
    """Yield the second name that one text gives to one thing, with the first."""
    for thing in _things_at(reading.level):
        first, *others = names_in(thing, reading.prose).items() or [("", None)]
        for name, place in others:
            if place and not reading.is_known(name, first[0]):
                yield Match(place.start(), place.end(), first[0], instead=name)


def names_across(readings: Mapping[str, Reading], level: ReadingLevel) -> Iterator[tuple[str, Match]]:
    """Yield, with the name of its text, the first place of a name that is not the one most texts give to the thing."""
    for thing in _things_at(level):
        uses = {title: names_in(thing, reading.prose) for title, reading in readings.items() if thing.across}
        counts = Counter(name for names in uses.values() for name in names)
        usual = max(counts, key=lambda name: (counts[name], name), default="")
        for title, names in uses.items():
            for name, place in names.items():
                if len(names) == 1 and name != usual and not readings[title].is_known(name, usual):
                    yield title, Match(place.start(), place.end(), usual, instead=name)


def _things_at(level: ReadingLevel) -> Iterator[Thing]:
    return (thing for thing in things() if thing.only in (None, level))
