"""The linter as a whole: what it promises whatever the text, what it teaches, and how its rules file is kept honest."""

import subprocess
import sys
import time
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from accessform.plain_language import parsing
from accessform.plain_language.linting import (
    LONGEST_TEXT,
    RULES,
    LintSeverity,
    Role,
    Rule,
    TextTooLong,
    UnknownRule,
    lint,
    lint_names,
    rule,
)
from accessform.plain_language.linting.documenting import PAGE, rules_page
from accessform.plain_language.linting.findings import typeset
from accessform.plain_language.linting.linter import CHECKS
from accessform.plain_language.linting.patterns import PATTERNS_FILE, SHARED, pattern
from accessform.plain_language.linting.rules import SOURCES
from accessform.plain_language.wording import ReadingLevel

pytestmark = pytest.mark.slow

HARD = (
    "Le demandeur est tenu de transmettre dans les meilleurs délais à l'organisme l'ensemble des pièces justificatives "
    "afférentes à sa demande, dûment complétées et signées, sous peine de rejet de celle-ci par la CDAPH !"
)
ODD = (
    "", " ", "\n\n", "Oui", "?", "!!!", "«", "« guillemet jamais fermé", "(parenthèse jamais fermée", '"',
    "🎉🎉 Bravo 🎉", "مرحبا بكم في فرنسا", "שלום (עולם)", "你好。請填寫表格！",
    "Hello, please fill in the form. Merci. Danke schön.", "<p>Un <b>mot</b></p>", "&nbsp;&nbsp;", "{name} {}", "{",
    "a\u0000b", "\ud800", "\ue000\ue000", "e\u0301" * 50, "A" * 5_000, "a " * 5_000, "(" * 500, "'" * 500, "? " * 500,
    "n'" * 2_000, "- \n" * 2_000, "l." * 3_000, "1 " * 4_000, "IV " * 3_000, "[à compléter " * 300,
)  # fmt: skip


def plain(text: str, **changed: object):
    return lint(text, **{"role": Role.HELP, "level": ReadingLevel.PLAIN, "parser": False, **changed})


def test_a_hard_text_is_answered_with_what_to_write():
    found = {finding.rule: finding for finding in plain(HARD)}
    assert {"sentence-length", "reader-in-third-person", "vague-deadline", "officialese", "exclamation"} <= set(found)
    assert found["reader-in-third-person"].reason.startswith("«\u00a0Le demandeur\u00a0»")
    assert "«\u00a0vous\u00a0»" in found["reader-in-third-person"].suggestion
    assert found["sentence-length"].severity is LintSeverity.ERROR
    assert "33 mots" in found["sentence-length"].reason


def test_findings_come_in_the_order_of_the_text_and_always_the_same():
    starts = [finding.start for finding in plain(HARD)]
    assert starts == sorted(starts)
    assert plain(HARD) == plain(HARD)


def test_a_good_text_is_left_alone():
    assert (
        plain("Vous déménagez ? Écrivez-nous dans les 15 jours après votre déménagement.".replace(" ?", "\u00a0?"))
        == []
    )


def test_no_finding_has_an_empty_word():
    for finding in plain(HARD):
        assert finding.reason
        assert finding.suggestion
        assert finding.source
        assert "{" not in finding.reason + finding.suggestion


@pytest.mark.parametrize("text", ODD)
@pytest.mark.parametrize("role", Role)
def test_odd_texts_have_an_answer(text, role):
    for level in ReadingLevel:
        for finding in lint(text, role=role, level=level, parser=False):
            assert 0 <= finding.start < finding.end <= len(text)


@pytest.mark.skipif(not parsing.available(), reason="the wording tools are not installed")
@pytest.mark.parametrize("text", [odd for odd in ODD if len(odd) < 1_000])
def test_odd_texts_have_an_answer_with_the_parser_too(text):
    for finding in lint(text, role=Role.NOTICE, level=ReadingLevel.EASY):
        assert 0 <= finding.start < finding.end <= len(text)


@given(st.text(max_size=300), st.sampled_from(Role), st.sampled_from(ReadingLevel))
@settings(max_examples=300, deadline=None)
def test_any_unicode_has_an_answer_within_the_text(text, role, level):
    for finding in lint(text, role=role, level=level, parser=False):
        assert 0 <= finding.start < finding.end <= len(text)
        assert finding.rule in RULES


@given(
    st.lists(
        st.sampled_from([*HARD.split(), "?", "!", ":", "(", ")", "«", "»", "n'", "ne", "si", "\n-", "et/ou", "XII"])
    )
)
@settings(max_examples=150, deadline=None)
def test_any_heap_of_office_words_has_an_answer_within_the_text(words):
    text = " ".join(words)
    for level in ReadingLevel:
        for finding in lint(text, role=Role.NOTICE, level=level, parser=False):
            assert 0 <= finding.start < finding.end <= len(text)


def test_a_text_beyond_the_limit_is_refused_in_words():
    with pytest.raises(TextTooLong, match=str(LONGEST_TEXT)):
        plain("a" * 1_000_000)
    assert issubclass(TextTooLong, ValueError)


@pytest.mark.parametrize(
    "piece", ["Le demandeur ne signe pas (si oui) ? ", "a", "A", " ", "(", "1 ", "ne ", "\n- ", "l'"]
)
def test_the_longest_text_takes_seconds_at_most(piece):
    text = (piece * LONGEST_TEXT)[:LONGEST_TEXT]
    began = time.perf_counter()
    lint(text, role=Role.NOTICE, level=ReadingLevel.EASY, parser=False)
    assert time.perf_counter() - began < 10


def test_the_binding_text_is_never_an_error():
    severities = {finding.severity for text in (*ODD, HARD) for finding in plain(text, level=ReadingLevel.STANDARD)}
    assert severities == {LintSeverity.WARNING}


@pytest.mark.skipif(not parsing.available(), reason="the wording tools are not installed")
def test_errors_are_the_same_with_and_without_the_parser():
    for level in ReadingLevel:
        with_parser = [found for found in lint(HARD, role=Role.HELP, level=level) if found.severity == "error"]
        assert with_parser == [found for found in plain(HARD, level=level) if found.severity == "error"]


def test_without_the_parser_spacy_is_never_imported():
    code = (
        "import sys; from accessform.plain_language.linting import lint, Role;"
        "from accessform.plain_language.wording import ReadingLevel;"
        "lint('Le demandeur signe.', role=Role.HELP, level=ReadingLevel.PLAIN, parser=False);"
        "assert not {'spacy', 'textstat', 'pyrealb', 'django'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_terms_that_the_form_explains_are_left_alone_whatever_their_case():
    assert [found.rule for found in plain("Demandez la CDAPH.")] == ["acronym-not-expanded"]
    assert plain("Demandez la CDAPH.", known_terms=["cdaph"]) == []


def test_a_known_acronym_is_proposed_with_its_name():
    (finding,) = plain("Numéro SIREN", role=Role.LABEL)
    assert "(SIREN)" in finding.suggestion


def test_one_name_for_one_thing_across_a_form():
    texts = {
        "a": "Votre justificatif",
        "b": "Un justificatif de domicile",
        "c": "Joignez la pièce justificative.",
        "d": "Votre logement",
        "e": "Votre domicile",
    }
    found = lint_names(texts, level=ReadingLevel.PLAIN)
    assert [(name, finding.rule, finding.start, finding.end) for name, finding in found] == [("c", "two-names", 11, 30)]
    assert "«\u00a0justificatif\u00a0»" in found[0][1].reason
    assert lint_names(texts, level=ReadingLevel.STANDARD) == []
    assert lint_names(texts, level=ReadingLevel.PLAIN, known_terms=["justificatif"]) == []
    assert lint_names({}, level=ReadingLevel.EASY) == []


def test_a_rule_is_found_by_its_id_or_refused():
    assert rule("officialese").id == "officialese"
    with pytest.raises(UnknownRule):
        rule("no-such-rule")


def test_every_rule_has_something_to_look_with():
    assert [entry.id for entry in RULES.values() if bool(entry.patterns) == (entry.id in CHECKS)] == []
    assert set(CHECKS) <= set(RULES)


def test_every_source_and_pattern_serves():
    used = "".join(entry.source for entry in RULES.values())
    assert [name for name, work in SOURCES.items() if typeset(work) not in used] == []
    for name in tomllib.loads(PATTERNS_FILE.read_text(encoding="utf-8")):
        assert pattern(name)
    assert SHARED == ("NUMBER", "UNIT")


def test_few_rules_stop_publishing():
    assert {entry.id for entry in RULES.values() if entry.error} == {
        "sentence-length", "two-questions", "tutoiement", "html-left", "unfinished-text",
    }  # fmt: skip


@pytest.mark.parametrize(
    "changed",
    [
        {"warning": {}},
        {"parser": True, "error": {"plain": 0}},
        {"error": {"standard": 0}},
        {"extra": 1},
        {"id": "Not kebab"},
    ],
)
def test_a_rule_that_breaks_the_decisions_is_refused(changed):
    sound = {
        "id": "a-rule",
        "title": "t",
        "warning": {"plain": 0},
        "reason": "r",
        "suggestion": "s",
        "source": ["falc"],
    }
    assert Rule.model_validate(sound)
    with pytest.raises(ValidationError):
        Rule.model_validate({**sound, **changed})


def test_five_hundred_texts_take_half_a_second_without_the_parser():
    plain(HARD)
    texts = [f"Vous avez {number} enfants à charge ? Joignez le livret de famille." for number in range(500)]
    began = time.process_time()
    for text in texts:
        plain(text)
    assert time.process_time() - began < 1


def test_the_page_of_rules_says_what_the_rules_are():
    assert PAGE.read_text(encoding="utf-8") == rules_page()
