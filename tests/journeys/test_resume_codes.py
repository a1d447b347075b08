"""Codes are easy to read out and forgiving to type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accessform.journeys.resume_codes import ALPHABET, grouped, new_code, read_code, read_word, spelled

codes = st.text(ALPHABET, min_size=12, max_size=12)


@given(codes)
def test_a_code_is_read_back_as_it_is_shown(code):
    assert read_code(grouped(code)) == code


@given(codes)
def test_a_code_is_read_back_from_what_people_do_to_it(code):
    mistaken = code.replace("0", "o").replace("1", "l").lower()
    assert read_code(f"  {' '.join(mistaken)}.\n") == code
    assert read_code("–".join(code)) == code


@pytest.mark.parametrize(
    "typed", ["", "7K4M-2QXD", "7K4M-2QXD-9TBA-1", "7K4M-2QXD-9TBU", "7K4M\x002QXD-9TÉA", "x" * 5000]
)
def test_what_is_no_code_is_none(typed):
    assert read_code(typed) is None


def test_new_codes_use_the_whole_alphabet_and_do_not_repeat():
    made = {new_code() for _ in range(500)}
    assert len(made) == 500
    assert set("".join(made)) == set(ALPHABET)


def test_a_code_is_spelled_with_the_words_used_on_the_telephone():
    assert spelled("7K4M2QXD9TBA")[:4] == ["7", "K comme Kléber", "4", "M comme Marcel"]
    assert all(" comme " in said or said.isdigit() for said in spelled(ALPHABET[:12]) + spelled(ALPHABET[-12:]))


def test_a_chosen_word_forgives_capitals_accents_and_spaces():
    assert read_word(" Été Indien ") == read_word("ete-indien") == "eteindien"
