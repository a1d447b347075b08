"""The product's own words: every room's texts keep the reading rules, at every level."""

import re
import string

import pytest

from accessform.plain_language.interface import texts
from accessform.plain_language.wording import ReadingLevel, Wording
from tests.reading_rules import (
    EASY_SENTENCE_WORDS,
    PLAIN_SENTENCE_WORDS,
    at_levels,
    badly_set,
    changed_quantities,
    double_denials,
    impolite,
    stiff,
    too_long,
    with_many,
    with_pattern,
)

SIMPLER = (ReadingLevel.PLAIN, ReadingLevel.EASY)
ROOMS = sorted({name.partition(".")[0] for name in texts()})


def placeholders(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


@pytest.fixture(params=ROOMS)
def wordings(request: pytest.FixtureRequest) -> list[tuple[str, Wording]]:
    return [(name, wording) for name, wording in texts().items() if name.startswith(f"{request.param}.")]


def test_a_text_has_one_level_or_three(wordings):
    assert [name for name, wording in wordings if (wording.plain is None) != (wording.easy is None)] == []


def test_simpler_texts_ask_for_no_other_value(wordings):
    assert [
        name
        for name, wording in wordings
        for variant in (wording.plain, wording.easy)
        if variant and not placeholders(variant.text) <= placeholders(wording.standard)
    ] == []


def test_no_exclamation_and_french_typography(wordings):
    assert badly_set(at_levels(wordings, *ReadingLevel)) == []


def test_nobody_is_commanded_or_spoken_of_in_the_third_person(wordings):
    assert impolite(at_levels(wordings, *ReadingLevel)) == []
    assert stiff(at_levels(wordings, *SIMPLER)) == []


def test_nobody_is_called_tu(wordings):
    assert with_pattern(at_levels(wordings, *ReadingLevel), r"\b(?:tu|toi|tes)\b") == []


def test_sentences_are_short(wordings):
    assert too_long(at_levels(wordings, ReadingLevel.PLAIN), PLAIN_SENTENCE_WORDS) == []
    assert too_long(at_levels(wordings, ReadingLevel.EASY), EASY_SENTENCE_WORDS) == []


def test_parentheses_are_rare_and_never_easy(wordings):
    assert with_pattern(at_levels(wordings, ReadingLevel.EASY), r"\(") == []
    assert with_many(at_levels(wordings, ReadingLevel.PLAIN), r"\(") == []


def test_a_simple_sentence_denies_once(wordings):
    assert double_denials(at_levels(wordings, *SIMPLER)) == []


def test_quantities_are_the_same_at_every_level(wordings):
    assert changed_quantities(wordings) == []


def test_texts_are_never_called_falc(wordings):
    assert [name for name, text in at_levels(wordings, *ReadingLevel) if re.search(r"\bFALC\b", text)] == []
