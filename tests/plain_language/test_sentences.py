"""Sentences and words: what people write in forms does not break them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accessform.plain_language.sentences import count_words, sentences_of, words_of


def cut(text: str) -> list[str]:
    return [sentence.text for sentence in sentences_of(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lisez ceci. Signez ici.", ["Lisez ceci.", "Signez ici."]),
        ("Voir l'art. L. 123-4 du code. Puis signez.", ["Voir l'art. L. 123-4 du code.", "Puis signez."]),
        ("M. Dupont et Mme. Durand signent.", ["M. Dupont et Mme. Durand signent."]),
        ("Écrivez à J. P. Martin avant lundi.", ["Écrivez à J. P. Martin avant lundi."]),
        ("Le montant est de 1.234,56 € par an. Il change.", ["Le montant est de 1.234,56 € par an.", "Il change."]),
        ("Avez-vous des enfants ? Combien ?", ["Avez-vous des enfants ?", "Combien ?"]),
        ("Loyer, charges, etc. Joignez les preuves.", ["Loyer, charges, etc.", "Joignez les preuves."]),
        ("Loyer, charges, etc. sont comptés.", ["Loyer, charges, etc. sont comptés."]),
        ("Joignez :\n- une photo ;\n- un acte de naissance.", ["Joignez :", "une photo ;", "un acte de naissance."]),
        ("Faites ainsi :\n1. Datez.\n2) Signez.", ["Faites ainsi :", "Datez.", "Signez."]),
        ("Une phrase qui va\nà la ligne ici.\nUne autre", ["Une phrase qui va\nà la ligne ici.", "Une autre"]),
        ("Vos ressources\n\nvos charges", ["Vos ressources", "vos charges"]),
        ("Il a dit « oui. » Puis il est parti.", ["Il a dit « oui. »", "Puis il est parti."]),
        ("Envoyez-la à aide@example.fr. Merci", ["Envoyez-la à aide@example.fr.", "Merci"]),
        ("Le guichet ferme à 17 h. Revenez demain.", ["Le guichet ferme à 17 h.", "Revenez demain."]),
        ("Vous habitez en France; vous travaillez.", ["Vous habitez en France;", "vous travaillez."]),
        ("", []),
        (" … ; ? ", []),
        ("😀", []),
    ],
)
def test_a_text_is_cut_where_a_reader_would_stop(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("l'aide de mon grand-père", ["l'aide", "de", "mon", "grand-père"]),
        ("1 234,56 € par mois", ["1 234,56 €", "par", "mois"]),
        ("l'article L. 123-4 et R.* 12", ["l'article", "L. 123-4", "et", "R", "12"]),
        ("le 12/03/2026 à 9h30, 20 %", ["le", "12/03/2026", "à", "9h30", "20 %"]),
        ("est-il né(e) ?", ["est-il", "né", "e"]),
        ("— … !", []),
    ],
)
def test_words_are_what_one_reads_in_one_go(text: str, expected: list[str]) -> None:
    assert words_of(text) == expected


@given(st.text(max_size=400))
def test_spans_hold_for_any_text(text: str) -> None:
    end = 0
    for sentence in sentences_of(text):
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.start >= end
        end = sentence.end


@given(st.text(max_size=400))
def test_words_are_counted_as_they_are_listed(text: str) -> None:
    assert count_words(text) == len(words_of(text))


@pytest.mark.parametrize("piece", ["_", "+", "a+", ".", "M. ", "etc. ", "a.\n", "! » ", "@a", "123 ", "- "])
def test_the_time_taken_grows_with_the_text_and_not_with_its_square(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    start = time.perf_counter()
    sentences_of(text)
    count_words(text)
    assert time.perf_counter() - start < 2
