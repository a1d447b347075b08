"""Who does what to whom, where a rewrite says « vous » and where a pronoun may mean two people."""

import pytest

from accessform.plain_language.verification import Verdict, verify

pytestmark = pytest.mark.slow

EXCHANGED = [
    (
        "Le propriétaire ne peut entrer dans le logement loué sans l'accord de l'occupant, sauf en cas d'urgence.",
        "L'occupant ne peut entrer dans le logement loué sans l'accord du propriétaire, sauf en cas d'urgence.",
    ),
    (
        "L'employeur a-t-il versé au salarié une prime de départ ?",
        "Avez-vous versé à votre employeur une prime de départ ?",
    ),
    (
        "L'emprunteur a le droit de rembourser son prêt. Le prêteur calcule les frais.",
        "Le prêteur a le droit de rembourser votre prêt. Vous calculez les frais.",
    ),
    (
        "Un duplicata peut être demandé par l'un des époux. La mairie établit la copie.",
        "La mairie peut demander un duplicata. L'un des époux établit la copie.",
    ),
]
FAITHFUL = [
    (
        "L'héritier a quatre mois pour choisir. Un créancier peut le sommer de choisir ; il doit répondre par écrit.",
        "Vous héritez : vous avez quatre mois pour choisir. Un créancier peut vous sommer de choisir. "
        "Vous devez répondre par écrit.",
    ),
    (
        "Le salarié informe son employeur de sa date de départ.",
        "Dites à votre employeur la date de votre départ.",
    ),
    (
        "Si le propriétaire ne s'est pas manifesté, l'objet est rendu.",
        "Si le propriétaire ne se manifeste pas, l'objet est rendu.",
    ),
]


@pytest.mark.parametrize(("standard", "variant"), EXCHANGED)
def test_an_exchange_of_roles_is_refused(standard: str, variant: str) -> None:
    found = verify(standard, variant)
    assert found.verdict is Verdict.REFUSED
    assert {change.kind for change in found.changed} == {"role"}


@pytest.mark.parametrize(("standard", "variant"), FAITHFUL)
def test_a_rewrite_that_keeps_who_does_what_is_accepted(standard: str, variant: str) -> None:
    assert verify(standard, variant).verdict is Verdict.ACCEPTED


def test_you_stand_for_one_person_throughout_the_text() -> None:
    standard = "Le locataire signale la panne au gardien. Le bailleur répare le chauffage."
    assert verify(standard, "Vous signalez la panne au gardien. Le bailleur répare le chauffage.").verdict is (
        Verdict.ACCEPTED
    )
    assert verify(standard, "Vous signalez la panne au gardien. Vous réparez le chauffage.").verdict is Verdict.REFUSED


def test_an_acronym_may_stand_as_the_words_that_the_glossary_gives_it() -> None:
    found = verify(
        "La demande relève de la MDPH.", "La maison départementale des personnes handicapées traite la demande."
    )
    assert "acronym" not in {fact.kind for fact in (*found.lost, *found.added)}


def test_two_dates_set_against_each_other_may_not_be_exchanged() -> None:
    standard = "La date de sortie doit être postérieure à la date d'entrée."
    assert verify(standard, "La date d'entrée doit être postérieure à la date de sortie.").verdict is Verdict.REFUSED
    assert verify(standard, "La date de sortie doit être après la date d'entrée.").verdict is Verdict.ACCEPTED


@pytest.mark.parametrize(
    ("standard", "variant"),
    [
        (
            "L'intéressé est préalablement invité à s'expliquer par écrit.",
            "Avant cela, on vous invite à vous expliquer par écrit.",
        ),
        (
            "Le parent qui change de résidence doit en informer l'autre.",
            "Un parent change de résidence. Il doit le dire à l'autre parent.",
        ),
        (
            "Le constat, signé par les deux conducteurs, est envoyé à l'assureur.",
            "Vous et l'autre conducteur, signez le constat. Envoyez-le à l'assureur.",
        ),
    ],
)
def test_the_other_one_is_not_the_reader(standard: str, variant: str) -> None:
    found = verify(standard, variant)
    assert "role" not in {change.kind for change in found.changed}
