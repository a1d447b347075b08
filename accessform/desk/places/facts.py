"""What a place says of itself: what an administrator may write, and what belongs to the data set it came from."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from accessform.handoff.dates_in_words import say_day
from accessform.handoff.imported.hours import read_notation
from accessform.handoff.imported.phones import read_place_phone
from accessform.handoff.imported.reading import SOURCES
from accessform.handoff.models import Place, PlaceFeature
from accessform.handoff.models.places import FEATURES

OPERATORS = ("directions", "relay")
ALSO_WHERE_NOT_IMPORTED = ("phone", "hours")
KNOWN, ABSENT, UNKNOWN = "oui", "non", "inconnu"
HOURS_MAX = 300
PHONE_MAX = 20


def is_imported(place: Place) -> bool:
    """Tell whether an import owns what its data set says of this place."""
    return place.source in SOURCES


def editable(place: Place) -> tuple[str, ...]:
    """Return the names of the facts that an administrator writes."""
    return OPERATORS if is_imported(place) else (*OPERATORS, *ALSO_WHERE_NOT_IMPORTED)


def read_phone(text: str) -> str:
    """Return a phone number as it is dialled; raises ValueError with what to write."""
    phone, _why = read_place_phone(text)
    if not phone or len(phone) > PHONE_MAX:
        raise ValueError("Ce numéro ne se lit pas. Exemple : 01 99 00 10 10.")
    return phone


def read_hours(text: str) -> str:
    """Return opening hours in OpenStreetMap's notation; raises ValueError with an example."""
    hours, _mended = read_notation(text)
    if not hours:
        raise ValueError("Ces horaires ne se lisent pas. Exemple : Mo-Fr 09:00-12:00,14:00-17:00; Sa 09:00-12:00.")
    return hours


def fingerprint(values: Mapping[str, object]) -> str:
    """Return what a page carries to tell, when it is sent, whether these values were changed by somebody else."""
    return hashlib.sha256(repr(sorted(values.items())).encode()).hexdigest()


def current_facts(place: Place) -> dict[str, str]:
    """Return the facts that an administrator writes, as they stand."""
    return {name: getattr(place, name) for name in editable(place)}


def write_facts(place: Place, facts: Mapping[str, str], *, seen: str) -> bool:
    """Write the facts of a place that are still those whose fingerprint is `seen`, or already so; False otherwise."""
    with transaction.atomic():
        row = Place.objects.select_for_update(no_key=True).get(pk=place.pk)
        now = current_facts(row)
        if now == facts:
            return True
        if fingerprint(now) != seen:
            return False
        Place.objects.filter(pk=row.pk).update(**{name: facts[name] for name in now})
    return True


@dataclass(frozen=True, slots=True)
class FeatureLine:
    """One thing that helps: whether the place has it, who says so and since when."""

    name: str
    label: str
    state: str
    evidence: str = ""
    checked_on: dt.date | None = None
    day: str = ""
    from_import: bool = False


STATES = {KNOWN: "Oui", ABSENT: "Non", UNKNOWN: "On ne sait pas"}


def describe_features(place: Place) -> list[FeatureLine]:
    """Return all that may help at a place, unknown where nobody said anything."""
    rows = {row.feature: row for row in place.features.all()}
    return [describe_feature(name, label, rows.get(name)) for name, label in FEATURES]


def describe_feature(name: str, label: str, row: PlaceFeature | None) -> FeatureLine:
    """Return one thing that helps, as the pages say it."""
    if row is None:
        return FeatureLine(name, label, UNKNOWN)
    day = f"{say_day(row.checked_on)} {row.checked_on.year}" if row.checked_on else ""
    state = KNOWN if row.present else ABSENT
    return FeatureLine(name, label, state, row.evidence, row.checked_on, day, bool(row.source))


def write_feature(
    place: Place, feature: str, *, state: str, evidence: str, checked_on: dt.date | None, seen: str
) -> bool:
    """Write what an administrator says of a feature, if it is still as `seen`, or already so; False otherwise.

    What an administrator says stands before what an import says. UNKNOWN takes their own word away, and never an
    import's.
    """
    with transaction.atomic():
        Place.objects.select_for_update(no_key=True).get(pk=place.pk)
        row = PlaceFeature.objects.filter(place=place, feature=feature).first()
        now = feature_facts(row)
        wanted = feature_facts(None)
        if state != UNKNOWN:
            wanted = {"state": state, "evidence": evidence, "checked_on": checked_on, "from_import": False}
        if now == wanted:
            return True
        if fingerprint(now) != seen:
            return False
        if state == UNKNOWN:
            PlaceFeature.objects.filter(place=place, feature=feature, source="").delete()
        else:
            said = {"present": state == KNOWN, "evidence": evidence, "checked_on": checked_on, "source": ""}
            PlaceFeature.objects.update_or_create(place=place, feature=feature, defaults=said)
    return True


def feature_facts(row: PlaceFeature | None) -> dict[str, object]:
    """Return what stands about one feature."""
    line = describe_feature("", "", row)
    return {
        "state": line.state,
        "evidence": line.evidence,
        "checked_on": line.checked_on,
        "from_import": line.from_import,
    }
