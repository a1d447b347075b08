"""What one row of a file becomes: a place, with the repairs it needed, or a refusal with its reason."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from accessform.handoff.place_facts import Feature

NAME_MAX, ADDRESS_MAX, CITY_MAX, NOTE_MAX, ID_MAX = 200, 200, 100, 500, 80
"""Longest texts that are kept, in characters; the columns of the table."""


class RowRefused(ValueError):
    """A row that cannot become a place; the message says why, in French, for the operator."""


class FileRefused(ValueError):
    """A file that cannot be read at all; the message says why and what was expected, in French."""


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place as a source describes it. Latitude and longitude are WGS 84 degrees; approximate: its commune's."""

    source_id: str
    name: str
    address: str
    postal_code: str
    city: str
    insee_code: str
    department: str
    latitude: float
    longitude: float
    is_approximate: bool = False
    phone: str = ""
    email: str = ""
    hours: str = ""
    note: str = ""
    is_itinerant: bool = False
    features: Mapping[Feature, bool] = field(default_factory=dict)
    updated_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row of the file, by its number (1 is the first place): its place, and what was mended on the way."""

    number: int
    place: PlaceRow
    repairs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that gives no place: its number, its id if it has one, and why."""

    number: int
    source_id: str
    reason: str
