"""Duties, permissions and cases told in other words are the same; turned round, they are refused."""

import pytest

from accessform.plain_language.verification import Verdict, verify

SAME_THING = (
    (
        "L'avis du comité ne peut être demandé sans l'accord du maire.",
        "Pour demander l'avis du comité, vous devez avoir l'accord du maire.",
    ),
    (
        "Le salarié ne peut refuser la visite, dont les deux premières heures sont obligatoires.",
        "Le salarié doit accepter la visite. Les deux premières heures sont obligatoires.",
    ),
    (
        "Le reçu n'est pas exigé pour les visites obligatoires.",
        "Pas besoin de reçu pour les visites obligatoires.",
    ),
    (
        "La cotisation est doublée lorsque le contrat date de plus de trois ans.",
        "Pour un contrat qui date de plus de trois ans, la cotisation est doublée.",
    ),
)
ANOTHER_THING = (
    (
        "La licence doit être renouvelée par le club.",
        "Le club peut renouveler la licence.",
    ),
    (
        "Le club verse une prime lorsque le joueur est blessé, sauf faute de celui-ci.",
        "Le club verse une prime, sauf si le joueur est blessé ou en faute.",
    ),
    (
        "Le locataire remet les clés le jour prévu. À défaut, la caution est conservée.",
        "Vous devez remettre les clés le jour prévu. Dans ce cas, la caution est gardée.",
    ),
    (
        "Le locataire peut donner la clé au gardien.",
        "Vous ne devez pas donner la clé au gardien.",
    ),
)


@pytest.mark.parametrize(("standard", "variant"), SAME_THING)
def test_what_is_told_in_other_words_is_not_refused(standard: str, variant: str) -> None:
    assert verify(standard, variant, parser=False).verdict is not Verdict.REFUSED


@pytest.mark.parametrize(("standard", "variant"), ANOTHER_THING)
def test_what_is_turned_round_is_refused(standard: str, variant: str) -> None:
    assert verify(standard, variant, parser=False).verdict is Verdict.REFUSED
