"""What verify answers, whatever it is given."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accessform.plain_language.verification import LONGEST_TEXT, Verdict, verify

pytestmark = pytest.mark.slow

WORDS = (
    "ne pas n' sans aucun si sauf ou et doit peut deux 2 mois € % jusqu'au avant après le la vous article L. 123-4 "
    "dans un délai de quinze jours uniquement seul que . , ? ; : - \n « » chaque tous 1er janvier CAF à compter du"
)
FRENCH = st.lists(st.sampled_from(WORDS.split(" ")), max_size=40).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=300), FRENCH))
def test_a_text_says_what_it_says(text: str) -> None:
    assert verify(text, text, parser=False).verdict is Verdict.ACCEPTED
    assert verify(text, text).verdict is Verdict.ACCEPTED


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), FRENCH), st.one_of(st.text(max_size=200), FRENCH))
def test_any_two_texts_get_an_answer(standard: str, variant: str) -> None:
    assert verify(standard, variant, parser=False).verdict in Verdict
    assert verify(variant, standard, parser=False).verdict in Verdict


def test_without_the_parser_a_different_text_is_never_accepted() -> None:
    found = verify("Vous avez deux mois.", "Vous avez 2 mois.", parser=False)
    assert found.verdict is Verdict.INCONCLUSIVE
    assert found.notes
    assert verify("Vous avez deux mois.", "Vous avez 3 mois.", parser=False).verdict is Verdict.REFUSED


def test_a_digit_inside_an_acronym_is_no_number() -> None:
    found = verify("Date de fin du droit en cours", "Quand votre C2S se termine-t-elle ?", parser=False)
    assert "number" not in {fact.kind for fact in (*found.lost, *found.added)}
    assert verify("Le rendez-vous dure 1h30mn.", "Le rendez-vous dure 1h45mn.").verdict is Verdict.REFUSED
    assert verify("Un logement T2 suffit.", "Un logement T3 suffit.").verdict is Verdict.REFUSED


def test_spaces_and_composed_letters_change_nothing() -> None:
    assert verify("Un délai :\u00a0deux  mois", "Un de\u0301lai : deux mois", parser=False).verdict is Verdict.ACCEPTED


def test_a_text_too_long_is_refused_clearly() -> None:
    with pytest.raises(ValueError, match="20000 caractères au plus"):
        verify("a" * (LONGEST_TEXT + 1), "a")


def test_facts_come_with_their_words() -> None:
    found = verify("La demande est faite dans les deux mois.", "Faites la demande dans les 3 mois.", parser=False)
    assert [(change.kind, change.before, change.after) for change in found.changed] == [
        ("number", "deux mois", "3 mois")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "🙂🙂",
        "مرحبا ٣ أيام",
        "<p>2 <b>mois</b></p>",
        "« jamais fermé",
        "n'",
        "ne",
        "l'",
        "1" * 5_000,
        "²",
        "½ jour",
    ],
)
def test_odd_texts_are_compared_without_failing(text: str) -> None:
    assert verify(text, text, parser=False).verdict is Verdict.ACCEPTED
    assert verify(text, "Vous avez deux mois.", parser=False).verdict in Verdict
    assert verify("Vous avez deux mois.", text, parser=False).verdict in Verdict


def test_a_megabyte_is_no_traceback() -> None:
    with pytest.raises(ValueError, match="caractères"):
        verify("mot " * 250_000, "mot")


@pytest.mark.parametrize(
    ("standard", "variant"),
    [
        (
            "Ils sont interdits le dimanche et les jours fériés, sauf dérogation du maire.",
            "Ils sont interdits le dimanche et les jours fériés. Exception\u00a0: dérogation du maire.",
        ),
        (
            "En l'absence de réponse dans les 2 mois, le recours gracieux est considéré comme rejeté.",
            "Sans réponse dans les 2 mois, le recours gracieux est considéré comme rejeté.",
        ),
        (
            "Le bénéficiaire du RSA est tenu de déclarer chaque trimestre toutes les ressources du foyer.",
            "Le bénéficiaire du RSA doit déclarer chaque trimestre toutes les ressources du foyer.",
        ),
    ],
)
def test_a_sentence_cut_in_two_or_said_with_an_equal_word_of_grammar_passes(standard: str, variant: str) -> None:
    assert verify(standard, variant).verdict is Verdict.ACCEPTED


def test_an_exception_that_went_is_seen() -> None:
    standard = "Ils sont interdits le dimanche et les jours fériés, sauf dérogation du maire."
    assert verify(standard, "Ils sont interdits le dimanche et les jours fériés.").verdict is Verdict.REFUSED
