"""Pairs read one by one: rewordings that say the same, and texts that say something else."""

import pytest

from accessform.plain_language.verification import Verdict, verify

pytestmark = pytest.mark.slow

SAME = [
    # numbers, units, dates
    ("Le délai est de deux mois.", "Le délai est de 2 mois."),
    ("Vous disposez de quatre-vingt-dix jours.", "Vous avez 90 jours."),
    ("La durée est de 24 mois.", "La durée est de 2 ans."),
    ("La durée est d'un an.", "La durée est de 12 mois."),
    ("Le montant est de 1 234,50 €.", "Le montant est de 1234,5 euros."),
    ("Le taux est de vingt pour cent.", "Le taux est de 20 %."),
    ("Le forfait est de 1 200 euros par an.", "Le forfait est de 1 200 € par an."),
    ("Réponse sous quarante-huit heures.", "Réponse dans les 2 jours."),
    ("Le contrat prend effet le 1er janvier 2025.", "Le contrat commence le 01/01/2025."),
    ("Une vingtaine de jours suffit.", "Il suffit d'une vingtaine de jours."),
    ("Le dossier est examiné dans les trois semaines.", "Nous étudions votre dossier en 21 jours."),
    ("Le quinzième jour, la carte est détruite.", "La carte est détruite le 15e jour."),
    # comparators
    ("Vos ressources n'excèdent pas 900 €.", "Vos ressources sont de 900 € ou moins."),
    ("Le fichier ne dépasse pas 3 Mo.", "Le fichier fait 3 Mo au maximum."),
    ("L'âge ne peut être inférieur à dix-huit ans.", "Vous devez avoir au moins 18 ans."),
    ("Le prêt est accordé dans la limite de 5 000 €.", "Le prêt est de 5 000 € au plus."),
    ("La surface est supérieure à 30 m².", "La surface fait plus de 30 m²."),
    ("Le prix est inférieur à 100 €.", "Le prix est de moins de 100 €."),
    ("La somme est comprise entre 10 et 50 €.", "La somme va de 10 à 50 €."),
    ("Un dépôt minimal de 20 € est demandé.", "On demande un dépôt de 20 € minimum."),
    # deadlines
    ("Répondez sous quinze jours.", "Répondez dans les 15 jours."),
    ("Répondez dans un délai de quinze jours.", "Répondez avant 15 jours."),
    (
        "Le recours est formé dans un délai de deux mois à compter de la notification de la décision.",
        "Vous avez 2 mois pour faire un recours, à partir du jour où vous recevez la décision.",
    ),
    ("Inscrivez-vous au plus tard le 30 juin.", "Inscrivez-vous jusqu'au 30 juin."),
    (
        "Déclarez la naissance dans les cinq jours suivant l'accouchement.",
        "Vous avez 5 jours après l'accouchement pour déclarer la naissance.",
    ),
    ("La demande est déposée préalablement au départ.", "Déposez la demande avant le départ."),
    # negation
    ("La carte n'est pas cessible.", "La carte ne peut pas être cédée."),
    ("À défaut de paiement, le contrat est résilié.", "Si vous ne payez pas, le contrat est résilié."),
    ("En l'absence de réponse, la demande est rejetée.", "Sans réponse, votre demande est rejetée."),
    ("Le dossier incomplet est renvoyé.", "Votre dossier n'est pas complet ? Il est renvoyé."),
    ("Aucun frais n'est demandé.", "Vous ne payez aucun frais."),
    ("L'adresse saisie est incorrecte.", "Cette adresse n'est pas correcte."),
    # modality
    ("Le demandeur est tenu de signer le formulaire.", "Vous devez signer le formulaire."),
    ("Le formulaire doit être signé.", "Signez le formulaire."),
    ("La signature est obligatoire.", "Vous devez signer."),
    ("Une photo est requise.", "Donnez une photo."),
    ("L'usager peut consulter son dossier.", "Vous pouvez consulter votre dossier."),
    ("La consultation du dossier est autorisée.", "Vous pouvez consulter le dossier."),
    ("Il est interdit de fumer dans la salle.", "Vous ne devez pas fumer dans la salle."),
    ("Le parent n'est pas tenu de fournir une photo.", "Le parent n'a pas besoin de fournir une photo."),
    ("La photo est facultative.", "La photo n'est pas obligatoire."),
    # conditions and exceptions
    ("Lorsque vous êtes locataire, joignez le bail.", "Vous êtes locataire ? Joignez le bail."),
    ("En cas de déménagement, prévenez la caisse.", "Si vous déménagez, prévenez la caisse."),
    (
        "La piscine est ouverte tous les jours, excepté le lundi.",
        "La piscine est ouverte tous les jours, sauf le lundi.",
    ),
    ("L'aide est versée, sauf en cas de fraude.", "L'aide est versée, à l'exception des cas de fraude."),
    ("L'accès est réservé aux abonnés.", "Seuls les abonnés ont accès."),
    ("Le remboursement n'est possible que sur facture.", "Le remboursement est possible uniquement avec une facture."),
    # alternatives, quantity
    ("Joignez un passeport ou une carte de séjour.", "Joignez :\n- un passeport\n- ou une carte de séjour."),
    ("Chaque enfant reçoit un livret.", "Tous les enfants reçoivent un livret."),
    ("L'ensemble des pages doit être signé.", "Signez toutes les pages."),
    # sanctions, periods
    ("Tout retard est puni d'une amende de 50 €.", "En cas de retard, vous payez une amende de 50 €."),
    ("La cotisation est mensuelle.", "La cotisation se paie chaque mois."),
    ("La déclaration est annuelle.", "Vous faites la déclaration tous les ans."),
    ("Le loyer trimestriel est de 300 €.", "Le loyer est de 300 € par trimestre."),
    ("Le titre est renouvelable une fois.", "Vous pouvez renouveler le titre 1 fois."),
    # references, acronyms
    ("L'article L. 123-4 du code du travail s'applique.", "Le code du travail s'applique (article L123-4)."),
    ("Remplissez le formulaire Cerfa n° 12345*03.", "Remplissez le Cerfa 12345*03."),
    ("Écrivez à la caisse d'allocations familiales.", "Écrivez à la CAF (caisse d'allocations familiales)."),
    ("Appelez le 01 23 45 67 89.", "Appelez le 01.23.45.67.89."),
    # who does what
    ("La décision est notifiée au demandeur par le préfet.", "Le préfet vous notifie la décision."),
    ("Le dossier est transmis au juge par le greffe.", "Le greffe transmet le dossier au juge."),
    ("L'allocation est versée au bénéficiaire par la CAF.", "La CAF vous verse l'allocation."),
    ("Le bail est signé par le locataire.", "Le locataire signe le bail."),
    ("L'employeur remet une attestation au salarié.", "Votre employeur vous remet une attestation."),
    ("Le maire convoque les parents.", "Les parents sont convoqués par le maire."),
]  # fmt: skip

CHANGED = [
    # numbers, units, dates
    ("number", "Le délai est de deux mois.", "Le délai est de 3 mois."),
    ("number", "Le montant est de 1 234,50 €.", "Le montant est de 1 243,50 €."),
    ("number", "Vous avez quinze jours.", "Vous avez deux semaines."),
    ("number", "La moitié des frais est remboursée.", "Le tiers des frais est remboursé."),
    ("number", "Vous avez droit à vingt jours.", "Vous avez droit à une vingtaine de jours."),
    ("number", "Le père a 2 mois, la mère a 3 mois.", "Le père a 3 mois, la mère a 2 mois."),
    ("unit", "Le délai est de 15 jours.", "Le délai est de 15 mois."),
    ("unit", "Le taux est de 20 %.", "Le montant est de 20 €."),
    ("unit", "Le fichier fait 5 Mo au plus.", "Le fichier fait 5 Ko au plus."),
    ("unit", "Réponse sous 5 jours ouvrés.", "Réponse sous 5 jours."),
    ("date", "Inscrivez-vous avant le 30 juin.", "Inscrivez-vous avant le 30 juillet."),
    ("date", "Le droit s'ouvre le 1er mars 2024.", "Le droit s'ouvre le 1er mars 2025."),
    ("time", "L'accueil ferme à 17 h 30.", "L'accueil ferme à 16 h 30."),
    ("number", "Donnez deux photos et une copie.", "Donnez une copie."),
    # comparators
    ("comparator", "Il faut au moins 18 ans.", "Il faut au plus 18 ans."),
    ("comparator", "Vos ressources sont inférieures à 900 €.", "Vos ressources sont supérieures à 900 €."),
    ("comparator", "Vos ressources n'excèdent pas 900 €.", "Vos ressources dépassent 900 €."),
    ("comparator", "Vous avez plus de 60 ans.", "Vous avez 60 ans ou plus."),
    ("comparator", "Le prêt est de 5 000 € au maximum.", "Le prêt est de 5 000 € au minimum."),
    ("comparator", "Il faut au moins 5 salariés.", "Il faut 5 salariés."),
    ("comparator", "Le logement fait plus de 30 m².", "Le logement fait moins de 30 m²."),
    # dates and delays
    ("comparator", "Déposez le dossier avant le 30 juin.", "Déposez le dossier après le 30 juin."),
    ("comparator", "La carte est valable jusqu'au 31 mars.", "La carte est valable à partir du 31 mars."),
    ("moment", "Vous avez 2 mois à compter de la notification.", "Vous avez 2 mois à compter de l'audience."),
    ("moment", "Prévenez-nous avant le départ.", "Prévenez-nous après le départ."),
    (
        "moment",
        "Le loyer est dû dans le mois qui suit la signature.",
        "Le loyer est dû dans le mois qui précède la signature.",
    ),
    ("moment", "Répondez dans les 15 jours.", "Répondez rapidement."),
    ("moment", "Vous avez 10 jours après la réception du courrier.", "Vous avez 10 jours."),
    # negation
    ("negation", "Les frais ne sont pas remboursés.", "Les frais sont remboursés."),
    ("negation", "La caution est rendue.", "La caution n'est pas rendue."),
    ("negation", "La photo n'est plus exigée, mais signez.", "La photo est exigée, et signez."),
    ("negation", "Aucun document n'est demandé.", "Un document est demandé."),
    ("negation", "Si vous ne répondez pas, la demande est annulée.", "Si vous répondez, la demande est annulée."),
    ("negation", "La carte est cessible.", "La carte n'est pas cessible."),
    ("negation", "Vous payez une amende de 50 €.", "Vous ne payez pas une amende de 50 €."),
    ("negation", "Le code saisi est incorrect.", "Le code saisi est correct."),
    # modality
    ("modality", "Vous devez signer le formulaire.", "Vous pouvez signer le formulaire."),
    ("modality", "Vous pouvez consulter votre dossier.", "Vous devez consulter votre dossier."),
    ("modality", "Le formulaire doit être signé.", "Le formulaire ne doit pas être signé."),
    ("modality", "Vous pouvez envoyer une copie.", "Vous ne pouvez pas envoyer une copie."),
    ("modality", "Vous ne devez pas signer ici.", "Vous pouvez signer ici."),
    ("modality", "La photo est obligatoire.", "La photo est facultative."),
    ("modality", "Le locataire est tenu de payer le loyer.", "Le locataire peut payer le loyer."),
    ("modality", "Il est interdit de fumer.", "Il est permis de fumer."),
    ("modality", "Vous n'êtes pas obligé de répondre.", "Vous devez répondre."),
    # conditions
    ("condition", "En cas de perte, une nouvelle carte est délivrée.", "Une nouvelle carte est délivrée."),
    ("condition", "Si vous êtes locataire, joignez le bail.", "Joignez le bail."),
    ("condition", "L'aide est versée sous réserve d'un avis favorable.", "L'aide est versée."),
    (
        "condition",
        "Payez avant le 5 mai, sinon la demande est annulée.",
        "Payez avant le 5 mai, la demande est annulée.",
    ),
    ("exception", "L'aide est versée si vous travaillez.", "L'aide est versée sauf si vous travaillez."),
    ("condition", "La carte est gratuite, sauf en cas de perte.", "La carte est gratuite, même en cas de perte."),
    # exceptions, restrictions
    ("exception", "La mairie est ouverte, sauf le lundi.", "La mairie est ouverte."),
    ("exception", "Les dépenses sont remboursées, hormis le transport.", "Les dépenses sont remboursées."),
    ("exception", "Vous avez droit à l'aide.", "Vous avez droit à l'aide, sauf le dimanche."),
    ("restriction", "L'accès est uniquement pour les abonnés.", "L'accès est pour les abonnés."),
    ("restriction", "Seul le titulaire peut retirer la carte.", "Le titulaire peut retirer la carte."),
    ("restriction", "La demande n'est reçue que sur rendez-vous.", "La demande est reçue sur rendez-vous."),
    ("restriction", "Le bureau accueille les familles.", "Le bureau accueille seulement les familles."),
    # alternatives
    ("alternative", "Joignez un passeport ou une carte de séjour.", "Joignez un passeport et une carte de séjour."),
    ("alternative", "Envoyez la facture et le contrat.", "Envoyez la facture ou le contrat."),
    # quantity
    ("quantity", "Signez toutes les pages.", "Signez certaines pages."),
    ("quantity", "L'ensemble des frais est remboursé.", "Une partie des frais est remboursée."),
    ("quantity", "Chacun des parents doit signer.", "L'un des parents doit signer."),
    ("quantity", "Tout salarié peut demander cette aide.", "Presque tout salarié peut demander cette aide."),
    # sanctions
    ("sanction", "Tout retard est puni d'une amende.", "Évitez tout retard."),
    ("sanction", "En cas de fraude, la demande est rejetée.", "En cas de fraude, la demande est étudiée."),
    ("sanction", "Renvoyez la carte.", "Renvoyez la carte. Sinon, vous risquez une amende."),
    ("sanction", "La fraude est punie de prison.", "La fraude est grave."),
    # periods, renewal
    ("period", "La cotisation est mensuelle.", "La cotisation est annuelle."),
    ("period", "Déclarez vos revenus chaque trimestre.", "Déclarez vos revenus chaque semaine."),
    ("sanction", "Le contrat est renouvelable.", "Le contrat se termine ensuite."),
    # references, acronyms, addresses
    ("reference", "L'article L. 123-4 s'applique.", "L'article L. 123-5 s'applique."),
    ("reference", "Voir l'article 12 du code civil.", "Voir l'article 12 du code pénal."),
    ("reference", "Remplissez le Cerfa 12345.", "Remplissez le formulaire."),
    ("acronym", "Adressez-vous à la CAF.", "Adressez-vous à la CPAM."),
    ("acronym", "La PCH est versée.", "L'aide est versée."),
    ("telephone", "Appelez le 01 23 45 67 89.", "Appelez le 01 23 45 67 98."),
    ("address", "Écrivez à contact@ville.fr.", "Écrivez à contact@mairie.fr."),
    ("address", "Allez sur www.service-public.fr.", "Allez sur le site."),
    # bodies
    ("body", "La demande est adressée au préfet.", "La demande est adressée au maire."),
    ("body", "Saisissez la commission de médiation.", "Saisissez la commission de surendettement."),
    ("body", "Prenez rendez-vous avec le notaire.", "Prenez rendez-vous avec l'huissier."),
    # statements
    ("number", "Envoyez le dossier. Joignez 3 photos.", "Envoyez le dossier."),
    ("statement", "Rendez le badge. Les clés du parking souterrain restent à l'accueil.", "Rendez le badge."),
    ("statement", "Rendez le badge.", "Rendez le badge. Les visiteurs extérieurs ne peuvent pas garer leur vélo."),
    # who does what to whom
    ("role", "La CAF verse l'allocation au bénéficiaire.", "Vous versez l'allocation à la CAF."),
    ("role", "Le locataire prévient le propriétaire.", "Le propriétaire prévient le locataire."),
    ("role", "Le dossier est transmis au juge par le greffe.", "Le juge transmet le dossier au greffe."),
    ("role", "L'employeur remet une attestation au salarié.", "Le salarié remet une attestation à l'employeur."),
    ("role", "Le médecin informe le patient.", "Le patient informe le médecin."),
    ("role", "Les parents désignent le tuteur.", "Le tuteur désigne les parents."),
    (
        "role",
        "Le bail est signé par le locataire, en présence du propriétaire.",
        "Le propriétaire signe le bail, en présence du locataire.",
    ),
    ("modality", "Les mineurs, inscrits en mai, doivent être vaccinés.", "Les mineurs doivent être inscrits en mai."),
    ("role", "Le maire convoque les parents.", "Les parents convoquent le maire."),
    ("role", "Votre employeur vous envoie le contrat.", "Vous envoyez le contrat à votre employeur."),
    ("role", "La banque rembourse le client.", "Le client rembourse la banque."),
    ("modality", "Les enfants, nés avant 2010, doivent être déclarés.", "Les enfants doivent être nés avant 2010."),
]  # fmt: skip


@pytest.mark.parametrize(("standard", "variant"), SAME)
def test_a_rewording_that_says_the_same_is_accepted(standard: str, variant: str) -> None:
    assert verify(standard, variant).verdict is Verdict.ACCEPTED


@pytest.mark.parametrize(("kind", "standard", "variant"), CHANGED)
def test_a_text_that_says_something_else_is_refused(kind: str, standard: str, variant: str) -> None:
    found = verify(standard, variant)
    assert found.verdict is Verdict.REFUSED
    assert found.lost or found.added or found.changed
