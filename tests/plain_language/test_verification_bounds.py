"""What bounds an amount: said otherwise, said from the other side, exchanged."""

import pytest

from accessform.plain_language.verification import Verdict, verify

pytestmark = pytest.mark.slow

SAME = [
    ("Le projet porte la surface à plus de 150 m².", "La surface dépasse-t-elle 150 m² ?"),
    (
        "Le devis est remis lorsque le prix est égal ou supérieur à 100 €.",
        "Le devis est remis si le prix est d'au moins 100 €.",
    ),
    ("Prévenez au moins un mois avant la date prévue.", "Prévenez 1 mois avant la date prévue, ou encore plus tôt."),
    (
        "Le dépôt ne peut excéder un mois de loyer pour un logement vide et deux mois pour un logement meublé.",
        "Logement vide : le dépôt est de 1 mois de loyer au plus. Logement meublé : 2 mois de loyer au plus.",
    ),
    (
        "Le silence gardé pendant plus de quatre mois vaut rejet.",
        "Le silence gardé pendant plus de 4 mois veut dire rejet.",
    ),
    (
        "La durée est de 15 jours, ramenée à 48 heures en cas d'urgence.",
        "La durée est de 15 jours, ou de 2 jours au plus en cas d'urgence.",
    ),
    (
        "L'indemnité est versée à partir de cent vingt minutes de retard.",
        "L'indemnité est versée pour 120 minutes de retard ou plus.",
    ),
    ("Présentez la demande avant le cent vingtième jour.", "Présentez la demande avant le 120e jour."),
]
CHANGED = [
    ("Une somme au moins égale au RSA est laissée.", "Une somme au plus égale au RSA est laissée."),
    (
        "Le service corrige jusqu'à la fermeture. Au-delà, il répond.",
        "Le service corrige jusqu'à la fermeture. En dessous, il répond.",
    ),
    ("La peine est de plus de 5 mois.", "La peine est d'au moins 5 mois."),
    ("La pension n'est pas payée depuis au moins un mois.", "La pension n'est pas payée depuis 1 mois ou moins."),
    ("Le nombre de pièces ne peut excéder dix.", "Vous pouvez joindre plus de 10 pièces."),
    (
        "À défaut de mise à jour avant le 31 août, le tarif augmente.",
        "Mettez à jour après le 31 août. Sinon, le tarif augmente.",
    ),
    (
        "Le permis suspendu au moins six mois demande un examen. Les tests ne sont pas demandés en dessous.",
        "Le permis suspendu six mois ou plus demande un examen. Plus de six mois : les tests ne sont pas demandés.",
    ),
    ("La date limite est dans un mois. Payez sous trois mois.", "La date limite est dans 1 mois. Payez rapidement."),
]


@pytest.mark.parametrize(("standard", "variant"), SAME)
def test_a_bound_said_otherwise_is_accepted(standard: str, variant: str) -> None:
    found = verify(standard, variant)
    assert found.verdict is Verdict.ACCEPTED, (found.lost, found.added, found.changed)


@pytest.mark.parametrize(("standard", "variant"), CHANGED)
def test_a_bound_that_says_another_amount_is_refused(standard: str, variant: str) -> None:
    assert verify(standard, variant).verdict is Verdict.REFUSED


MOVED = [
    (
        "La victime en informe son employeur dans les 24 heures. L'employeur a ensuite 48 heures pour déclarer "
        "l'accident à la caisse primaire.",
        "La victime en informe son employeur dans les 48 heures. L'employeur a ensuite 24 heures pour déclarer "
        "l'accident à la caisse primaire.",
    ),
    (
        "L'amende est de 68 € pour un véhicule léger et de 135 € pour un poids lourd.",
        "L'amende est de 135 € avec un véhicule léger et de 68 € avec un poids lourd.",
    ),
]


@pytest.mark.parametrize(("standard", "variant"), MOVED)
def test_two_amounts_that_changed_places_are_refused(standard: str, variant: str) -> None:
    found = verify(standard, variant)
    assert "number" in {change.kind for change in found.changed}
