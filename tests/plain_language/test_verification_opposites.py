"""Opposites exchanged are a change of meaning; texts beyond comparing get a quick and honest answer."""

import pytest

from accessform.plain_language.verification import MOST_SENTENCES, MOST_WORDS, Verdict, verify

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("standard", "variant"),
    [
        ("Le silence vaut accord.", "Le silence vaut refus."),
        ("L'accord du maire est nécessaire.", "Il faut le refus du maire."),
        ("Les revenus nets sont déclarés.", "Déclarez vos revenus bruts."),
        ("L'aide est versée au propriétaire.", "Le locataire reçoit l'aide."),
        ("Adressez l'original.", "Envoyez une copie."),
        ("Saisissez le tribunal judiciaire.", "Saisissez le tribunal administratif."),
        ("La carte est provisoire.", "La carte est définitive."),
    ],
)
@pytest.mark.parametrize("parser", [True, False])
def test_an_opposite_in_the_place_of_a_word_is_refused(standard: str, variant: str, parser: bool) -> None:
    assert verify(standard, variant, parser=parser).verdict is Verdict.REFUSED


@pytest.mark.parametrize(
    ("standard", "variant"),
    [
        ("Le père et la mère signent.", "La mère et le père signent."),
        ("Le locataire paie le propriétaire.", "Le propriétaire est payé par le locataire."),
        ("Joignez l'original et une copie.", "Joignez une copie et l'original."),
    ],
)
def test_opposites_that_both_texts_hold_are_no_change(standard: str, variant: str) -> None:
    assert verify(standard, variant).verdict is Verdict.ACCEPTED


@pytest.mark.parametrize("parser", [True, False])
@pytest.mark.parametrize("text", ["1/" * MOST_WORDS, "mot " * (MOST_WORDS + 1), "Oui. " * (MOST_SENTENCES + 1)])
def test_what_nobody_would_write_is_not_compared_and_says_so(text: str, parser: bool) -> None:
    found = verify(text, f"{text} Deux.", parser=parser)
    assert found.verdict is Verdict.INCONCLUSIVE
    assert found.notes
