"""The vocabulary of places: what may help there, how one meets, and what is known of each. Pure."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from accessform.handoff.geography import Point


class Feature(StrEnum):
    """What may help a person in a place.

    A place that says that it welcomes deaf people does not say that it signs: these are two features.
    """

    FORM_HELP = "form_help"
    WHEELCHAIR = "wheelchair"
    SIGN_LANGUAGE = "sign_language"
    HEARING_LOOP = "hearing_loop"
    DEAF_WELCOME = "deaf_welcome"
    LOW_VISION_WELCOME = "low_vision_welcome"
    LARGE_PRINT = "large_print"
    WRITING_HELP = "writing_help"
    DISABILITY_WELCOME = "disability_welcome"
    OTHER_LANGUAGES = "other_languages"
    QUIET = "quiet"
    NEAR_TRANSPORT = "near_transport"


BLOCKING = frozenset({Feature.WHEELCHAIR, Feature.SIGN_LANGUAGE})
ASKED = tuple(feature for feature in Feature if feature is not Feature.FORM_HELP)
"""What a person may ask for. Help with forms is what everyone comes for: it is never a choice."""


class Mode(StrEnum):
    """How one meets the person who helps."""

    OFFICE = "office"
    PHONE = "phone"
    VIDEO = "video"
    HOME = "home"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of one feature of one place, and since when."""

    present: bool
    checked_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """What the order of places is decided from. A feature that is absent from `features` is unknown."""

    id: int
    postal_code: str
    department: str
    modes: frozenset[Mode]
    features: Mapping[Feature, Evidence] = field(default_factory=dict)
    earliest: dt.datetime | None = None
    point: Point | None = None
    is_itinerant: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person asked for; all of it optional. `point`: where the person said to look from."""

    needs: frozenset[Feature] = frozenset()
    mode: Mode | None = None
    postal_code: str = ""
    department: str = ""
    point: Point | None = None


def read_needs(values: Collection[str]) -> frozenset[Feature]:
    """Return the features named in a query; names that are not in the vocabulary are left out."""
    known = {feature.value for feature in ASKED}
    return frozenset(Feature(value) for value in values if value in known)
