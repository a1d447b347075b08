"""What no draft may touch is found, hidden behind a mask, and put back as it was."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accessform.plain_language.drafting.masking import atoms_of, counted, mask, masks_kept, unmask

PIECES = st.sampled_from(
    [
        "⟦1⟧",
        "⟦",
        "⟧",
        "{nom}",
        "le RSA",
        "1 234,56 €",
        "article L. 123-4 du code",
        "https://exemple.fr/a?b=1",
        "a@b.fr",
        "« oui »",
        "le 1er mars 2024",
        " ",
        "\n",
        "👍",
        "revenu fiscal de référence",
        "d'",
    ]
)


@settings(deadline=None)
@given(st.text())
def test_any_text_comes_back_from_its_masks(text: str) -> None:
    assert unmask(mask(text)) == text


@settings(deadline=None)
@given(st.lists(PIECES | st.text(max_size=5)).map("".join))
def test_texts_full_of_atoms_and_of_marks_come_back(text: str) -> None:
    masked = mask(text)
    assert unmask(masked) == text
    assert masks_kept(masked, masked.text)


@pytest.mark.parametrize(
    ("text", "atom"),
    [
        ("Le loyer est de 1 234,56 € par mois.", "1 234,56 €"),
        ("Né à partir du 1er janvier 2018.", "1er janvier 2018"),
        ("Selon l'article L. 123-4 du code.", "article L. 123-4"),
        ("Selon l'article R. 232-23 du code.", "article R. 232-23"),
        ("Écrivez à service.aide@mairie.fr.", "service.aide@mairie.fr"),
        ("Allez sur https://www.caf.fr/aide.", "https://www.caf.fr/aide"),
        ("Allez sur impots.gouv.fr.", "impots.gouv.fr"),
        ("Vous recevez le RSA.", "RSA"),
        ("Bonjour {prénom}.", "{prénom}"),
        ("Cochez « sans objet ».", "« sans objet »"),
        ("Écrivez à La Poste de Lyon.", "La Poste"),
        ("Indiquez votre revenu fiscal de référence.", "revenu fiscal de référence"),
    ],
)
def test_an_atom_is_found(text: str, atom: str) -> None:
    assert any(found.text.startswith(atom) for found in atoms_of(text)), atoms_of(text)


def test_atoms_follow_one_another_without_overlap() -> None:
    atoms = atoms_of("L'article L. 123-4 du code du 1er mars 2024 vise le RSA et {x} pour 12 €.")
    assert all(one.end <= two.start for one, two in pairwise(atoms))


@pytest.mark.parametrize("wrong", ["⟦1⟧ et ⟦1⟧", "⟦2⟧", "rien", "⟦1⟧ ⟦", "⟦1⟧ et ⟦7⟧"])
def test_a_mask_lost_doubled_or_made_up_is_seen(wrong: str) -> None:
    assert not masks_kept(mask("Vous avez 12 jours."), wrong)


def test_a_capital_at_the_head_of_a_term_does_not_count() -> None:
    assert counted("Revenu fiscal de référence") == counted("Le revenu fiscal de référence")
