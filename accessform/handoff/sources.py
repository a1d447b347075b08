"""Where what the pages say of places comes from: names, publishers, licences, addresses. Proper names, not wordings."""

from dataclasses import dataclass

from accessform.handoff.dates_in_words import say_month
from accessform.handoff.models import Place

LICENCE_OUVERTE = ("Licence Ouverte 2.0", "https://www.etalab.gouv.fr/licence-ouverte-open-licence/")
CC_BY = ("Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/deed.fr")


@dataclass(frozen=True, slots=True)
class DataSource:
    """A data set, as its publisher names it; `licence` is its name and its address."""

    slug: str
    title: str
    publisher: str
    address: str
    licence: tuple[str, str]


PLACES = {
    source.slug: source
    for source in (
        DataSource(
            "france-services",
            "Liste des structures France services",
            "Agence nationale de la cohésion des territoires",
            "https://www.data.gouv.fr/fr/datasets/liste-des-structures-france-services/",
            LICENCE_OUVERTE,
        ),
        DataSource(
            "mediation-numerique",
            "Lieux de médiation numérique",
            "Agence nationale de la cohésion des territoires, Hinaura et les autres territoires",
            "https://cartographie.societenumerique.gouv.fr/",
            LICENCE_OUVERTE,
        ),
    )
}
"""Sources of places that `import_places` reads, by the name that each row carries."""

COMMUNES = (
    DataSource(
        "communes",
        "Communes, codes postaux et populations : découpage administratif 2026",
        "Insee et La Poste, mis en forme par Etalab",
        "https://github.com/etalab/decoupage-administratif",
        LICENCE_OUVERTE,
    ),
    DataSource("geonames", "GeoNames : position des communes", "GeoNames", "https://www.geonames.org/", CC_BY),
)
"""Sources that tell how far a place is; they ship with the product."""


def describe_provenance(place: Place) -> dict[str, str]:
    """Return who says what a place's page says, and when; nothing for a place that an operator wrote."""
    source = PLACES.get(place.source)
    if source is None:
        return {}
    return {"title": source.title, "since": say_month(place.source_date) if place.source_date else ""}
