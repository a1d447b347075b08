"""Restrictions, exceptions and breaches of duty told in other turns, and the same pairs with the sense lost."""

import pytest

from accessform.plain_language.verification import Verdict, verify

THE_SAME = [
    (
        "L'inscription à la cantine n'est enregistrée que sur présentation du carnet de vaccination.",
        "Pour une inscription à la cantine, présentez le carnet de vaccination.",
    ),
    (
        "Le permis n'est délivré que si le terrain est raccordé à l'eau.",
        "Pour avoir le permis, votre terrain doit être raccordé à l'eau.",
    ),
    (
        "L'allocation n'est due qu'à compter du huitième jour.",
        "Vous touchez l'allocation à partir du 8e jour.",
    ),
    (
        "Le préavis est ramené à un mois en cas de mutation.",
        "En cas de mutation, vous n'avez qu'un mois de préavis.",
    ),
    (
        "Le jardin est fermé le soir, sauf pour une fête de quartier.",
        "Le jardin est fermé le soir. Seule exception : une fête de quartier.",
    ),
    (
        "Le stationnement est payant, sauf pour les livreurs, les taxis ou les ambulances.",
        "Le stationnement est payant. Vous êtes livreur, taxi ou ambulance ? Alors c'est gratuit.",
    ),
    (
        "Le gardien ne peut entrer dans la cave, sauf si le locataire est absent.",
        "Le gardien ne peut pas entrer dans la cave. Il peut quand même entrer si vous êtes absent.",
    ),
    (
        "L'arrosage est interdit en août. Tout manquement est puni d'une amende.",
        "L'arrosage est interdit en août. Si vous arrosez en août, vous risquez une amende.",
    ),
    (
        "Le loyer est payé par virement. À défaut, des frais sont dus.",
        "Vous payez le loyer par virement : pas de frais.\nVous payez autrement : des frais sont dus.",
    ),
    (
        "Les colis non réclamés dans le mois sont vendus.",
        "Vous avez un mois pour réclamer votre colis. Vous n'êtes pas venu ? Nous le vendons.",
    ),
    (
        "Le guide ne peut partir sans porter un gilet.",
        "Guide, portez un gilet quand vous partez.",
    ),
    (
        "Les diplômés n'en doivent pas moins passer l'entretien.",
        "Les diplômés doivent quand même passer l'entretien.",
    ),
]

LOST = [
    (
        "L'inscription à la cantine n'est enregistrée que sur présentation du carnet de vaccination.",
        "L'inscription à la cantine est enregistrée sur présentation du carnet de vaccination.",
    ),
    (
        "La prolongation n'est payée que si le médecin la prescrit.",
        "Le médecin doit prescrire la prolongation. Dans ce cas, elle n'est pas payée.",
    ),
    (
        "Le permis n'est délivré que si le terrain est raccordé à l'eau.",
        "Votre terrain est raccordé à l'eau. Le permis est délivré.",
    ),
    (
        "Le jardin est fermé le soir, sauf pour une fête de quartier.",
        "Le jardin est fermé le soir, même pour une fête de quartier.",
    ),
    (
        "Le stationnement est payant, sauf pour les livreurs, les taxis ou les ambulances.",
        "Le stationnement est payant. Vous êtes livreur, taxi ou ambulance ? Vous payez aussi.",
    ),
    (
        "Le loyer est payé par virement. À défaut, des frais sont dus.",
        "Vous payez le loyer par virement. Des frais sont dus.",
    ),
    (
        "Les colis non réclamés dans le mois sont vendus.",
        "Les colis réclamés dans le mois sont vendus.",
    ),
    (
        "L'indemnité n'est ni imposable ni saisissable.",
        "L'indemnité n'est pas imposable. On peut la saisir.",
    ),
    (
        "La règle interdit également au tuteur de vendre la maison.",
        "Tuteur, vendez la maison.",
    ),
    (
        "La demande est déposée avant mars, sous peine de perte de la prime.",
        "Déposez la demande avant mars. Si vous tardez, vous ne perdez pas la prime.",
    ),
    (
        "La plainte est reçue avant juin. À défaut de plainte, le plaignant perd son droit.",
        "Portez plainte avant juin. Sans plainte, vous ne perdez pas votre droit.",
    ),
]


@pytest.mark.parametrize(("standard", "variant"), THE_SAME)
def test_the_same_in_other_turns_is_not_refused(standard: str, variant: str) -> None:
    found = verify(standard, variant, parser=False)
    assert found.verdict is not Verdict.REFUSED, (found.lost, found.added, found.changed)


@pytest.mark.parametrize(("standard", "variant"), LOST)
def test_the_same_turn_with_the_sense_lost_is_refused(standard: str, variant: str) -> None:
    assert verify(standard, variant, parser=False).verdict is Verdict.REFUSED
