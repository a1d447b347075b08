"""One place to try the product with: plainly a demonstration, with an agenda that never runs out.

Phone numbers are those that the ARCEP reserves for fiction (01 99 00 xx xx).
"""

import datetime as dt

from django.db import transaction

from accessform.handoff.models import AgentProfile, Motif, Opening, Place, PlaceFeature
from accessform.handoff.models.places import DEMONSTRATION
from accessform.handoff.place_facts import Feature, Mode

FIRST_DAY = dt.date(2026, 1, 5)

PLACE = {
    "name": "Maison des démarches (lieu de démonstration)",
    "address": "1 place de l'Exemple",
    "postal_code": "75011",
    "city": "Paris",
    "department": "75",
    "insee_code": "75111",
    "latitude": 48.8574,
    "longitude": 2.3795,
    "is_approximate": True,
    "directions": "Ce lieu n'existe pas : il sert à essayer accessform.",
    "phone": "01 99 00 12 34",
    "relay": "",
    "hours": "Mo-Fr 09:00-12:00,14:00-17:00; Sa 09:30-12:30",
    "is_active": True,
}

FEATURES = {Feature.WHEELCHAIR: True, Feature.LARGE_PRINT: True, Feature.QUIET: True, Feature.HEARING_LOOP: False}

IDENTITY = {
    "standard": "Une pièce d'identité, si vous en avez une",
    "plain": "Une pièce d'identité, si vous en avez une",
    "easy": "Votre carte d'identité, si vous en avez une",
}
PAPERS = {
    "standard": "Les documents demandés par la démarche, même s'il en manque",
    "plain": "Les papiers demandés, même s'il en manque",
    "easy": "Vos papiers, même s'il en manque",
}

MOTIFS = {
    "remplir-ensemble": {
        "label": {
            "standard": "Remplir la démarche avec une personne, sur place",
            "plain": "Remplir votre démarche avec quelqu'un, sur place",
            "easy": "Une personne vous aide, sur place",
        },
        "bring": [IDENTITY, PAPERS],
        "minutes": 30,
        "mode": Mode.OFFICE.value,
        "position": 1,
    },
    "aide-telephone": {
        "label": {
            "standard": "Être aidé par une personne, au téléphone",
            "plain": "Être aidé par quelqu'un, au téléphone",
            "easy": "Une personne vous aide, au téléphone",
        },
        "bring": [PAPERS],
        "minutes": 20,
        "mode": Mode.PHONE.value,
        "position": 2,
    },
}

WEEKDAYS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
AGENTS = {
    "Guichet 1": [(dt.time(9), dt.time(12), WEEKDAYS), (dt.time(14), dt.time(17), WEEKDAYS)],
    "Guichet 2": [
        (dt.time(9), dt.time(12), "FREQ=WEEKLY;BYDAY=TU,TH"),
        (dt.time(9, 30), dt.time(12, 30), "FREQ=WEEKLY;BYDAY=SA"),
    ],
}


@transaction.atomic
def create_demonstration() -> Place:
    """Create the demonstration place, or bring it back to what it should be; nothing is ever doubled."""
    place, _ = Place.objects.update_or_create(source=DEMONSTRATION, source_id="1", defaults=PLACE)
    for feature, present in FEATURES.items():
        says = {"present": present, "evidence": "Exemple", "checked_on": FIRST_DAY}
        PlaceFeature.objects.update_or_create(place=place, feature=feature.value, defaults=says)
    motifs = [Motif.objects.update_or_create(slug=slug, defaults=values)[0] for slug, values in MOTIFS.items()]
    for name, openings in AGENTS.items():
        agent, _ = AgentProfile.objects.get_or_create(place=place, name=name)
        agent.motifs.set(motifs)
        for starts_at, ends_at, rule in openings:
            when = {"first_day": FIRST_DAY, "starts_at": starts_at, "ends_at": ends_at, "rule": rule}
            Opening.objects.get_or_create(agent=agent, **when)
    return place
