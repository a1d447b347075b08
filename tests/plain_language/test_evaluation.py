"""The evaluation corpus and what is measured with it."""

import pytest

from accessform.plain_language.evaluation.corpus import Half, Item, ItemRole, half_of, items
from accessform.plain_language.sentences import count_words, sentences_of
from accessform.plain_language.wording import ReadingLevel

WORDS_A_SENTENCE = {ReadingLevel.PLAIN: 20, ReadingLevel.EASY: 12}
ALL = [item for half in Half for item in items(half)]


@pytest.mark.parametrize("half", list(Half))
def test_the_id_alone_decides_the_half(half: Half):
    assert all(half_of(item.id) is half for item in items(half))


def test_no_id_and_no_text_comes_twice():
    assert len({item.id for item in ALL}) == len(ALL)
    assert len({item.standard for item in ALL}) == len(ALL)


def test_there_are_enough_items_of_every_role_in_each_half():
    assert len(ALL) >= 220
    for half in Half:
        assert len(items(half)) >= 100
        assert {item.role for item in items(half)} == set(ItemRole)


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
