"""The practice texts: they exercise verify and are counted nowhere."""

from accessform.plain_language.evaluation.corpus import Half, items, official_texts, practice_items
from accessform.plain_language.evaluation.corruptions import cases_of
from accessform.plain_language.linting import Role

MEASURED = [*official_texts(), *(item for half in Half for item in items(half))]
MEASURED_IDS = {item.id for item in MEASURED}
MEASURED_TEXTS = {item.standard for item in MEASURED}


def test_no_practice_text_comes_twice():
    assert len({item.id for item in practice_items()}) == len(practice_items())
    assert len({item.standard for item in practice_items()}) == len(practice_items())


def test_no_practice_text_is_measured():
    # any(), so that a failure names no text of the held-out half.
    assert not any(item.id in MEASURED_IDS for item in practice_items())
    assert not any(item.standard in MEASURED_TEXTS for item in practice_items())


def test_practice_texts_are_of_every_role_and_enough():
    assert len(practice_items()) >= 150
    assert {item.role for item in practice_items()} == set(Role)
    assert sum(bool(item.swapped or item.misattached) for item in practice_items()) >= 100


def test_a_text_that_must_be_refused_is_none_of_the_faithful_ones():
    for item in practice_items():
        told = {" ".join(text.split()) for text in (item.standard, item.plain, item.easy)}
        assert not told & {" ".join(case.corrupted.split()) for case in cases_of(item)}


def test_practice_texts_are_set_as_french_is():
    for item in practice_items():
        for text in (item.standard, item.plain, item.easy, *item.swapped, *item.misattached):
            assert "’" not in text
            assert not any(f" {mark}" in text for mark in ":;?!»€%")
            assert text == text.strip()
