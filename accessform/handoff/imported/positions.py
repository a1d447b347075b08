"""Where a row says that its place is, held against where its commune is: a place at sea is not believed. Pure."""

import math
import re
from dataclasses import dataclass

from accessform.handoff.geography import Point, find_origin, measure_km
from accessform.handoff.geography.origins import commune_points, find_department_of
from accessform.handoff.imported.rows import RowRefused

NEAR_KM, NEAR_APPROXIMATE_KM = 30.0, 120.0
"""Farther from its commune than this, a place is not where its coordinates say. A commune's own territory reaches 30 km
at most outside the vast ones. Where our own point is the middle of an area, only what leaves the department is
doubted."""
VAST = {"973": 400.0, "986": 300.0, "987": 2500.0, "988": 400.0, "975": 100.0, "13": 60.0}
"""Departments whose communes reach farther, in km (Maripasoula, the Tuamotu, Arles)."""


@dataclass(frozen=True, slots=True)
class Position:
    """A place's commune, department and point, and what was mended."""

    insee_code: str
    department: str
    point: Point
    repairs: tuple[str, ...] = ()


def settle_position(*, insee_code: str, postal_code: str, city: str, latitude: str, longitude: str) -> Position:
    """Return where a place is. Raises RowRefused where neither commune nor postal code is one of today's."""
    known = commune_points().get(insee_code)
    origin = find_origin(postal_code) if re.fullmatch(r"\d{5}", postal_code) else None
    expected = known.point if known else origin.point if origin else None
    if expected is None:
        raise RowRefused(f"commune inconnue : « {insee_code} », code postal « {postal_code} », « {city} »")
    department = find_department_of(insee_code) if known else origin.department if origin else ""
    read = _read_degrees(latitude), _read_degrees(longitude)
    point, repair = _settle_point(read, expected, department)
    code = insee_code if known else ""
    if insee_code and known is None:
        old = f"code de commune « {insee_code} » d'autrefois ou inconnu : position du code postal"
        return Position(code, department, point, (old, *repair))
    return Position(code, department, point, repair)


def _settle_point(
    read: tuple[float | None, float | None], expected: Point, department: str
) -> tuple[Point, tuple[str, ...]]:
    latitude, longitude = read
    middle = Point(expected.latitude, expected.longitude, is_approximate=True)
    if latitude is None or longitude is None:
        return middle, ("coordonnées absentes ou illisibles : point de la commune",)
    farthest = VAST.get(department, NEAR_APPROXIMATE_KM if expected.is_approximate else NEAR_KM)
    given = Point(latitude, longitude) if abs(latitude) <= 90 else None  # noqa: PLR2004 - a latitude
    if given and measure_km(given, expected) <= farthest:
        return given, ()
    swapped = Point(longitude, latitude) if abs(longitude) <= 90 else None  # noqa: PLR2004 - a latitude
    if swapped and measure_km(swapped, expected) <= farthest:
        return swapped, ("latitude et longitude échangées : remises en ordre",)
    far = f"à {measure_km(given, expected):.0f} km" if given else "hors du globe, loin"
    return middle, (f"coordonnées {far} de la commune ({latitude}, {longitude}) : point de la commune",)


def _read_degrees(text: str) -> float | None:
    """Read « 46.1 », « 46,1 »; None for what is no number on the globe, and for 0: it means « not filled »."""
    try:
        value = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) and value != 0 and abs(value) <= 180 else None  # noqa: PLR2004 - a longitude
