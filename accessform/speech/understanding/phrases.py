"""The data of what people say around an answer, read once, and finding its phrases among words."""

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent.parent / "data" / "fr"

Phrase = tuple[str, ...]


@cache
def _content(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def phrases(*names: str) -> frozenset[Phrase]:
    """Return the phrases of one or several lists of understanding.toml: `phrases("doubt.hedges", "half.phrases")`."""
    found: set[Phrase] = set()
    for name in names:
        section, _, key = name.partition(".")
        found.update(tuple(phrase.split()) for phrase in _content("understanding")[section][key])
    return frozenset(found)


@cache
def round_numbers() -> dict[str, int]:
    """Return what « dizaine », « centaine »… stand for."""
    return dict(_content("understanding")["doubt"]["round"])


@cache
def command_phrases() -> dict[Phrase, str]:
    """Return the command that each phrase gives."""
    commands = _content("understanding")["commands"]
    return {tuple(phrase.split()): name for name, said in commands.items() for phrase in said}


def question(name: str, /, **details: object) -> str:
    """Return a question back, « date.year », with its details."""
    room, _, key = name.partition(".")
    text: str = _content("questions_back")[room][key]
    return text.format(**details)


def match_at(words: Sequence[str], place: int, known: Iterable[Phrase]) -> int:
    """Return the length of the longest phrase that begins at `place`, 0 where none does."""
    return max((len(phrase) for phrase in known if tuple(words[place : place + len(phrase)]) == phrase), default=0)


@cache
def _by_first(known: frozenset[Phrase]) -> dict[str, tuple[Phrase, ...]]:
    found: dict[str, list[Phrase]] = {}
    for phrase in known:
        found.setdefault(phrase[0], []).append(phrase)
    return {first: tuple(listed) for first, listed in found.items()}


def spans(words: Sequence[str], known: frozenset[Phrase]) -> list[tuple[int, int]]:
    """Return where phrases stand, longest first from the left, without overlap, as (start, end)."""
    found, place, table = [], 0, _by_first(known)
    while place < len(words):
        length = match_at(words, place, table.get(words[place], ()))
        if length:
            found.append((place, place + length))
        place += length or 1
    return found


def place_names(room: str) -> dict[str, list[str]]:
    """Return the other names of places, with the codes that each stands for."""
    names: dict[str, list[str]] = _content("place_names")[room]
    return names


@cache
def email_signs() -> dict[Phrase, str]:
    """Return the signs of an e-mail address by the words that name them."""
    signs: dict[str, str] = _content("understanding")["email"]["signs"]
    return {tuple(said.split()): sign for said, sign in signs.items()}
