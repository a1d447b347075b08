"""From the postal code or the commune that a person typed to a point, without any network. Pure."""

import functools
import re
from dataclasses import dataclass
from pathlib import Path

from accessform.answers.places import commune_key, communes
from accessform.handoff.geography.distances import Point, find_middle
from accessform.handoff.territories import find_department

POINTS = Path(__file__).parent / "data" / "communes_points.tsv"
TYPED_MAX = 80
"""Longest name that is looked up; the longest name of a commune has 45 letters."""


@dataclass(frozen=True, slots=True)
class CommunePoint:
    """Where a commune is, how many people live there, and, for an arrondissement, its own postal codes."""

    code: str
    population: int
    point: Point
    postal_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the person said to look from. `homonyms`: departments where communes bear the name typed, two or more.

    An origin without point is one that several communes share, or that the list does not locate.
    """

    typed: str
    department: str = ""
    postal_code: str = ""
    point: Point | None = None
    homonyms: tuple[str, ...] = ()


@functools.cache
def commune_points() -> dict[str, CommunePoint]:
    """Return the points of communes by official code (data/README.md says whence); read once, at first use."""
    found = {}
    for line in POINTS.read_text(encoding="utf-8").splitlines():
        code, population, latitude, longitude, mark, codes = line.split("\t")
        point = Point(float(latitude), float(longitude), is_approximate=bool(mark))
        found[code] = CommunePoint(code, int(population), point, tuple(codes.split()))
    return found


@functools.cache
def _codes_of_postal_codes() -> dict[str, tuple[str, ...]]:
    """Return the communes of each postal code; an arrondissement stands for its city."""
    found: dict[str, list[str]] = {}
    for homonyms in communes().values():
        for code, _, postal_codes in homonyms:
            for postal_code in postal_codes:
                found.setdefault(postal_code, []).append(code)
    for commune in commune_points().values():
        for postal_code in commune.postal_codes:
            found[postal_code] = [commune.code]
    return {postal_code: tuple(codes) for postal_code, codes in found.items()}


def find_department_of(code: str) -> str:
    """Return the department of a commune's official code: 2A004 is in 2A, 97411 in 974."""
    return code[:3] if code[:2] in ("97", "98") else code[:2]


def find_origin(typed: str) -> Origin | None:
    """Read a postal code (« 35 000 ») or the name of a commune, with its postal code or department if need be.

    Returns None where nothing is known by that name.
    """
    text = " ".join(typed.split())[:TYPED_MAX]
    number = re.search(r"(?<!\d)(\d{2} ?\d{3}|\d{5})(?!\d)", text)
    if number:
        return _find_by_postal_code(number[0].replace(" ", ""), text)
    return _find_by_name(text)


def _find_by_postal_code(postal_code: str, text: str) -> Origin | None:
    codes = _codes_of_postal_codes().get(postal_code, ())
    points = [commune_points()[code].point for code in codes if code in commune_points()]
    if not points:
        department = find_department(postal_code)
        return Origin(text, department, postal_code) if "01" <= postal_code[:2] <= "98" else None
    point = points[0] if len(points) == 1 else find_middle(points)
    return Origin(text, find_department_of(codes[0]), postal_code, point)


def _find_by_name(text: str) -> Origin | None:
    name, _, department = _split_department(text)
    homonyms = communes().get(commune_key(name), ()) if any(letter.isalpha() for letter in name) else ()
    kept = [code for code, *_ in homonyms if not department or find_department_of(code) == department]
    if not kept:
        return None
    if len(kept) > 1:
        return Origin(text, homonyms=tuple(sorted({find_department_of(code) for code in kept})))
    known = commune_points().get(kept[0])
    return Origin(text, find_department_of(kept[0]), point=known.point if known else None)


def _split_department(text: str) -> tuple[str, str, str]:
    """Split « Saint-Denis (974) » or « Saint-Denis 93 » into the name and the department's number."""
    found = re.fullmatch(r"(.*?)[ ,(]+(\d{2,3}|2[ABab])\)?", text)
    return (found[1], " ", found[2].upper()) if found else (text, "", "")
