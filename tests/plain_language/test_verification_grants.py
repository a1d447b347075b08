"""Rights, duties and counts told in other words are the same; the same words with the sense lost are refused."""

import pytest

from accessform.plain_language.verification import Verdict, verify

pytestmark = pytest.mark.slow

KINDS = {"modality", "number", "unit", "comparator", "date", "moment", "statement"}

THE_SAME = [
    (
        "L'aide au transport est due à l'apprenti. La demande est adressée au service du port.",
        "Apprenti, vous avez droit à l'aide au transport. Envoyez la demande au service du port.",
    ),
    (
        "L'organisateur ne peut demander d'acompte, sauf si le participant est mineur.",
        "L'organisateur ne prend pas d'acompte. Le participant est mineur ? On peut lui en demander un.",
    ),
    (
        "L'abonné ne peut plus réserver tant qu'il n'a pas rendu les clés.",
        "Sans les clés, pas de réservation. Vous les rendez ? Vous pouvez de nouveau réserver.",
    ),
    (
        "La piscine ne peut refuser l'entrée au chien guide, mais n'est pas tenue de le garder.",
        "La piscine est obligée de laisser entrer le chien guide. Elle a le droit de ne pas le garder.",
    ),
    (
        "Le locataire ne peut cesser de verser le loyer sans autorisation du juge.",
        "Continuez à verser le loyer, sauf si le juge vous autorise à arrêter.",
    ),
    (
        "Les services du port sont tenus de répondre aux plaisanciers.",
        "Les services du port ne peuvent pas refuser de répondre aux plaisanciers.",
    ),
    (
        "La fouille du jardin n'est plus soumise à déclaration mais à autorisation.",
        "Pour fouiller le jardin, une déclaration ne suffit plus : il faut une autorisation.",
    ),
    (
        "Le promeneur est tenu de ramasser ses déchets. Celui qui les jette est passible d'une amende de 68 €.",
        "Ramasser ses déchets est une obligation. Vous les jetez ? L'amende peut être de 68 €.",
    ),
    (
        "L'usager qui ne répond pas à la lettre paie 20 € de frais.",
        "Répondez à la lettre. Sinon, vous payez 20 € de frais.",
    ),
    (
        "Si le chien a plus de deux ans, l'accord de l'éleveur est nécessaire.",
        "Le chien a plus de 2 ans ? Sans son éleveur d'accord, ce n'est pas possible.",
    ),
    (
        "Le sportif peut suivre jusqu'à six trimestres de cours.",
        "Vous pouvez suivre des trimestres de cours, 6 au maximum.",
    ),
    (
        "La fiche est remise au plus tard le 5 du mois.",
        "Remettez la fiche avant le 6 du mois.",
    ),
    (
        "Une clôture est posée lorsque le pré accueille plus de dix chevaux.",
        "À partir de 11 chevaux dans le pré, posez une clôture.",
    ),
    (
        "Avez-vous au moins un bateau amarré dans le port ?",
        "Avez-vous un ou plusieurs bateaux amarrés dans le port ?",
    ),
    (
        "L'exposant absent perd sa place pendant l'année qui suit.",
        "Vous êtes absent ? Vous perdez votre place pendant un an.",
    ),
    (
        "La durée du stage ne dépasse pas deux mois au cours de la même année scolaire.",
        "Le stage dure 2 mois au maximum dans l'année scolaire.",
    ),
    (
        "Une relance n'interrompt pas le délai de deux ans.",
        "Une relance ne fait pas repartir le délai de 2 ans à zéro.",
    ),
    (
        "Le plaisancier écrit au port. Dans le cas contraire, il téléphone.",
        "Vous écrivez au port, ou non. Dans ce 2e cas, vous téléphonez.",
    ),
    (
        "Le montant de la caution ne peut être inférieur à zéro.",
        "La caution ne peut pas être de moins de 0 €.",
    ),
    (
        "Le refuge accorde une avance. Elle est soldée dans les deux mois suivant cette avance.",
        "Le refuge vous fait crédit ? Vous avez 2 mois pour solder.",
    ),
    (
        "La visite est réservée au jeune de moins de 20 ans, confié au foyer avant son entrée au lycée.",
        "Vous avez moins de 20 ans ? Vous étiez au foyer quand vous étiez collégien ? La visite est pour vous.",
    ),
    (
        "Le badge reste dû au titulaire, y compris s'il est absent.",
        "Vous devez toujours le badge. Peu importe que vous n'y alliez jamais.",
    ),
    (
        "Le conducteur doit pouvoir présenter son permis à tout moment.",
        "Vous devez pouvoir montrer votre permis à tout moment.",
    ),
    (
        "La taxe de quai est due par le plaisancier dont le bateau dépasse 6 mètres.",
        "Votre bateau dépasse 6 mètres ? Vous devez payer la taxe de quai.",
    ),
    (
        "Les défauts apparus dans les six mois suivant la délivrance du bateau sont réparés.",
        "Un défaut apparaît dans les 6 mois après la livraison du bateau ? Il est réparé.",
    ),
]

NOT_THE_SAME = [
    (
        "L'aide au transport est due à l'apprenti. La demande est adressée au service du port.",
        "Apprenti, vous avez droit à l'aide au transport. Vous pouvez adresser la demande au service du port.",
    ),
    (
        "L'organisateur ne peut demander d'acompte, sauf si le participant est mineur.",
        "L'organisateur peut demander un acompte, sauf si le participant est mineur.",
    ),
    (
        "L'abonné ne peut plus réserver tant qu'il n'a pas rendu les clés.",
        "L'abonné peut réserver, il n'a pas rendu les clés.",
    ),
    (
        "La piscine ne peut refuser l'entrée au chien guide, mais n'est pas tenue de le garder.",
        "La piscine peut refuser l'entrée au chien guide, mais n'est pas tenue de le garder.",
    ),
    (
        "L'employeur ne peut s'opposer au congé que le salarié demande.",
        "L'employeur peut s'opposer au congé que le salarié demande.",
    ),
    (
        "La fouille du jardin n'est plus soumise à déclaration.",
        "La fouille du jardin est soumise à déclaration.",
    ),
    (
        "Le porteur doit obtenir l'attestation.",
        "Le porteur n'est pas obligé d'obtenir l'attestation.",
    ),
    (
        "Le sportif peut suivre jusqu'à six trimestres de cours.",
        "Vous pouvez suivre des trimestres de cours, 8 au maximum.",
    ),
    (
        "La fiche est remise au plus tard le 5 du mois.",
        "Remettez la fiche au plus tard le 6 du mois.",
    ),
    (
        "Une clôture est posée lorsque le pré accueille plus de dix chevaux.",
        "À partir de 12 chevaux dans le pré, posez une clôture.",
    ),
    (
        "Une clôture est posée lorsque le pré accueille plus de dix chevaux.",
        "Une clôture est posée lorsque le pré accueille moins de onze chevaux.",
    ),
    (
        "La visite a lieu avant le quatrième anniversaire du bateau.",
        "La visite a lieu avant les 4 mois du bateau.",
    ),
    (
        "Avez-vous au moins un bateau amarré dans le port ?",
        "Avez-vous au moins deux bateaux amarrés dans le port ?",
    ),
    (
        "Le refuge accorde une avance. Elle est soldée dans les deux mois suivant cette avance.",
        "Le refuge accorde une avance. Elle est soldée dans les deux mois suivant le départ.",
    ),
    (
        "Le jeune de moins de 20 ans est reçu avant son entrée au lycée.",
        "Le jeune de moins de 20 ans est reçu après son entrée au lycée.",
    ),
    (
        "L'adhérent peut quitter le club à tout moment.",
        "Vous devez quitter le club à tout moment.",
    ),
    (
        "Le don est révocable sans forme à tout moment.",
        "Vous devez changer d'avis à tout moment, sans formalité.",
    ),
    (
        "La taxe de quai est due par le plaisancier dont le bateau dépasse 6 mètres.",
        "Votre bateau dépasse 6 mètres ? Vous pouvez payer la taxe de quai.",
    ),
    (
        "Le boursier qui arrête ses cours est tenu au remboursement des sommes perçues.",
        "Si vous arrêtez vos cours, vous pouvez rembourser l'argent reçu.",
    ),
    (
        "Le badge reste dû au titulaire.",
        "Le badge reste dû au titulaire. Vous ne pouvez pas imprimer de photo.",
    ),
    (
        "Les défauts apparus dans les six mois suivant la délivrance du bateau sont réparés.",
        "Les défauts apparus dans les six mois avant la livraison du bateau sont réparés.",
    ),
]


@pytest.mark.parametrize(("standard", "variant"), THE_SAME)
def test_the_same_told_otherwise_is_not_refused_for_it(standard: str, variant: str) -> None:
    result = verify(standard, variant, parser=False)
    found = {fact.kind for fact in result.lost + result.added} | {change.kind for change in result.changed}
    assert not found & KINDS, result


@pytest.mark.parametrize(("standard", "variant"), NOT_THE_SAME)
def test_another_sense_is_refused(standard: str, variant: str) -> None:
    assert verify(standard, variant, parser=False).verdict is Verdict.REFUSED
