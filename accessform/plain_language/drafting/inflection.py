"""French forms of verbs, nouns and adjectives: the only door to pyrealb, whose state (language, warnings) is global."""

import contextlib
import functools
import importlib.util
import io
import threading
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

UNKNOWN = "[["
"""What pyrealb writes around a word that it does not know."""

PERSONS = tuple((number, person) for number in ("s", "p") for person in (1, 2, 3))
TENSES = ("p", "f", "i", "c", "s")
"""Present, future, imperfect, conditional, subjunctive: where a form stands for two, the first one is meant."""

_LOCK = threading.Lock()


class UnknownForm(ValueError):
    """pyrealb does not know the word, or is not installed: the edit that needs the form is not made."""


@dataclass(frozen=True)
class Cell:
    """One cell of a verb's table: tense as pyrealb names it, number and person, gender for past participles."""

    tense: str
    number: str = "s"
    person: int = 3
    gender: str = "m"


FINITE = tuple(Cell(tense, number, person) for tense in TENSES for number, person in reversed(PERSONS))
PARTICIPLES = tuple(Cell("pp", number, 3, gender) for gender in "mf" for number in "sp")
CELLS = (
    Cell("p", "s", 3),
    Cell("p", "p", 3),
    *(cell for cell in FINITE if cell not in (Cell("p", "s", 3), Cell("p", "p", 3))),
    Cell("b"),
    Cell("pr"),
    *PARTICIPLES,
)


def available() -> bool:
    """Tell whether pyrealb is installed, without loading it."""
    return importlib.util.find_spec("pyrealb") is not None


@functools.cache
def _pyrealb() -> Any:
    if not available():
        raise UnknownForm("pyrealb")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pyrealb
    pyrealb.loadFr()
    return pyrealb


@functools.lru_cache(maxsize=20_000)
def conjugated(verb: str, cell: Cell) -> str:
    """Return the form of `verb` (an infinitive, not reflexive) in `cell`; raises UnknownForm."""
    with _quiet() as pyrealb:
        made = pyrealb.V(verb).t(cell.tense)
        if cell.tense == "pp":
            made = made.g(cell.gender).n(cell.number)
        elif cell.tense not in ("b", "pr"):
            made = made.n(cell.number).pe(cell.person)
        return _known(made.realize())


@functools.lru_cache(maxsize=5_000)
def declined(word: str, kind: str, number: str, gender: str = "m") -> str:
    """Return the noun (kind "N") or adjective ("A") in this number and gender; raises UnknownForm."""
    with _quiet() as pyrealb:
        made = pyrealb.N(word).n(number) if kind == "N" else pyrealb.A(word).g(gender).n(number)
        return _known(made.realize())


@functools.lru_cache(maxsize=1_000)
def cells_of(verb: str) -> dict[str, tuple[Cell, ...]]:
    """Return every form of `verb` with the cells that it may stand for, the likeliest first."""
    forms: dict[str, tuple[Cell, ...]] = {}
    for cell in CELLS:
        with contextlib.suppress(UnknownForm):
            form = conjugated(verb, cell)
            forms[form] = (*forms.get(form, ()), cell)
    return forms


def same_cell(form: str, verb: str, other: str) -> str:
    """Return the form of the verb `other` that stands where `form` of `verb` stood, keeping a capital."""
    cells = cells_of(verb).get(form.lower(), ())
    if not cells:
        raise UnknownForm(form)
    made = conjugated(other, cells[0])
    return made[:1].upper() + made[1:] if form[:1].isupper() else made


def _known(made: str) -> str:
    made = made.strip()
    if not made or UNKNOWN in made or " " in made:
        raise UnknownForm(made)
    return made


@contextlib.contextmanager
def _quiet() -> Iterator[Any]:
    """One word at a time, and silence: pyrealb tells of unknown words on the error stream."""
    with _LOCK, contextlib.redirect_stderr(io.StringIO()):
        yield _pyrealb()
