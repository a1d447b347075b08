"""Text cut where a voice breathes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accessform.speech.sentences import LONGEST_PIECE, sentences


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Bonjour. Entrez !", ["Bonjour.", "Entrez !"]),
        ("M. Martin est là. Mme aussi.", ["M. Martin est là.", "Mme aussi."]),
        ("Voir l'art. L. 12 du code.", ["Voir l'art. L. 12 du code."]),
        ("Av. Jean-Jaurès 3.5 km.", ["Av. Jean-Jaurès 3.5 km."]),
        ("Quoi ?\u00a0Rien.", ["Quoi ?", "Rien."]),
        ("  \n ", []),
        ("… ! ?", []),
    ],
)
def test_it_cuts(text: str, pieces: list[str]) -> None:
    assert sentences(text) == pieces


def test_a_long_sentence_is_cut_at_its_softer_marks() -> None:
    pieces = sentences("un deux trois quatre, " * 40)
    assert len(pieces) > 1
    assert all(len(piece) <= LONGEST_PIECE for piece in pieces)
    assert all(piece.endswith(",") for piece in pieces)


@given(st.text(max_size=2000))
def test_no_word_is_lost_and_no_piece_is_too_long(text: str) -> None:
    pieces = sentences(text)
    assert all(0 < len(piece) <= LONGEST_PIECE for piece in pieces)
    kept = [character for piece in pieces for character in piece if character.isalnum()]
    assert kept == [character for character in text if character.isalnum()]
