"""The evaluation corpus and what is measured with it."""

import subprocess
import sys

import pytest

from accessform.plain_language.evaluation.corpus import Half, Item, half_of, items, official_texts
from accessform.plain_language.evaluation.corruptions import Case, cases, kinds
from accessform.plain_language.evaluation.numbers import changed_numbers
from accessform.plain_language.linting import Role
from accessform.plain_language.sentences import count_words, sentences_of
from accessform.plain_language.wording import ReadingLevel

pytestmark = pytest.mark.slow

WORDS_A_SENTENCE = {ReadingLevel.PLAIN: 20, ReadingLevel.EASY: 12}
ALL = [item for half in Half for item in items(half)]


@pytest.mark.parametrize("half", list(Half))
def test_the_id_alone_decides_the_half(half: Half):
    assert all(half_of(item.id) is half for item in items(half))


def test_no_id_and_no_text_comes_twice():
    assert len({item.id for item in ALL}) == len(ALL)
    assert len({item.standard for item in ALL}) == len(ALL)
    assert not {text.id for text in official_texts()} & {item.id for item in ALL}


def test_there_are_enough_items_of_every_role_in_each_half():
    assert len(ALL) >= 220
    for half in Half:
        assert len(items(half)) >= 100
        assert {item.role for item in items(half)} == set(Role)


def test_enough_items_of_each_half_come_with_their_roles_exchanged():
    assert all(sum(bool(item.swapped) for item in items(half)) >= 40 for half in Half)


@pytest.mark.parametrize("level", list(WORDS_A_SENTENCE))
def test_the_rewrites_keep_to_the_length_of_their_level(level: ReadingLevel):
    too_long = [
        sentence.text
        for item in ALL
        for sentence in sentences_of(item.at(level))
        if count_words(sentence.text) > WORDS_A_SENTENCE[level]
    ]
    assert too_long == []


def test_an_exchanged_text_is_none_of_the_faithful_ones():
    assert all(swap not in (item.standard, item.plain, item.easy) for item in ALL for swap in item.swapped)


@pytest.mark.parametrize("item", ALL, ids=lambda item: item.id)
def test_the_texts_are_set_as_french_is(item: Item):
    for text in (item.standard, item.plain, item.easy, *item.swapped):
        assert "’" not in text
        assert not any(f" {mark}" in text for mark in ":;?!»€%")
        assert text == text.strip()


@pytest.mark.parametrize("half", list(Half))
def test_every_kind_of_corruption_comes_in_both_halves(half: Half):
    assert {case.kind for case in cases(half)} == set(kinds())


def test_there_are_enough_kinds_and_cases():
    assert len(kinds()) >= 12
    assert all(len(cases(half)) >= 250 for half in Half)


def test_a_corrupted_text_is_none_of_the_faithful_ones():
    by_id = {item.id: item for item in ALL}

    def faithful(case: Case) -> set[str]:
        item = by_id[case.item_id]
        return {" ".join(text.split()) for text in (item.standard, item.plain, item.easy)}

    assert [case for half in Half for case in cases(half) if " ".join(case.corrupted.split()) in faithful(case)] == []


def test_a_corrupted_text_is_as_tidy_as_a_person_would_leave_it():
    spoilt = [case.corrupted for half in Half for case in cases(half)]
    assert not any("  " in text or " ." in text or " ," in text for text in spoilt)


def test_the_known_disaster_is_among_the_cases():
    assert any(
        case.kind == "misattached" and "doivent être nés avant 2010" in case.corrupted
        for half in Half
        for case in cases(half)
    )


def test_the_same_cases_are_made_each_time():
    first = cases(Half.TUNING)
    cases.cache_clear()
    assert cases(Half.TUNING) == first


def test_making_the_cases_loads_no_parser():
    program = (
        "import sys; from accessform.plain_language.evaluation import corruptions, corpus\n"
        "for half in corpus.Half: corruptions.cases(half)\n"
        "sys.exit('spacy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("Vous avez 1 mois.", ["Vous avez 3 mois."]),
        ("Vous avez 1 an.", ["Vous avez 3 ans."]),
        ("Un délai de deux mois court.", ["Un délai de trois mois court."]),
        ("Article 8 de la loi du 1er juillet 1901.", []),
        ("Les deux parents signent avant le 31 mai.", []),
        ("C'est l'article L. 123-4.", []),
    ],
)
def test_numbers_change_but_not_references_and_dates(text: str, changed: list[str]):
    assert changed_numbers(text) == changed
