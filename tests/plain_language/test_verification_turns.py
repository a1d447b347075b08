"""Limits and denials turned round say the same; the same turns with the sense lost are refused. Words alone."""

import pytest

from accessform.plain_language.verification import Verdict, verify

pytestmark = pytest.mark.slow

KINDS = {"negation", "exception", "restriction", "opposite"}

THE_SAME = [
    (
        "Les parents ne peuvent alors déduire la pension qu'ils versent.",
        "Dans ce cas, les parents n'ont plus le droit de déduire la pension qu'ils versent.",
    ),
    (
        "Le vélo n'est rendu à son propriétaire qu'après paiement des frais de garde.",
        "Pour reprendre votre vélo, payez d'abord les frais de garde.",
    ),
    (
        "L'aide n'est ouverte qu'aux personnes de plus de 60 ans.",
        "Avez-vous 60 ans ou moins ? Vous n'avez pas droit à l'aide.",
    ),
    (
        "La réduction ne concerne que les livres scolaires.",
        "Vous avez une réduction sur les livres scolaires. Les autres livres sont au prix normal.",
    ),
    (
        "Le bailleur ne peut entrer dans le logement sans l'accord du locataire.",
        "Le bailleur peut entrer dans le logement seulement avec l'accord du locataire.",
    ),
    (
        "Aucun cours ne peut commencer avant la signature du contrat.",
        "Le cours commence seulement après la signature du contrat.",
    ),
    (
        "La carte est strictement personnelle.",
        "La carte est pour vous seul.",
    ),
    (
        "Le dossier est présenté en mairie, à moins que le demandeur ne soit hospitalisé.",
        "Apportez votre dossier à la mairie. Vous êtes hospitalisé ? Vous n'avez pas à venir.",
    ),
    (
        "Indiquez votre nom de naissance, à l'exclusion du nom d'usage.",
        "Indiquez votre nom de naissance (pas le nom d'usage).",
    ),
    (
        "Le locataire est tenu d'assurer le logement. À défaut d'assurance, le bail est résilié.",
        "Assurez le logement. Vous ne l'assurez pas ? Le bail est résilié.",
    ),
    (
        "L'employeur ne peut refuser le congé demandé par le salarié.",
        "L'employeur est obligé d'accepter le congé que vous demandez.",
    ),
    (
        "Aucun colis ne peut être remis avant l'expiration d'un délai de deux jours.",
        "Il faut attendre deux jours avant de recevoir le colis.",
    ),
    (
        "Le silence gardé par la mairie pendant deux mois vaut refus.",
        "La mairie ne répond pas pendant 2 mois ? Votre demande est refusée.",
    ),
    (
        "Le bon ne peut être ni cédé, ni échangé.",
        "Vous ne pouvez pas :\n- céder le bon,\n- échanger le bon.",
    ),
    (
        "Le gardien ne peut, sauf accident, ouvrir la porte.",
        "Le gardien ne peut pas ouvrir la porte, sauf accident.",
    ),
    ("Le dépôt est rendu au locataire.", "Le bailleur vous rend le dépôt."),
]

NOT_THE_SAME = [
    (
        "Le silence gardé par la mairie pendant deux mois vaut refus.",
        "La mairie répond pendant 2 mois ? Votre demande est refusée.",
    ),
    (
        "La prime n'est pas versée lorsque son montant est inférieur à 20 €.",
        "La prime est payée quand son montant est de moins de 20 €.",
    ),
    (
        "Faute de présentation du certificat, l'enfant n'est pas admis.",
        "Vous présentez le certificat ? L'enfant n'est pas admis.",
    ),
    (
        "Le carton ne peut être ni cédé, ni remboursé.",
        "Vous ne pouvez pas céder le carton. Il est remboursé.",
    ),
    (
        "Si la caution n'est pas payée sous huit jours, la réservation est annulée.",
        "Si la caution est payée en 8 jours, la réservation est annulée.",
    ),
    (
        "Le vélo n'est rendu à son propriétaire qu'après paiement des frais de garde.",
        "Payez les frais de garde. Votre vélo est rendu.",
    ),
    (
        "Le vélo n'est rendu à son propriétaire qu'après paiement des frais de garde.",
        "Payez d'abord les frais de garde. Sinon, votre vélo est rendu.",
    ),
    (
        "Le dossier est présenté en mairie, à moins que le demandeur ne soit hospitalisé.",
        "Apportez votre dossier à la mairie, même si vous êtes hospitalisé.",
    ),
    (
        "L'animal ne peut être rendu sans une pièce d'identité.",
        "L'animal est rendu sauf en cas de vaccination.",
    ),
]


@pytest.mark.parametrize(("standard", "variant"), THE_SAME)
def test_a_turn_that_says_the_same_is_no_finding(standard: str, variant: str) -> None:
    found = verify(standard, variant, parser=False)
    assert not [fact for fact in (*found.lost, *found.added, *found.changed) if fact.kind in KINDS]


@pytest.mark.parametrize(("standard", "variant"), NOT_THE_SAME)
def test_a_turn_that_loses_the_sense_is_refused(standard: str, variant: str) -> None:
    assert verify(standard, variant, parser=False).verdict is Verdict.REFUSED
