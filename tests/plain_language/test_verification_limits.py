"""Limits, amounts, cases and times said otherwise are no finding; said differently, they are refused. Words alone."""

import pytest

from accessform.plain_language.verification import Verdict, verify

pytestmark = pytest.mark.slow

THE_SAME = [
    (
        "Les personnes âgées de 60 ans ou plus peuvent demander cette aide.",
        "Vous avez au moins 60 ans ? Vous pouvez demander cette aide.",
    ),
    ("L'aide est ouverte à partir de 60 ans.", "Vous avez droit à l'aide si vous avez 60 ans ou plus."),
    ("L'aide est ouverte dès 60 ans.", "L'aide est ouverte à partir de 60 ans."),
    ("Le demandeur doit être âgé de 60 ans révolus.", "Vous devez avoir au moins 60 ans."),
    ("L'aide est plafonnée à 300 €.", "L'aide est de 300 € au plus."),
    ("L'aide est accordée dans la limite de 300 €.", "Vous recevez jusqu'à 300 €."),
    ("Le montant de l'aide ne peut dépasser 300 €.", "L'aide est de 300 € maximum."),
    ("L'aide ne peut excéder 300 €.", "L'aide n'est pas plus élevée que 300 €."),
    ("L'aide est d'un montant maximal de 300 €.", "L'aide va jusqu'à 300 €."),
    ("Le plafond de l'aide s'élève à 300 €.", "Vous pouvez recevoir 300 € au maximum."),
    ("Le dossier doit être déposé au plus tard le 31 mars.", "Déposez votre dossier avant le 31 mars inclus."),
    ("La réponse est donnée dans un délai de deux mois.", "Nous vous répondons en 2 mois."),
    ("La réponse intervient sous deux mois.", "Vous avez une réponse en moins de 2 mois."),
    (
        "L'inscription est valable un an, renouvelable une fois.",
        "Votre inscription dure 1 an. Vous pouvez la prolonger une fois.",
    ),
    (
        "Le contrat est conclu pour une durée de trois ans renouvelable une fois.",
        "Le contrat dure 3 ans. Il peut être renouvelé 1 fois.",
    ),
    ("La cotisation annuelle est de 20 €.", "Vous payez 20 € par an."),
    ("La cotisation est payable trimestriellement.", "Vous payez la cotisation tous les 3 mois."),
    ("Les deux parents signent la demande.", "La demande est signée par l'un et l'autre des parents."),
    ("La demande est signée par les deux parents.", "Chacun des parents signe la demande."),
    (
        "Le préavis est d'un mois. Il court à compter de la réception de la lettre.",
        "Votre préavis dure 1 mois. Ce mois commence quand la lettre est reçue.",
    ),
    ("Le délai est de deux mois.", "Vous avez 2 mois. Après ces 2 mois, c'est trop tard."),
    (
        "L'autorisation est requise, à moins que l'enfant ne soit accompagné.",
        "L'autorisation est nécessaire, sauf si l'enfant est accompagné.",
    ),
    (
        "La demande est gratuite, sauf en cas de perte.",
        "La demande est gratuite. Vous avez perdu votre carte ? Alors vous payez.",
    ),
    ("Seule la mère peut reconnaître l'enfant.", "Il n'y a que la mère qui peut reconnaître l'enfant."),
    ("L'aide est réservée aux étudiants.", "L'aide est pour les étudiants seulement."),
    ("Le guichet ne reçoit que sur rendez-vous.", "Prenez rendez-vous : le guichet reçoit seulement sur rendez-vous."),
    ("La carte n'est délivrée qu'aux habitants de la commune.", "Il faut habiter la commune pour avoir la carte."),
    ("En cas de déménagement, le locataire prévient la CAF.", "Vous déménagez ? Prévenez la CAF."),
    ("Lorsque le dossier est complet, l'instruction commence.", "Une fois le dossier complet, nous l'étudions."),
    ("Les locataires doivent joindre le bail.", "Vous êtes locataire ? Joignez le bail."),
    ("Le demandeur locataire joint son bail.", "Si vous êtes locataire, joignez votre bail."),
    (
        "L'aide est accordée sous réserve d'un justificatif.",
        "Vous recevez l'aide à condition de donner un justificatif.",
    ),
    ("L'aide est versée dès lors que le dossier est complet.", "Nous versons l'aide quand le dossier est complet."),
    ("En cas de refus, vous disposez d'un recours.", "Nous refusons votre demande ? Vous pouvez faire un recours."),
    (
        "À défaut de réponse dans les deux mois, la demande est rejetée.",
        "Vous n'avez pas de réponse après 2 mois ? Cela veut dire que votre demande est refusée.",
    ),
    ("Passé ce délai, la demande est classée.", "Après ce délai, votre demande est classée."),
    (
        "Le paiement intervient au plus tard 15 jours après la livraison.",
        "Vous devez payer dans les 15 jours qui suivent la livraison.",
    ),
    ("La déclaration est faite avant le départ.", "Faites la déclaration, puis partez."),
    ("La visite a lieu après la signature du contrat.", "Vous signez d'abord le contrat. Ensuite, la visite a lieu."),
    ("Les parents ou le tuteur signent.", "La signature est celle des parents, ou du tuteur."),
    (
        "Le parent isolé perçoit 200 € par enfant, dès le premier enfant.",
        "Vous êtes parent isolé ? Vous recevez 200 € par enfant, à partir du 1er enfant.",
    ),
    ("La moitié des frais est remboursée.", "On vous rembourse 50 % des frais."),
    ("Le tiers des frais est à votre charge.", "Vous payez un tiers des frais."),
    ("Joindre deux photos d'identité.", "Joignez 2 photos. Ces 2 photos doivent être récentes."),
    ("La durée du séjour ne peut être inférieure à trois mois.", "Le séjour dure au moins 3 mois."),
    ("Le logement doit avoir une surface d'au moins 9 m².", "Le logement ne peut pas faire moins de 9 m²."),
    ("L'enfant de moins de trois ans voyage gratuitement.", "Votre enfant a moins de 3 ans ? Il voyage gratuitement."),
    ("Le demandeur a plus de 65 ans.", "Vous avez dépassé 65 ans."),
    ("Vous disposez de 48 heures.", "Vous avez 2 jours."),
    ("Vous disposez d'un délai de six semaines.", "Vous avez 6 semaines."),
    ("Le contrat est conclu pour 18 mois.", "Le contrat dure un an et demi."),
    ("La carte est valable dix ans.", "Votre carte dure 10 ans. Après, il faut la refaire."),
    ("Aucun document ne vous sera demandé.", "Vous n'avez aucun document à donner."),
]
ANOTHER_THING = [
    ("L'aide est ouverte à partir de 60 ans.", "Vous avez droit à l'aide si vous avez plus de 60 ans."),
    ("L'aide est plafonnée à 300 €.", "L'aide est d'au moins 300 €."),
    ("L'aide est accordée dans la limite de 300 €.", "L'aide est de plus de 300 €."),
    ("La réponse est donnée dans un délai de deux mois.", "Nous vous répondons après 2 mois."),
    ("L'inscription est valable un an, renouvelable une fois.", "Votre inscription dure 1 an."),
    (
        "Le contrat est conclu pour une durée de trois ans renouvelable une fois.",
        "Le contrat dure 3 ans. Il peut être renouvelé 2 fois.",
    ),
    ("La cotisation annuelle est de 20 €.", "Vous payez 20 € par mois."),
    ("Les deux parents signent la demande.", "L'un des deux parents signe la demande."),
    (
        "Le service est ouvert tous les jours excepté le dimanche.",
        "Le service est ouvert tous les jours, même le dimanche.",
    ),
    ("Les frais sont remboursés, hors frais de transport.", "Les frais sont remboursés, avec les frais de transport."),
    ("Seule la mère peut reconnaître l'enfant.", "La mère peut reconnaître l'enfant."),
    ("L'aide est réservée aux étudiants.", "L'aide est pour les étudiants."),
    ("La carte n'est délivrée qu'aux habitants de la commune.", "La carte est donnée aux habitants de la commune."),
    ("En cas de déménagement, le locataire prévient la CAF.", "Le locataire prévient la CAF."),
    ("L'aide est accordée sous réserve d'un justificatif.", "Vous recevez l'aide."),
    ("À défaut de réponse dans les deux mois, la demande est rejetée.", "La demande est refusée après 2 mois."),
    ("La déclaration est faite avant le départ.", "Faites la déclaration après le départ."),
    (
        "Le paiement intervient au plus tard 15 jours après la livraison.",
        "Vous devez payer 15 jours avant la livraison.",
    ),
    ("Le séjour ne peut être inférieur à trois mois.", "Le séjour dure au plus 3 mois."),
    ("L'enfant de moins de trois ans voyage gratuitement.", "L'enfant de plus de 3 ans voyage gratuitement."),
    ("Les mineurs ne peuvent acheter d'alcool.", "Si vous avez moins de 16 ans, vous ne pouvez pas acheter d'alcool."),
    ("Les mineurs ne peuvent acheter d'alcool.", "Si vous avez plus de 18 ans, vous ne pouvez pas acheter d'alcool."),
    ("Une seule demande est possible par an.", "2 demandes sont possibles par an."),
    ("La demande est faite par le père et la mère.", "La demande est faite par le père ou la mère."),
    ("Si vous êtes en retard, vous payez 10 €.", "Vous payez 10 €."),
    ("Vous payez 10 € par jour de retard, sauf en cas de force majeure.", "Vous payez 10 € par jour de retard."),
    ("Déclarez le sinistre dans les 5 jours, sous peine de déchéance.", "Déclarez le sinistre dans les 5 jours."),
    ("Sauf urgence, prenez rendez-vous.", "Prenez rendez-vous."),
    ("Vous pouvez renouveler la carte une fois.", "Vous pouvez renouveler la carte."),
]


@pytest.mark.parametrize(("standard", "variant"), THE_SAME)
def test_the_same_limit_said_otherwise_is_not_refused(standard: str, variant: str) -> None:
    assert verify(standard, variant, parser=False).verdict is not Verdict.REFUSED


@pytest.mark.parametrize(("standard", "variant"), ANOTHER_THING)
def test_another_limit_is_refused(standard: str, variant: str) -> None:
    assert verify(standard, variant, parser=False).verdict is Verdict.REFUSED
