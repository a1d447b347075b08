"""The sources that can be read, and their files turned into places. Pure."""

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from accessform.answers.places import commune_key, communes
from accessform.handoff.geography.origins import find_department_of
from accessform.handoff.imported.hours import DAYS, read_notation, read_week
from accessform.handoff.imported.phones import read_place_phone
from accessform.handoff.imported.positions import settle_position
from accessform.handoff.imported.rows import (
    ADDRESS_MAX,
    CITY_MAX,
    ID_MAX,
    NAME_MAX,
    NOTE_MAX,
    PlaceRow,
    ReadRow,
    RefusedRow,
    RowRefused,
)
from accessform.handoff.imported.tables import Row, read_table
from accessform.handoff.imported.texts import clean, drop_addresses, keep_desk_address
from accessform.handoff.place_facts import Feature
from accessform.handoff.territories import find_department

LICENCE = "Licence Ouverte 2.0"

MOVING = frozenset({"Bus_équivalent", "Itinérante"})
FORM_SERVICES = (
    "Réaliser des démarches administratives avec un accompagnement",
    "Accompagner les démarches de santé",
    "A ma place : une personne habilitée fait les démarches à ma place",
    "Aide aux démarches administratives",
)
DECLARED = {
    "surdité": Feature.DEAF_WELCOME,
    "déficience visuelle": Feature.LOW_VISION_WELCOME,
    "personnes en situation d'illettrisme": Feature.WRITING_HELP,
    "illettrisme": Feature.WRITING_HELP,
    "handicaps mentaux": Feature.DISABILITY_WELCOME,
    "public langues étrangères": Feature.OTHER_LANGUAGES,
    "langues étrangères": Feature.OTHER_LANGUAGES,
    "langue des signes française (lsf)": Feature.SIGN_LANGUAGE,
}
"""What digital-mediation places declare, in both editions of their schema. « Surdité » is not sign language, and
« handicaps moteurs » is not a door that a wheelchair passes: neither stands for the other."""


@dataclass(frozen=True, slots=True)
class Source:
    """A data set that can be imported: what it is called and how one of its rows is read."""

    slug: str
    required: Collection[str]
    read: Callable[[Row], tuple[PlaceRow, list[str]]]


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file's places, the rows refused, and what was odd about the file as a whole."""

    rows: tuple[ReadRow, ...]
    refused: tuple[RefusedRow, ...]
    notes: tuple[str, ...] = ()


def read_places(content: bytes, source: Source) -> ReadFile:
    """Read a file of places. A bad row is refused alone; raises FileRefused where the file itself is no such table."""
    table, notes = read_table(content, required=source.required)
    rows, refused = [], []
    seen: dict[str, int] = {}
    for number, row in enumerate(table, start=1):
        try:
            read = _read_row(number, row, source)
            if (first := seen.setdefault(read.place.source_id, number)) != number:
                raise RowRefused(f"même identifiant que la ligne {first}")
        except RowRefused as error:
            refused.append(RefusedRow(number, _identify(row), str(error)))
        else:
            rows.append(read)
    return ReadFile(tuple(rows), tuple(refused), tuple(notes))


def _read_row(number: int, row: Row, source: Source) -> ReadRow:
    if not row:
        raise RowRefused("la ligne n'a pas le même nombre de colonnes que l'en-tête, ou n'est pas un lieu")
    place, repairs = source.read(row)
    if not place.source_id:
        raise RowRefused("identifiant absent")
    if not place.name:
        raise RowRefused("nom absent")
    return ReadRow(number, place, tuple(repairs))


def _identify(row: Row) -> str:
    return clean(row.get("id_fs") or row.get("id") or "", ID_MAX)


def read_france_services(row: Row) -> tuple[PlaceRow, list[str]]:
    """Read a row of the list of France services (ANCT). Raises RowRefused."""
    hours, mended_hours = read_week({day: row.get(f"h_{day}", "") for day in DAYS})
    city, postal_code = clean(row["lib_com"], CITY_MAX), clean(row["code_postal"], 10).zfill(5)
    position = settle_position(
        insee_code=clean(row["insee_com"], 10).upper().zfill(5),
        postal_code=postal_code,
        city=city,
        latitude=row["latitude"],
        longitude=row["longitude"],
    )
    phone, mended_phone = read_place_phone(clean(row["telephone"], 60))
    address = ", ".join(part for part in (clean(row.get(name, ""), 150) for name in _STREET) if part)
    name = drop_addresses(clean(row["lib_fs"], NAME_MAX), is_comment=False)
    place = PlaceRow(
        source_id=clean(row["id_fs"], ID_MAX),
        name=name,
        address=clean(drop_addresses(address, is_comment=False), ADDRESS_MAX),
        postal_code=postal_code,
        city=city,
        insee_code=position.insee_code,
        department=position.department,
        latitude=position.point.latitude,
        longitude=position.point.longitude,
        is_approximate=position.point.is_approximate,
        phone=phone,
        email=keep_desk_address(row.get("mail", ""), place_words=f"{name} {city}"),
        hours=hours,
        note=_read_note(row.get("commentaire", "")),
        is_itinerant=row.get("format_fs", "") in MOVING,
        features={Feature.FORM_HELP: True},
    )
    return place, [*position.repairs, *mended_hours, *mended_phone]


_STREET = ("adresse", "complement_adresse")


def _read_note(raw: str) -> str:
    """Return what a place says of itself, without addresses; a note without a single word says nothing."""
    note = clean(drop_addresses(clean(raw, 10 * NOTE_MAX), is_comment=True), NOTE_MAX)
    return note if re.search(r"[^\W\d_]{2}", note) else ""


def read_mediation_numerique(row: Row) -> tuple[PlaceRow, list[str]]:
    """Read a row of the list of digital-mediation places, in either edition of its schema. Raises RowRefused."""
    hours, mended_hours = read_notation(clean(row.get("horaires", ""), 2000))
    city, postal_code = clean(row["commune"], CITY_MAX), clean(row["code_postal"], 10).zfill(5)
    position = settle_position(
        insee_code=clean(row.get("code_insee", ""), 10) or _find_code(city, postal_code),
        postal_code=postal_code,
        city=city,
        latitude=row["latitude"],
        longitude=row["longitude"],
    )
    phone, mended_phone = read_place_phone(clean(row.get("telephone", ""), 60))
    name = drop_addresses(clean(row["nom"], NAME_MAX), is_comment=False)
    updated_on, mended_date = _read_date(row.get("date_maj", ""))
    place = PlaceRow(
        source_id=clean(row["id"], ID_MAX),
        name=name,
        address=clean(drop_addresses(clean(row.get("adresse", ""), ADDRESS_MAX), is_comment=False), ADDRESS_MAX),
        postal_code=postal_code,
        city=city,
        insee_code=position.insee_code,
        department=position.department,
        latitude=position.point.latitude,
        longitude=position.point.longitude,
        is_approximate=position.point.is_approximate,
        phone=phone,
        email=keep_desk_address(row.get("courriels", row.get("courriel", "")), place_words=f"{name} {city}"),
        hours=hours,
        note=_read_fees(row.get("conditions_acces", row.get("frais_a_charge", ""))),
        is_itinerant="itinérant" in row.get("itinerance", "").lower(),
        features=_read_features(row),
        updated_on=updated_on,
    )
    return place, [*position.repairs, *mended_hours, *mended_phone, *mended_date]


def _find_code(city: str, postal_code: str) -> str:
    """Return the official code of a commune from its name and postal code, "" where they do not agree.

    « Annecy Cedex 03 » is Annecy; a postal code that only mail uses (CEDEX) still tells the department.
    """
    name = re.sub(r"\bcedex\b.*", "", city, flags=re.IGNORECASE).strip()
    homonyms = communes().get(commune_key(name), ()) if name else ()
    exact = [code for code, _, postal_codes in homonyms if postal_code in postal_codes]
    same_department = [code for code, *_ in homonyms if find_department_of(code) == find_department(postal_code)]
    return next(iter(exact or (same_department if len(same_department) == 1 else [])), "")


def _values(row: Mapping[str, str], *names: str) -> Iterable[str]:
    return (value.strip() for name in names for value in re.split(r"[;|]", row.get(name, "")) if value.strip())


def _read_features(row: Mapping[str, str]) -> dict[Feature, bool]:
    """Return what the place declares; what it does not declare is unknown, and stays out."""
    features = {}
    for value in _values(row, "publics_accueillis", "prise_en_charge_specifique"):
        said = re.split(r" : | \(", value.lower())[0].replace("’", "'")
        feature = DECLARED.get(value.lower()) or DECLARED.get(said)
        if feature:
            features[feature] = True
    if any(value in FORM_SERVICES for value in _values(row, "services", "modalites_accompagnement")):
        features[Feature.FORM_HELP] = True
    return features


def _read_fees(raw: str) -> str:
    """Return what access costs, in the source's own short words: « Gratuit. Payant. »."""
    said = [re.split(r"\s*:\s*", value)[0] for value in re.split(r"[;|]", clean(raw, NOTE_MAX)) if value.strip()]
    return clean(" ".join(f"{value.strip().rstrip('.')}." for value in said), NOTE_MAX)


def _read_date(raw: str) -> tuple[dt.date | None, list[str]]:
    if not raw.strip():
        return None, []
    try:
        day = dt.date.fromisoformat(raw.strip()[:10])
    except ValueError:
        return None, [f"date illisible (« {raw[:20]} ») : non gardée"]
    return day, []


SOURCES = {
    "france-services": Source(
        "france-services",
        (
            *(
                "id_fs",
                "lib_fs",
                "adresse",
                "insee_com",
                "code_postal",
                "lib_com",
                "latitude",
                "longitude",
                "telephone",
            ),
            *(f"h_{day}" for day in list(DAYS)[:6]),
        ),
        read_france_services,
    ),
    "mediation-numerique": Source(
        "mediation-numerique",
        ("id", "nom", "commune", "code_postal", "adresse", "latitude", "longitude"),
        read_mediation_numerique,
    ),
}
